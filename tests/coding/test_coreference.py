"""Who pronouns, surnames, acronyms and descriptions stand for, through the real model on authored texts."""

from __future__ import annotations

import pytest

from whence.pipeline import Coder
from whence.records import Actor, Coding


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def chains(coding: Coding) -> list[list[str]]:
    return [list(s.chain) for s in coding.statements]


def actor(coding: Coding, text: str) -> Actor:
    return next(a for a in coding.actors if a.text == text)


CASES = [
    (
        "Governor Amara Sesay visited the camp on Monday. Sesay said that the refugees would be moved.",
        [["Amara Sesay"]],
    ),
    (
        "The National Harvest Union (NHU) opened a warehouse. The NHU accused the rebels of stealing grain.",
        [["National Harvest Union"]],
    ),
    (
        "The Ministry of Agriculture published a report on Friday. The ministry said that the harvest had failed.",
        [["Ministry of Agriculture"]],
    ),
    ("Mayor Lucia Ferrante criticised the army. She said that soldiers had looted shops.", [["Lucia Ferrante"]]),
    ("Mr Daniel Okoro met farmers on Tuesday. He warned that the dam would break.", [["Daniel Okoro"]]),
    (
        "The Ministry of Energy opened the dam. Its spokesman said that the valley was safe.",
        [["Ministry of Energy's spokesman"]],
    ),
    ("The rebels shelled the town of Sarip. They said that the army had fled.", [["rebels"]]),
    (
        "President Vladimir Putin met President Joe Biden in Geneva. Putin said that the talks had failed. "
        "Biden said that the talks would go on.",
        [["Vladimir Putin"], ["Joe Biden"]],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_speakers_have_their_fullest_name(coder: Coder, text: str, expected: list[list[str]]) -> None:
    assert chains(coder.read_text(text)) == expected


def test_a_pronoun_says_whom_it_stands_for(coder: Coder) -> None:
    coding = coder.read_text("Commander Arun Mehta said that he would attack the city.")
    he = actor(coding, "he")
    assert he.name == "Arun Mehta"
    assert he.sector == "MIL"
    assert "'he' is Arun Mehta" in he.reason
    assert he.confidence < actor(coding, "Commander Arun Mehta").confidence


def test_gender_chooses_between_two_people(coder: Coder) -> None:
    coding = coder.read_text("Mr Daniel Okoro met Mrs Lucia Ferrante on Monday. She accused the army of theft.")
    assert actor(coding, "She").name == "Lucia Ferrante"


def test_object_and_subject_of_one_verb_differ(coder: Coder) -> None:
    coding = coder.read_text(
        "General Viktor Petrenko met General Omar Haddad in the capital. Haddad threatened him on Friday."
    )
    assert actor(coding, "him").name == "Viktor Petrenko"


def test_we_of_an_official_is_the_country(coder: Coder) -> None:
    coding = coder.read_text("“We will sign the treaty,” Kenyan Foreign Minister Grace Njeri said.")
    we = actor(coding, "We")
    assert (we.name, we.country, we.sector) == ("Kenya", "KEN", "GOV")
    assert "Grace Njeri" in we.reason


def test_i_is_the_speaker(coder: Coder) -> None:
    coding = coder.read_text("“I will not resign,” said Prime Minister Joao Pires.")
    assert actor(coding, "I").name == "Joao Pires"


def test_capitals_make_a_country_of_us(coder: Coder) -> None:
    coding = coder.read_text("“The US attacked us at night,” Iranian Foreign Minister Abbas Karimi said.")
    country, pronoun = actor(coding, "The US"), actor(coding, "us")
    assert (country.name, country.country) == ("United States", "USA")
    assert pronoun.country == "IRN"


def test_two_presidents_are_kept_apart(coder: Coder) -> None:
    coding = coder.read_text(
        "French President Emmanuel Macron met Brazilian President Lula da Silva in Paris. "
        "Macron praised the truce. Lula criticised the army.",
        published="2024-05-14",
    )
    assert [(a.name, a.country) for a in coding.actors if a.text in ("Macron", "Lula")] == [
        ("Emmanuel Macron", "FRA"),
        ("Lula da Silva", "BRA"),
    ]


def test_an_outlet_is_no_ministry(coder: Coder) -> None:
    coding = coder.read_text("Al Jazeera, citing the ministry, reported that the bridge had fallen.")
    assert chains(coding) == [["Al Jazeera", "ministry"]]


def test_whoever_speaks_of_himself_is_not_asked_without_end(coder: Coder) -> None:
    coding = coder.read_text("“We said that we accuse us of what we said,” we said.")
    assert all(len(s.chain) == len(s.holders) for s in coding.statements)
