"""What an archive is asked: lists, counts and single incidents, by filters."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Unpack

from whence.archive import aggregates, documents, facets, questions, tables
from whence.archive.connection import telling
from whence.archive.filters import (
    ActorFilters,
    ArticleFilters,
    EventFilters,
    IncidentFilters,
    PlaceFilters,
    StatementFilters,
    checked,
)
from whence.archive.opened import Opened
from whence.archive.question import Question
from whence.archive.text import storable
from whence.records import Coding, Event, Incident

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Found:
    """Events of one article that a question found."""

    coding: Coding
    events: tuple[Event, ...]
    row: int
    """Number of the last of them, after which the next page begins."""


class Asking(Opened):
    """The questions of an archive, by `whence.archive.filters`: lists in pages (`limit`, `after`), counts whole."""

    def events(self, **filters: Unpack[EventFilters]) -> pa.Table:
        """The events that meet all filters, as an Arrow table of `whence.archive.tables.event_schema`.

        Raises `TypeError` for a filter that there is not, `ArchiveError` for a value that is none (a day, a box).
        """
        with telling(self.path):
            return tables.events(self._connection, self._rows(questions.events, filters, EventFilters))

    def statements(self, **filters: Unpack[StatementFilters]) -> pa.Table:
        """The statements that meet all filters, as an Arrow table; errors as of `events`."""
        with telling(self.path):
            return tables.statements(self._connection, self._rows(questions.statements, filters, StatementFilters))

    def actors(self, **filters: Unpack[ActorFilters]) -> pa.Table:
        """The distinct actors that meet all filters, with the number of articles, events and statements of each."""
        with telling(self.path):
            return tables.plain(self._connection, "actors", self._rows(questions.actors, filters, ActorFilters))

    def places(self, **filters: Unpack[PlaceFilters]) -> pa.Table:
        """The distinct places that meet all filters, with the number of articles and events of each."""
        with telling(self.path):
            return tables.plain(self._connection, "places", self._rows(questions.places, filters, PlaceFilters))

    def articles(self, **filters: Unpack[ArticleFilters]) -> pa.Table:
        """The articles that meet all filters, with what was read in each and its version among those at its URL."""
        with telling(self.path):
            return tables.plain(self._connection, "articles", self._rows(questions.articles, filters, ArticleFilters))

    def incidents(self, **filters: Unpack[IncidentFilters]) -> pa.Table:
        """The incidents that meet all filters, as an Arrow table of `whence.archive.tables.incident_schema`."""
        with telling(self.path):
            return tables.incidents(self._connection, self._rows(questions.incidents, filters, IncidentFilters))

    def incident(self, id: str) -> Incident | None:
        """The incident of an id, or of which the event of a uid is a telling; None where there is none.

        An incident goes by its earliest telling, so an earlier one gives it another id; it answers to the ids of all.
        """
        with telling(self.path):
            found = self._connection.execute(
                """SELECT json FROM incidents WHERE name = ?1 UNION ALL
                   SELECT json FROM events JOIN tellings ON event = events.id JOIN incidents ON incidents.id = incident
                   WHERE uid IN (?1, ?2) LIMIT 1""",
                (storable(id), storable(id.removeprefix("i"))),
            ).fetchone()
        return None if found is None else documents.incident(documents.unpack(found[0]))

    def days(self, per: str | None = None, **filters: Unpack[EventFilters]) -> pa.Table:
        """The events that meet all filters counted by day, type and status (`whence.archive.aggregates.day_schema`).

        `per` is day, week, month or year, by itself the shortest that makes a readable timeline. Errors as of
        `events`; `limit` and `after` are none of these filters.
        """
        with telling(self.path):
            return aggregates.days(self._connection, _uncut(filters), per)

    def facets(self, **filters: Unpack[EventFilters]) -> facets.Facets:
        """How many of the events that meet all filters are of each type, status and country; errors as of `days`."""
        with telling(self.path):
            return facets.facets(self._connection, _uncut(filters))

    def map(self, **filters: Unpack[EventFilters]) -> pa.Table:
        """The events that meet all filters counted by place (`whence.archive.aggregates.place_schema`)."""
        with telling(self.path):
            return aggregates.places(self._connection, _uncut(filters))

    def dyads(self, by: str = "who", top: int | None = None, **filters: Unpack[EventFilters]) -> pa.Table:
        """The events that meet all filters counted by who acts and on whom (`whence.archive.aggregates.dyad_schema`).

        `by` is who, country or sector; with `top` only pairs among so many who have most of them.
        """
        with telling(self.path):
            return aggregates.dyads(self._connection, _uncut(filters), by, top)

    def profile(self, name: str, **filters: Unpack[EventFilters]) -> aggregates.Profile | None:
        """Who goes by a label, or without one by a name: under which names, with which parts and partners.

        Parts and partners are of the events that meet all filters. None where nobody is called so.
        """
        with telling(self.path):
            return aggregates.profile(self._connection, name, _uncut(filters))

    def find(self, **filters: Unpack[EventFilters]) -> Iterator[Found]:
        """The events that meet all filters, as records: article by article, in the order of `events`."""
        with telling(self.path):
            rows = self._rows(questions.events, filters, EventFilters)
            for _, found in groupby(tables.parts(self._connection, "events", rows), key=lambda part: id(part[1])):
                parts = list(found)
                coding = documents.from_plain(Coding, parts[0][1])
                events = {event.id: event for event in coding.events}
                yield Found(coding, tuple(events[part["id"]] for _, _, part in parts), parts[-1][0])

    def _rows(
        self,
        ask: Callable[[sqlite3.Connection, Mapping[str, object]], Question],
        filters: Mapping[str, object],
        kind: type,
    ) -> list[int]:
        wanted = dict(checked(filters, kind))
        limit, after = (_whole(name, wanted.pop(name, None)) for name in ("limit", "after"))
        return ask(self._connection, wanted).rows(limit, after)


def _uncut(filters: Mapping[str, object]) -> Mapping[str, object]:
    """Filters of events without paging: what is counted is counted whole."""
    wanted = checked(filters, EventFilters)
    if not {"limit", "after"}.isdisjoint(wanted):
        raise TypeError("`limit` and `after` are of lists; counts are of all events that are found")
    return wanted


def _whole(name: str, value: object) -> int | None:
    """A count or a row number, as a filter gives it."""
    if value is None or (isinstance(value, int) and value >= 0):
        return value
    raise TypeError(f"`{name}` is a whole number from 0, not {value!r}")
