"""Lines of real articles as forms: the words as they are, with slots for names, places and dates.

Some hundred articles are coded once. Each line becomes a `Piece` with the records whose mentions all stand in it, and
every string of them becomes a `Form`. Filled in anew, line by line, they give other articles whose codings are known
without reading them (`benchmarks.generator`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from whence import knowledge
from whence.records import Actor, Coding, Count, Event, Mention, Place, Span, Statement, Time

DAY = "2016-08-17"
"""Publication day under which the articles are coded, a Wednesday: made-up ones appear whole weeks from it, so that
"on Tuesday" stays true."""
_LONGEST = 4
"""Words of a name that are looked up as one."""
_WORD = re.compile(r"\w+(?:[.’'](?=\w)\w*)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_NAMED_DATE = re.compile(r"\d|January|February|March|April|May|June|July|August|September|October|November|December")
_LINE = (60, 900)
"""Code points of a line that is taken."""


@dataclass(frozen=True, slots=True)
class Country:
    """Slot for a country."""

    code: str
    form: str
    """`name`, `adjective` or `people`."""


@dataclass(frozen=True, slots=True)
class Town:
    """Slot for a place that is no country."""

    name: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Slot for a name, or for its first or last word."""

    name: str
    country: str | None
    sector: str | None
    part: str
    """`whole`, `first` or `last`."""


@dataclass(frozen=True, slots=True)
class Day:
    """Slot for a date that names its month or year."""

    start: str | None
    end: str | None


Slot = Country | Town | Person | Day


@dataclass(frozen=True, slots=True)
class Form:
    """A string with slots: `begins[i]` is where part `i` began in the original."""

    parts: tuple[str | Slot, ...]
    begins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line with all that was read from it alone; offsets are those of the line."""

    form: Form
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    forms: Mapping[str, Form]
    """Every other string of the records that names somebody or somewhere."""


def pieces(codings: Iterable[Coding]) -> list[Piece]:
    """The lines of some codings that are long enough and not too long, in their order; each line once."""
    known = list(codings)
    common = _common(known)
    found: dict[str, Piece] = {}
    for coding in known:
        forms = _Forms(coding, common)
        begin = 0
        for line in coding.article.text.split("\n"):
            if _LINE[0] <= len(line) <= _LINE[1] and line not in found:
                found[line] = _piece(coding, begin, line, forms)
            begin += len(line) + 1
    return list(found.values())


def _common(codings: Iterable[Coding]) -> frozenset[str]:
    """Words that stand somewhere in small letters: no names of their own, whatever their first letter."""
    return frozenset(word for c in codings for word in _WORD.findall(c.article.text) if word.islower())


class _Forms:
    """The names of one article, and strings cut at them."""

    def __init__(self, coding: Coding, common: frozenset[str]) -> None:
        self._slots: dict[str, Slot] = dict(_countries())
        for place in coding.places:
            if place.grain != "country" and place.use == "literal" and place.name[:1].isupper():
                self._slots.setdefault(place.name, Town(place.name, place.country))
                if place.text[:1].isupper():
                    self._slots.setdefault(place.text, Town(place.name, place.country))
        for actor in coding.actors:
            self._name(actor, common)

    def _name(self, actor: Actor, common: frozenset[str]) -> None:
        words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(actor.name)]
        proper = all(w[:1].isupper() and w.casefold() not in common and w not in self._slots for w in words)
        if not words or not proper or len(words) > 3:
            return
        for part, text in (("whole", actor.name), ("first", words[0]), ("last", words[-1])):
            if part == "whole" or len(words) > 1:
                self._slots.setdefault(text, Person(actor.name, actor.country, actor.sector, part))

    def of(self, text: str, days: Mapping[Span, Day] | None = None) -> Form:
        """The string cut at its names, and at the dates in these spans."""
        parts: list[str | Slot] = []
        begins: list[int] = []
        done = 0
        for begin, stop, slot in _disjoint([*((*at, day) for at, day in (days or {}).items()), *self._found(text)]):
            parts += [text[done:begin], slot]
            begins += [done, begin]
            done = stop
        return Form((*parts, text[done:]), (*begins, done))

    def _found(self, text: str) -> Iterator[tuple[int, int, Slot]]:
        words = [m.span() for m in _WORD.finditer(text)]
        i = 0
        while i < len(words):
            for n in range(min(_LONGEST, len(words) - i), 0, -1):
                begin, stop = words[i][0], words[i + n - 1][1]
                bare = _POSSESSIVE.sub("", text[begin:stop])
                if (slot := self._slots.get(bare)) is not None:
                    yield begin, begin + len(bare), slot
                    i += n
                    break
            else:
                i += 1


def _disjoint(found: list[tuple[int, int, Slot]]) -> Iterator[tuple[int, int, Slot]]:
    """Stretches from left to right; of those that overlap, the one that begins first, a date before a name."""
    done = 0
    for begin, stop, slot in sorted(found, key=lambda f: (f[0], not isinstance(f[2], Day))):
        if begin >= done:
            yield begin, stop, slot
            done = stop


def _countries() -> Iterator[tuple[str, Slot]]:
    for country in knowledge.load().countries.values():
        for form, words in (
            ("adjective", country.adjectives),
            ("people", country.people),
            ("name", (country.name, *country.aliases)),
        ):
            yield from ((word, Country(country.code, form)) for word in words if word[:1].isupper())


# -- the records of a line -----------------------------------------------------------------


def _piece(coding: Coding, begin: int, line: str, forms: _Forms) -> Piece:
    cut = _Cut(begin, begin + len(line))
    actors = tuple(cut.actor(actor) for actor in coding.actors if cut.holds(actor.at))
    times = tuple(cut.time(time) for time in coding.times if cut.holds(time.at))
    ids = {actor.id for actor in actors}
    statements = [s for s in coding.statements if cut.holds_statement(s) and set(s.holders) <= ids]
    told = {statement.id for statement in statements}
    events = tuple(cut.event(e, told) for e in coding.events if cut.holds(e.trigger.at))
    places = tuple(cut.place(place) for place in coding.places if cut.holds(place.at))
    days = {time.at: Day(time.start, time.end) for time in times if _NAMED_DATE.search(time.text)}
    strings = {s for actor in actors for s in (actor.name, actor.label)} | {
        name for statement in statements for name in statement.chain
    }
    return Piece(
        forms.of(line, days),
        actors,
        places,
        times,
        tuple(cut.statement(statement, told) for statement in statements),
        events,
        {text: forms.of(text) for text in sorted(s for s in strings if s)},
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of a text, and records moved to its beginning."""

    begin: int
    stop: int

    def holds(self, at: Span) -> bool:
        return self.begin <= at[0] and at[1] <= self.stop

    def holds_statement(self, statement: Statement) -> bool:
        mentions = [m for m in (statement.cue, statement.source, *statement.content) if m is not None]
        return all(self.holds(mention.at) for mention in mentions)

    def _at(self, at: Span) -> Span:
        return at[0] - self.begin, at[1] - self.begin

    def _mention(self, mention: Mention) -> Mention:
        return Mention(mention.text, self._at(mention.at))

    def actor(self, a: Actor) -> Actor:
        return Actor(a.id, a.text, self._at(a.at), a.name, a.label, a.country, a.sector, a.reason, a.confidence)

    def place(self, p: Place) -> Place:
        return Place(
            p.id, p.text, self._at(p.at), p.name, p.label, p.grain, p.country, p.geonames, p.lat, p.lon, p.use,
            p.confidence, p.reason, p.prio_grid,
        )  # fmt: skip

    def time(self, t: Time) -> Time:
        return Time(t.id, t.text, self._at(t.at), t.start, t.end, t.rule)

    def statement(self, s: Statement, told: set[str]) -> Statement:
        within = s.within if s.within in told else None
        return Statement(
            s.id, s.form, s.commitment, self._mention(s.cue) if s.cue else None,
            self._mention(s.source) if s.source else None, tuple(self._mention(m) for m in s.content), s.chain,
            s.holders, within, s.confidence, s.reason,
        )  # fmt: skip

    def event(self, e: Event, told: set[str]) -> Event:
        return Event(
            e.id, e.uid, self._mention(e.trigger), e.type, e.mode,
            tuple(self.actor(a) for a in e.actors if self.holds(a.at)),
            tuple(self.actor(a) for a in e.recipients if self.holds(a.at)),
            tuple(self._mention(m) for m in e.instruments if self.holds(m.at)),
            tuple(self.place(p) for p in e.places if self.holds(p.at)),
            self.time(e.time) if e.time and self.holds(e.time.at) else None,
            tuple(Count(c.text, self._at(c.at), c.what, c.low, c.high) for c in e.counts if self.holds(c.at)),
            e.status, e.statement if e.statement in told else None, None, e.contexts, e.quad, e.intensity, e.cameo,
            e.confidence, e.reason,
        )  # fmt: skip
