"""Where an index keeps its documents and its inverted lists: in memory, or in the tables of an SQLite file."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from whence.copies.shingles import indexed

SCHEMA = """\
-- Texts among which near-copies are looked for: `cluster` is the id of the first of its copies, its own if it is that.
CREATE TABLE copy_documents (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    cluster INTEGER NOT NULL,
    sketch BLOB NOT NULL                     -- hashes of shingles, ascending, 8 bytes each, little-endian
) STRICT;
CREATE INDEX copy_clusters ON copy_documents (cluster) WHERE cluster <> id;
-- Which documents have a shingle: of a cluster only the first that had it, and no more than a bounded number.
CREATE TABLE copy_postings (
    tier INTEGER NOT NULL,                   -- 0 for the newest; full tiers are poured into the next
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (tier, hash, document)
) WITHOUT ROWID, STRICT;
"""
"""The tables of `SqlitePostings`. Their names begin with `copy_`, so that they can stand in any file."""
_TIERS = (20_000, 200_000)
"""Documents after which tier 0, tier 1 is poured into the next. Hashes fall anywhere, so that a batch writes to almost
every page of the tree that it goes into; that tree is kept small."""
_AT_ONCE = 500
"""Values bound in one statement; older builds of SQLite allow 999."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text of the index."""

    id: int
    """From 1, in the order of adding."""
    key: str
    cluster: int
    """Id of the first document of its cluster."""
    sketch: Sequence[int]


class Postings(Protocol):
    """What an index asks of its store. Sketches and hashes are those of `whence.copies.shingles`."""

    def last(self) -> int:
        """The greatest id given so far, 0 if none."""

    def clusters(self, keys: Collection[str]) -> dict[str, str]:
        """For each of the keys that are in the store, the key of the first document of its cluster."""

    def owners(self, hashes: Collection[int]) -> dict[int, dict[int, int]]:
        """For each of the hashes that are in the store, the documents that stand for it, each with its cluster."""

    def document(self, id: int) -> Document:
        """The document of an id; `KeyError` if there is none."""

    def write(self, documents: Sequence[Document], postings: Iterable[tuple[int, int]]) -> None:
        """Keeps documents (in the place of earlier ones of the same id) and pairs of hash and document."""

    def remove(self, keys: Collection[str]) -> None:
        """Takes documents out, with all the others of the clusters that they are the first of."""


class MemoryPostings:
    """An index that ends with the process; about 7 KB a document."""

    def __init__(self) -> None:
        self._documents: dict[int, Document] = {}
        self._ids: dict[str, int] = {}
        self._owners: dict[int, list[int]] = {}

    def last(self) -> int:
        """The greatest id given so far, 0 if none."""
        return max(self._documents, default=0)

    def clusters(self, keys: Collection[str]) -> dict[str, str]:
        """For each of the keys that are in the store, the key of the first document of its cluster."""
        documents = self._documents
        return {key: documents[documents[self._ids[key]].cluster].key for key in keys if key in self._ids}

    def owners(self, hashes: Collection[int]) -> dict[int, dict[int, int]]:
        """For each of the hashes that are in the store, the documents that stand for it, each with its cluster."""
        found = ((hash, self._owners[hash]) for hash in hashes if hash in self._owners)
        return {hash: {id: self._documents[id].cluster for id in ids} for hash, ids in found}

    def document(self, id: int) -> Document:
        """The document of an id; `KeyError` if there is none."""
        return self._documents[id]

    def write(self, documents: Sequence[Document], postings: Iterable[tuple[int, int]]) -> None:
        """Keeps documents (in the place of earlier ones of the same id) and pairs of hash and document."""
        for document in documents:
            self._documents[document.id] = document
            self._ids[document.key] = document.id
        for hash, id in postings:
            self._owners.setdefault(hash, []).append(id)

    def remove(self, keys: Collection[str]) -> None:
        """Takes documents out, with all the others of the clusters that they are the first of."""
        gone = {self._ids[key] for key in keys if key in self._ids}
        for document in [d for d in self._documents.values() if d.id in gone or d.cluster in gone]:
            del self._documents[document.id], self._ids[document.key]
            for hash in indexed(document.sketch):
                owners = [id for id in self._owners.pop(hash, ()) if id != document.id]
                if owners:
                    self._owners[hash] = owners


class SqlitePostings:
    """An index in the tables of `SCHEMA`, which the connection's file has. Begins and ends no transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def last(self) -> int:
        """The greatest id given so far, 0 if none."""
        (last,) = self._connection.execute("SELECT ifnull(max(id), 0) FROM copy_documents").fetchone()
        return int(last)

    def clusters(self, keys: Collection[str]) -> dict[str, str]:
        """For each of the keys that are in the store, the key of the first document of its cluster."""
        select = """SELECT d.key, first.key
                    FROM copy_documents AS d JOIN copy_documents AS first ON first.id = d.cluster
                    WHERE d.key IN ({})"""
        return {key: first for some in _portions(keys) for key, first in self._select(select, some)}

    def owners(self, hashes: Collection[int]) -> dict[int, dict[int, int]]:
        """For each of the hashes that are in the store, the documents that stand for it, each with its cluster."""
        select = """SELECT hash, document, cluster FROM copy_postings JOIN copy_documents ON id = document
                    WHERE tier = {} AND hash IN ({}) ORDER BY hash, document"""
        owners: dict[int, dict[int, int]] = {}
        for some in _portions(hashes):
            for tier in range(len(_TIERS) + 1):
                for hash, id, cluster in self._select(select, some, tier):
                    owners.setdefault(hash, {})[id] = cluster
        return owners

    def document(self, id: int) -> Document:
        """The document of an id; `KeyError` if there is none."""
        row = self._connection.execute("SELECT key, cluster, sketch FROM copy_documents WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        key, cluster, blob = row
        return Document(id, key, cluster, _from_blob(blob))

    def write(self, documents: Sequence[Document], postings: Iterable[tuple[int, int]]) -> None:
        """Keeps documents (in the place of earlier ones of the same id) and pairs of hash and document."""
        before = self.last()
        self._connection.executemany(
            "INSERT INTO copy_documents VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET cluster = excluded.cluster",
            ((d.id, d.key, d.cluster, _to_blob(d.sketch)) for d in documents),
        )
        # Sorted, neighbours of a batch fall into the same pages of the tree, each of which is then visited once.
        self._connection.executemany("INSERT INTO copy_postings VALUES (0, ?, ?)", sorted(postings))
        after = self.last()
        for tier, full in reversed([*enumerate(_TIERS)]):
            if after // full > before // full:
                self._connection.execute(
                    "INSERT INTO copy_postings SELECT ?, hash, document FROM copy_postings WHERE tier = ?",
                    (tier + 1, tier),
                )
                self._connection.execute("DELETE FROM copy_postings WHERE tier = ?", (tier,))

    def remove(self, keys: Collection[str]) -> None:
        """Takes documents out, with all the others of the clusters that they are the first of."""
        for key in keys:
            rows = self._connection.execute(
                """SELECT id, sketch FROM copy_documents WHERE key = ?1 UNION ALL
                   SELECT id, sketch FROM copy_documents
                   WHERE cluster <> id AND cluster = (SELECT id FROM copy_documents WHERE key = ?1)""",
                (key,),
            ).fetchall()
            for id, blob in rows:
                every = range(len(_TIERS) + 1)
                places = ((tier, hash, id) for tier in every for hash in indexed(_from_blob(blob)))
                self._connection.executemany(
                    "DELETE FROM copy_postings WHERE tier = ? AND hash = ? AND document = ?", places
                )
                self._connection.execute("DELETE FROM copy_documents WHERE id = ?", (id,))

    def lead(self, key: str) -> None:
        """Makes a document the first of its cluster, by which all in the cluster go."""
        found = self._connection.execute("SELECT id, cluster FROM copy_documents WHERE key = ?", (key,)).fetchone()
        if found is not None:
            self._connection.execute("UPDATE copy_documents SET cluster = ?1 WHERE id = ?2", found)
            self._connection.execute(
                "UPDATE copy_documents SET cluster = ?1 WHERE cluster <> id AND cluster = ?2 OR id = ?1", found
            )

    def sketches(self, query: str) -> Iterator[tuple[str, str, Sequence[int]]]:
        """Key, order and sketch of the documents that a query gives, in its order."""
        for key, order, blob in self._connection.execute(query):
            yield key, order, _from_blob(blob)

    def _select(self, query: str, values: Sequence[str | int], *others: int) -> sqlite3.Cursor:
        """The rows of a query into which numbers and as many marks as there are values are set."""
        return self._connection.execute(query.format(*others, ",".join("?" * len(values))), values)


def _portions(values: Collection[str] | Collection[int]) -> Iterable[Sequence[str | int]]:
    ordered: list[str | int] = sorted(values)  # in the order of the tree
    return (ordered[first : first + _AT_ONCE] for first in range(0, len(ordered), _AT_ONCE))


def _to_blob(sketch: Sequence[int]) -> bytes:
    values = array("q", sketch)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _from_blob(blob: bytes) -> Sequence[int]:
    values = array("q", blob)
    if sys.byteorder == "big":
        values.byteswap()
    return values
