"""What a question to an archive may ask for. Conditions are joined by "and"; those that are left out hold for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees; west is greater than east where the box crosses the 180th meridian."""
Circle = tuple[float, float, float]
"""Latitude and longitude of its middle in degrees, and its radius in kilometres."""
Words = str
"""Words that must all occur, whatever their case and accents; `"…"` for a phrase, `begin*` for a beginning."""
Some = str | Sequence[str]
"""One value or several, of which one must hold."""


class Paging(TypedDict, total=False):
    """Which of the rows that were found are wanted. Rows come in the order of their number, `row`."""

    limit: int | None
    """At most so many rows; all, if null or left out."""
    after: int
    """Rows whose number is greater: the last `row` of the page before."""


class OfArticle(Paging, total=False):
    """What may be asked of the article."""

    text: Words
    """In its title or text; of its copies only the coded one is searched."""
    site: Some
    """The paper, whatever its case."""
    published_since: str
    """Day of publication, YYYY-MM-DD, this one or later."""
    published_until: str
    """Day of publication, this one or earlier."""
    latest: bool
    """Whether articles are left out of which another text stood at the same address later."""


class OfPlace(TypedDict, total=False):
    """What may be asked of a place; all of it must hold for one place."""

    place: Words
    """In its name or in what the gazetteer calls it."""
    place_country: Some
    """ISO 3166 alpha-3."""
    box: Box
    near: Circle
    grain: Some
    """How large it is: city, admin1, country, region, other."""


class OfActor(TypedDict, total=False):
    """What may be asked of an actor; all of it must hold for one actor."""

    actor: Words
    """In its name or label."""
    country: Some
    """ISO 3166 alpha-3, or one of PLOVER's stateless codes."""
    sector: Some


class EventFilters(OfArticle, OfPlace, OfActor, total=False):
    """What events may be asked for. `actor`, `country` and `sector` are those of an actor or a recipient."""

    uid: Some
    """The event of this uid."""
    type: Some
    """A category of the codebook: PLOVER's sixteen types, or a user's own."""
    mode: Some
    quad: int
    status: Some
    context: Some
    side: str
    """`actor` or `recipient`: on which side `actor`, `country` and `sector` are to hold."""
    holder: Words
    """Somebody in the chain of the statement that the event stands in."""
    party_is: Some
    """Somebody acts or is acted on who is called exactly so: by the label, or where there is none by the name."""
    actor_is: Some
    """Somebody called exactly so acts."""
    recipient_is: Some
    """Somebody called exactly so is acted on."""
    holder_is: Some
    """Somebody called exactly so is in the chain of the statement that the event stands in."""
    since: str
    """Events whose own time ends on this day, YYYY-MM-DD, or later; those without a time are left out."""
    until: str
    """Events whose own time begins on this day or earlier."""
    confidence: float
    """At least so much."""


class IncidentFilters(EventFilters, total=False):
    """What incidents may be asked for. What is asked of events must hold for one of their tellings."""

    id: Some
    """The incident of this id."""
    articles: int
    """Told by at least so many articles, near-copies collapsed."""
    origins: int
    """Vouched for by at least so many independent origins."""
    contradicted: bool
    """Whether two of its tellings contradict each other."""
    party_only: bool
    """Whether nobody vouches for it but parties to it."""


class StatementFilters(OfArticle, total=False):
    """What statements may be asked for. `holder`, `country` and `sector` must hold for one holder of the chain."""

    form: Some
    commitment: Some
    holder: Words
    """Somebody in its chain."""
    originator: Words
    """Whom the words come from: the last in its chain."""
    country: Some
    sector: Some


class ActorFilters(OfActor, Paging, total=False):
    """What actors may be asked for."""


class PlaceFilters(OfPlace, Paging, total=False):
    """What places may be asked for."""


class ArticleFilters(OfArticle, total=False):
    """What articles may be asked for."""

    id: Some
    """Its id or the SHA-256 of its text."""
    url: str
    """This address: all versions of what stood there."""
    copies: bool
    """Whether near-copies are wanted too; they are left out otherwise, and by `text`."""


def checked(filters: Mapping[str, object], kind: type) -> Mapping[str, object]:
    """The filters, without those that are null. Raises `TypeError` for one that there is not."""
    known: frozenset[str] = kind.__required_keys__ | kind.__optional_keys__  # type: ignore[attr-defined]
    unknown = sorted(set(filters) - known)
    if unknown:
        raise TypeError(f"no such filter: {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return {name: value for name, value in filters.items() if value is not None}
