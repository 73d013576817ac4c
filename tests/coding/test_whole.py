"""Whatever characters stand in a text, the coding quotes it exactly, and every id in it leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.article import from_text
from whence.pipeline import Coder
from whence.records import Actor, Coding, Count, Mention, Place, Span, Time
from whence.schema import json_schema

Quoting = Mention | Actor | Place | Time | Count
CODER = Coder()
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
SENTENCES = [
    "Russia bombed the town of Aleppo with Su-34 jets on Monday and killed at least nine villagers.",
    "“We will never leave this valley,” Commander Arun Mehta told Reuters on 3 May 2024.",
    "The rebels, quoted by Al Jazeera, denied that they had shelled the bridge with rockets.",
    "Kenyan Foreign Minister Grace Njeri said that her country would send two thousand soldiers to Somalia.",
    "Thousands of protesters marched through Paris from 3 May to 7 May 2024, the police said.",
    "According to the governor of Kunduz, soldiers arrested two hundred farmers and their leader.",
    "The mayor said that the rebels had told him that they would attack the city.",
    "“Nobody came,” she said. “We accuse the government of murder.”",
    "Iran and Iraq signed a treaty in Baghdad, and Turkey threatened to close the border.",
]
ODDITIES = [
    *("\U0001f680", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1fa\U0001f1f8", "e\u0301", "n\u0303\u0323"),
    *("\u0645\u0631\u062d\u0628\u0627", "\u202e\u05e9\u05dc\u05d5\u05dd\u202c", "\u200f", "\u200b", "\u00ad", "\ufeff"),
    *("\u00a0", "\u2028", "\t", "\r\n", "\n\n", "\r", "\x0b", "\x00"),
    *("\"", "''", "\u201d", "\u201e", "\u00ab", "\u2039", "`", "\u2019"),
    *("(", "]", "\u2014", "\u2026", "\ufb01", "\u0130"),
]  # fmt: skip
"""Emoji, combining marks, right-to-left words, invisible characters, line ends, stray quotation marks."""


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Some of the sentences, with oddities inserted anywhere."""
    picked = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
    text = draw(st.sampled_from([" ", "\n\n", "\r\n", "\t"])).join(picked)
    for oddity in draw(st.lists(st.sampled_from(ODDITIES), max_size=8)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + oddity + text[at:]
    return text


def quoted(coding: Coding) -> Iterator[Quoting]:
    """Everything in a coding that quotes the article."""
    yield from coding.actors
    yield from coding.places
    yield from coding.times
    for statement in coding.statements:
        yield from (m for m in (statement.cue, statement.source, *statement.content) if m is not None)
    for event in coding.events:
        yield event.trigger
        slots: tuple[tuple[Quoting, ...], ...] = (event.actors, event.recipients, event.instruments, event.places)
        for slot in (*slots, event.counts):
            yield from slot
        if event.time is not None:
            yield event.time


def check(coding: Coding) -> None:
    """The properties that hold for every coding."""
    text = coding.article.text
    for item in quoted(coding):
        begin, end = item.at
        assert 0 <= begin < end <= len(text)
        assert text[begin:end] == item.text
    _ids_lead_somewhere(coding)
    plain = json.loads(json.dumps(coding.to_dict()))
    assert plain == json.loads(json.dumps(plain, ensure_ascii=False))
    VALIDATOR.validate(plain)


def _ids_lead_somewhere(coding: Coding) -> None:
    actors, statements = {a.id for a in coding.actors}, {s.id: s for s in coding.statements}
    for statement in coding.statements:
        assert set(statement.holders) <= actors
        assert len(statement.holders) == len(statement.chain)
        assert statement.within is None or statement.within in statements
        assert statement.within != statement.id
    events = [e.id for e in coding.events]
    for number, event in enumerate(coding.events):
        assert {*event.actors, *event.recipients} <= set(coding.actors)
        assert set(event.places) <= set(coding.places)
        assert event.time is None or event.time in coding.times
        assert event.same_as is None or event.same_as in events[:number]
        if event.statement is not None:
            assert any(_holds(m.at, event.trigger.at[0]) for m in statements[event.statement].content)
    for ids in (actors, statements, set(events), {p.id for p in coding.places}, {t.id for t in coding.times}):
        assert all(ids)
    assert len(actors) == len(coding.actors)
    assert len(statements) == len(coding.statements)
    assert len({e.uid for e in coding.events}) == len(events)


def _holds(span: Span, begin: int) -> bool:
    return span[0] <= begin < span[1]


@given(text=texts())
@settings(max_examples=25, deadline=None)
def test_any_text_is_quoted_exactly(text: str) -> None:
    article = from_text(text, published="2024-05-14")
    check(CODER.code(replace(article, language="en")))  # whatever language the strewn letters make of it


def test_plain_text_gives_something_of_everything() -> None:
    """What the properties are about is there: none of them holds for want of items."""
    coding = CODER.read_text("\n\n".join(SENTENCES), published="2024-05-14")
    check(coding)
    assert len(coding.statements) >= 6
    assert len(coding.events) >= 8
    assert coding.places
    assert coding.times
    for slot in ("actors", "recipients", "instruments", "places", "counts", "time", "statement"):
        assert any(getattr(event, slot) for event in coding.events), slot


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f680 Russia bombed a cafe\u0301 in Aleppo.\r\n“We\u00a0saw \u202e\u05e9\u05dc\u05d5\u202c,” he said.",
        "\ufeffThe army said:\t“The rebels «shelled ‹the town› of Aleppo»\r\rand fled.",
        '"""" The minister accused the rebels of "murder"" of the villagers in Homs, "he said".',
        "The police arrested 2\u00a0000 \u0130stanbul protesters \U0001f468\u200d\U0001f469 on 3 May 2024\u2026",
    ],
)  # fmt: skip
def test_odd_characters_in_known_places(text: str) -> None:
    coding = CODER.code(from_text(text, published="2024-05-14"))
    check(coding)
    assert coding.events
