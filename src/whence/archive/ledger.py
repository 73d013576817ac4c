"""What became of every input of an archive: none is lost without a word, and the sums add up.

An input is a name together with its bytes: a page that has changed is another one. A failure gives way to the next
outcome of its name, whatever that is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import get_args

from whence.archive.documents import versions_key
from whence.archive.text import storable
from whence.records import Fate, Outcome, Versions

_READ = 50
"""Documents that are read at once."""
_ASKED = 500
"""Digests that one question names; SQLite takes 999 values in every build."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many inputs ended how."""

    fates: Mapping[Fate, int]
    """For each fate, also for those of no input."""
    failures: Mapping[str, int]
    """For each kind of failure that there was (`unreadable`, `too slow`); together `fates["failed"]`."""

    @property
    def inputs(self) -> int:
        """All of them."""
        return sum(self.fates.values())


def read(connection: sqlite3.Connection) -> Ledger:
    """The sums of an archive."""
    fates: dict[Fate, int] = dict.fromkeys(get_args(Fate), 0)
    failures: dict[str, int] = {}
    for fate, kind, count in connection.execute(
        "SELECT fate, kind, count(*) FROM inputs GROUP BY fate, kind ORDER BY kind"
    ):
        fates[fate] += count
        if fate == "failed":
            failures[kind or "unknown"] = failures.get(kind or "unknown", 0) + count
    return Ledger(fates, failures)


def failures(connection: sqlite3.Connection) -> Iterator[Outcome]:
    """The inputs that failed, by name."""
    for name, digest, article, kind, message in connection.execute(
        "SELECT name, digest, article_name, kind, message FROM inputs WHERE fate = 'failed' ORDER BY name, digest"
    ):
        yield Outcome(name, digest, "failed", article, kind, message)


def known(connection: sqlite3.Connection, digests: Iterable[str], versions: Versions, retry: bool) -> set[str]:
    """Those of the digests that need no reading again; see `Archive.known`."""
    found: set[str] = set()
    rest = iter(digests)
    while asked := list(islice(rest, _ASKED)):
        marks = ",".join("?" * len(asked))
        rows = connection.execute(
            f"""SELECT digest FROM inputs
                LEFT JOIN articles ON articles.id = inputs.article
                LEFT JOIN versions AS v ON v.id = articles.versions
                WHERE digest IN ({marks}) AND digest <> '' AND (
                    fate IN ('copy', 'not English', 'not an article')
                    OR (fate = 'failed' AND NOT ?)
                    OR (fate = 'coded' AND (v.whence, v.model, v.codebook, v.knowledge) = (?, ?, ?, ?)
                        AND (? OR v.profiles IS ?)))""",
            (*asked, retry, *versions_key(versions)[:4], versions.profiles is None, versions.profiles),
        )
        found.update(digest for (digest,) in rows)
    return found


_OUTDATED = """copy_of IS NULL AND articles.versions IN (
    SELECT id FROM versions WHERE (whence, model, codebook, knowledge) <> (?, ?, ?, ?))"""


def outdated(connection: sqlite3.Connection, versions: Versions, after: int) -> list[tuple[int, bytes]]:
    """Rows and packed documents of the next articles after a row that other versions coded; none at the end."""
    return connection.execute(
        f"""SELECT id, json FROM articles JOIN documents ON article = id
            WHERE {_OUTDATED} AND id > ? ORDER BY id LIMIT ?""",
        (*versions_key(versions)[:4], after, _READ),
    ).fetchall()


def count_outdated(connection: sqlite3.Connection, versions: Versions) -> int:
    """How many articles other versions coded."""
    (count,) = connection.execute(
        f"SELECT count(*) FROM articles WHERE {_OUTDATED}", versions_key(versions)[:4]
    ).fetchone()
    return int(count)


def texts(connection: sqlite3.Connection, digests: Iterable[str]) -> dict[str, str]:
    """For those of the digests that gave an article, the SHA-256 of its text."""
    found: dict[str, str] = {}
    rest = iter(digests)
    while asked := list(islice(rest, _ASKED)):
        marks = ",".join("?" * len(asked))
        found.update(
            connection.execute(
                f"""SELECT digest, sha256 FROM inputs JOIN articles ON articles.id = inputs.article
                    WHERE digest IN ({marks}) AND digest <> ''""",
                asked,
            )
        )
    return found


def record(connection: sqlite3.Connection, outcome: Outcome, fate: Fate, article: int | None) -> int | None:
    """Enters an input, with the row of its article; the row of an article that nothing leads to any more, or None.

    A failure keeps the article that the same bytes gave before: it is still true that they gave it.
    """
    name, digest = storable(outcome.name), outcome.digest
    before = connection.execute("SELECT article FROM inputs WHERE name = ? AND digest = ?", (name, digest)).fetchone()
    connection.execute("DELETE FROM inputs WHERE name = ? AND digest <> ? AND fate = 'failed'", (name, digest))
    connection.execute(
        """INSERT INTO inputs (name, digest, fate, article_name, kind, message, article) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (name, digest) DO UPDATE SET
               fate = excluded.fate, article_name = excluded.article_name, kind = excluded.kind,
               message = excluded.message,
               article = CASE excluded.fate WHEN 'failed' THEN article ELSE excluded.article END""",
        (name, digest, fate, storable(outcome.id), outcome.kind, storable(outcome.message), article),
    )
    left: int | None = before[0] if before is not None else None
    if left is None or left == article or fate == "failed":
        return None
    others = connection.execute("SELECT 1 FROM inputs WHERE article = ?", (left,)).fetchone()
    return left if others is None else None
