"""What rules a pair out, and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.incidents.made import ALEPPO, DEIR, ISIS, RUSSIA, TURKEY, killed, told
from whence.incidents import incidents
from whence.records import Actor, Coding, Place

NORTH = Place(
    "p5", "northern Syria", (0, 5), "northern Syria", None, "other", "SYR", None, 33.0, 36.0, "literal", 1.0, ""
)
ANKARA = Place("p6", "Ankara", (0, 6), "Ankara", "Ankara", "city", "TUR", 323786, 39.92, 32.85, "literal", 1.0, "")
LAWYER = Actor("a8", "Rana Haddad", (8, 19), "Rana Haddad", None, "SYR", "CVL", "", 1.0)
TALKS: dict[str, Any] = {"type": "CONSULT", "mode": None, "actors": (RUSSIA, TURKEY), "recipients": ()}


def sizes(*codings: Coding) -> list[int]:
    return sorted(len(incident.tellings) for incident in incidents(codings))


def differing(*codings: Coding) -> set[tuple[str, str]]:
    (found,) = incidents(codings)
    return {(d.slot, d.grade) for d in found.discrepancies}


def test_one_meeting_is_put_at_two_places_and_two_strikes_are_two() -> None:
    assert differing(told("a", **TALKS), told("b", **TALKS, places=(ANKARA,))) == {("where", "contradiction")}
    assert sizes(told("a"), told("b", places=(DEIR,))) == [1, 1]


def test_one_person_is_struck_at_one_place_and_a_group_at_many() -> None:
    lawyer: dict[str, Any] = {"recipients": (LAWYER,)}
    assert differing(told("a", **lawyer), told("b", **lawyer, places=(DEIR,))) == {("where", "contradiction")}
    seven: dict[str, Any] = {"counts": (killed(7),)}
    assert sizes(told("a", **seven), told("b", **seven, places=(DEIR,))) == [2]
    assert sizes(told("a", recipients=(ISIS,)), told("b", recipients=(ISIS,), places=(DEIR,))) == [1, 1]


def test_a_part_of_a_country_holds_its_towns() -> None:
    assert differing(told("a"), told("b", places=(NORTH,))) == set()


def test_the_towns_of_an_article_stand_in_for_a_place_that_is_not_said() -> None:
    bare = told("bare", time=None, places=(), recipients=())
    assert sizes(told("a"), replace(bare, places=(ALEPPO,))) == [2]
    assert sizes(told("a"), replace(bare, places=(DEIR,))) == [1, 1]


def test_a_word_tells_two_descriptions_apart() -> None:
    two = (Actor(f"a{n}", f"ten {n} judges", (0, 9), f"ten {n} judges", None, c, "JUD", "", 1.0)
           for n, c in (("Belarusian", "BLR"), ("Russian", "RUS")))  # fmt: skip
    sanctions: dict[str, Any] = {"type": "SANCTION", "mode": None, "actors": (TURKEY,), "places": ()}
    found = differing(*(told(judges.id, **sanctions, recipients=(judges,)) for judges in two))
    assert found == {("to whom", "contradiction")}


def test_the_start_of_a_sentence_makes_no_name() -> None:
    crowd = replace(ISIS, text="Gunmen", name="Gunmen", label=None, at=(0, 6))
    (found,) = incidents([told("a", actors=(crowd,))])
    assert [party.name for party in found.actors] == ["gunmen"]
    named = replace(crowd, text="Yamagami", name="Yamagami")
    (found,) = incidents([told("a", actors=(named,))])
    assert [party.name for party in found.actors] == ["Yamagami"]


def test_without_days_the_names_of_two_articles_make_one_story() -> None:
    bare: dict[str, Any] = {"published": None, "time": None, "mode": None, "type": "REJECT", "places": ()}
    mine: dict[str, Any] = {"actors": (LAWYER,), "recipients": ()}
    others = tuple(
        replace(LAWYER, id=f"b{n}", text=n, name=n) for n in ("Omar Sabbagh", "Court of Homs", "Lina Khoury")
    )
    pair = [told(n, **bare, **mine) for n in ("a", "b")]
    apart = [
        replace(c, events=tuple(replace(e, trigger=replace(e.trigger, text=c.article.id)) for e in c.events))
        for c in pair
    ]
    assert sizes(*apart) == [1, 1]
    assert sizes(*(replace(coding, actors=others) for coding in apart)) == [2]
