"""The explorer's application: API, pages, and what errors look like, behind the guard."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from whence.archive import Archive
from whence.errors import ArchiveError
from whence.web import pages
from whence.web.api import Api
from whence.web.guard import Application, Guard
from whence.web.replies import error_reply

_KINDS = {404: "not found", 405: "method"}
_DESCRIPTION = """Reads an archive of whence. Offsets are Unicode code points into an article's `text`; days are
`YYYY-MM-DD`; conditions are joined by “and”, and several values of one mean any of them. Rows come in the order of
their number: give `next` as `after` for the next page."""


def make(archive: Path) -> Guard:
    """The application for one archive. Raises `ArchiveError` if it cannot be opened."""
    Archive(archive, read_only=True).close()
    app = FastAPI(
        title="whence",
        version="1",
        description=_DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its pages fetch scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.include_router(Api(archive).router)
    app.include_router(pages.router())
    app.add_exception_handler(RequestValidationError, _wrong_query)
    app.add_exception_handler(HTTPException, _no_answer)
    app.add_exception_handler(ArchiveError, _no_archive)
    app.add_exception_handler(Exception, _fault)
    return Guard(cast(Application, app))


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
