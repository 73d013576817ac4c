"""What is marked in an article: of gold and of what is compared with it, which are read by the same rules.

The shape is that of whence's own output; an object may also have the article's fields beside its marks
(`{"id", "text", "statements", "events"}`). Gold may be marked in part. What is no key of an object was not marked
there, and nothing is said about it; `null` and `[]` say that there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from whence.errors import UnreadableInput
from whence.scoring.spans import Span

T = TypeVar("T")
Move = Callable[[Span], Span | None]
"""From a span of one text to that of the same words in another, if they stand there."""
_MOST = 10_000
"""Marks of a kind that an article may have. The fullest have some hundred."""
_MOST_INSIDE = 100
"""Entries of one mark (its actors, the pieces of its content): each is compared with each."""

Keys = frozenset[str]
"""The keys that an object has: what was marked."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on one side of an event."""

    at: Span | None
    name: str | None
    country: str | None
    sector: str | None
    keys: Keys


@dataclass(frozen=True, slots=True)
class Spot:
    """A place."""

    at: Span | None
    name: str | None
    country: str | None
    lat: float | None
    lon: float | None
    keys: Keys


@dataclass(frozen=True, slots=True)
class Days:
    """A date expression, with the first and last day that it means."""

    at: Span | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Number:
    """How many people."""

    what: str | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement."""

    id: str
    form: str | None
    cue: Span | None
    source: Span | None
    content: tuple[Span, ...]
    chain: tuple[str, ...]
    keys: Keys


@dataclass(frozen=True, slots=True)
class Done:
    """An event."""

    trigger: Span | None
    """None where its words do not stand in the text that it is compared on."""
    type: str
    mode: str | None
    status: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    places: tuple[Spot, ...]
    instruments: tuple[Span, ...]
    counts: tuple[Number, ...]
    time: Days | None
    statement: str | None
    keys: Keys


@dataclass(frozen=True, slots=True)
class Marks:
    """All that is marked in an article; None where a kind was not marked at all."""

    statements: tuple[Said, ...] | None
    events: tuple[Done, ...] | None
    places: tuple[Spot, ...] | None
    """Toponyms, wherever they stand."""
    times: tuple[Days, ...] | None
    """Date expressions, wherever they stand."""


NOTHING = Marks((), (), (), ())
"""Of an article in which nothing was found, or that could not be coded."""


def read(loaded: Mapping[str, Any], text: str, name: str, move: Move = lambda span: span) -> Marks:
    """The marks of an object, checked against its article's text, then moved to the text on which they are compared.

    Raises `UnreadableInput`, which names the object and the key, for a mention outside the text or with other words,
    and for whatever has not the shape.
    """
    reader = _Reader(text, name, move)
    return Marks(
        reader.kind(loaded, "statements", reader.statement),
        reader.kind(loaded, "events", reader.event),
        reader.kind(loaded, "places", reader.place),
        reader.kind(loaded, "times", reader.days),
    )


class _Reader:
    """Reads the marks of one article. `where` says in messages which key is meant."""

    def __init__(self, text: str, name: str, move: Move) -> None:
        self._text, self._name, self._move = text, name, move

    def kind(self, loaded: Mapping[str, Any], key: str, make: Callable[[Any, str], T]) -> tuple[T, ...] | None:
        """All marks of a kind; None where the key is not there."""
        return self._all(loaded[key], key, make, _MOST) if key in loaded else None

    def statement(self, plain: Any, where: str) -> Said:
        """A statement."""
        found = self._object(plain, where)
        return Said(
            self._word(found.get("id"), f"{where}.id") or "",
            self._word(found.get("form"), f"{where}.form"),
            self._mention(found.get("cue"), f"{where}.cue"),
            self._mention(found.get("source"), f"{where}.source"),
            self._mentions(found.get("content"), f"{where}.content"),
            self._all(found.get("chain"), f"{where}.chain", self._name_of),
            frozenset(found),
        )

    def event(self, plain: Any, where: str) -> Done:
        """An event."""
        found = self._object(plain, where)
        trigger = self._mention(found.get("trigger"), f"{where}.trigger")
        type = self._word(found.get("type"), f"{where}.type")
        if found.get("trigger") is None or type is None:
            raise self._wrong(where, "an event has a `trigger` with `at`, and a `type`")
        time = found.get("time")
        return Done(
            trigger,
            type,
            self._word(found.get("mode"), f"{where}.mode"),
            self._word(found.get("status"), f"{where}.status"),
            self._all(found.get("actors"), f"{where}.actors", self._party),
            self._all(found.get("recipients"), f"{where}.recipients", self._party),
            self._all(found.get("places"), f"{where}.places", self.place),
            self._mentions(found.get("instruments"), f"{where}.instruments"),
            self._all(found.get("counts"), f"{where}.counts", self._number),
            None if time is None else self.days(time, f"{where}.time"),
            self._word(found.get("statement"), f"{where}.statement"),
            frozenset(found),
        )

    def place(self, plain: Any, where: str) -> Spot:
        """A place."""
        found = self._object(plain, where)
        return Spot(
            self._span(found, where),
            self._word(found.get("name"), f"{where}.name"),
            self._word(found.get("country"), f"{where}.country"),
            self._figure(found.get("lat"), f"{where}.lat"),
            self._figure(found.get("lon"), f"{where}.lon"),
            frozenset(found),
        )

    def days(self, plain: Any, where: str) -> Days:
        """A date expression."""
        found = self._object(plain, where)
        start, end = (self._word(found.get(key), f"{where}.{key}") for key in ("start", "end"))
        return Days(self._span(found, where), start, end)

    def _party(self, plain: Any, where: str) -> Party:
        found = self._object(plain, where)
        name, country, sector = (self._word(found.get(k), f"{where}.{k}") for k in ("name", "country", "sector"))
        return Party(self._span(found, where), name, country, sector, frozenset(found))

    def _number(self, plain: Any, where: str) -> Number:
        found = self._object(plain, where)
        low, high = (self._figure(found.get(key), f"{where}.{key}") for key in ("low", "high"))
        return Number(
            self._word(found.get("what"), f"{where}.what"),
            None if low is None else int(low),
            None if high is None else int(high),
        )

    def _mentions(self, plain: Any, where: str) -> tuple[Span, ...]:
        found = self._all(plain, where, self._mention)
        return tuple(span for span in found if span is not None)

    def _mention(self, plain: Any, where: str) -> Span | None:
        return None if plain is None else self._span(self._object(plain, where), where)

    def _span(self, found: Mapping[str, Any], where: str) -> Span | None:
        at = found.get("at")
        if at is None:
            return None
        if not (isinstance(at, list) and len(at) == 2 and all(type(end) is int for end in at)):
            raise self._wrong(f"{where}.at", f"[begin, end] in code points is wanted, not {at!r:.60}")
        begin, end = at
        if not 0 <= begin < end <= len(self._text):
            raise self._wrong(f"{where}.at", f"{at} is no stretch of a text of {len(self._text):,} code points")
        words = found.get("text")
        if words is not None and words != self._text[begin:end]:
            raise self._wrong(where, f"there stands {self._text[begin:end]!r:.60}, not {words!r:.60}")
        return self._move((begin, end))

    def _all(self, plain: Any, where: str, make: Callable[[Any, str], T], most: int = _MOST_INSIDE) -> tuple[T, ...]:
        if plain is None:
            return ()
        if not isinstance(plain, Sequence) or isinstance(plain, str):
            raise self._wrong(where, f"a list is wanted, not {plain!r:.60}")
        if len(plain) > most:
            raise self._wrong(where, f"{len(plain):,} entries; {most:,} are the most")
        return tuple([make(one, f"{where}[{n}]") for n, one in enumerate(plain)])

    def _object(self, plain: Any, where: str) -> Mapping[str, Any]:
        if not isinstance(plain, Mapping):
            raise self._wrong(where, f"an object is wanted, not {plain!r:.60}")
        return plain

    def _name_of(self, plain: Any, where: str) -> str:
        found = self._word(plain, where)
        if found is None:
            raise self._wrong(where, "a name is wanted, not null")
        return found

    def _word(self, plain: Any, where: str) -> str | None:
        if plain is None or isinstance(plain, str):
            return plain
        raise self._wrong(where, f"a string or null is wanted, not {plain!r:.60}")

    def _figure(self, plain: Any, where: str) -> float | None:
        if plain is None or (isinstance(plain, (int, float)) and not isinstance(plain, bool) and abs(plain) < 1e12):
            return plain
        raise self._wrong(where, f"a number or null is wanted, not {plain!r:.60}")

    def _wrong(self, where: str, reason: str) -> UnreadableInput:
        return UnreadableInput(f"{where}: {reason}", self._name)
