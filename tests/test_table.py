from __future__ import annotations

import dataclasses
import io
from typing import Any

import pytest
from rich.console import Console

from whence import table
from whence.records import Actor, Article, Coding, Event, Mention, Place, Statement, Time

AT = (0, 0)
COUNTRIES = {"SYR": "Syria", "LBN": "Lebanon", "IRN": "Iran"}


def actor(name: str, country: str | None = None, sector: str | None = None) -> Actor:
    return Actor("a", name, AT, name, None, country, sector, "", 1.0)


def place(name: str, country: str | None = None, grain: Any = "city") -> Place:
    return Place("p", name, AT, name, None, grain, country, None, None, None, "literal", 1.0, "")


def days(start: str | None, end: str | None) -> Time:
    return Time("t", "some day", AT, start, end, "")


def event(**fields: Any) -> Event:
    given: dict[str, Any] = {
        "id": "e1",
        "uid": "u",
        "trigger": Mention("bombed", AT),
        "type": "ASSAULT",
        "mode": None,
        "actors": (),
        "recipients": (),
        "instruments": (),
        "places": (),
        "time": None,
        "counts": (),
        "status": "happened",
        "statement": None,
        "same_as": None,
        "contexts": (),
        "quad": 4,
        "intensity": None,
        "cameo": None,
        "confidence": 1.0,
        "reason": "",
    }
    return Event(**(given | fields))


def statement(*chain: str) -> Statement:
    return Statement("s1", "indirect", "plain", None, None, (), chain, (), None, 1.0, "")


def coding(text: str, events: tuple[Event, ...] = (), **fields: Any) -> Coding:
    article = Article("i", None, None, None, None, None, "en", text, "")
    return Coding(dataclasses.replace(article, **fields), (), (), (), (statement("TASS", "the ministry"),), events)


def shown(one: Event, said: Statement | None = None) -> list[str]:
    """The parts of an event's line, which stand two or more spaces apart."""
    return [part.strip() for part in table.event_line(one, said, COUNTRIES).plain.split("  ") if part.strip()]


def test_a_line_says_who_did_what_to_whom_where_when_and_who_says_so() -> None:
    one = event(
        mode="aerial",
        actors=(actor("Russia", "RUS", "MIL"),),
        recipients=(actor("ISIS", "ISM"), actor("the gunmen")),
        places=(place("Aleppo", "SYR"), place("Idlib", "SYR"), place("Beirut", "LBN")),
        time=days("2016-08-16", "2016-08-16"),
    )
    assert shown(one, statement("Reuters", "Sputnik", "Russia’s Ministry of Defence")) == [
        "happened",
        "ASSAULT (aerial)",
        "Russia [RUS MIL] → ISIS [ISM], the gunmen",
        "@ Aleppo, Idlib (Syria); Beirut (Lebanon)",
        "on 2016-08-16",
        "— Russia’s Ministry of Defence, via Sputnik, Reuters",
    ]


def test_the_sides_of_a_mutual_act_are_joined() -> None:
    sides = (actor("Iran", "IRN", "GOV"), actor("Iran", "IRN", "GOV"), actor("Oman", "OMN", "GOV"))
    assert shown(event(actors=sides))[2] == "Iran [IRN GOV] & Oman [OMN GOV]"


def test_what_is_not_known_is_marked() -> None:
    assert shown(event())[2] == "? “bombed”"
    assert shown(event(recipients=(actor("Oman"),)))[2] == "? → Oman"
    assert shown(event(), statement())[-1] == "— somebody not named"


def test_a_country_is_not_named_twice() -> None:
    assert shown(event(places=(place("Iran", "IRN", "country"),)))[-1] == "@ Iran"
    assert shown(event(places=(place("the Sahel"),)))[-1] == "@ the Sahel"
    assert shown(event(places=(place("Guam", "GUM"),)))[-1] == "@ Guam (GUM)"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2016-02-01", "2016-02-29", "in 2016-02"),
        ("2016-01-01", "2016-12-31", "in 2016"),
        ("2016-02-01", "2016-02-28", "from 2016-02-01 to 2016-02-28"),
        ("2015-01-01", "2016-12-31", "from 2015-01-01 to 2016-12-31"),
        (None, "2016-02-01", "until 2016-02-01"),
        ("2016-02-01", None, "from 2016-02-01"),
        (None, None, "“some day”"),
    ],
)
def test_days_are_said_as_short_as_they_can_be(start: str | None, end: str | None, words: str) -> None:
    assert shown(event(time=days(start, end)))[-1] == words


def test_the_heading_is_the_title_or_the_first_words_and_the_day() -> None:
    assert table.heading(coding("Text.", title="A title", published="2020-01-02")).plain == "A title  (2020-01-02)"
    long = table.heading(coding("word " * 50)).plain
    assert long.startswith("word word") and long.endswith(" …") and len(long) <= 82
    assert table.heading(coding("x" * 500)).plain.startswith("x")


def test_an_article_without_events_says_so() -> None:
    assert table.lines(coding("Nothing."), COUNTRIES)[1].plain.strip() == "no political events found in it"


def test_text_is_data_and_never_markup_or_an_order_to_the_terminal() -> None:
    evil = "[bold]A[/bold]\x1b[31m :smile: \u202eB\x07\nC"
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="standard", highlight=False, markup=False, emoji=False
    )
    for line in table.lines(coding("x", (event(actors=(actor(evil),)),), title=evil), COUNTRIES):
        console.print(line, soft_wrap=True)
    assert out.getvalue().count("[bold]A[/bold] [31m :smile: B C") == 2
    assert "\u202e" not in out.getvalue() and "\x07" not in out.getvalue() and "\x1b[31m" not in out.getvalue()


def test_a_line_of_spaces_has_an_empty_name() -> None:
    assert table.plain(" \t\n ") == ""
