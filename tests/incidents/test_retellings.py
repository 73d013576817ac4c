"""What one article tells twice, and what its accounts complete in each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.incidents.made import ALEPPO, DEIR, MINISTRY, day, event, told
from whence.incidents import accounts, incidents
from whence.records import Coding, Event, Mention, Time

NOTHING: dict[str, Any] = {"actors": (), "recipients": (), "places": (), "time": None}


def article(*events: Event, **fields: Any) -> Coding:
    """An article whose first event is that of `told`, with more of them."""
    coding = told("many", **fields)
    return replace(coding, events=(*coding.events, *events))


def again(uid: str = "u2", word: str = "raid", **fields: Any) -> Event:
    """A second event, said by the coding to tell the first again."""
    return event(uid, id="e2", trigger=Mention(word, (22, 22 + len(word))), **({"same_as": "e1"} | fields))


def bundles(coding: Coding) -> int:
    return len({account.bundle for account in accounts(coding)})


@pytest.mark.parametrize(
    ("second", "number"),
    [
        (again(), 1),
        (again(places=(DEIR,)), 2),
        (again(time=day("2016-08-14")), 2),
        (again(status="demanded"), 2),
        (again(status="denied"), 1),
        (again(word="war", time=None), 2),
        (again(**NOTHING), 1),
        (again(same_as=None), 2),
        (again(same_as=None, word="struck", **NOTHING), 1),
    ],
    ids=["same", "elsewhere", "another day", "demanded", "denied", "a war", "bare", "unlinked", "its word again"],
)
def test_the_coding_is_believed_as_far_as_both_can_be_one(second: Event, number: int) -> None:
    assert bundles(article(second)) == number


def test_what_a_retelling_leaves_open_stands_where_it_was_told_first() -> None:
    first, second = accounts(article(again(**NOTHING)))
    assert (second.where, second.who, second.whom) == ((ALEPPO,), first.who, first.whom)
    assert (second.start, second.is_dated) == (first.start, True)
    assert second.event.places == ()
    assert [len(i.tellings) for i in incidents([told("other"), article(again(**NOTHING))])] == [3]


def test_what_only_names_a_happening_vouches_for_nothing() -> None:
    bare = again(**NOTHING)
    (found,) = incidents([article(bare, chain=(MINISTRY,))])
    assert [(origin.name, origin.tellings) for origin in found.origins] == [(MINISTRY.name, 2)]
    fuller = again(places=(ALEPPO,), actors=(), recipients=(), time=None)
    (found,) = incidents([article(fuller, chain=(MINISTRY,))])
    assert {origin.name for origin in found.origins} == {MINISTRY.name, "many.example"}


def test_two_acts_of_one_article_do_not_meet_over_a_third() -> None:
    both = article(again(uid="u2", same_as=None, places=(DEIR,)))
    vague = told("vague", places=(), published="2016-08-18")
    assert all(len({t.event for t in i.tellings} & {"u2", both.events[0].uid}) < 2 for i in incidents([both, vague]))


def test_what_is_told_of_friday_is_not_what_is_told_of_a_year() -> None:
    friday, year = (
        Time("t1", "Friday", (0, 4), None, None, ""),
        Time("t2", "2015", (0, 4), "2015-01-01", "2015-12-31", ""),
    )
    assert bundles(article(again(time=year), published=None, time=friday)) == 2
    assert bundles(article(again(time=year), published=None, time=None)) == 1


@pytest.mark.parametrize(("text", "number"), [("The attack", 1), ("This attack", 1), ("An attack", 2), ("Raids", 2)])
def test_the_attack_is_the_one_that_was_told_of(text: str, number: int) -> None:
    coding = told("a")
    whole = coding.article.text + "\n" + text
    word = text.split()[-1]
    begin = len(whole) - len(word)
    second = event("u2", id="e2", trigger=Mention(word, (begin, len(whole))), **NOTHING)
    told_again = replace(coding, article=replace(coding.article, text=whole), events=(*coding.events, second))
    assert bundles(told_again) == number
