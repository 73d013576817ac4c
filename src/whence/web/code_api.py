"""The paste box's address: a text, or the page behind an address, coded now."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from whence.archive import Archive
from whence.errors import InputError
from whence.records import Coding
from whence.web import answers, examples
from whence.web.queries import Day
from whence.web.replies import done_reply, error_reply
from whence.web.settings import Paste
from whence.web.turns import Turns

TEXT = 200_000
"""Code points of a pasted text: some 30,000 words, which take 7 s on one core."""
WAITING = 4
"""Requests that may wait while one is coded; whoever comes then is told to come again."""


class Pasted(BaseModel):
    """What the paste box sends."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=TEXT)] | None = Field(None, description="The text, or else:")
    url: Annotated[str, Field(max_length=8_000, pattern="^https?://")] | None = Field(
        None, description="The address of a page, which the server fetches; private ones are refused."
    )
    title: Annotated[str, Field(max_length=500)] | None = Field(None, description="Of a text.")
    published: Day | None = Field(None, description="Of a text: its day, from which other days are reckoned.")
    keep: bool = Field(False, description="Whether the archive is to keep it.")

    @model_validator(mode="after")
    def _is_one(self) -> Pasted:
        if (self.text is None) == (self.url is None):
            raise ValueError("give either `text` or `url`")
        if self.url is not None and (self.title, self.published) != (None, None):
            raise ValueError("`title` and `published` go with `text`; a page says its own")
        return self


def router(archive: Path, paste: Paste, read_only: bool) -> APIRouter:
    """The address, over the archive that may keep what was pasted."""
    made = APIRouter(prefix="/api", responses=examples.WRITING, default_response_class=Response)
    turns = Turns(WAITING, "texts wait to be coded")

    @made.post("/code", summary="Codes a text or a page now", responses=examples.CODED, openapi_extra=examples.MARKED)
    def code(pasted: Pasted) -> Response:
        """One text at a time, under the caps of `whence read`. Nothing of it is stored unless `keep` says so."""
        if pasted.keep and read_only:
            raise HTTPException(403, "the server was started with --read-only: the archive keeps nothing")
        try:
            with turns.turn():
                coding = _coded(paste, pasted)
        except InputError as error:
            return error_reply(422, error.kind, error.reason)
        if pasted.keep:
            with Archive(archive) as kept:
                kept.add([coding])
        return done_reply(_told(archive, coding, pasted.keep))

    return made


def _coded(paste: Paste, pasted: Pasted) -> Coding:
    if pasted.url is not None:
        return paste.url(pasted.url)
    return paste.text(pasted.text or "", pasted.title or None, pasted.published)


def _told(archive: Path, coding: Coding, is_kept: bool) -> dict[str, Any]:
    """As `/api/articles/ID` tells of an article; `kept` is null for one that the archive does not have."""
    if is_kept:
        with Archive(archive, read_only=True) as asked:
            found = answers.article(asked, coding.article.sha256)
        if found is not None:
            return found
    return coding.to_dict() | {"kept": None}
