"""Actors and places of an archive: each distinct one is one row, to which all its mentions point."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import islice
from typing import Any, ClassVar

from whence.archive.text import storable
from whence.records import Actor, Place

_SWEPT = 500
"""Rows that one statement names."""


class _Table:
    """Rows of one table, found or made by their values."""

    table: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]
    key: ClassVar[str]
    """The condition for a row, on the expressions of the table's unique index."""
    links: ClassVar[tuple[tuple[str, str], ...]]
    """Tables and columns that point to these rows from an article, or from its events and statements."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[tuple[Any, ...], int] = {}
        self._left: set[int] = set()

    def _row(self, values: tuple[Any, ...]) -> int:
        row = self._rows.get(values)
        if row is None:
            row = self._rows[values] = self._find(values) or self._make(values)
        return row

    def _find(self, values: tuple[Any, ...]) -> int | None:
        found = self._connection.execute(f"SELECT id FROM {self.table} WHERE {self.key}", values).fetchone()
        return found[0] if found is not None else None

    def _make(self, values: tuple[Any, ...]) -> int:
        marks = ", ".join("?" * len(values))
        (made,) = self._connection.execute(
            f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES ({marks}) RETURNING id", values
        ).fetchone()
        self._index(made, values)
        return int(made)

    def _index(self, row: int, values: tuple[Any, ...]) -> None:
        self._connection.execute(
            f"INSERT INTO {self.words} (rowid, name, label) VALUES (?, ?, ?)", (row, values[0], values[1])
        )

    @property
    def words(self) -> str:
        """The table's index of words."""
        return f"{self.table.removesuffix('s')}_words"

    def leave(self, rows: Iterable[int]) -> None:
        """Notes rows to which fewer mentions may point than before."""
        self._left.update(rows)

    def sweep(self) -> None:
        """Deletes those of the noted rows to which nothing points any more."""
        rest = iter(sorted(self._left))
        unused = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {table} AS l WHERE l.{column} = t.id)" for table, column in self.links
        )
        while some := list(islice(rest, _SWEPT)):
            marks = ",".join("?" * len(some))
            for row, name, label in self._connection.execute(
                f"SELECT id, name, label FROM {self.table} AS t WHERE id IN ({marks}) AND {unused}", some
            ).fetchall():
                self._delete(row, name, label)
        self._left.clear()

    def _delete(self, row: int, name: str, label: str | None) -> None:
        self._connection.execute(
            f"INSERT INTO {self.words} ({self.words}, rowid, name, label) VALUES ('delete', ?, ?, ?)",
            (row, name, label),
        )
        self._connection.execute(f"DELETE FROM {self.table} WHERE id = ?", (row,))


class Actors(_Table):
    """Whoever acts, is acted on, or speaks."""

    table = "actors"
    columns = ("name", "label", "country", "sector")
    key = (
        "name = ? AND ifnull(label, '') = ifnull(?, '') AND ifnull(country, '') = ifnull(?, '') "
        "AND ifnull(sector, '') = ifnull(?, '')"
    )
    links = (("mentions", "actor"), ("roles", "actor"), ("holders", "actor"))

    def row(self, actor: Actor) -> int:
        """The row of an actor."""
        return self._row((storable(actor.name), storable(actor.label), actor.country, actor.sector))

    def named(self, name: str, actor: Actor | None) -> int:
        """The row of a holder under the name that stands in the chain; the rest is the actor's, if one is known."""
        if actor is None:
            return self._row((storable(name), None, None, None))
        return self._row((storable(name), storable(actor.label), actor.country, actor.sector))


class Places(_Table):
    """Points of the gazetteer, and names without one."""

    table = "places"
    columns = ("name", "label", "grain", "country", "geonames", "lat", "lon")
    key = (
        "name = ? AND ifnull(label, '') = ifnull(?, '') AND grain = ? AND ifnull(country, '') = ifnull(?, '') "
        "AND ifnull(geonames, 0) = ifnull(?, 0) AND ifnull(lat, 999.0) = ifnull(?, 999.0) "
        "AND ifnull(lon, 999.0) = ifnull(?, 999.0)"
    )
    links = (("toponyms", "place"), ("event_places", "place"))

    def row(self, place: Place) -> int:
        """The row of a place."""
        return self._row(
            (
                storable(place.name),
                storable(place.label),
                place.grain,
                place.country,
                place.geonames,
                place.lat,
                place.lon,
            )
        )

    def _index(self, row: int, values: tuple[Any, ...]) -> None:
        super()._index(row, values)
        lat, lon = values[-2:]
        if lat is not None and lon is not None:
            self._connection.execute("INSERT INTO place_boxes VALUES (?, ?, ?, ?, ?)", (row, lat, lat, lon, lon))

    def _delete(self, row: int, name: str, label: str | None) -> None:
        super()._delete(row, name, label)
        self._connection.execute("DELETE FROM place_boxes WHERE id = ?", (row,))
