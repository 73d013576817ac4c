"""What rules a pair out, and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.incidents.made import ALEPPO, DEIR, ISIS, RUSSIA, TURKEY, killed, told
from whence.incidents import accounts, incidents, keys
from whence.incidents.likeness import compare
from whence.incidents.parties import Sameness, is_same_name, sameness
from whence.incidents.settings import settings
from whence.records import Actor, Coding, Mention, Place, Time

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


UNDATED: dict[str, Any] = {"published": None, "time": None, "mode": None, "places": (), "actors": ()}
SUSPENDED: dict[str, Any] = UNDATED | {"type": "SANCTION", "mode": "expel", "places": (ALEPPO,), "actors": (TURKEY,)}
PAPER = Actor("a9", "The Daily", (8, 17), "The Daily", None, "SYR", "JRN", "", 1.0)
EDITOR = replace(LAWYER, text="Omar Sabbagh", name="Omar Sabbagh")


def without_words(*codings: Coding) -> list[Coding]:
    """The codings, each trigger a word of its own, so that no word is shared."""
    return [
        replace(c, events=tuple(replace(e, trigger=replace(e.trigger, text=c.article.id)) for e in c.events))
        for c in codings
    ]


def test_one_person_is_killed_once() -> None:
    victim: dict[str, Any] = UNDATED | {"recipients": (LAWYER,), "published": None}
    for word, sizes_of in (("killed", [2]), ("wounded", [1, 1])):
        pair = [told(n, **victim, trigger=Mention(word, (10, 16))) for n in ("a", "b")]
        assert sizes(*pair) == sizes_of


def test_to_suspend_one_is_not_to_suspend_another() -> None:
    pair = without_words(told("a", **SUSPENDED, recipients=(LAWYER,)), told("b", **SUSPENDED, recipients=(LAWYER,)))
    assert sizes(*pair) == [2]
    other = without_words(told("a", **SUSPENDED, recipients=(LAWYER,)), told("b", **SUSPENDED, recipients=(EDITOR,)))
    assert sizes(*other) == [1, 1]


def points(first: Coding, second: Coding) -> float | None:
    """How like the only accounts of two articles are; None if they cannot be one."""
    (a,), (b,) = accounts(first), accounts(second)
    found = compare(a, b)
    return found.points if found is not None else None


def test_a_paper_talks_with_many() -> None:
    talks = UNDATED | {"type": "CONSULT", "recipients": ()}
    given = {
        who.name: points(told("a", **talks | {"actors": (who,)}), told("b", **talks | {"actors": (who,)}))
        for who in (PAPER, EDITOR)
    }
    side = settings()["side"]
    assert given[PAPER.name] == pytest.approx(given[EDITOR.name] - side["known"] + side["alike"])


def test_one_day_of_no_known_year_is_one_day() -> None:
    def on(first: str, second: str) -> float | None:
        said = (Time("t1", text, (0, 4), None, None, "") for text in (first, second))
        return points(*(told(n, **UNDATED | {"time": time}) for n, time in zip("ab", said, strict=True)))

    given = settings()["day"]
    assert on("July 8", "on July 8") == on("July 8", "July 9") + given["said"]
    assert on("Friday", "late on Friday") == on("Friday", "Monday") + given["weekday"]


def test_one_trip_stops_at_many_places() -> None:
    trip: dict[str, Any] = UNDATED | {"type": "CONSULT", "mode": "visit", "actors": (LAWYER,), "recipients": ()}
    first, second = trip | {"places": (ALEPPO,)}, trip | {"places": (ANKARA,)}
    assert points(told("a", **first), told("b", **second)) is not None
    raid = {"type": "ASSAULT", "mode": None}
    assert points(told("a", **first | raid), told("b", **second | raid)) is None


def test_demands_of_two_seasons_are_two() -> None:
    demand: dict[str, Any] = {"type": "RETREAT", "mode": "resign", "status": "demanded", "time": None, "places": ()}
    demand |= {"actors": (LAWYER,), "recipients": ()}
    assert sizes(told("a", **demand), told("b", **demand, published="2016-08-30")) == [2]
    assert sizes(told("a", **demand), told("b", **demand, published="2017-08-30")) == [1, 1]


def test_two_of_one_house_are_two() -> None:
    first, second = (
        replace(LAWYER, name=f"{given} Al-Ahmad Al-Jaber Al-Sabah", text=given) for given in ("Nawaf", "Mishal")
    )
    assert not is_same_name(first, second)
    assert is_same_name(first, replace(first, name="Sheikh Nawaf Al-Ahmad Al-Jaber Al-Sabah"))


@pytest.mark.parametrize("name", ["The A", "… …", "A An", "'s"])
def test_names_without_a_word_are_compared(name: str) -> None:
    odd = Actor("a1", name, (0, len(name)), name, None, "SYR", "CVL", "", 1.0)
    other = replace(odd, name="Rana Haddad", text="Rana Haddad")
    for pair in ((odd, other), (other, odd), (odd, odd)):
        assert isinstance(sameness(*pair), Sameness)
    fields: dict[str, Any] = {"actors": (odd,), "recipients": (other,), "time": None}
    (account,) = accounts(told("a", published=None, **fields))
    assert keys(account)
