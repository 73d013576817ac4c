"""Reviews as addresses of the API: what users say of events, given, taken back and listed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi import Path as Part
from pydantic import BaseModel, ConfigDict, Field

from whence.archive import Archive, Review
from whence.errors import ArchiveError
from whence.records import to_plain
from whence.reviewing import csv_records
from whence.web import examples
from whence.web.replies import csv_reply, done_reply, error_reply, json_reply

Who = Annotated[str, Field(min_length=1, max_length=200, description="Who says so.", examples=["Ama"])]
Short = Annotated[str, Field(max_length=500)]


class Given(BaseModel):
    """A review that a user gives."""

    model_config = ConfigDict(extra="forbid")

    event: Annotated[str, Field(max_length=500, description="The event's uid.")]
    verdict: Literal["confirm", "reject", "correct"]
    who: Who
    slot: Short | None = Field(None, description="Such as `actors`; null for the event as a whole.")
    value: Any = Field(None, description="For `correct`: the slot as in a coding's JSON; of a mention `at` is enough.")
    note: Annotated[str, Field(max_length=2_000)] | None = Field(None, description="Why.")


class ReviewQuery(BaseModel):
    """Which reviews are wanted."""

    model_config = ConfigDict(extra="forbid")

    article: Short | None = Field(None, description="Of the article with this SHA-256.")
    event: Short | None = Field(None, description="Of the event with this uid.")
    who: Short | None = Field(None, description="Given by.")
    orphaned: bool | None = Field(None, description="Whether the event of which they speak is gone.")
    undone: bool = Field(False, description="Whether those that were taken back are wanted too.")


def router(path: Path, read_only: bool) -> APIRouter:
    """The addresses, over the archive in a file."""
    made = APIRouter(prefix="/api", default_response_class=Response)
    _listing(made, path)
    _writing(made, path, read_only)
    return made


def _listing(made: APIRouter, path: Path) -> None:
    def found(query: ReviewQuery) -> tuple[Review, ...]:
        with Archive(path, read_only=True) as archive:
            return archive.reviews(**query.model_dump())

    @made.get("/reviews", summary="What users say of events", responses={**examples.ERRORS, **examples.REVIEWS})
    def reviews(request: Request, query: Annotated[ReviewQuery, Query()]) -> Response:
        """In the order in which they were given."""
        return json_reply(request, {"rows": [to_plain(review) for review in found(query)]})

    @made.get("/reviews.csv", summary="The same as CSV", responses={**examples.ERRORS, **examples.CSV})
    def reviews_csv(request: Request, query: Annotated[ReviewQuery, Query()]) -> Response:
        """As `whence reviews --csv` prints them."""
        return csv_reply(request, csv_records(found(query)), "reviews", None)


def _writing(made: APIRouter, path: Path, read_only: bool) -> None:
    def require_writing() -> None:
        if read_only:
            raise HTTPException(403, "the server was started with --read-only: nobody reviews here")

    @made.post(
        "/reviews",
        status_code=201,
        summary="Says something of an event",
        responses={**examples.WRITING, **examples.REVIEWED},
        openapi_extra=examples.MARKED,
    )
    def review(given: Given) -> Response:
        """Confirms or rejects an event or a slot of it, or says what the slot ought to be."""
        require_writing()
        with Archive(path) as archive:
            try:
                kept = archive.review(given.event, given.verdict, given.who, given.slot, given.value, given.note)
            except ArchiveError as error:
                return error_reply(422, "review", str(error))
        return done_reply(to_plain(kept), 201)

    @made.delete(
        "/reviews/{id}",
        summary="Takes a review back",
        responses={**examples.WRITING, **examples.UNDONE},
        openapi_extra=examples.MARKED,
    )
    def undo(id: Annotated[str, Part(max_length=500)], who: Annotated[Who, Query()]) -> Response:
        """It counts for nothing any more, and stays in the archive, with who took it back."""
        require_writing()
        with Archive(path) as archive:
            try:
                kept = archive.undo_review(id, who)
            except ArchiveError as error:
                return error_reply(404, "review", str(error))
        return done_reply(to_plain(kept))
