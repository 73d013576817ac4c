"""Whom somebody speaks for, as far as it changes how many vouch for an incident."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.incidents.made import event, told
from whence.incidents import incidents
from whence.records import Actor, Coding, Mention, Statement


def actor(id: str, name: str, text: str, country: str = "SDN", sector: str = "MIL") -> Actor:
    return Actor(id, text, (8, 8 + len(text)), name, None, country, sector, "", 1.0)


ARMY = actor("h1", "Sudan's army", "Sudan's army")
IDRIS = actor("h2", "Hassan Idris", "army spokesman Brigadier Hassan Idris")
NAMELESS = actor("h3", "Hassan Idris", "its spokesman")
UNION = actor("h4", "Teachers' Union", "the Teachers' Union", sector="LAB")
PRESIDENT = actor("h5", "Rosa Quispe", "the union's president", sector="GOV")
WOMAN = actor("h6", "Halima Adam", "Halima Adam", sector="CVL")
COMMANDER = actor("h7", "commander of the army", "a commander of the army")
RUFINO = actor("h8", "Rufino", "the commander")


def article(*holders: Actor) -> Coding:
    """One article in which each of them tells of one strike."""
    coding = told("many")
    statements = tuple(
        Statement(f"s{n}", "indirect", "plain", None, None, (), (h.name,), (h.id,), None, 1.0, "")
        for n, h in enumerate(holders)
    )
    events = tuple(
        event(f"u{n}", id=f"e{n}", statement=f"s{n}", same_as="e0" if n else None, trigger=Mention("struck", (10, 16)))
        for n in range(len(holders))
    )
    return replace(coding, actors=holders, statements=statements, events=events)


def origins(*codings: Coding) -> set[str]:
    (found,) = incidents(codings)
    return {origin.name for origin in found.origins}


@pytest.mark.parametrize(
    ("holders", "number"),
    [
        ((ARMY, IDRIS), 1),
        ((ARMY, NAMELESS), 1),
        ((UNION, PRESIDENT), 1),
        ((COMMANDER, RUFINO), 1),
        ((UNION, IDRIS), 2),
        ((WOMAN, NAMELESS), 2),
        ((ARMY, WOMAN), 2),
        ((IDRIS, PRESIDENT), 2),
    ],
    ids=["army", "its", "union", "commander", "another's", "a woman's", "no voice", "two voices"],
)
def test_the_voice_of_a_body_is_that_body(holders: tuple[Actor, ...], number: int) -> None:
    assert len(origins(article(*holders))) == number


def minister(name: str, text: str, country: str = "CAN") -> Coding:
    holder = actor("h1", name, text, country, "GOV")
    return replace(told(f"{name} {text} {country}", chain=(holder,)), actors=(holder,))


def test_a_minister_and_the_ministry_are_one_origin_in_all_articles() -> None:
    named, office = (
        minister("Claire Dufour", "Foreign Minister Claire Dufour"),
        minister("Canada's foreign minister", "it"),
    )
    ministry = minister("Canadian Foreign Ministry", "the Canadian Foreign Ministry")
    assert len(origins(named, office, ministry)) == 1
    assert len(origins(named, minister("Canada's interior ministry", "it"))) == 2
    assert len(origins(named, minister("foreign ministry of Chile", "it", "CHL"))) == 2


def test_a_listed_agency_is_one_under_both_its_names() -> None:
    agency = replace(actor("h1", "AFP", "AFP", "FRA", "JRN"), label="Agence France-Presse")
    assert len(origins(told("a", credit="Agence France-Presse"), told("b", chain=(agency,)))) == 1
