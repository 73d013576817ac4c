"""Counts of events by day, country, type and status, kept in step with the events of the articles that change.

What an article's events count for is read from the tables by one query, which is subtracted before they go and added
after they came: nothing is counted in two ways. The counts of a batch are summed up first and written once.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

Key = tuple[str, str, str, str, int, str]
"""Country or '', first and last day or '', type, quad or 0, status."""

_COUNTED = """
    SELECT '', ifnull(first_day, ''), ifnull(last_day, ''), type, ifnull(quad, 0), status, count(*)
    FROM events WHERE article = :article GROUP BY 2, 3, 4, 5, 6
    UNION ALL
    SELECT actors.country, ifnull(first_day, ''), ifnull(last_day, ''), type, ifnull(quad, 0), status,
           count(DISTINCT events.id)
    FROM events JOIN roles ON event = events.id JOIN actors ON actors.id = actor
    WHERE article = :article AND actors.country IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
"""


class Counts:
    """What a batch changes in the tables `day_counts` and `country_counts`. Belongs to one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changes: Counter[Key] = Counter()

    def add(self, article: int) -> None:
        """Counts the events that stand in the tables for the article of this row."""
        self._count(article, 1)

    def leave(self, article: int) -> None:
        """Counts them no longer; to be called before they are deleted."""
        self._count(article, -1)

    def _count(self, article: int, sign: int) -> None:
        for *key, events in self._connection.execute(_COUNTED, {"article": article}):
            country, first, last, kind, quad, status = key
            self._changes[country, first, last, kind, quad, status] += sign * events

    def write(self) -> None:
        """Writes the changes; rows that count nothing any more go."""
        changes = [(*key, change) for key, change in sorted(self._changes.items()) if change]
        add_up(self._connection, "day_counts", ("country", "first_day", "last_day", "type", "quad", "status"), changes)
        over_days: Counter[tuple[str, str, int, str]] = Counter()
        for country, _, _, kind, quad, status, change in changes:
            over_days[country, kind, quad, status] += change
        summed = [(*key, change) for key, change in sorted(over_days.items()) if change]
        add_up(self._connection, "country_counts", ("country", "type", "quad", "status"), summed)
        self._changes.clear()


def add_up(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], changes: Sequence[tuple[Any, ...]]
) -> None:
    """Adds changes to the counts of a table; they come in the order of its key, for neighbours share a page."""
    key, marks = ", ".join(columns), ", ".join("?" * (len(columns) + 1))
    connection.executemany(
        f"""INSERT INTO {table} ({key}, events) VALUES ({marks})
            ON CONFLICT ({key}) DO UPDATE SET events = events + excluded.events""",
        changes,
    )
    same = " AND ".join(f"{column} = ?" for column in columns)
    connection.executemany(
        f"DELETE FROM {table} WHERE {same} AND events = 0", [row[:-1] for row in changes if row[-1] < 0]
    )
