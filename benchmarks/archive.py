"""How fast an archive takes codings in and answers questions, and whether its size matters.

`python -m benchmarks.archive --events N [--file FILE] [--coded FILE]` saves made-up articles (`benchmarks.generator`)
until the archive holds N events, in batches as an ingest does, and asks each documented question some times with other
names, days, places and words of the archive. `--ask` asks the file as it is.

Printed are, for each tenth of the events, articles and events a second by the clock and of processor time, the size of
the file and the most memory that the process has had; and of each question the median and the 95th percentile, of
processor time too, which a busy machine does not lengthen. Making the codings is not counted: it is done in a process
of its own, which waits when it is ahead.
"""

from __future__ import annotations

import argparse
import multiprocessing
import pickle
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.generator import Generator, material
from whence import Archive
from whence.records import Coding, Outcome

BATCH = 50
"""Articles of a transaction, about as many as an ingest codes in five seconds."""
AHEAD = 20
"""Batches that are made in advance."""
PAGE = 100
"""Rows that a question is asked for."""
ROUNDS = 40
SAMPLED = 400
"""Events from which the values of filters are taken."""
FORK = multiprocessing.get_context("fork")


# -- saving --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Saved:
    """A batch that was saved."""

    articles: int
    events: int
    seconds: float
    cpu: float
    size: int
    """Bytes of the file after it."""
    memory: int
    """The most that the process has had until then, in bytes."""


def batches(coded: Path | None, seed: int, first: int) -> Iterator[list[Coding]]:
    """Batches of codings from article number `first` on, made in another process."""
    queue: Any = FORK.Queue(AHEAD)
    maker = FORK.Process(target=_make, args=(coded, seed, first, queue), daemon=True)
    maker.start()
    try:
        while True:
            yield pickle.loads(queue.get())
    finally:
        maker.terminate()


def _make(coded: Path | None, seed: int, first: int, queue: Any) -> None:
    generator = Generator(material(coded), seed)
    while True:
        queue.put(pickle.dumps([generator.coding(first + n) for n in range(BATCH)]))
        first += BATCH


def fill(archive: Archive, events: int, coded: Path | None, seed: int = 1) -> list[Saved]:
    """Saves articles until there are so many events."""
    took: list[Saved] = []
    told = held(archive)
    for codings in batches(coded, seed, archive.ledger().inputs):
        if told >= events:
            break
        outcomes = [Outcome(c.article.url or "", c.article.sha256, "coded", c.article.id, coding=c) for c in codings]
        began, worked = time.perf_counter(), time.process_time()
        archive.save(outcomes)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
        new = sum(len(coding.events) for coding in codings)
        memory = 1_024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        took.append(Saved(len(codings), new, seconds, cpu, archive.path.stat().st_size, memory))
        told += new
    return took


def held(archive: Archive) -> int:
    """How many events an archive holds."""
    return sum(archive.days(per="year").column("events").to_pylist())


def report(took: Sequence[Saved], before: int) -> None:
    """Prints the rates of saving in each tenth of the events; `before` were there."""
    print("    events articles/s  events/s art./s CPU      MB bytes/event  MB RAM")
    tenth = sum(batch.events for batch in took) / 10
    some: list[Saved] = []
    told = before
    for batch in took:
        some.append(batch)
        told += batch.events
        if sum(b.events for b in some) >= tenth or batch is took[-1]:
            articles, events = sum(b.articles for b in some), sum(b.events for b in some)
            seconds, cpu = sum(b.seconds for b in some), sum(b.cpu for b in some)
            print(
                f"{told:>10,} {articles / seconds:>10.0f} {events / seconds:>9,.0f} {articles / cpu:>10.0f} "
                f"{batch.size / 1e6:>7,.0f} {batch.size / told:>11,.0f} {batch.memory / 1e6:>7,.0f}"
            )
            some = []


# -- asking --------------------------------------------------------------------------------


class Known:
    """Names, days, places and words that occur in an archive: the oftener, the oftener they are picked."""

    def __init__(self, archive: Archive, pick: random.Random) -> None:
        self.pick = pick
        step = max(1, held(archive) // SAMPLED)
        samples = (archive.events(limit=1, after=n * step).to_pylist() for n in range(SAMPLED))
        self.rows: list[dict[str, Any]] = [row for sample in samples for row in sample]

    def of(self, *columns: str) -> Any:
        """A value that stands in one of these columns of some event."""
        while True:
            row = self.pick.choice(self.rows)
            values = [v for c in columns for v in (row[c] if isinstance(row[c], list) else [row[c]]) if v is not None]
            if values:
                return self.pick.choice(values)

    def type(self) -> str:
        """The type of some event."""
        return str(self.of("type"))

    def status(self) -> str:
        """Its status."""
        return str(self.of("status"))

    def country(self) -> str:
        """The country of somebody who acts or is acted on."""
        return str(self.of("actors_country", "recipients_country"))

    def sector(self) -> str:
        """The sector of such."""
        return str(self.of("actors_sector", "recipients_sector"))

    def actor(self) -> str:
        """The name of such."""
        return str(self.of("actors_name", "recipients_name"))

    def called(self) -> str:
        """What somebody who acts is called: by the label, or where there is none by the name."""
        while True:
            row = self.pick.choice(self.rows)
            if row["actors_name"]:
                return str(row["actors_label"][0] or row["actors_name"][0])

    def holder(self) -> str:
        """The name of a holder of a chain."""
        return str(self.of("chain"))

    def place(self) -> str:
        """The name of a place."""
        return str(self.of("places_name"))

    def context(self) -> str:
        """A context."""
        return str(self.of("contexts"))

    def mode(self) -> str:
        """A mode."""
        return str(self.of("mode"))

    def site(self) -> str:
        """A paper."""
        return str(self.of("site"))

    def words(self, number: int) -> str:
        """So many words of an article's title that follow each other."""
        words = [w for w in str(self.of("title")).split() if w.isalpha()] or ["news"]
        first = self.pick.randrange(max(1, len(words) - number + 1))
        return " ".join(words[first : first + number])

    def point(self) -> tuple[float, float]:
        """Latitude and longitude of a place."""
        while True:
            row = self.pick.choice(self.rows)
            for lat, lon in zip(row["places_lat"], row["places_lon"], strict=True):
                if lat is not None:
                    return lat, lon

    def days(self, length: int) -> dict[str, str]:
        """Filters for so many days around a publication."""
        first = date.fromisoformat(self.of("published")) - timedelta(self.pick.randrange(length))
        return {"since": first.isoformat(), "until": (first + timedelta(length)).isoformat()}

    def published(self, length: int) -> dict[str, str]:
        """The same of the day of publication."""
        return {f"published_{name}": day for name, day in self.days(length).items()}

    def box(self) -> tuple[float, float, float, float]:
        """Four degrees by four around a place."""
        lat, lon = self.point()
        return max(-90.0, lat - 2), max(-180.0, lon - 2), min(90.0, lat + 2), min(180.0, lon + 2)


Ask = Callable[[], Any]


def filters(known: Known) -> dict[str, Callable[[], dict[str, Any]]]:
    """For each documented question about events what makes its filters, with other values every time."""
    k = known
    return {
        "all": dict,
        "uid": lambda: {"uid": k.of("uid")},
        "type": lambda: {"type": k.type()},
        "type and mode": lambda: {"type": "ASSAULT", "mode": k.mode()},
        "type and status": lambda: {"type": k.type(), "status": "denied"},
        "status": lambda: {"status": k.status()},
        "quad and context": lambda: {"quad": k.pick.randint(1, 4), "context": k.context()},
        "confidence": lambda: {"confidence": 0.9, "type": k.type()},
        "actor by name": lambda: {"actor": k.actor()},
        "actor by one word": lambda: {"actor": k.actor().split()[-1]},
        "country": lambda: {"country": k.country()},
        "country, sector, side": lambda: {"country": k.country(), "sector": k.sector(), "side": "actor"},
        "type and country": lambda: {"type": k.type(), "country": k.country()},
        "type, country, status": lambda: {"type": k.type(), "country": k.country(), "status": "denied"},
        "holder": lambda: {"holder": k.holder()},
        "place by name": lambda: {"place": k.place()},
        "place's country": lambda: {"place_country": k.country()},
        "box": lambda: {"box": k.box()},
        "circle": lambda: {"near": (*k.point(), 100.0)},
        "week": lambda: k.days(7),
        "month": lambda: k.days(30),
        "year": lambda: k.days(365),
        "month and type": lambda: k.days(30) | {"type": k.type()},
        "month and country": lambda: k.days(30) | {"country": k.country()},
        "month and circle": lambda: k.days(30) | {"near": (*k.point(), 100.0)},
        "text, three words": lambda: {"text": k.words(3)},
        "text, a phrase": lambda: {"text": f'"{k.words(2)}"'},
        "text, a common word": lambda: {"text": k.pick.choice(("said", "government", "people", "president"))},
        "text, a beginning": lambda: {"text": k.words(1)[:4] + "*"},
        "text and country": lambda: {"text": k.words(1), "country": k.country()},
        "published month": lambda: k.published(30),
        "site": lambda: {"site": k.site()},
    }


def questions(archive: Archive, known: Known) -> dict[str, Ask]:
    """Each documented question, asked with other values every time."""
    k = known

    def of(method: Callable[..., Any], make: Callable[[], dict[str, Any]], **more: Any) -> Ask:
        return lambda: method(**make(), **more)

    made = filters(known)
    asked = {f"events: {name}": of(archive.events, make, limit=PAGE) for name, make in made.items()}
    told = ("type", "country", "month", "actor by name", "type and country", "circle", "text, three words")
    asked |= {f"incidents: {name}": of(archive.incidents, made[name], limit=PAGE) for name in told}
    for name in ("all", "type", "country", "type and country", "month", "text, three words"):
        for method in ("days", "map", "dyads"):
            asked[f"{method}: {name}"] = of(
                getattr(archive, method), made[name], **({"top": 20} if method == "dyads" else {})
            )
    ids = archive.incidents(articles=2, limit=200).column("id").to_pylist() or ["i0"]
    asked["articles: month"] = of(archive.articles, lambda: k.published(30), limit=PAGE)
    return asked | {
        "incidents: articles": lambda: archive.incidents(articles=2, limit=PAGE),
        "incidents: origins, country": lambda: archive.incidents(origins=2, country=k.country(), limit=PAGE),
        "incidents: contradicted": lambda: archive.incidents(contradicted=True, limit=PAGE),
        "incident: by id": lambda: archive.incident(k.pick.choice(ids)),
        "statements: holder": lambda: archive.statements(holder=k.holder(), limit=PAGE),
        "statements: originator": lambda: archive.statements(originator=k.holder(), limit=PAGE),
        "statements: text": lambda: archive.statements(text=k.words(1), limit=PAGE),
        "statements: country, commitment": lambda: archive.statements(
            country=k.country(), commitment="denied", limit=PAGE
        ),
        "actors: word": lambda: archive.actors(actor=k.actor().split()[-1], limit=PAGE),
        "actors: country": lambda: archive.actors(country=k.country(), limit=PAGE),
        "places: name": lambda: archive.places(place=k.place(), limit=PAGE),
        "places: circle": lambda: archive.places(near=(*k.point(), 500.0), limit=PAGE),
        "articles: text": lambda: archive.articles(text=k.words(1), limit=PAGE),
        "articles: id": lambda: archive.articles(id=k.of("article")),
        "articles: site": lambda: archive.articles(site=k.site(), limit=PAGE),
        "document": lambda: archive.document(k.of("sha256")),
        "ledger": archive.ledger,
    }


def ask(archive: Archive, rounds: int) -> None:
    """Prints the time of each question."""
    known = Known(archive, random.Random(7))
    print(f"{'question':<36} {'median ms':>10} {'p95 ms':>10} {'worst ms':>10} {'p95 CPU':>10} {'rows':>8}")
    for name, question in questions(archive, known).items():
        took, busy, rows = [], [], []
        for _ in range(rounds):
            began, worked = time.perf_counter(), time.process_time()
            found = question()
            took.append(1_000 * (time.perf_counter() - began))
            busy.append(1_000 * (time.process_time() - worked))
            rows.append(getattr(found, "num_rows", 0))
        p95, p95_cpu = (statistics.quantiles(times, n=20, method="inclusive")[-1] for times in (took, busy))
        print(
            f"{name:<36} {statistics.median(took):>10.1f} {p95:>10.1f} {max(took):>10.1f} {p95_cpu:>10.1f} "
            f"{statistics.mean(rows):>8.1f}",
            flush=True,
        )


def main() -> None:
    """Fills an archive and asks it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each question is asked")
    parser.add_argument("--file", type=Path, help="keep the archive there; one that is there is filled further")
    parser.add_argument(
        "--coded", type=Path, metavar="FILE", help="keep the coded lines there, or take them from there"
    )
    parser.add_argument("--ask", action="store_true", help="ask the file as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.file or Path(folder) / "benchmark.db"
        if not options.ask:
            with Archive(path) as archive:
                before = held(archive)
                if took := fill(archive, options.events, options.coded):
                    report(took, before)
        with Archive(path, read_only=True) as archive:
            ask(archive, options.rounds)


if __name__ == "__main__":
    main()
