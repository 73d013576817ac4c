"""Counts of who acts on whom, kept in step with the events of the articles that change.

As in `counting.py`, what an article's events count for is read from the tables by one query, subtracted before they go
and added after they came; the counts of a batch are summed up first and written once.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from whence.archive.counting import add_up

NAMED = {"who": "ifnull({0}.label, {0}.name)", "country": "{0}.country", "sector": "{0}.sector"}
"""What actors are put together by, who they are, their country, or their sector: an actor's name then in SQL, null for
whoever has none."""

_OF_ARTICLE = f"""
    SELECT events.id, ifnull(quad, 0), {", ".join(name.format(side) for name in NAMED.values() for side in "xy")}
    FROM events
    CROSS JOIN roles AS a ON a.event = events.id AND a.side = 'actor' CROSS JOIN actors AS x ON x.id = a.actor
    CROSS JOIN roles AS r ON r.event = events.id AND r.side = 'recipient' CROSS JOIN actors AS y ON y.id = r.actor
    WHERE events.article = ?
"""
Key = tuple[str, str, str, int]
"""What they are put together by, who acts, who is acted on, quad or 0."""


class Pairs:
    """What a batch changes in the tables `pair_counts` and `pair_sums`. Belongs to one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changes: Counter[Key] = Counter()

    def add(self, article: int) -> None:
        """Counts the pairs of the events that stand in the tables for the article of this row."""
        self._changes.update(self._pairs(article))

    def leave(self, article: int) -> None:
        """Counts them no longer; to be called before the events are deleted."""
        self._changes.subtract(self._pairs(article))

    def _pairs(self, article: int) -> Iterator[Key]:
        return (key for _, key in _different(self._connection.execute(_OF_ARTICLE, (article,))))

    def write(self) -> None:
        """Writes the changes; rows that count nothing any more go."""
        changes = [(*key, change) for key, change in sorted(self._changes.items()) if change]
        add_up(self._connection, "pair_counts", ("kind", "actor", "recipient", "quad"), changes)
        sums: Counter[tuple[str, str]] = Counter()
        for kind, actor, recipient, _, change in changes:
            sums[kind, actor] += change
            sums[kind, recipient] += change
        summed = [(*key, change) for key, change in sorted(sums.items()) if change]
        add_up(self._connection, "pair_sums", ("kind", "name"), summed)
        self._changes.clear()


def _different(rows: Iterable[tuple[Any, ...]]) -> set[tuple[int, Key]]:
    """The pairs of events, each once: rows are an event, its quad, and for each kind who acts and who is acted on."""
    return {
        (event, (kind, actor, recipient, quad))
        for event, quad, *names in rows
        for kind, actor, recipient in zip(NAMED, names[::2], names[1::2], strict=True)
        if actor is not None and recipient is not None
    }
