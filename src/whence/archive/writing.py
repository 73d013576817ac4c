"""Codings and copies put into the tables of an archive, replaced there, and taken out.

All of it happens inside the caller's transaction. A text is coded once: where the same text came under several
ids or addresses, the one published first has the coding and the others are its copies, whatever the order in which
they came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from whence.archive import documents
from whence.archive.counting import Counts
from whence.archive.days import span
from whence.archive.pairing import Pairs
from whence.archive.parties import Actors, Places
from whence.archive.text import storable
from whence.copies import SqlitePostings
from whence.records import Actor, Article, Coding, Event, Statement, Versions

_LAST = "9999"
"""Stands for an unknown day of publication: such an article comes after all others."""


@dataclass(frozen=True, slots=True)
class Put:
    """What became of an article that was put into an archive."""

    article: int
    """Its row."""
    is_copy: bool
    is_new: bool
    """Whether anything changed."""


class Writer:
    """Writes one batch; made anew for each, for its memory of rows is only true inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._actors = Actors(connection)
        self._places = Places(connection)
        self._counts = Counts(connection)
        self._pairs = Pairs(connection)
        self._versions: dict[Versions, int] = {}
        self._next = {table: count(_last_row(connection, table) + 1) for table in ("statements", "events")}

    def finish(self) -> None:
        """Takes out whoever and wherever nothing speaks of any more, and brings the counts of events up to date."""
        self._actors.sweep()
        self._places.sweep()
        self._counts.write()
        self._pairs.write()

    def put(self, coding: Coding) -> Put:
        """Puts a coding in the place of an earlier one of the article, or beside one of the same text as its copy."""
        article = coding.article
        twin = self._one(
            "SELECT id, ifnull(published, ?), name, ifnull(url, '') FROM articles WHERE sha256 = ? AND copy_of IS NULL",
            _LAST,
            article.sha256,
        )
        row = self._row(article)
        if twin is not None and twin[0] != row:
            if twin[1:] <= (article.published or _LAST, storable(article.id), storable(article.url) or ""):
                return self.put_copy(article, article.sha256)
            self._demote(twin[0], article.sha256)
        document = documents.dump(coding)
        if row is not None and twin is not None:
            before = self._document(row)
            if before == document:
                return Put(row, False, False)
            if documents.is_same_reading(before, document):
                self._enter(row, article, None, self._versions_row(coding.versions))
                self._set_document(row, document)
                return Put(row, False, True)
        kept = self._events_by_uid(row) if row is not None else {}
        if row is not None:
            self._clear(row)
        row = self._enter(row, article, None, self._versions_row(coding.versions))
        self._set_document(row, document)
        self._connection.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
            (row, storable(article.title), storable(article.text)),
        )
        self._put_parts(row, coding, kept)
        return Put(row, False, True)

    def put_copy(self, article: Article, copy_of: str) -> Put:
        """Puts an article that is a near-copy of the text with that SHA-256."""
        row = self._row(article)
        document = documents.dump(article)
        if row is not None:
            was = self._one("SELECT copy_of FROM articles WHERE id = ?", row)
            if was == (copy_of,) and self._document(row) == document:
                return Put(row, True, False)
            self._clear(row)
        row = self._enter(row, article, copy_of, None)
        self._set_document(row, document)
        self._put_excluded(row, article)
        return Put(row, True, True)

    def remove(self, row: int) -> list[str]:
        """Takes an article out, with all that hangs on it and with its near-copies; the ids of all that went."""
        found = self._one("SELECT name, sha256, copy_of IS NULL FROM articles WHERE id = ?", row)
        if found is None:  # it was a copy of one that went before
            return []
        name, sha256, is_coded = found
        self._clear(row)
        self._connection.execute("DELETE FROM articles WHERE id = ?", (row,))
        names = [str(name)]
        if is_coded:
            for (copy,) in self._connection.execute("SELECT id FROM articles WHERE copy_of = ?", (sha256,)).fetchall():
                names += self.remove(copy)
        if self._one("SELECT 1 FROM articles WHERE sha256 = ?", sha256) is None:
            SqlitePostings(self._connection).remove([sha256])
        return names

    def follow(self, sha256: str, lead: str) -> None:
        """Makes a text and its copies copies of another text, which is about to be coded."""
        coded = self._one("SELECT id FROM articles WHERE sha256 = ? AND copy_of IS NULL", sha256)
        if coded is not None:
            self._demote(coded[0], lead)
        self._connection.execute("UPDATE articles SET copy_of = ? WHERE copy_of = ?", (lead, sha256))

    def supersede(self, row: int, by: int | None) -> None:
        """Takes out an article whose bytes now give another one, or none; its copies become copies of the new one.

        It stays where it still has copies: they have no other coding.
        """
        (sha256,) = self._one("SELECT sha256 FROM articles WHERE id = ?", row)
        if by is not None:
            (original,) = self._one("SELECT ifnull(copy_of, sha256) FROM articles WHERE id = ?", by)
            self._connection.execute("UPDATE articles SET copy_of = ? WHERE copy_of = ?", (original, sha256))
        if self._one("SELECT 1 FROM articles WHERE copy_of = ? AND id <> ?", sha256, row) is None:
            self.remove(row)

    # -- the article's own row, its document and its words -------------------------------------

    def _one(self, query: str, *values: object) -> Any:
        return self._connection.execute(query, values).fetchone()

    def _row(self, article: Article) -> int | None:
        """The row of an article that is there already."""
        found = self._one(
            "SELECT id FROM articles WHERE sha256 = ? AND name = ? AND ifnull(url, '') = ifnull(?, '')",
            article.sha256,
            storable(article.id),
            storable(article.url),
        )
        return None if found is None else int(found[0])

    def _enter(self, row: int | None, article: Article, copy_of: str | None, versions: int | None) -> int:
        """Writes the article's row, under the number that it had."""
        values = (
            row,
            article.sha256,
            storable(article.id),
            storable(article.url),
            storable(article.title),
            article.published,
            article.modified,
            storable(article.site),
            storable(article.credit),
            article.language,
            copy_of,
            versions,
        )
        entered = self._connection.execute(
            """INSERT INTO articles
                   (id, sha256, name, url, title, published, modified, site, credit, language, copy_of, versions)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (id) DO UPDATE SET
                   title = excluded.title, published = excluded.published, modified = excluded.modified,
                   site = excluded.site, credit = excluded.credit, language = excluded.language,
                   copy_of = excluded.copy_of, versions = excluded.versions
               RETURNING id""",
            values,
        ).fetchone()
        return int(entered[0])

    def _document(self, row: int) -> bytes:
        (packed,) = self._one("SELECT json FROM documents WHERE article = ?", row)
        return documents.unpack(packed)

    def _set_document(self, row: int, document: bytes) -> None:
        self._connection.execute(
            "INSERT INTO documents VALUES (?, ?) ON CONFLICT (article) DO UPDATE SET json = excluded.json",
            (row, documents.pack(document)),
        )

    def _demote(self, row: int, copy_of: str) -> None:
        """Makes a coded article the copy of a text, its own or another."""
        article = documents.article(self._document(row))
        self._clear(row)
        self._enter(row, article, copy_of, None)
        self._set_document(row, documents.dump(article))
        self._put_excluded(row, article)
        self._connection.execute("UPDATE inputs SET fate = 'copy' WHERE article = ? AND fate = 'coded'", (row,))

    def _clear(self, row: int) -> None:
        """Empties an article of all that was read from it; its row and its document stay."""
        (is_coded,) = self._one("SELECT copy_of IS NULL FROM articles WHERE id = ?", row)
        if is_coded:
            article = documents.article(self._document(row))
            self._connection.execute(
                "INSERT INTO words (words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
                (row, storable(article.title), storable(article.text)),
            )
        self._counts.leave(row)
        self._pairs.leave(row)
        self._actors.leave(
            actor
            for (actor,) in self._connection.execute(
                """SELECT actor FROM mentions WHERE article = :row
                   UNION SELECT actor FROM events JOIN roles ON event = events.id WHERE article = :row
                   UNION SELECT actor FROM statements JOIN holders ON statement = statements.id WHERE article = :row""",
                {"row": row},
            )
        )
        self._places.leave(
            place for (place,) in self._connection.execute("SELECT place FROM toponyms WHERE article = ?", (row,))
        )
        self._places.leave(
            place
            for (place,) in self._connection.execute(
                "SELECT place FROM events JOIN event_places ON event = events.id WHERE article = ?", (row,)
            )
        )
        self._connection.execute("DELETE FROM event_days WHERE id IN (SELECT id FROM events WHERE article = ?)", (row,))
        for table in ("events", "statements", "mentions", "toponyms", "times", "excluded"):
            self._connection.execute(f"DELETE FROM {table} WHERE article = ?", (row,))

    def _versions_row(self, versions: Versions) -> int:
        if versions not in self._versions:
            key = documents.versions_key(versions)
            found = self._one(
                "SELECT id FROM versions WHERE (whence, model, codebook, knowledge) = (?, ?, ?, ?) "
                "AND ifnull(profiles, '') = ifnull(?, '')",
                *key,
            ) or self._one(
                "INSERT INTO versions (whence, model, codebook, knowledge, profiles) VALUES (?, ?, ?, ?, ?) "
                "RETURNING id",
                *key,
            )
            self._versions[versions] = int(found[0])
        return self._versions[versions]

    # -- what a coding holds -------------------------------------------------------------------

    def _events_by_uid(self, row: int) -> dict[str, int]:
        """The rows of an article's events, which they keep when they are read again."""
        return dict(self._connection.execute("SELECT uid, id FROM events WHERE article = ? ORDER BY id DESC", (row,)))

    def _put_parts(self, row: int, coding: Coding, kept: dict[str, int]) -> None:
        self._put_excluded(row, coding.article)
        self._connection.executemany(
            "INSERT OR IGNORE INTO mentions (article, begin, stop, actor) VALUES (?, ?, ?, ?)",
            [(row, *actor.at, self._actors.row(actor)) for actor in coding.actors],
        )
        self._connection.executemany(
            'INSERT OR IGNORE INTO toponyms (article, begin, stop, place, "use") VALUES (?, ?, ?, ?, ?)',
            [(row, *place.at, self._places.row(place), place.use) for place in coding.places],
        )
        self._connection.executemany(
            "INSERT INTO times (article, name, begin, stop, first_day, last_day) VALUES (?, ?, ?, ?, ?, ?)",
            [(row, time.id, *time.at, time.start, time.end) for time in coding.times],
        )
        statements = {statement.id: next(self._next["statements"]) for statement in coding.statements}
        self._put_statements(row, coding, statements)
        events = [(kept.pop(event.uid, 0) or next(self._next["events"]), event) for event in coding.events]
        self._put_events(row, events, statements)
        self._counts.add(row)
        self._pairs.add(row)

    def _put_excluded(self, row: int, article: Article) -> None:
        self._connection.executemany(
            "INSERT INTO excluded (article, position, line, reason) VALUES (?, ?, ?, ?)",
            [(row, n, line.line, storable(line.reason)) for n, line in enumerate(article.excluded)],
        )

    def _put_statements(self, row: int, coding: Coding, numbers: dict[str, int]) -> None:
        self._connection.executemany(
            "INSERT INTO statements (id, article, name, form, commitment, confidence) VALUES (?, ?, ?, ?, ?, ?)",
            [(numbers[s.id], row, s.id, s.form, s.commitment, s.confidence) for s in coding.statements],
        )
        self._connection.executemany(
            "UPDATE statements SET within = ? WHERE id = ?",
            [(numbers[s.within], numbers[s.id]) for s in coding.statements if s.within is not None],
        )
        actors = {actor.id: actor for actor in coding.actors}
        self._connection.executemany(
            "INSERT INTO holders (statement, position, actor, is_originator) VALUES (?, ?, ?, ?)",
            [
                (numbers[statement.id], *holder)
                for statement in coding.statements
                for holder in self._holders(statement, actors)
            ],
        )

    def _holders(self, statement: Statement, actors: dict[str, Actor]) -> Iterator[tuple[int, int, bool]]:
        """Position, actor's row and whether it is the originator, for each holder of a chain."""
        is_paired = len(statement.chain) == len(statement.holders)
        last = len(statement.chain) - 1
        for n, name in enumerate(statement.chain):
            yield n, self._actors.named(name, actors.get(statement.holders[n]) if is_paired else None), n == last

    def _put_events(self, row: int, events: list[tuple[int, Event]], statements: dict[str, int]) -> None:
        self._connection.executemany(
            """INSERT INTO events (id, uid, article, name, begin, stop, type, mode, quad, status, intensity,
                                   statement, first_day, last_day, same_as, confidence)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                (
                    number,
                    event.uid,
                    row,
                    event.id,
                    *event.trigger.at,
                    event.type,
                    event.mode,
                    event.quad,
                    event.status,
                    event.intensity,
                    statements.get(event.statement or ""),
                    event.time.start if event.time else None,
                    event.time.end if event.time else None,
                    event.same_as,
                    event.confidence,
                )
                for number, event in events
            ],
        )
        self._connection.executemany(
            "INSERT INTO event_days (id, first_day, last_day) VALUES (?, ?, ?)",
            [
                (number, *days)
                for number, event in events
                if event.time and (days := span(event.time.start, event.time.end))
            ],
        )
        self._connection.executemany(
            "INSERT INTO roles (event, side, position, actor, begin, stop) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, side, n, self._actors.row(actor), *actor.at)
                for number, event in events
                for side, actors in (("actor", event.actors), ("recipient", event.recipients))
                for n, actor in enumerate(actors)
            ],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO event_places (event, place) VALUES (?, ?)",
            [(number, self._places.row(place)) for number, event in events for place in event.places],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO contexts (event, context) VALUES (?, ?)",
            [(number, context) for number, event in events for context in event.contexts],
        )


def _last_row(connection: sqlite3.Connection, table: str) -> int:
    (last,) = connection.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()
    return int(last)
