"""Made-up news without end: lines of real articles put together anew, with other names, places and dates.

`python -m benchmarks.generator --articles N [--seed S] [--codings] > FILE` prints a JSON object a line: articles as
`whence ingest` takes them, or whole codings as `whence read --jsonl` prints them. The lines are those of world news in
`WHENCE_DATA` (by default `shared` beside the checkout) or, where that is not, those that stand in `examples/` and
`training/authored/`. They are coded once and then filled in, so a coding takes a millisecond and its spans are exact.
One seed gives the same articles in every run, and the first N of them whatever N is. They come in the order of their
days, as news does.

Few countries, persons and papers occur often and most seldom, as in the news. Of two articles no more than a line or
two are the same, with other names in it: they are no near-copies (`tests/benchmarks/test_generator.py`).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import whence
from benchmarks.pieces import DAY, Country, Day, Form, Piece, Slot, Town, pieces
from benchmarks.world import PERSONS, SYLLABLES, World, seldom, world
from whence import knowledge
from whence.archive import documents
from whence.records import Actor, Article, Coding, Count, Event, Mention, Place, Span, Statement, Time, Versions

ROOT = Path(__file__).resolve().parents[1]
CODED = 400
"""Real articles whose lines are taken."""
LINES = (7, 13)
"""Of an article."""
TOLD = 0.6
"""Share of the lines that are drawn from those with events."""
FIRST_DAY = date(2010, 1, 6)
"""A Wednesday, as `DAY` is."""
A_WEEK = 150
"""Articles of one Wednesday: 76,000 of them, a million events, are ten years of news."""
_SITES = str.split("Courier Gazette Herald Ledger Monitor Observer Post Standard Times Tribune")


# -- one article ---------------------------------------------------------------------------


class _Renaming:
    """What the slots of one article are filled with: one name always with the same."""

    def __init__(self, world: World, pick: random.Random, shift: timedelta) -> None:
        self._world, self._pick, self._shift = world, pick, shift
        self._codes: dict[str, str] = {}
        self._towns: dict[str, Place] = {}
        self._numbers: dict[str, int] = {}

    def code(self, code: str) -> str:
        """The country that stands for another one; codes that are none of a country stay."""
        if code not in self._codes:
            is_country = code in self._world.countries
            self._codes[code] = seldom(self._pick, self._world.codes) if is_country else code
        return self._codes[code]

    def town(self, town: Town) -> Place:
        """The town that stands for another one, in the country that stands for its country."""
        if town.name not in self._towns:
            code = self.code(town.country) if town.country else seldom(self._pick, self._world.codes)
            self._towns[town.name] = seldom(self._pick, self._world.towns.get(code) or self._world.towns["IND"])
        return self._towns[town.name]

    def day(self, day: str | None) -> str | None:
        """A day as many weeks off as the article's."""
        if day is None:
            return None
        try:
            return (date.fromisoformat(day) + self._shift).isoformat()
        except (ValueError, OverflowError):
            return day

    def text(self, slot: Slot) -> str:
        """The words for a slot."""
        if isinstance(slot, Country):
            country = self._world.countries[self.code(slot.code)]
            words = {"adjective": country.adjectives, "people": country.people}.get(slot.form, ())
            return words[0] if words else country.name
        if isinstance(slot, Town):
            return self.town(slot).name
        if isinstance(slot, Day):
            return _written(self.day(slot.start), self.day(slot.end))
        if slot.name not in self._numbers:
            self._numbers[slot.name] = int(PERSONS * self._pick.random() ** 3)
        country_code = self.code(slot.country) if slot.country else None
        first, last = self._world.person(country_code, slot.sector, self._numbers[slot.name]).split(" ")
        return {"first": first, "last": last}.get(slot.part, f"{first} {last}" if " " in slot.name else last)


def _written(start: str | None, end: str | None) -> str:
    """Days in words, as exactly as they are known."""
    known = start or end
    if known is None:
        return "lately"
    day = date.fromisoformat(known)
    if start == end:
        return f"{day.day} {day:%B} {day.year}"
    is_long = start is not None and end is not None and start[:7] != end[:7]
    return str(day.year) if is_long else f"{day:%B} {day.year}"


class _Filled:
    """A form with its slots filled: the text, and where each place of the original came to stand."""

    def __init__(self, form: Form, names: _Renaming, begin: int = 0) -> None:
        parts = [part if isinstance(part, str) else names.text(part) for part in form.parts]
        self.text = "".join(parts)
        self._form = form
        self._begins = [begin]
        for part in parts:
            self._begins.append(self._begins[-1] + len(part))

    def at(self, at: Span) -> Span:
        """Where a stretch of the original stands now; names are taken whole."""
        return self._place(at[0], is_end=False), self._place(at[1], is_end=True)

    def _place(self, old: int, is_end: bool) -> int:
        begins = self._form.begins
        i = bisect_right(begins, old - is_end) - 1
        if isinstance(self._form.parts[i], str):
            return self._begins[i] + old - begins[i]
        return self._begins[i + is_end]


class _Maker:
    """One article being put together: its text so far and the records found in it."""

    def __init__(self, world: World, pick: random.Random, published: date) -> None:
        self.published = published
        self.names = _Renaming(world, pick, self.published - date.fromisoformat(DAY))
        self.text = ""
        self.records: dict[str, list[object]] = {
            name: [] for name in ("actors", "places", "times", "statements", "events")
        }

    def add(self, piece: Piece) -> None:
        """Puts a line at the end, with its records."""
        begin = len(self.text)
        line = _Line(piece, _Filled(piece.form, self.names, begin), self, begin)
        self.text += line.filled.text + "\n"
        for name, made in line.records().items():
            self.records[name] += made


class _Line:
    """The records of a line in its new words, numbered on from those of the lines before."""

    def __init__(self, piece: Piece, filled: _Filled, maker: _Maker, begin: int) -> None:
        self.filled = filled
        self._piece, self._names, self._begin = piece, maker.names, begin
        self._strings: dict[str, str] = {}
        self._ids = {
            record.id: f"{record.id[0]}{len(maker.records[kind]) + n}"
            for kind in maker.records
            for n, record in enumerate(getattr(piece, kind), 1)
        }

    def records(self) -> dict[str, list[object]]:
        """All of them, by the coding's fields."""
        piece = self._piece
        return {
            "actors": [self._actor(actor) for actor in piece.actors],
            "places": [self._place(place) for place in piece.places],
            "times": [self._time(time) for time in piece.times],
            "statements": [self._statement(statement) for statement in piece.statements],
            "events": [self._event(event) for event in piece.events],
        }

    def _string(self, text: str) -> str:
        """A name or label in the new names."""
        if text not in self._strings:
            form = self._piece.forms.get(text)
            self._strings[text] = text if form is None else _Filled(form, self._names).text
        return self._strings[text]

    def _stretch(self, at: Span) -> tuple[str, Span]:
        begin, stop = self.filled.at(at)
        return self.filled.text[begin - self._begin : stop - self._begin], (begin, stop)

    def _mention(self, mention: Mention) -> Mention:
        return Mention(*self._stretch(mention.at))

    def _actor(self, a: Actor) -> Actor:
        return Actor(
            self._ids.get(a.id, a.id), *self._stretch(a.at), self._string(a.name),
            self._string(a.label) if a.label else None, self._names.code(a.country) if a.country else None, a.sector,
            a.reason, a.confidence,
        )  # fmt: skip

    def _place(self, p: Place) -> Place:
        id, (text, at) = self._ids.get(p.id, p.id), self._stretch(p.at)
        if p.grain == "country" and p.country is not None:
            country = knowledge.load().countries[self._names.code(p.country)]
            return Place(
                id, text, at, country.name, country.name, "country", country.code, country.geonames, country.lat,
                country.lon, p.use, p.confidence, p.reason,
            )  # fmt: skip
        new = self._names.town(Town(p.name, p.country))
        return Place(
            id, text, at, new.name, new.label, new.grain, new.country, new.geonames, new.lat, new.lon, p.use,
            p.confidence, p.reason,
        )  # fmt: skip

    def _time(self, t: Time) -> Time:
        text, at = self._stretch(t.at)
        return Time(self._ids[t.id], text, at, self._names.day(t.start), self._names.day(t.end), t.rule)

    def _statement(self, s: Statement) -> Statement:
        return Statement(
            self._ids[s.id], s.form, s.commitment, self._mention(s.cue) if s.cue else None,
            self._mention(s.source) if s.source else None, tuple(self._mention(m) for m in s.content),
            tuple(self._string(name) for name in s.chain), tuple(self._ids[h] for h in s.holders),
            self._ids[s.within] if s.within else None, s.confidence, s.reason,
        )  # fmt: skip

    def _event(self, e: Event) -> Event:
        return Event(
            self._ids[e.id], "", self._mention(e.trigger), e.type, e.mode,
            tuple(self._actor(a) for a in e.actors), tuple(self._actor(a) for a in e.recipients),
            tuple(self._mention(m) for m in e.instruments), tuple(self._place(p) for p in e.places),
            self._time(e.time) if e.time else None,
            tuple(Count(*self._stretch(c.at), c.what, c.low, c.high) for c in e.counts),
            e.status, self._ids[e.statement] if e.statement else None, None, e.contexts, e.quad, e.intensity, e.cameo,
            e.confidence, e.reason,
        )  # fmt: skip


# -- many of them --------------------------------------------------------------------------


class Generator:
    """Articles and their codings, one after the other; see the module."""

    def __init__(self, material: Sequence[Piece], seed: int = 1, a_week: int = A_WEEK) -> None:
        """`a_week` is how many articles one week has, all of its Wednesday."""
        self._world = world()
        self._seed, self._a_week = seed, a_week
        self._all = list(material)
        self._told = [piece for piece in material if piece.events]

    def coding(self, number: int) -> Coding:
        """The article of a number, from 0, as it would have been coded."""
        pick = random.Random(f"{self._seed}:{number}")
        maker = _Maker(self._world, pick, FIRST_DAY + timedelta(weeks=number // self._a_week))
        chosen: dict[int, Piece] = {}
        for _ in range(pick.randint(*LINES)):
            piece = pick.choice(self._told if self._told and pick.random() < TOLD else self._all)
            chosen[id(piece)] = piece
        for piece in chosen.values():
            maker.add(piece)
        return _coding(maker, pick)

    def codings(self, first: int = 0) -> Iterator[Coding]:
        """All codings from that number on, without end."""
        number = first
        while True:
            yield self.coding(number)
            number += 1


def _coding(maker: _Maker, pick: random.Random) -> Coding:
    text = maker.text.removesuffix("\n")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    site = f"{SYLLABLES[int(len(SYLLABLES) * pick.random() ** 3)].capitalize()} {seldom(pick, _SITES)}"
    title = " ".join(text[:80].split("\n")[0].split(" ")[:-1])
    article = Article(
        sha256[:16], f"https://news.example/{sha256[:20]}", title, maker.published.isoformat(), "given", site, "en",
        text, sha256,
    )  # fmt: skip
    records = maker.records
    events = [_named(event, sha256) for event in records["events"] if isinstance(event, Event)]
    return Coding(
        article,
        tuple(r for r in records["actors"] if isinstance(r, Actor)),
        tuple(r for r in records["places"] if isinstance(r, Place)),
        tuple(r for r in records["times"] if isinstance(r, Time)),
        tuple(r for r in records["statements"] if isinstance(r, Statement)),
        tuple(events),
        Versions("made up", "made up", "made up", "made up"),
    )


def _named(event: Event, sha256: str) -> Event:
    """The event with a uid of its own."""
    key = f"{sha256}:{event.trigger.at[0]}:{event.trigger.at[1]}:{event.type}"
    return replace(event, uid=hashlib.sha256(key.encode()).hexdigest()[:16])


# -- the lines ------------------------------------------------------------------------------


def material(coded: Path | None = None, most: int = CODED) -> list[Piece]:
    """The lines of at most so many articles. `coded` keeps the codings they come from, for another run."""
    if coded is None or not coded.exists():
        texts = list(_texts())
        random.Random(0).shuffle(texts)
        documents_of = [json.dumps(c.to_dict(), ensure_ascii=False) for c in _read(texts[:most])]
        if coded is None:
            return pieces(documents.coding(document.encode()) for document in documents_of)
        coded.write_text("".join(f"{document}\n" for document in documents_of), encoding="utf8")
    with coded.open("rb") as lines:
        return pieces(documents.coding(line) for line in lines)


def _texts() -> Iterator[str]:
    data = Path(os.environ.get("WHENCE_DATA", ROOT.parent / "shared")) / "data" / "news" / "worldwide.jsonl.gz"
    if data.exists():
        with gzip.open(data, "rt", encoding="utf8") as lines:
            yield from (json.loads(line)["text"] for line in lines)
        return
    briefs = (ROOT / "examples" / "briefs.jsonl").read_text(encoding="utf8").splitlines()
    yield from (json.loads(brief)["text"] for brief in briefs)
    yield (ROOT / "examples" / "wire-report.txt").read_text(encoding="utf8")
    for path in sorted((ROOT / "training" / "authored").glob("*.txt")):
        written = path.read_text(encoding="utf8").splitlines()
        rest = iter(line for line in written if line and not line.startswith((" ", "#")))
        while some := list(islice(rest, 10)):
            yield "\n".join(some)


def _read(texts: Sequence[str]) -> Iterator[Coding]:
    for text in texts:
        try:
            yield whence.read_text(text, published=DAY)
        except whence.WhenceError:
            continue  # not English, or no article: there are others


def main() -> None:
    """Prints articles or codings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--codings", action="store_true", help="print whole codings")
    parser.add_argument(
        "--coded", type=Path, metavar="FILE", help="keep the coded lines there, or take them from there"
    )
    options = parser.parse_args()
    generator = Generator(material(options.coded), options.seed)
    for number in range(options.articles):
        coding = generator.coding(number)
        article = coding.article
        told = {"id": article.id, "url": article.url, "title": article.title, "published": article.published}
        row = coding.to_dict() if options.codings else told | {"site": article.site, "text": article.text}
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
