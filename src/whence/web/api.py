"""The HTTP API: the archive's questions as addresses, for reading only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi import Path as Part

from whence.archive import Archive
from whence.web import answers, examples
from whence.web.queries import (
    ActorQuery,
    ArticleQuery,
    EventQuery,
    IncidentQuery,
    Paging,
    PlaceQuery,
    StatementQuery,
)
from whence.web.replies import csv_reply, json_reply

Id = Annotated[str, Part(min_length=1, max_length=500)]
LISTED: dict[str, type[Paging]] = {
    "articles": ArticleQuery,
    "statements": StatementQuery,
    "actors": ActorQuery,
    "places": PlaceQuery,
    "incidents": IncidentQuery,
}
"""Methods of the archive that give a table, each with the conditions that it takes."""


class Api:
    """The questions to one archive. Each is asked in a thread and on a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.router = APIRouter(prefix="/api", responses=examples.ERRORS, default_response_class=Response)
        self._listings()
        self._finds()
        self._single()

    @contextmanager
    def _reading(self) -> Iterator[Archive]:
        with Archive(self._path, read_only=True) as archive:
            yield archive

    def _rows(self, request: Request, query: Paging, method: str) -> Response:
        """The rows of a method of the archive that gives a table."""
        with self._reading() as archive:
            part = answers.table(getattr(archive, method), query.filters(), query.limit, query.after)
        return json_reply(request, {"rows": part.rows, "next": part.next}, part.next)

    def _csv(self, request: Request, query: Paging, method: str) -> Response:
        with self._reading() as archive:
            ask = getattr(archive, method)
            part = answers.table(ask, query.filters(), query.limit, query.after)
            columns = ask(limit=0).column_names
        return csv_reply(request, answers.table_records(columns, part.rows), method, part.next)

    def _listings(self) -> None:
        """Tables: one name for the JSON, one with `.csv` for the CSV; that of incidents is another (`_finds`)."""
        for name, conditions in LISTED.items():
            self._listing(f"/{name}", f"The {name} that meet all conditions", examples.rows(name), conditions)
            if name != "incidents":
                self._listing(f"/{name}.csv", f"The {name} as CSV", examples.CSV, conditions)

    def _listing(self, address: str, summary: str, responses: examples.Responses, conditions: type[Paging]) -> None:
        """Adds the address of a table, with the conditions that may be asked of it."""
        name, _, form = address.removeprefix("/").partition(".")

        def listing(request: Request, query: Paging) -> Response:
            return self._csv(request, query, name) if form else self._rows(request, query, name)

        # FastAPI reads here what a query may hold
        listing.__annotations__["query"] = Annotated[conditions, Query()]
        self.router.add_api_route(
            address, listing, name=f"{name}_{form}".rstrip("_"), summary=summary, responses=responses
        )

    def _finds(self) -> None:
        """Events, with their words, and what is made of records."""

        @self.router.get("/events", summary="The events that meet all conditions", responses=examples.rows("events"))
        def events(request: Request, query: Annotated[EventQuery, Query()]) -> Response:
            with self._reading() as archive:
                part = answers.events(archive, query.filters(), query.limit, query.after)
            return json_reply(request, {"rows": part.rows, "next": part.next}, part.next)

        @self.router.get("/search", summary="Events, and how many are of which kind", responses=examples.SEARCH)
        def search(request: Request, query: Annotated[EventQuery, Query()]) -> Response:
            with self._reading() as archive:
                part = answers.events(archive, query.filters(), query.limit, query.after)
                facets = answers.facets(archive, query.filters())
            return json_reply(request, {"rows": part.rows, "next": part.next, "facets": facets}, part.next)

        def events_csv(request: Request, query: Annotated[EventQuery, Query()]) -> Response:
            with self._reading() as archive:
                records, after = answers.event_csv(archive, query.filters(), query.limit, query.after)
                return csv_reply(request, records, "events", after)

        def incidents_csv(request: Request, query: Annotated[IncidentQuery, Query()]) -> Response:
            with self._reading() as archive:
                records, after = answers.incident_csv(archive, query.filters(), query.limit, query.after)
                return csv_reply(request, records, "incidents", after)

        for name in ("events", "search"):
            self.router.add_api_route(f"/{name}.csv", events_csv, summary="The events as CSV", responses=examples.CSV)
        self.router.add_api_route(
            "/incidents.csv", incidents_csv, summary="The incidents as CSV", responses=examples.CSV
        )

    def _single(self) -> None:
        @self.router.get(
            "/articles/{id:path}", summary="An article with all that was read in it", responses=examples.ARTICLE
        )
        def article(request: Request, id: Id) -> Response:
            """By id or SHA-256: the JSON of `whence read`, and how the archive keeps it."""
            with self._reading() as archive:
                return json_reply(request, _found(answers.article(archive, id), "article", id))

        @self.router.get("/incidents/{id}", summary="An incident with its tellings", responses=examples.INCIDENT)
        def incident(request: Request, id: Id) -> Response:
            """By its id, or by that of any event that tells of it: the JSON of `whence show`, and reviews."""
            with self._reading() as archive:
                return json_reply(request, _found(answers.incident(archive, id), "incident", id))


def _found(value: Any, what: str, id: str) -> Any:
    if value is None:
        raise HTTPException(404, f"the archive has no {what} {id!r}")
    return value
