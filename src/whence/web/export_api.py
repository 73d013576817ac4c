"""Exports as addresses of the API: all that meets the conditions, in the forms of `whence export`, byte for byte.

An export is laid down in a temporary file before any of it is sent: it comes whole or not at all, with its tag, and
however large it is, memory holds little of it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import anyio
from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import Field

from whence.archive import Archive
from whence.exporting import FORMS, Form, Table, Wanted, foreign
from whence.web import examples
from whence.web.queries import EventConditions, IncidentConditions
from whence.web.replies import error_reply, file_reply
from whence.web.turns import Turns

WAITING = 3
"""Exports that may wait while one is made; whoever comes then is told to come again."""
HEED_SECONDS = 1.0
"""How often an export looks whether whoever asked for it is still there."""


class _Gone(Exception):
    """Whoever asked has left."""


class ExportQuery(EventConditions):
    """Events to export."""

    without_text: bool = Field(False, description="Leave out all words of the articles; names become hashes.")

    @classmethod
    def manner(cls) -> Iterable[str]:
        """The field that says how."""
        return ("without_text",)


class TableQuery(IncidentConditions):
    """A table to export."""

    table: Table = Field("events", description="What a row is.")
    without_text: bool = Field(False, description="Leave out all words of the articles; names become hashes.")

    @classmethod
    def manner(cls) -> Iterable[str]:
        """The fields that say what and how."""
        return ("table", "without_text")


def router(path: Path) -> APIRouter:
    """The addresses, over the archive in a file."""
    made = APIRouter(prefix="/api", responses=examples.ERRORS, default_response_class=Response)
    exporter = _Exporter(path)
    for name, form in FORMS.items():
        _add(made, exporter, name, form)

    @made.get("/exports/{form:path}", include_in_schema=False)
    def unknown(form: str) -> Response:
        raise HTTPException(404, f"there is no form {form!r:.60}; there are {', '.join(FORMS)}")

    return made


def _add(made: APIRouter, exporter: _Exporter, name: str, form: Form) -> None:
    def export(request: Request, query: TableQuery | ExportQuery) -> Response:
        return exporter.reply(request, query, form)

    # FastAPI reads here what a query may hold
    export.__annotations__["query"] = Annotated[TableQuery if form.has_tables else ExportQuery, Query()]
    export.__doc__ = f"""As `whence export --format {name}` writes it for the same conditions, byte for byte."""
    made.add_api_route(
        f"/exports/{name}",
        export,
        name=f"export_{name}",
        summary=f"Everything that meets all conditions: {form.what}",
        responses=examples.export(name, form.media_type, form.what),
    )


class _Exporter:
    """Makes the exports of one archive, one at a time, for each takes a processor."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turns = Turns(WAITING, "exports are made or wait")

    def reply(self, request: Request, query: TableQuery | ExportQuery, form: Form) -> Response:
        """The export that a query asks for, or what is wrong with it."""
        table = query.table if isinstance(query, TableQuery) else "events"
        filters = query.filters()
        if found := foreign(table, filters):
            return error_reply(422, "query", f"{', '.join(found)}: not a condition on a table of {table}")
        try:
            with ExitStack() as closing:
                file = closing.enter_context(tempfile.TemporaryFile())
                with self._turns.turn(), Archive(self._path, read_only=True) as archive:
                    form.write(Wanted(archive, filters, table, not query.without_text, step=_heed(request)), file)
                closing.pop_all()  # the answer closes it
            return file_reply(request, file, form.media_type, form.file_name(table))
        except _Gone:
            return error_reply(503, "gone", "whoever asked for it has left")
        except OSError as error:
            where, why = tempfile.gettempdir(), error.strerror or str(error)
            return error_reply(503, "export", f"it cannot be laid down in {where}: {why}; `whence export` does without")


def _heed(request: Request) -> Callable[[], None]:
    """What raises `_Gone`, every now and then, where nobody waits for the answer any more."""
    last = float("-inf")

    def heed() -> None:
        nonlocal last
        if time.monotonic() - last < HEED_SECONDS:
            return
        last = time.monotonic()
        if anyio.from_thread.run(request.is_disconnected):
            raise _Gone

    return heed
