"""Clusters: who stands behind whom, in both stores, whatever the order."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.copies import Writer, articles, score
from whence.copies import SCHEMA, Index, MemoryPostings, Postings, SqlitePostings, sketch
from whence.copies.index import FREQUENT


def in_sqlite() -> Postings:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(SCHEMA)
    return SqlitePostings(connection)


Store = Callable[[], Postings]
stores = pytest.mark.parametrize("store", [MemoryPostings, in_sqlite])


@stores
def test_an_empty_index_has_no_copy(store: Store) -> None:
    assert Index(store()).find(sketch(Writer(1).words(100))) is None


@stores
def test_a_copy_of_a_copy_belongs_to_the_first(store: Store) -> None:
    writer, index = Writer(1), Index(store())
    first = writer.words(300)
    second = writer.edited(f"{first}\n{writer.words(120)}")
    third = f"{' '.join(second.split()[80:])}\n{writer.words(60)}"
    assert index.add("first", sketch(first)) == "first"
    assert index.add("second", sketch(second)) == "first"
    assert index.add("third", sketch(third)) == "first"
    match = index.find(sketch(third))
    assert match is not None
    assert (match.key, match.document, match.containment) == ("first", "third", 1.0)
    assert match.sizes[0] == match.sizes[1]


@stores
def test_a_known_key_stays_where_it_is(store: Store) -> None:
    writer, index = Writer(2), Index(store())
    index.add("a", sketch(writer.words(100)))
    other = sketch(writer.words(100))
    assert index.add("a", other) == "a"
    assert index.find(other) is None


@stores
def test_the_earliest_of_a_batch_comes_first(store: Store) -> None:
    writer = Writer(3)
    story = writer.words(200)
    items = [("a", "2026-03-02", sketch(writer.bylines(story))), ("b", "2026-03-01", sketch(writer.cut(story)))]
    assert Index(store()).cluster(items) == {"a": "b", "b": "b"}


@stores
def test_clusters_that_turn_out_one_become_one(store: Store) -> None:
    writer, index = Writer(4), Index(store())
    left, right = writer.words(200), writer.words(200)
    whole = f"{left}\n{right}"
    items = [("l", "1", sketch(left)), ("r", "2", sketch(right)), ("w", "3", sketch(whole))]
    assert index.cluster(items) == {"l": "l", "r": "l", "w": "l"}
    match = index.find(sketch(right))
    assert match is not None
    assert match.key == "l"


@stores
def test_clusters_of_earlier_calls_stay(store: Store) -> None:
    writer, index = Writer(4), Index(store())
    left, right = writer.words(200), writer.words(190)
    index.add("l", sketch(left))
    index.add("r", sketch(right))
    assert index.add("w", sketch(f"{left}\n{right}")) in {"l", "r"}
    found = [index.find(sketch(side)) for side in (left, right)]
    assert [match and match.key for match in found] == ["l", "r"]


@stores
def test_a_story_printed_more_often_than_boilerplate_may_be_is_found(store: Store) -> None:
    writer, index = Writer(5), Index(store())
    story = writer.words(200)
    keys = [f"{number:04}" for number in range(3 * FREQUENT)]
    assert set(index.cluster((key, key, sketch(writer.all_of_it(story))) for key in keys).values()) == {"0000"}


@stores
def test_what_very_many_texts_share_makes_the_lists_no_longer(store: Store) -> None:
    writer, postings = Writer(6), store()
    standing = writer.words(90)
    texts = [sketch(f"{writer.words(120)}\n{standing}") for _ in range(2 * FREQUENT)]
    keys = {f"{number:04}": text for number, text in enumerate(texts)}
    assert Index(postings).cluster((key, "", text) for key, text in keys.items()) == {key: key for key in keys}
    owners = postings.owners({hash for text in texts for hash in text})
    assert max(len(documents) for documents in owners.values()) == FREQUENT + 1


@stores
def test_a_removed_document_goes_with_its_copies(store: Store) -> None:
    writer, postings = Writer(7), store()
    index = Index(postings)
    story, other = writer.words(200), writer.words(200)
    index.cluster([("a", "1", sketch(story)), ("b", "2", sketch(writer.bylines(story))), ("c", "3", sketch(other))])
    postings.remove(["a", "unknown"])
    assert index.find(sketch(story)) is None
    assert index.find(sketch(other)) is not None
    assert index.add("b", sketch(story)) == "b"


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_a_batch_changes_nothing(shuffle: random.Random) -> None:
    items = list(ITEMS)
    shuffle.shuffle(items)
    store = shuffle.choice([MemoryPostings, in_sqlite])
    assert Index(store()).cluster(items) == EXPECTED


def test_several_batches_in_order_are_as_good_as_one() -> None:
    ordered = sorted(ITEMS, key=lambda item: (item[1], item[0]))
    index = Index(in_sqlite())
    clusters: dict[str, str] = {}
    for first in range(0, len(ordered), 60):
        clusters |= index.cluster(ordered[first : first + 60])
    assert score(MADE, clusters).recall >= 0.97


def test_few_made_articles() -> None:
    result = score(MADE, EXPECTED)
    assert (result.precision, result.recall) == (1.0, 1.0)


@pytest.mark.long
def test_twenty_thousand_made_articles() -> None:
    made = articles(20_000, 5_000, seed=11)
    clusters = Index(MemoryPostings()).cluster((one.key, one.day, sketch(one.text)) for one in made)
    result = score(made, clusters)
    assert result.precision >= 0.999
    assert result.recall >= 0.99


MADE = articles(400, 100, seed=3)
ITEMS = [(one.key, one.day, sketch(one.text)) for one in MADE]
EXPECTED = Index(MemoryPostings()).cluster(ITEMS)
