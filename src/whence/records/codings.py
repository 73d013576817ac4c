"""What is read from one article: who did what to whom, and who says so; and what became of an input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from whence.records.articles import Article
from whence.records.plain import to_plain
from whence.records.values import Commitment, CountOf, Fate, Form, Grain, PlaceUse, Span, Status


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text: `article.text[at[0]:at[1]] == text`."""

    text: str
    at: Span


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention of somebody who acts, is acted on, or speaks, and who that is."""

    id: str
    text: str
    at: Span
    name: str
    """Fullest name in the article."""
    label: str | None
    """What the knowledge files call it."""
    country: str | None
    """ISO 3166 alpha-3, or one of PLOVER's stateless codes (UNO, EUR, IGO, NGO, MNC, ISM, IMG)."""
    sector: str | None
    """PLOVER sector, such as GOV, MIL, REB."""
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Place:
    """A toponym and the point of the gazetteer it stands for."""

    id: str
    text: str
    at: Span
    name: str
    label: str | None
    grain: Grain
    country: str | None
    geonames: int | None
    lat: float | None
    """Degrees north, WGS 84."""
    lon: float | None
    """Degrees east, WGS 84."""
    use: PlaceUse
    """`literal`: where things are; `adjective`: "Syrian"; `government`: "Moscow said"."""
    confidence: float
    reason: str
    prio_grid: int | None = None
    """The cell of PRIO-GRID (`gid`, half a degree wide) that holds the point, or null where there is no point."""


@dataclass(frozen=True, slots=True)
class Time:
    """A date expression and the days it means, first and last inclusive (null: left open)."""

    id: str
    text: str
    at: Span
    start: str | None
    end: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many people: `low` to `high`, null where the text leaves a bound open."""

    text: str
    at: Span
    what: CountOf
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's words or position, reported."""

    id: str
    form: Form
    commitment: Commitment
    cue: Mention | None
    source: Mention | None
    """The immediate speaker as it stands here (may be a pronoun), or null if nobody is named."""
    content: tuple[Mention, ...]
    chain: tuple[str, ...]
    """Names of the holders, outermost first, the originator last."""
    holders: tuple[str, ...]
    """Ids of the actors of the chain, in its order."""
    within: str | None
    """Id of the statement in whose content this one stands."""
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """One political interaction, named by one trigger."""

    id: str
    uid: str
    """Hash of article, trigger span and type: the same in every run."""
    trigger: Mention
    type: str
    """A type of the codebook: PLOVER's sixteen, or a user's own."""
    mode: str | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    instruments: tuple[Mention, ...]
    places: tuple[Place, ...]
    time: Time | None
    counts: tuple[Count, ...]
    status: Status
    statement: str | None
    """Id of the innermost statement whose content holds the trigger."""
    same_as: str | None
    contexts: tuple[str, ...]
    quad: int | None
    """PLOVER quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    intensity: float | None
    """PLOVER score, from -10 (most hostile) to 10."""
    cameo: str | None
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a coding."""

    whence: str
    model: str
    codebook: str
    knowledge: str
    profiles: str | None = None
    """Hash of the sites' profiles by which lines were left out, or null where none was at hand."""


@dataclass(frozen=True, slots=True)
class Coding:
    """Everything read from one article."""

    article: Article
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    versions: Versions = field(default_factory=lambda: Versions("", "", "", ""))

    def to_dict(self) -> dict[str, Any]:
        """The coding as plain dicts and lists, ready for `json.dumps`."""
        plain: dict[str, Any] = to_plain(self)
        return plain


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input of an ingest."""

    name: str
    """What messages call the input: a path, a URL, `rows.jsonl:17`."""
    digest: str
    """SHA-256 of the page's bytes and declared fields, in hexadecimal; empty where there was nothing to read."""
    fate: Fate
    id: str | None = None
    """The article's id, as far as it is known."""
    kind: str | None = None
    """For all but `coded` and `copy`: the stable word of the error class, such as `too slow`."""
    message: str | None = None
    article: Article | None = None
    """Of a copy; a coding has its own."""
    copy_of: str | None = None
    """Of a copy: SHA-256 of the text of which it is one."""
    coding: Coding | None = None
