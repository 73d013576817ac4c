"""The explorer's application: API, pages, and what errors look like, behind the guard."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from whence.archive import Archive
from whence.errors import ArchiveError
from whence.web import aggregate_api, code_api, examples, export_api, pages, review_api, session_api
from whence.web.access import Token
from whence.web.api import Api
from whence.web.guard import Application, Guard
from whence.web.replies import error_reply
from whence.web.settings import Settings

_KINDS = {401: "token", 403: "read only", 404: "not found", 405: "method", 429: "busy"}
_DESCRIPTION = """Reads an archive of whence. Offsets are Unicode code points into an article's `text`; days are
`YYYY-MM-DD`; conditions are joined by “and”, and several values of one mean any of them. Rows come in the order of
their number: give `next` as `after` for the next page."""


def make(archive: Path, settings: Settings) -> Guard:
    """The application for one archive. Raises `ArchiveError` if it cannot be opened."""
    is_read = settings.read_only or not archive.exists()
    Archive(archive, read_only=is_read).close()  # for writing, so that one of an older whence is brought up to date
    app = FastAPI(
        title="whence",
        version="1",
        description=_DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its pages fetch scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        responses=examples.UNSIGNED if settings.token is not None else None,
    )
    app.include_router(Api(archive).router)
    app.include_router(aggregate_api.router(archive))
    app.include_router(export_api.router(archive))
    app.include_router(review_api.router(archive, settings.read_only))
    if settings.paste is not None:
        app.include_router(code_api.router(archive, settings.paste, settings.read_only))
    if settings.token is not None:
        app.include_router(session_api.router(Token(settings.token)))
    app.include_router(pages.router(settings))
    app.add_exception_handler(RequestValidationError, _wrong_query)
    app.add_exception_handler(HTTPException, _no_answer)
    app.add_exception_handler(ArchiveError, _no_archive)
    app.add_exception_handler(Exception, _fault)
    return Guard(cast(Application, app), settings)


def _wrong_query(_: Request, error: Exception) -> Response:
    faults = cast(RequestValidationError, error).errors()
    told = (f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'query'}: {fault['msg']}" for fault in faults)
    return error_reply(422, "query", "; ".join(told))


def _no_answer(_: Request, error: Exception) -> Response:
    found = cast(HTTPException, error)
    kind = _KINDS.get(found.status_code, "http")
    return error_reply(found.status_code, kind, str(found.detail), found.headers)


def _no_archive(_: Request, error: Exception) -> Response:
    return error_reply(503, ArchiveError.kind, str(error))


def _fault(_: Request, __: Exception) -> Response:
    """The server's log has the fault; whoever asked learns nothing of its workings."""
    return error_reply(500, "internal", "a fault of whence: please report what you asked")
