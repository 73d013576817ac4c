"""How many of the events that were found are of each type, status and country: what a search may be narrowed by.

Where only type, quad and status are asked for, the archive's own counts say it of all events; otherwise the first
`FACETED` events that were found are counted, which is all of them for all but the broadest questions.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whence.archive import questions

FACETED = 10_000
"""Events up to which facets are counted one by one: so many take 50 ms, and a million would take five seconds."""
_COUNTED = {"type", "quad", "status"}
_VALUES = "(SELECT value FROM json_each(?))"
_NAMES = ("type", "status", "country")


@dataclass(frozen=True, slots=True)
class Facets:
    """Values with the number of their events, the most frequent first."""

    counted: int
    """Of how many events."""
    is_complete: bool
    """Whether these are all that were found."""
    type: tuple[tuple[str, int], ...]
    status: tuple[tuple[str, int], ...]
    country: tuple[tuple[str, int], ...]
    """Of an actor or a recipient; it counts once an event."""


def facets(connection: sqlite3.Connection, filters: Mapping[str, Any]) -> Facets:
    """The facets of the events that meet all filters (`EventFilters`, without paging)."""
    if filters.keys() <= _COUNTED:
        return _of_counts(connection, filters)
    rows = questions.events(connection, filters).rows(FACETED + 1, None)
    found = json.dumps(rows[:FACETED])
    kinds = (
        f"SELECT {name}, count(*) FROM events WHERE id IN {_VALUES} GROUP BY 1 ORDER BY 2 DESC, 1"
        for name in _NAMES[:2]
    )
    countries = f"""SELECT country, count(DISTINCT event) FROM roles CROSS JOIN actors ON actors.id = actor
        WHERE event IN {_VALUES} AND country IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"""
    counts = (tuple(connection.execute(sql, (found,))) for sql in (*kinds, countries))
    return Facets(min(len(rows), FACETED), len(rows) <= FACETED, *counts)


def _of_counts(connection: sqlite3.Connection, filters: Mapping[str, Any]) -> Facets:
    """The facets of all events of some types, quads and statuses."""
    tests, values = ["true"], []
    for name in sorted(filters):
        wanted = filters[name]
        tests.append(f"{name} IN {_VALUES}")
        values.append(json.dumps([wanted] if isinstance(wanted, (str, int)) else list(wanted)))
    where = " AND ".join(tests)
    counts = [
        tuple(
            connection.execute(
                f"""SELECT {name}, sum(events) FROM country_counts
                    WHERE (country = '') = {name != "country"} AND {where} GROUP BY 1 ORDER BY 2 DESC, 1""",
                values,
            )
        )
        for name in _NAMES
    ]
    return Facets(sum(events for _, events in counts[0]), True, *counts)
