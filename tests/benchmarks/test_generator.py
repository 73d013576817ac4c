"""Made-up news is the same in every run, its spans are exact, and no article is a near-copy of another."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generator import A_WEEK, FIRST_DAY, Generator, material
from benchmarks.pieces import Piece
from whence import Archive
from whence.archive import documents
from whence.copies import Index, MemoryPostings, sketch
from whence.records import Coding


@pytest.fixture(scope="module")
def pieces() -> Iterator[list[Piece]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHENCE_DATA", "/nowhere")
        yield material(most=30)


@pytest.fixture(scope="module")
def codings(pieces: list[Piece]) -> list[Coding]:
    return list(islice(Generator(pieces).codings(), 400))


def mentions(value: Any) -> Iterator[Any]:
    """All records with `text` and `at` in a record or a tuple of them."""
    if isinstance(value, tuple):
        for item in value:
            yield from mentions(item)
    elif dataclasses.is_dataclass(value):
        if hasattr(value, "at"):
            yield value
        for field in dataclasses.fields(value):
            yield from mentions(getattr(value, field.name))


def test_every_mention_stands_where_it_says(codings: list[Coding]) -> None:
    for coding in codings:
        text = coding.article.text
        parts = (coding.actors, coding.places, coding.times, coding.statements, coding.events)
        for mention in mentions(parts):
            assert text[mention.at[0] : mention.at[1]] == mention.text


def test_ids_lead_to_records(codings: list[Coding]) -> None:
    for coding in codings:
        actors, statements = {a.id for a in coding.actors}, {s.id for s in coding.statements}
        assert len(actors) == len(coding.actors)
        for statement in coding.statements:
            assert actors.issuperset(statement.holders)
            assert statement.within is None or statement.within in statements
        assert statements.issuperset(e.statement for e in coding.events if e.statement is not None)
        assert len({event.uid for event in coding.events}) == len(coding.events)


def test_one_seed_gives_one_run_of_articles(pieces: list[Piece], codings: list[Coding]) -> None:
    again = Generator(pieces)
    assert [again.coding(n) for n in (7, 3)] == [codings[7], codings[3]]
    assert Generator(pieces, seed=2).coding(7) != codings[7]


def test_articles_come_in_the_order_of_their_days(pieces: list[Piece]) -> None:
    generator = Generator(pieces)
    days = [date.fromisoformat(generator.coding(n * A_WEEK).article.published or "") for n in range(4)]
    assert [(day - FIRST_DAY).days for day in days] == [0, 7, 14, 21]


def test_names_and_places_are_others(pieces: list[Piece], codings: list[Coding]) -> None:
    countries = {actor.country for coding in codings for actor in coding.actors}
    towns = {place.name for coding in codings for place in coding.places}
    assert len(countries) > 50
    assert len(towns) > 100
    assert len({coding.article.text for coding in codings}) == len(codings)


def test_hardly_any_is_a_near_copy(codings: list[Coding]) -> None:
    items = [(c.article.sha256, c.article.published or "", sketch(c.article.text)) for c in codings]
    clusters = Index(MemoryPostings()).cluster(items)
    assert sum(key != first for key, first in clusters.items()) < 0.01 * len(codings)


def test_an_archive_takes_them(codings: list[Coding], tmp_path: Path) -> None:
    with Archive(tmp_path / "news.db") as archive:
        archive.add(codings[:20])
        assert archive.events().num_rows == sum(len(coding.events) for coding in codings[:20])
        kept = archive.document(codings[5].article.sha256)
        assert kept is not None
        assert documents.coding(kept) == codings[5]
