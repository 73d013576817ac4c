"""Happenings in the world, as the tellings of many articles put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whence.records.plain import to_plain
from whence.records.values import CountOf, Grade, Grain, Slot, Span, Status


@dataclass(frozen=True, slots=True)
class Telling:
    """One event in one article, as a telling of an incident."""

    article: str
    """SHA-256 of the article's text."""
    event: str
    """Uid of the event."""
    chain: tuple[str, ...]
    """Who vouches for it, outermost first; empty where the article says it in its own voice."""
    origin: str
    """Name of the origin that it counts for: one of the incident's."""
    id: str
    """The article's id."""
    site: str | None
    published: str | None
    status: Status
    text: str
    """The trigger."""
    at: Span
    why: str
    """What speaks for its being of this incident: what it shares with the telling nearest to it."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part in an incident, over all tellings."""

    name: str
    label: str | None
    country: str | None
    sector: str | None
    tellings: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Somebody who vouches for an incident: the end of a chain, or who wrote what has none."""

    name: str
    country: str | None
    sector: str | None
    is_party: bool
    """Whether the incident is its own doing or suffering."""
    tellings: int
    via: tuple[str, ...]
    """Those who carried its word, in the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class IncidentPlace:
    """Where an incident was, as finely as any telling says."""

    name: str
    label: str | None
    grain: Grain
    country: str | None
    geonames: int | None
    lat: float | None
    """Degrees north, WGS 84."""
    lon: float | None
    """Degrees east, WGS 84."""
    tellings: int


@dataclass(frozen=True, slots=True)
class Window:
    """Days, first and last inclusive; null where left open."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Toll:
    """How many people of a kind, from the least that any telling says to the most."""

    what: CountOf
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of an article on one side of a discrepancy, with those who vouch for them."""

    text: str
    at: Span
    article: str
    """SHA-256 of the article's text."""
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two tellings of one incident that do not agree in a slot."""

    slot: Slot
    grade: Grade
    a: Stretch
    b: Stretch


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening in the world: its tellings, their independent origins, their discrepancies."""

    id: str
    """`i` and the uid of the earliest telling."""
    type: str
    mode: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: IncidentPlace | None
    """The finest that most tellings agree on; all stand in `places`."""
    time: Window | None
    status: Status
    tellings: tuple[Telling, ...]
    """In the order of their days of publication."""
    origins: tuple[Origin, ...]
    party_only: bool
    """Whether nobody vouches for it but parties to it."""
    discrepancies: tuple[Discrepancy, ...]
    places: tuple[IncidentPlace, ...]
    counts: tuple[Toll, ...]
    articles: int
    """Articles that tell of it, near-copies collapsed."""
    outlets: tuple[str, ...]
    """Sites, near-copies among them."""

    def to_dict(self) -> dict[str, Any]:
        """The incident as plain dicts and lists, ready for `json.dumps`."""
        plain: dict[str, Any] = to_plain(self)
        return plain
