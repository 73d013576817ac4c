"""Counts of events as addresses of the API: by time, by place, by who acts on whom, and of one actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi import Path as Part
from pydantic import Field

from whence.archive import Archive
from whence.web import answers, examples
from whence.web.queries import EventConditions
from whence.web.replies import csv_reply, json_reply

PLACES = 5_000
"""Places on a map unless asked otherwise, the ones with the most events: they are 0.6 MB, and drawn in a tenth of a
second."""
MOST_PLACES = 20_000
TOP = 20
"""Actors of a matrix unless asked otherwise: more are no longer read on a screen."""
MOST_TOP = 60
PARTNERS = 1_000
"""Pairs that are told of one actor, the most frequent ones."""

Name = Annotated[str, Part(min_length=1, max_length=500)]


class DaysQuery(EventConditions):
    """Events to count by time."""

    per: Literal["day", "week", "month", "year"] | None = Field(
        None, description="What a row stands for; by itself the shortest that makes a readable timeline."
    )
    by: Literal["type", "status", "quad"] = Field("type", description="What rows of one period differ in.")

    @classmethod
    def manner(cls) -> Iterable[str]:
        """The fields that say how to count."""
        return ("per", "by")


class MapQuery(EventConditions):
    """Events to count by place."""

    limit: int = Field(PLACES, ge=1, le=MOST_PLACES, description="At most so many places.")

    @classmethod
    def manner(cls) -> Iterable[str]:
        """The field that says how many."""
        return ("limit",)


class DyadsQuery(EventConditions):
    """Events to count by who acts on whom."""

    by: Literal["who", "country", "sector"] = Field("who", description="What actors are put together by.")
    top: int = Field(TOP, ge=1, le=MOST_TOP, description="Pairs among so many, who have most of them.")

    @classmethod
    def manner(cls) -> Iterable[str]:
        """The fields that say how to count."""
        return ("by", "top")


def router(path: Path) -> APIRouter:
    """The addresses, over the archive in a file."""
    made = APIRouter(prefix="/api", responses=examples.ERRORS, default_response_class=Response)
    _days(made, path)
    _map(made, path)
    _dyads(made, path)
    _actor(made, path)
    return made


def _days(made: APIRouter, path: Path) -> None:
    columns = ("start", "end", "longer", "events")

    def counted(query: DaysQuery) -> tuple[str, list[answers.Row]]:
        with Archive(path, read_only=True) as archive:
            found = archive.days(query.per, **query.filters())
        counts: Counter[tuple[Any, ...]] = Counter()
        keys = found.select(["start", "end", "longer", query.by]).to_pydict().values()
        for *key, events in zip(*keys, found["events"].to_pylist(), strict=True):
            counts[tuple(key)] += events
        names = (*columns[:3], query.by, "events")
        rows = [dict(zip(names, (*key, events), strict=True)) for key, events in counts.items()]
        return found.schema.metadata[b"per"].decode(), rows

    @made.get("/days", summary="How many events there are when", responses=examples.DAYS)
    def days(request: Request, query: Annotated[DaysQuery, Query()]) -> Response:
        """Rows whose events reach beyond their period are `longer`; those of events without a time have no `start`."""
        per, rows = counted(query)
        told = {"per": per, "by": query.by, "events": sum(row["events"] for row in rows), "rows": rows}
        return json_reply(request, told)

    @made.get("/days.csv", summary="How many events there are when, as CSV", responses=examples.CSV)
    def days_csv(request: Request, query: Annotated[DaysQuery, Query()]) -> Response:
        names = (*columns[:3], query.by, columns[3])
        return csv_reply(request, answers.table_records(names, counted(query)[1]), "days", None)


def _map(made: APIRouter, path: Path) -> None:
    def counted(query: MapQuery) -> Any:
        with Archive(path, read_only=True) as archive:
            return archive.map(**query.filters())

    @made.get("/map", summary="How many events there are where", responses=examples.MAP)
    def places(request: Request, query: Annotated[MapQuery, Query()]) -> Response:
        """The places with the most events; what was left out stands beside. An event at two places counts at both."""
        found = counted(query)
        left = found.slice(query.limit)
        told = {"places": left.num_rows, "events": sum(left["events"].to_pylist())}
        return json_reply(request, {"rows": found.slice(0, query.limit).to_pylist(), "left_out": told})

    @made.get("/map.csv", summary="How many events there are where, as CSV", responses=examples.CSV)
    def places_csv(request: Request, query: Annotated[MapQuery, Query()]) -> Response:
        found = counted(query).slice(0, query.limit)
        return csv_reply(request, answers.table_records(found.column_names, found.to_pylist()), "map", None)


def _dyads(made: APIRouter, path: Path) -> None:
    def counted(query: DyadsQuery) -> Any:
        with Archive(path, read_only=True) as archive:
            return archive.dyads(query.by, query.top, **query.filters())

    @made.get("/dyads", summary="How often who acts on whom", responses=examples.DYADS)
    def dyads(request: Request, query: Annotated[DyadsQuery, Query()]) -> Response:
        """Pairs among those who have most of them, the most frequent first."""
        return json_reply(request, {"by": query.by, "rows": counted(query).to_pylist()})

    @made.get("/dyads.csv", summary="How often who acts on whom, as CSV", responses=examples.CSV)
    def dyads_csv(request: Request, query: Annotated[DyadsQuery, Query()]) -> Response:
        found = counted(query)
        return csv_reply(request, answers.table_records(found.column_names, found.to_pylist()), "dyads", None)


def _actor(made: APIRouter, path: Path) -> None:
    def told(name: str, query: EventConditions) -> answers.Row:
        with Archive(path, read_only=True) as archive:
            found = answers.actor(archive, name, query.filters(), PARTNERS)
        if found is None:
            raise HTTPException(404, f"the archive has no actor {name!r}")
        return found

    @made.get("/actors/{name:path}.csv", summary="Partners of an actor as CSV", responses=examples.CSV)
    def actor_csv(request: Request, name: Name, query: Annotated[EventConditions, Query()]) -> Response:
        """Pairs of which the actor is one."""
        columns = ("actor", "recipient", "quad", "events")
        return csv_reply(request, answers.table_records(columns, told(name, query)["partners"]), "partners", None)

    @made.get("/actors/{name:path}", summary="An actor's names, parts and partners", responses=examples.ACTOR)
    def actor(request: Request, name: Name, query: Annotated[EventConditions, Query()]) -> Response:
        """By the label that the knowledge files give, or the name of somebody without one."""
        return json_reply(request, told(name, query))
