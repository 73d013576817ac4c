"""All that another archive holds, taken into one: as if both had been made in one.

Texts are first looked for among the near-copies of both. Then articles come batch by batch, each whole: a text of which
this archive has a copy that was published earlier becomes its copy, and an earlier one takes the lead. What both have
stays as it is here. Doing it again changes nothing, and so does doing it after a kill beyond what is lacking.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from whence.archive import documents, joining, ledger
from whence.archive.connection import telling
from whence.archive.reviews import Reviews
from whence.archive.writing import Writer
from whence.copies import Index, SqlitePostings
from whence.records import Article, Fate, Outcome

Show = Callable[[int, int], None]
"""Is told how many articles of how many are done."""
_BATCH = 50
"""Articles that are taken in one transaction."""
_CLUSTERED = 10_000
"""Texts among which copies are looked for at once, as in `whence.ingest`."""
_ROWS = 500
"""Rows of small tables that are read at once."""
_LAST = "9999-99-99"
"""Stands for an unknown day of publication: such an article comes after all others."""

_TEXTS = f"""SELECT key, first, sketch FROM copy_documents JOIN (
                 SELECT sha256, min((copy_of IS NOT NULL) || ifnull(published, '{_LAST}')) AS first
                 FROM articles GROUP BY sha256)
             ON sha256 = key ORDER BY first, key"""
"""Texts of the near-copies' index, those first that have a coding, then by day: the first of a cluster leads it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from another archive."""

    articles: int = 0
    """Articles that it has, coded ones and copies."""
    new: int = 0
    """Those of them that were not here, or are coded now and were not."""
    inputs: int = 0
    """Entries of its ledger that were new here."""
    rulings: int = 0
    """Pairs of events on which its users' word was new here, or newer."""
    reviews: int = 0
    """Reviews that were new here."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An article of the other archive."""

    row: int
    sha256: str
    name: str
    url: str | None
    published: str
    copy_of: str | None
    packed: bytes

    @property
    def document(self) -> bytes:
        """The JSON of its coding, or of the article alone."""
        return documents.unpack(self.packed)


class Merging:
    """One taking of one archive into another."""

    def __init__(self, connection: sqlite3.Connection, other: sqlite3.Connection, path: Path) -> None:
        """`other` is the connection to the archive at `path`, which is only read."""
        self._here, self._other, self._path = connection, other, path
        self._reviews = Reviews(connection, path)
        self._copies = SqlitePostings(connection)
        self._taken = Taken()

    def run(self, batch: Callable[[], AbstractContextManager[None]], show: Show | None = None) -> Taken:
        """Takes everything, in batches that are each kept whole or not at all; what was new."""
        with self._snapshot():
            total = self._count()
            with batch():
                self._join_copies()
            for found in self._batches():
                with batch():
                    writer = Writer(self._here)
                    for one in found:
                        self._put(writer, one)
                    writer.finish()
                    joining.update(self._here)
                if show is not None:
                    show(self._taken.articles, total)
            with batch():
                self._put_others()
                self._put_rulings()
                self._taken = replace(self._taken, reviews=self._reviews.take(self._other))
                joining.update(self._here)
        return self._taken

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """The other archive stays as it is now, for this reader, whoever writes into it meanwhile."""
        with telling(self._path):
            self._other.execute("BEGIN")
        try:
            yield
        finally:
            with telling(self._path):
                self._other.execute("ROLLBACK")

    def _count(self) -> int:
        """How many articles the other archive has."""
        with telling(self._path):
            (count,) = self._other.execute("SELECT count(*) FROM articles").fetchone()
        return int(count)

    def _join_copies(self) -> None:
        """Looks for near-copies among the texts of both."""
        index = Index(self._copies)
        with telling(self._path):
            texts = SqlitePostings(self._other).sketches(_TEXTS)
            while some := list(islice(texts, _CLUSTERED)):
                index.cluster(some)

    # -- articles ------------------------------------------------------------------------------

    def _batches(self) -> Iterator[list[_Found]]:
        """The other archive's articles, so many as one transaction takes."""
        last = 0
        while True:
            with telling(self._path):
                rows = self._other.execute(
                    f"""SELECT id, sha256, name, url, ifnull(published, '{_LAST}'), copy_of, json
                        FROM articles JOIN documents ON article = id WHERE id > ? ORDER BY id LIMIT ?""",
                    (last, _BATCH),
                ).fetchall()
            if not rows:
                return
            found = [_Found(*row) for row in rows]
            last = found[-1].row
            yield found

    def _put(self, writer: Writer, found: _Found) -> None:
        """Takes an article, with the inputs that gave it."""
        here = self._here.execute(
            "SELECT id, copy_of FROM articles WHERE sha256 = ? AND name = ? AND ifnull(url, '') = ifnull(?, '')",
            (found.sha256, found.name, found.url),
        ).fetchone()
        is_new = here is None or (here[1] is not None and found.copy_of is None and self._leads(found))
        if is_new:
            row = self._put_copy(writer, found) if found.copy_of is not None else self._put_coded(writer, found)
        else:
            row = here[0]
        self._put_inputs(found.row, row)
        self._taken = replace(self._taken, articles=self._taken.articles + 1, new=self._taken.new + is_new)

    def _leads(self, found: _Found) -> bool:
        """Whether a coded text comes before that one of its near-copies by which they go here."""
        first = self._first(found.sha256)
        if first == found.sha256:
            return False  # it is its own twin's copy, and twins are told apart when the twin comes
        lead = self._lead(first)
        return lead is None or (found.published, found.sha256) < (lead[1], first)

    def _put_copy(self, writer: Writer, found: _Found) -> int:
        first = self._first(found.sha256)
        if first == found.sha256:
            first = self._first(found.copy_of or found.sha256)
        return writer.put_copy(self._article(found), first).article

    def _put_coded(self, writer: Writer, found: _Found) -> int:
        first = self._first(found.sha256)
        if first != found.sha256:
            lead = self._lead(first)
            if not self._leads(found) or (lead is None and self._is_to_come(first)):
                return writer.put_copy(self._article(found), first).article
            self._copies.lead(found.sha256)
            writer.follow(first, found.sha256)
        row = writer.put(documents.coding(found.document)).article
        self._here.execute("UPDATE inputs SET fate = 'coded' WHERE article = ? AND fate = 'copy'", (row,))
        return row

    def _first(self, sha256: str) -> str:
        """The text by which the near-copies of one go here; the text itself if it has none."""
        return self._copies.clusters([sha256]).get(sha256, sha256)

    def _lead(self, sha256: str) -> tuple[int, str] | None:
        """Row and day of the coded article of a text."""
        found: tuple[int, str] | None = self._here.execute(
            f"SELECT id, ifnull(published, '{_LAST}') FROM articles WHERE sha256 = ? AND copy_of IS NULL", (sha256,)
        ).fetchone()
        return found

    def _is_to_come(self, sha256: str) -> bool:
        """Whether the other archive has a coding of a text."""
        with telling(self._path):
            found = self._other.execute(
                "SELECT 1 FROM articles WHERE sha256 = ? AND copy_of IS NULL", (sha256,)
            ).fetchone()
        return found is not None

    def _article(self, found: _Found) -> Article:
        return documents.article(found.document)

    # -- what became of inputs -----------------------------------------------------------------

    def _put_inputs(self, there: int, row: int) -> None:
        """Enters the inputs that gave an article; one that gave an article here already stays as it is."""
        with telling(self._path):
            inputs = self._other.execute(
                "SELECT name, digest, fate, article_name, kind, message FROM inputs WHERE article = ? ORDER BY id",
                (there,),
            ).fetchall()
        if not inputs:
            return
        (is_copy,) = self._here.execute("SELECT copy_of IS NOT NULL FROM articles WHERE id = ?", (row,)).fetchone()
        for name, digest, fate, article, kind, message in inputs:
            known = self._here.execute(
                "SELECT fate, article FROM inputs WHERE name = ? AND digest = ?", (name, digest)
            ).fetchone()
            if known is not None and (known[0] != "failed" or fate == "failed"):
                continue
            now: Fate = fate if fate == "failed" else "copy" if is_copy else "coded"
            ledger.record(self._here, Outcome(name, digest, now, article, kind, message), now, row)
            self._taken = replace(self._taken, inputs=self._taken.inputs + 1)

    def _put_others(self) -> None:
        """Enters the inputs that gave no article; a failure only where nothing else is known of its name."""
        for name, digest, fate, article, kind, message in self._rows(
            "SELECT id, name, digest, fate, article_name, kind, message FROM inputs WHERE article IS NULL AND id > ?"
        ):
            known = self._here.execute(
                """SELECT 1 FROM inputs WHERE name = ?1 AND (
                       digest = ?2 OR ?3 = 'failed' AND (fate <> 'failed' OR digest > ?2))""",
                (name, digest, fate),
            ).fetchone()
            if known is None:
                ledger.record(self._here, Outcome(name, digest, fate, article, kind, message), fate, None)
                self._taken = replace(self._taken, inputs=self._taken.inputs + 1)

    def _put_rulings(self) -> None:
        """Takes users' word on pairs of events; of two on one pair the later holds."""
        last = ("", "")
        while True:
            with telling(self._path):
                rows = self._other.execute(
                    "SELECT a, b, is_one, who, at FROM rulings WHERE (a, b) > (?, ?) ORDER BY a, b LIMIT ?",
                    (*last, _ROWS),
                ).fetchall()
            if not rows:
                return
            last = rows[-1][:2]
            for row in rows:
                self._put_ruling(*row)

    def _put_ruling(self, a: str, b: str, is_one: int, who: str, at: str) -> None:
        entered = self._here.execute(
            """INSERT INTO rulings VALUES (?, ?, ?, ?, ?) ON CONFLICT (a, b) DO UPDATE
               SET is_one = excluded.is_one, who = excluded.who, at = excluded.at
               WHERE (excluded.at, excluded.who, excluded.is_one) > (at, who, is_one) RETURNING 1""",
            (a, b, is_one, who, at),
        ).fetchall()
        if entered:
            self._here.execute("INSERT OR IGNORE INTO unjoined SELECT id FROM events WHERE uid IN (?, ?)", (a, b))
            self._taken = replace(self._taken, rulings=self._taken.rulings + 1)

    def _rows(self, query: str) -> Iterator[tuple[str, str, Fate, str | None, str | None, str | None]]:
        """The rows of a query on the other archive, whose first column is the number after which to go on."""
        last = 0
        while True:
            with telling(self._path):
                rows = self._other.execute(f"{query} ORDER BY id LIMIT ?", (last, _ROWS)).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            for row in rows:
                yield row[1:]
