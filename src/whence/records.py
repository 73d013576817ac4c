"""The records that the stages hand to each other, and nothing else.

Every record is a frozen dataclass whose field names are the keys of the JSON that whence
prints, in the same order; `to_dict` is therefore a plain walk, and the JSON Schema
(`whence.schema`) is read off these classes.

Offsets are Unicode code points into `Article.text`: for every record with `text` and `at`,
`article.text[at[0]:at[1]] == text`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

Span = tuple[int, int]
"""Begin and end in code points; the end is exclusive."""

Status = Literal["happened", "ongoing", "planned", "threatened", "demanded", "predicted", "hypothetical", "denied"]
Form = Literal["direct", "indirect", "mixed"]
Commitment = Literal["plain", "hedged", "distanced", "denied", "unverified"]
Grain = Literal["city", "admin1", "country", "region", "other"]
PlaceUse = Literal["literal", "adjective", "government"]
Fate = Literal["coded", "copy", "not English", "not an article", "failed"]
"""What can become of an input; each ends as exactly one of them."""
Slot = Literal["who", "to whom", "where", "when", "how many", "with what", "whether"]
Grade = Literal["wording", "detail", "contradiction", "development"]
"""`wording`: one thing, spelt in two ways; `detail`: near each other, and yet not the same; `contradiction`: both
cannot be; `development`: later reports say more, as a toll rises."""
CountOf = Literal["killed", "wounded", "missing", "detained", "displaced", "taking part"]


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they came, with where they came from.

    `media_type` says how to read them: `text/html` or `text/plain` (UTF-8). The
    metadata are what the source itself declares about the page (a JSON row's `title`,
    say) and win over anything found in the bytes.
    """

    data: bytes
    name: str
    """What messages call this input: a path, a URL, `<stdin>`, `rows.jsonl:17`."""
    media_type: str = "text/html"
    id: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    site: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExcludedLine:
    """A line of the input that is not the article's own, and why."""

    text: str
    line: int
    """Number of the line in the input's text, from 1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an article, as it says itself."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Article:
    """One news article: its own words only, paragraphs separated by line breaks."""

    id: str
    url: str | None
    title: str | None
    published: str | None
    """Publication day, `YYYY-MM-DD`, or null where nothing says it."""
    published_from: str | None
    """Where the day was read: `given`, `page`, or null."""
    site: str | None
    language: str
    """ISO 639-1 code; `und` for any other than English, which is not coded."""
    text: str
    sha256: str
    """Of the UTF-8 text."""
    excluded: tuple[ExcludedLine, ...] = ()
    modified: str | None = None
    """Day of the last change, `YYYY-MM-DD`, or null where nothing says it."""
    modified_from: str | None = None
    """Where that day was read: `meta`, `text`, or null."""
    authors: tuple[Author, ...] = ()
    credit: str | None = None
    """News agency from which the article says that it comes ("(Reuters)", "AFP contributed to this report")."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text: `article.text[at[0]:at[1]] == text`."""

    text: str
    at: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name found by the encoder, over words `first` to `last` (inclusive) of the analysis."""

    kind: str
    """PER, ORG, LOC, FAC, NORP, PRODUCT, DATE, MONEY or MISC."""
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words `first` to `last` (inclusive) of the analysis, in paragraph number `paragraph`."""

    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Reported words as the encoder found them, in ranges of words, `first` to `last` (inclusive)."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    """None where nobody is named."""
    content: tuple[tuple[int, int], ...]
    """One range for each piece, in text order."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Part:
    """Words `first` to `last` (inclusive) that the encoder found to have a role in an act."""

    role: str
    """`actor`, `recipient`, `place`, `count` or `instrument`."""
    first: int
    last: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Act:
    """A word that may name an act, with all that the encoder says of it; most are not acts in the end."""

    trigger: tuple[int, int]
    """First and last word, inclusive."""
    types: Mapping[str, float]
    """Probability of each type that it may be of, the greatest first; what is lacking to 1 is that of none."""
    modes: Mapping[str, float]
    """`TYPE mode`, or `TYPE` alone for no mode, with their probabilities if it is an act."""
    statuses: tuple[float, ...]
    """Probability of each status, in the order of `Status`, if it is an act."""
    parts: tuple[Part, ...]
    """Its participants, places, counts and instruments, in text order."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The linguistic reading of a text after Universal Dependencies, word by word, as columns.

    All word columns have the same length; word `i` covers `text[begin[i]:end[i]]`.
    `head[i]` is the index of the word it depends on, and `i` itself at a sentence's root.
    """

    text: str
    begin: tuple[int, ...]
    end: tuple[int, ...]
    form: tuple[str, ...]
    lemma: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    """CoNLL-U features, `_` where there are none."""
    head: tuple[int, ...]
    deprel: tuple[str, ...]
    """Relations with their subtype where there is one, such as `nsubj:pass`."""
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    attributions: tuple[Attribution, ...] = ()
    """In the order of their cues."""
    acts: tuple[Act, ...] | None = None
    """In the order of their triggers, of which no two begin at one word; None where the encoder was not asked."""


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
    lon: float | None
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


def to_plain(value: Any) -> Any:
    """A record, or a tuple of them, as plain dicts, lists and scalars; keys are field names in order."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    kind: Any = type(value)
    names = _field_names(kind)
    return {name: to_plain(getattr(value, name)) for name in names} if names else value


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    """The fields of a record, in order; none of what is no record."""
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()
