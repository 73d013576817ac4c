"""How fast an archive takes codings in and answers questions, and whether its size matters.

`python -m benchmarks.archive [--events N] [--file FILE] [--ask-only]` makes N events (seeded: the same in every run)
in articles of ten, saves them in batches as an ingest does, and asks each documented question some times with other
names, days and places.
Printed are the rate of saving in the first and the last tenth, the size of the file, and of each question the median
and the 95th percentile, of processor time too, which a busy machine does not lengthen. Making the codings is not
counted.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from whence import Archive
from whence.records import Actor, Article, Coding, Event, Mention, Outcome, Place, Statement, Status, Time, Versions

EVENTS_AN_ARTICLE = 10
BATCH = 50
"""Articles of a transaction, about as many as an ingest codes in five seconds."""
PAGE = 100
"""Events that a question is asked for."""
FIRST_DAY = date(2015, 1, 1)
DAYS = 3_650
VERSIONS = Versions("0.1", "bench", "bench", "bench", "bench")

TYPES = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4,
    "ASSAULT": 4,
}  # fmt: skip
STATUSES: dict[Status, int] = {"happened": 12, "planned": 3, "demanded": 2, "denied": 2, "threatened": 1}
"""With how often each occurs among twenty."""
CONTEXTS = ["military", "economic", "diplomatic", "terrorism", "election", "refugees"]
SECTORS = ["GOV", "MIL", "REB", "OPP", "CVL", "JRN", "BUS", "LAB", "JUD", "IGO"]
OFFICES = [
    "ministry of defence", "army", "foreign minister", "governor", "rebels", "police", "farmers' union", "opposition",
    "court", "port authority", "teachers", "president", "customs office", "militia", "miners",
]  # fmt: skip
SYLLABLES = [
    "ba",
    "ke",
    "ta",
    "lo",
    "mi",
    "su",
    "va",
    "ren",
    "dor",
    "gal",
    "ni",
    "ush",
    "ar",
    "pel",
    "ot",
    "zem",
    "ya",
    "koi",
]
VERBS = [
    "shelled",
    "met",
    "accused",
    "praised",
    "blocked",
    "joined",
    "left",
    "warned",
    "paid",
    "sued",
    "freed",
    "raided",
]
TEMPLATES = [
    "The {a} {v} the {b} near {p} on {d}, the {h} said.",
    "In {p} the {a} {v} the {b}, {h} told a local station on {d}.",
    "According to the {h}, the {a} {v} the {b} after talks in {p} had failed on {d}.",
    "Nobody in {p} expected that the {a} {v} the {b}; the {h} confirmed it on {d}.",
]
FILLERS = [
    "Traders in the old market closed early and waited for the news.",
    "The road along the river stayed open, though few cars used it.",
    "A committee will look into the matter before the rains begin.",
    "Prices of rice and oil have risen since the harvest failed.",
    "Schools opened again after a week, to the relief of many parents.",
]


class World:
    """Whoever acts in the made-up news, and where: few of them often, most of them seldom."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        names = ["".join(parts).capitalize() for parts in itertools.product(SYLLABLES, repeat=3)]
        self.random.shuffle(names)
        self.countries = ["".join(self.random.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3)) for _ in range(120)]
        self.places = [
            (name, self.seldom(self.countries), self.random.uniform(-55, 70), self.random.uniform(-180, 180), number)
            for number, name in enumerate(names[:3_000], 1)
        ]
        self.actors = [
            (f"{name} {self.random.choice(OFFICES)}", self.seldom(self.countries), self.random.choice(SECTORS))
            for name in names[3_000:] * 12
        ]
        self.random.shuffle(self.actors)
        self.sites = [f"The {name} Post" for name in names[:400]]

    def seldom(self, items: list[Any]) -> Any:
        """One of the items, the first of them by far the oftenest."""
        return items[int(len(items) * self.random.random() ** 3)]

    def day(self) -> date:
        """A day of the ten years."""
        return FIRST_DAY + timedelta(self.random.randrange(DAYS))


class Maker:
    """Codings with text, in which every mention stands where it says."""

    def __init__(self, world: World) -> None:
        self.world = world

    def coding(self) -> Coding:
        """An article with its ten events, each told by somebody."""
        world = self.world
        published = world.day()
        text, actors, places, times, statements, events = "", [], [], [], [], []
        for n in range(1, EVENTS_AN_ARTICLE + 1):
            sentence, where = self._sentence(len(text), published)
            text += sentence.text + " " + world.random.choice(FILLERS) + ("\n" if n % 3 == 0 else " ")
            who, whom, holder = (
                Actor(f"a{3 * n - k}", name, at, name, f"{name}, known", country, sector, "made up", 0.8)
                for k, ((name, country, sector), at) in enumerate(zip(sentence.actors, where["actors"], strict=True))
            )
            name, country, lat, lon, number = sentence.place
            place = Place(
                f"p{n}", name, where["place"], name, name, "city", country, number, lat, lon, "literal", 0.8, "made up"
            )
            day = sentence.day.isoformat()
            when = Time(f"t{n}", day, where["day"], day, day, "made up")
            content = Mention(sentence.text, (where["begin"], where["begin"] + len(sentence.text)))
            statements.append(
                Statement(
                    f"s{n}", "indirect", "plain", None, None, (content,), (holder.name,), (holder.id,), None, 0.8, ""
                )
            )
            kind = world.seldom(list(TYPES))
            (status,) = world.random.choices(list(STATUSES), list(STATUSES.values()))
            events.append(
                Event(
                    f"e{n}", "", Mention(sentence.verb, where["verb"]), kind, None, (who,), (whom,), (), (place,),
                    when if world.random.random() < 0.6 else None, (), status, f"s{n}", None,
                    (world.random.choice(CONTEXTS),), TYPES[kind], 1.0, None, round(world.random.random(), 2), "",
                )
            )  # fmt: skip
            actors += [who, whom, holder]
            places.append(place)
            times.append(when)
        return self._whole(text, published, actors, places, times, statements, events)

    def _sentence(self, begin: int, published: date) -> tuple[Sentence, dict[str, Any]]:
        world = self.world
        actors = [world.seldom(world.actors) for _ in range(3)]
        place, verb = world.seldom(world.places), world.random.choice(VERBS)
        day = published - timedelta(world.random.randrange(20))
        slots = {
            "a": actors[0][0],
            "b": actors[1][0],
            "h": actors[2][0],
            "v": verb,
            "p": place[0],
            "d": day.isoformat(),
        }
        text, at = "", {}
        for piece in world.random.choice(TEMPLATES).replace("{", "\0{").replace("}", "}\0").split("\0"):
            if piece.startswith("{"):
                at[piece[1]] = (begin + len(text), begin + len(text) + len(slots[piece[1]]))
                text += slots[piece[1]]
            else:
                text += piece
        where = {"begin": begin, "actors": [at[k] for k in "abh"], "place": at["p"], "verb": at["v"], "day": at["d"]}
        return Sentence(text, actors, place, verb, day), where

    def _whole(self, text: str, published: date, *parts: list[Any]) -> Coding:
        actors, places, times, statements, events = parts
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        site = self.world.seldom(self.world.sites)
        url = f"https://{sha256[:12]}.example/"
        title = text[:60]
        day = published.isoformat()
        article = Article(sha256[:16], url, title, day, "given", site, "en", text, sha256)
        named = [
            Event(e.id, hashlib.sha256(f"{sha256}:{e.trigger.at}:{e.type}".encode()).hexdigest()[:16], *_rest(e))
            for e in events
        ]
        return Coding(article, tuple(actors), tuple(places), tuple(times), tuple(statements), tuple(named), VERSIONS)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A made-up sentence and what stands in it."""

    text: str
    actors: list[Any]
    place: Any
    verb: str
    day: date


def _rest(event: Event) -> Iterator[Any]:
    """An event's fields after id and uid."""
    return (getattr(event, name) for name in Event.__slots__[2:])


def fill(archive: Archive, events: int, maker: Maker) -> list[tuple[float, float, int]]:
    """Saves so many events; seconds, seconds of processor time and articles of each batch."""
    took = []
    left = events // EVENTS_AN_ARTICLE
    while left > 0:
        codings = [maker.coding() for _ in range(min(BATCH, left))]
        outcomes = [Outcome(c.article.url or "", c.article.sha256, "coded", coding=c) for c in codings]
        began, worked = time.perf_counter(), time.process_time()
        archive.save(outcomes)
        took.append((time.perf_counter() - began, time.process_time() - worked, len(codings)))
        left -= len(codings)
    return took


def questions(world: World) -> dict[str, Callable[[], dict[str, Any]]]:
    """For each documented question what makes its filters, with other values every time."""
    pick = world.random

    def month() -> dict[str, Any]:
        first = world.day()
        return {"since": first.isoformat(), "until": (first + timedelta(30)).isoformat()}

    def circle() -> dict[str, Any]:
        _, _, lat, lon, _ = world.seldom(world.places)
        return {"near": (lat, lon, 100.0)}

    def box() -> dict[str, Any]:
        _, _, lat, lon, _ = world.seldom(world.places)
        return {"box": (max(-90, lat - 2), max(-180, lon - 2), min(90, lat + 2), min(180, lon + 2))}

    def words() -> str:
        return f"{world.seldom(world.actors)[0]} {pick.choice(VERBS)}"

    return {
        "type": lambda: {"type": pick.choice(list(TYPES))},
        "type and status": lambda: {"type": pick.choice(list(TYPES)), "status": "denied"},
        "quad and context": lambda: {"quad": pick.randint(1, 4), "context": pick.choice(CONTEXTS)},
        "actor by name": lambda: {"actor": world.seldom(world.actors)[0]},
        "actor by one word": lambda: {"actor": pick.choice(OFFICES)},
        "country": lambda: {"country": world.seldom(world.countries)},
        "country, sector, side": lambda: {"country": world.seldom(world.countries), "sector": "REB", "side": "actor"},
        "type and country": lambda: {"type": pick.choice(list(TYPES)), "country": world.seldom(world.countries)},
        "type, country, status": lambda: {
            "type": pick.choice(list(TYPES)), "country": world.seldom(world.countries), "status": "denied"
        },
        "holder": lambda: {"holder": world.seldom(world.actors)[0]},
        "place by name": lambda: {"place": world.seldom(world.places)[0]},
        "place's country": lambda: {"place_country": world.seldom(world.countries)},
        "box": box,
        "circle": circle,
        "month": month,
        "month and type": lambda: month() | {"type": pick.choice(list(TYPES))},
        "month and country": lambda: month() | {"country": world.seldom(world.countries)},
        "month and circle": lambda: month() | circle(),
        "text, three words": lambda: {"text": words()},
        "text, a common word": lambda: {"text": pick.choice(VERBS)},
        "text and country": lambda: {"text": pick.choice(VERBS), "country": world.seldom(world.countries)},
        "published month": lambda: {
            f"published_{name}": day for name, day in month().items()
        },
        "site": lambda: {"site": world.seldom(world.sites)},
    }  # fmt: skip


def events(archive: Archive, make: Callable[[], dict[str, Any]]) -> Any:
    """A page of events by newly made filters."""
    filters: Any = make()
    return archive.events(**filters, limit=PAGE)


def ask(archive: Archive, world: World, rounds: int) -> None:
    """Prints the time of each question."""
    others: dict[str, Callable[[], Any]] = {
        "statements by holder": lambda: archive.statements(holder=world.seldom(world.actors)[0], limit=PAGE),
        "statements by text": lambda: archive.statements(text=world.random.choice(VERBS), limit=PAGE),
        "actors by word": lambda: archive.actors(actor=world.random.choice(OFFICES), limit=PAGE),
        "actors by country": lambda: archive.actors(country=world.seldom(world.countries), limit=PAGE),
        "places in a circle": lambda: archive.places(near=(50.0, 10.0, 1_000.0), limit=PAGE),
        "articles by text": lambda: archive.articles(text=world.random.choice(VERBS), limit=PAGE),
        "ledger": archive.ledger,
    }
    asked = {f"events: {name}": partial(events, archive, make) for name, make in questions(world).items()}
    print(f"{'question':<32} {'median ms':>10} {'p95 ms':>10} {'worst ms':>10} {'p95 CPU':>10} {'rows':>8}")
    for name, question in (asked | others).items():
        took, busy, rows = [], [], []
        for _ in range(rounds):
            began, worked = time.perf_counter(), time.process_time()
            found = question()
            took.append(1_000 * (time.perf_counter() - began))
            busy.append(1_000 * (time.process_time() - worked))
            rows.append(getattr(found, "num_rows", 0))
        p95, p95_cpu = (statistics.quantiles(times, n=20, method="inclusive")[-1] for times in (took, busy))
        print(
            f"{name:<32} {statistics.median(took):>10.1f} {p95:>10.1f} {max(took):>10.1f} {p95_cpu:>10.1f} "
            f"{statistics.mean(rows):>8.1f}"
        )


def main() -> None:
    """Fills an archive and asks it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40, help="how often each question is asked")
    parser.add_argument("--file", type=Path, help="keep the archive there; one that is there is filled further")
    parser.add_argument("--ask-only", action="store_true", help="ask the file as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "benchmark.db"
        world = World(seed=1)
        with Archive(path) as archive:
            if not options.ask_only:
                world.random.seed(archive.ledger().inputs)  # one that is filled further gets other articles
                report(fill(archive, options.events, Maker(world)))
            size = path.stat().st_size
            count = archive.ledger().inputs * EVENTS_AN_ARTICLE
            print(f"{count:,} events, {size / 1e6:,.0f} MB, {size / max(count, 1):,.0f} bytes an event")
            world.random.seed(7)
            ask(archive, world, options.rounds)


def report(took: list[tuple[float, float, int]]) -> None:
    """Prints the rate of saving in all batches, and in their first and last tenth."""
    tenth = max(1, len(took) // 10)
    for clock, name in enumerate(("a second", "a second of processor time")):
        whole, first, last = (
            sum(batch[2] for batch in some) / sum(batch[clock] for batch in some)
            for some in (took, took[:tenth], took[-tenth:])
        )
        print(f"saving: {whole:,.0f} articles {name}; first tenth {first:,.0f}, last tenth {last:,.0f}")


if __name__ == "__main__":
    main()
