"""What an address may ask: the filters of the archive as the parameters of a query, checked before it is asked.

The names are those of `whence.archive.filters`, which a test holds; a parameter that there is not is an error. Several
values of one parameter mean any of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from whence.records import Commitment, Form, Grain, Status

LIMIT = 50
"""Rows of a page unless asked otherwise."""
MOST = 1_000
"""Rows of a page at most; `whence search --limit 0` prints any number."""
_ROW = 2**63 - 1
"""The greatest number of a row in SQLite."""


def _day(value: str) -> str:
    date.fromisoformat(value)
    return value


def _box(value: str) -> str:
    south, west, north, east = (float(part) for part in value.split(","))
    if not (-90 <= south <= north <= 90 and abs(west) <= 180 and abs(east) <= 180):
        raise ValueError("no box of the earth: it is south,west,north,east in degrees")
    return value


def _circle(value: str) -> str:
    lat, lon, km = (float(part) for part in value.split(","))
    if not (abs(lat) <= 90 and abs(lon) <= 180 and km <= 20_040):
        raise ValueError("no circle on the earth: it is latitude,longitude,kilometres")
    return value


_NUMBER = r"-?\d{1,3}(\.\d{1,9})?"
Words = Annotated[str, Field(max_length=500)]
Some = Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$", examples=["2016-08-16"]), AfterValidator(_day)]
Box = Annotated[str, Field(pattern=f"^{_NUMBER}(,{_NUMBER}){{3}}$", examples=["32,35,38,43"]), AfterValidator(_box)]
Circle = Annotated[
    str,
    Field(pattern=rf"^{_NUMBER},{_NUMBER},\d{{1,5}}(\.\d{{1,9}})?$", examples=["36.2,37.16,50"]),
    AfterValidator(_circle),
]


class Conditions(BaseModel):
    """What is asked; a name that there is not is an error."""

    model_config = ConfigDict(extra="forbid")

    def filters(self) -> dict[str, Any]:
        """The filters as the archive takes them, without what says how to answer and what was not asked."""
        asked = self.model_dump(exclude=set(self.manner()), exclude_none=True)
        return {name: _numbers(name, value) for name, value in asked.items() if value not in ([], "")}

    @classmethod
    def manner(cls) -> Iterable[str]:
        """The fields that say how to answer, and are no filters."""
        return ()


class Paging(Conditions):
    """Which of the rows that were found are wanted."""

    limit: int = Field(LIMIT, ge=1, le=MOST, description="At most so many rows.")
    after: int = Field(0, ge=0, le=_ROW, description="Rows after this one: the `next` of the page before.")

    @classmethod
    def manner(cls) -> Iterable[str]:
        """Paging says how to answer."""
        return ("limit", "after")


def _numbers(name: str, value: Any) -> Any:
    """A box or circle as numbers; anything else as it is."""
    return tuple(float(part) for part in value.split(",")) if name in ("box", "near") else value


class _OfArticle(Conditions):
    text: Words | None = Field(
        None, description='Words that all occur in title or text; `"a phrase"`; `begin*`.', examples=["air*"]
    )
    site: Some = Field([], description="The paper.")
    published_since: Day | None = Field(None, description="Published on this day or later.")
    published_until: Day | None = Field(None, description="Published on this day or earlier.")
    latest: bool | None = Field(None, description="Whether texts are left out that their paper has replaced.")


class _OfActor(Conditions):
    actor: Words | None = Field(None, description="Words in the name or label of an actor.")
    country: Some = Field([], description="Of the same actor: ISO 3166 alpha-3 or a stateless code.", examples=["RUS"])
    sector: Some = Field([], description="Of the same actor: its sector.", examples=["MIL"])


class _OfPlace(Conditions):
    place: Words | None = Field(None, description="Words in the name of a place.")
    place_country: Some = Field([], description="Of the same place: ISO 3166 alpha-3.")
    box: Box | None = Field(None, description="The same place lies in south,west,north,east (degrees).")
    near: Circle | None = Field(None, description="The same place lies in latitude,longitude,kilometres.")
    grain: list[Grain] = Field([], max_length=50, description="How large the same place is.")


class EventConditions(_OfArticle, _OfPlace, _OfActor):
    """Conditions on events, joined by “and”."""

    uid: Some = Field([], description="The event of this uid.")
    type: Some = Field([], description="A category of the codebook.", examples=["ASSAULT"])
    mode: Some = Field([], description="How it was done.")
    quad: int | None = Field(None, ge=1, le=4, description="1, 2 cooperation, 3, 4 conflict; even: material.")
    status: list[Status] = Field([], max_length=50, description="Whether it happened.", examples=["happened"])
    context: Some = Field([], description="Such as `military`.")
    side: Literal["actor", "recipient"] | None = Field(
        None, description="On which side `actor`, `country` and `sector` hold."
    )
    holder: Words | None = Field(None, description="Words in the name of somebody in the chain that vouches for it.")
    party_is: Some = Field([], description="Somebody of exactly this label (or name, without one) has a part in it.")
    actor_is: Some = Field([], description="Somebody of exactly this label, or name, acts.")
    recipient_is: Some = Field([], description="Somebody of exactly this label, or name, is acted on.")
    holder_is: Some = Field([], description="Somebody of exactly this label, or name, is in the chain.")
    since: Day | None = Field(None, description="Its own time ends on this day or later.")
    until: Day | None = Field(None, description="Its own time begins on this day or earlier.")
    confidence: float | None = Field(None, ge=0, le=1, description="At least so much.")

    @model_validator(mode="after")
    def _has_whose_side(self) -> EventConditions:
        if self.side is not None and not {"actor", "country", "sector"} & self.filters().keys():
            raise ValueError("`side` goes with `actor`, `country` or `sector`")
        return self


class EventQuery(Paging, EventConditions):
    """A page of events."""


class IncidentConditions(EventConditions):
    """Conditions on incidents; those on events must hold for one telling."""

    id: Some = Field([], description="The incident of this id.")
    articles: int | None = Field(None, ge=0, le=_ROW, description="Told by at least so many articles.")
    origins: int | None = Field(None, ge=0, le=_ROW, description="Vouched for by at least so many origins.")
    contradicted: bool | None = Field(None, description="Whether two of its tellings contradict each other.")
    party_only: bool | None = Field(None, description="Whether nobody vouches for it but parties to it.")


class IncidentQuery(Paging, IncidentConditions):
    """A page of incidents."""


class StatementQuery(Paging, _OfArticle):
    """Conditions on statements; `holder`, `country` and `sector` hold for one holder of the chain."""

    form: list[Form] = Field([], max_length=50, description="In quotation marks, without any, or partly.")
    commitment: list[Commitment] = Field([], max_length=50, description="How far the article stands behind it.")
    holder: Words | None = Field(None, description="Words in the name of somebody in its chain.")
    originator: Words | None = Field(None, description="Words in the name of whom the words come from.")
    country: Some = Field([], description="Of the same holder: its country.")
    sector: Some = Field([], description="Of the same holder: its sector.")


class ActorQuery(Paging, _OfActor):
    """Conditions on actors."""


class PlaceQuery(Paging, _OfPlace):
    """Conditions on places."""


class ArticleQuery(Paging, _OfArticle):
    """Conditions on articles."""

    id: Some = Field([], description="Its id or the SHA-256 of its text.")
    url: Words | None = Field(None, description="Its address: all versions of what stood there.")
    copies: bool | None = Field(None, description="Whether near-copies are wanted too.")
