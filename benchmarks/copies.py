"""How well and how fast near-copies are found.

`python -m benchmarks.copies` makes 20,000 articles out of a seeded generator's words, 5,000 of them copies of others:
bylines added, tails cut to 70 %, 3 % of the words edited, teasers appended, and all of it together. The rest holds what
is easily taken for a copy: one market report filled in with each day's figures, stories with one and the same tail,
short texts, reports that quote one statement, live blogs that hold an article. Printed are precision (of the articles
put behind another one, those rightly), recall (of the copies, those in their original's cluster) and seconds.

`--grow N` instead fills an index in an SQLite file with N short texts, in batches of 1,000: milliseconds for a text by
the clock and of the processor alone, in the median batch of the first and of the last tenth, over all, and in the
slowest batch; and bytes on disk.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import fmean, median

from whence.copies import SCHEMA, Index, MemoryPostings, SqlitePostings, sketch

_SYLLABLES = str.split("""
    ba den kor mi sul ta ver lan go rem pi sha dur el ni fa zor ham qua jo
""")
_COMMON = str.split("""
    the of to and in a for on with said that by at from was after its as had over were an their it who has been be
    into government official minister police army force group court region border capital village road school
    hospital talks agreement attack strike protest election report statement aid food water power fuel price
    worker union company bank season river bridge flood storm fire crew team family child woman man people leader
    party vote law budget tax market called told met sent opened closed moved held won lost rejected accepted
    delayed announced denied warned urged began new old large small local national foreign former senior northern
    southern early late heavy recent several many few
""")
_STANDING = (
    "This story is part of a series on how the region lives through the year and will be continued. Write to the "
    "desk if you know more about what happened or saw it yourself. Our reporters answer every letter, and names "
    "are kept secret where the writer wishes it. The paper is independent and lives from its readers alone."
)
_MARKET = (
    "Shares in the capital closed {} on {} as traders weighed the outlook for rates. The main index went to {}.{} "
    "points, a change of {}.{} percent on the day, while the index of smaller companies stood at {}.{} points. "
    "Some {} million shares changed hands, against {} million the day before. Among banks, the largest lender "
    "closed at {}.{} and its rival at {}.{} in heavy trade. In the currency market the unit was quoted at {}.{} "
    "to the dollar and at {}.{} to the euro. Crude for delivery next month traded at {}.{} dollars a barrel. Gold "
    "was fixed at {}.{} dollars an ounce. Analysts said {} would decide the coming sessions. Of the companies on "
    "the board {} rose, {} fell and {} ended as they began."
)


@dataclass(frozen=True, slots=True)
class Made:
    """A made article."""

    key: str
    day: str
    text: str
    kind: str
    """How it was made; of copies what was done to the original."""
    original: str
    """Key of the article that it is a copy of; its own if it is none."""


class Writer:
    """Writes sentences that mean nothing, in words as unequally frequent as those of news."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._names = ["".join(self.random.choices(_SYLLABLES, k=3)) for _ in range(4_000)]
        self._ranks = [1 / (rank + 8) for rank in range(len(_COMMON))]

    def words(self, count: int) -> str:
        """Sentences of so many words in all, in paragraphs."""
        chosen = self.random.choices(_COMMON, self._ranks, k=count)
        for place in range(count):
            if self.random.random() < 0.12:
                chosen[place] = self.random.choice(self._names).title()
            elif self.random.random() < 0.02:
                chosen[place] = str(self.random.randint(2, 900))
        parts: list[str] = []
        while chosen:
            length = self.random.randint(9, 30)
            sentence, chosen = chosen[:length], chosen[length:]
            parts.append(" ".join([sentence[0].capitalize(), *sentence[1:]]) + self.random.choice([". ", ". ", ".\n"]))
        return "".join(parts).strip()

    def names(self, count: int) -> str:
        """So many names and nothing else, which is quicker."""
        return " ".join(self.random.choices(self._names, k=count))

    def market(self) -> str:
        """The market report of a day."""
        figures = [
            self.random.choice(["higher", "lower", "mixed"]),
            self.random.choice(["Monday", "Tuesday", "Friday"]),
        ]
        figures += [str(self.random.randint(2, 999)) for _ in range(_MARKET.count("{}") - 2)]
        figures[-4] = self.random.choice(self._names)
        return _MARKET.format(*figures)

    def bylines(self, text: str) -> str:
        """The text with who wrote it before and behind it."""
        name = " ".join(self.random.choices(self._names, k=2)).title()
        hour = f"{self.random.randint(1, 12)}:{self.random.randint(10, 59)}"
        return f"By {name}\nPublished at {hour}\n{text}\nEditing by {name}"

    def cut(self, text: str) -> str:
        """The first 70 % of its words."""
        words = text.split(" ")
        return " ".join(words[: len(words) * 7 // 10])

    def edited(self, text: str) -> str:
        """3 % of its words replaced, left out, or another put before them."""
        words = text.split(" ")
        for place in self.random.sample(range(len(words)), round(len(words) * 0.03)):
            other = self.random.choice(_COMMON)
            words[place] = self.random.choice([other, "", f"{other} {words[place]}"])
        return " ".join(words)

    def teasers(self, text: str) -> str:
        """Two to five lines on other news behind it."""
        return "\n".join([text, *(self.words(self.random.randint(8, 14)) for _ in range(self.random.randint(2, 5)))])

    def all_of_it(self, text: str) -> str:
        """All that is done to copies."""
        return self.teasers(self.bylines(self.edited(self.cut(text))))


def articles(count: int, copies: int, seed: int = 7) -> list[Made]:
    """So many articles, of which so many are copies, in random order."""
    writer = Writer(seed)
    made = list(_originals(writer, count - copies))
    changes: dict[str, Callable[[str], str]] = {
        "bylines": writer.bylines,
        "cut": writer.cut,
        "edited": writer.edited,
        "teasers": writer.teasers,
        "all of it": writer.all_of_it,
    }
    copied = [one for one in made if one.kind in ("story", "market", "same tail")]
    for number in range(copies):
        # Some stories are printed by many papers, most by few.
        one = copied[int(len(copied) * writer.random.random() ** 3)]
        kind = list(changes)[number % len(changes)]
        made.append(_made(writer, changes[kind](one.text), kind, one.key))
    writer.random.shuffle(made)
    return made


def _originals(writer: Writer, count: int) -> Iterator[Made]:
    long = writer.random.randint
    statement = story = ""
    for number in range(count):
        kind = ("story", "story", "story", "market", "same tail", "short", "quote", "live blog")[number % 8]
        if kind == "market":
            text = writer.market()
        elif kind == "same tail":
            text = f"{writer.words(long(70, 300))}\n{_STANDING}"
        elif kind == "short":
            text = f"{writer.words(long(12, 24))}\n{_STANDING[-70:]}"
        elif kind == "quote":
            if number // 8 % 3 == 0:
                statement = writer.words(100)
            text = f"{writer.words(long(60, 90))}\n“{statement}”\n{writer.words(long(60, 90))}"
        elif kind == "live blog":
            rest = max(200, len(story.split()) * 9 // 8)  # on each side: its own matter is more than twice the article
            text = f"{writer.words(long(rest, 2 * rest))}\n{story}\n{writer.words(long(rest, 2 * rest))}"
        else:
            text = story = writer.words(int(60 + writer.random.expovariate(1 / 300)))
        yield _made(writer, text, kind, None)


def _made(writer: Writer, text: str, kind: str, original: str | None) -> Made:
    key = sha256(f"{text} {writer.random.random()}".encode()).hexdigest()
    return Made(key, f"2026-03-{writer.random.randint(1, 28):02}", text, kind, original or key)


@dataclass(frozen=True, slots=True)
class Score:
    """How well the copies were found."""

    precision: float
    recall: float
    missed: Counter[str]
    """Copies that are not in their original's cluster, by kind."""
    wrong: Counter[str]
    """Articles put behind another one of which they are no copy, by kind."""


def score(made: list[Made], clusters: dict[str, str]) -> Score:
    """Compares clusters with what was made."""
    originals = {one.key: one.original for one in made}
    missed = Counter(one.kind for one in made if clusters[one.key] != clusters[one.original])
    behind = [one for one in made if clusters[one.key] != one.key]
    wrong = Counter(one.kind for one in behind if originals[clusters[one.key]] != one.original)
    copies = sum(one.original != one.key for one in made)
    return Score(1 - wrong.total() / max(1, len(behind)), 1 - missed.total() / max(1, copies), missed, wrong)


def find(count: int, copies: int, seed: int) -> None:
    """Prints how well and how fast the copies among made articles are found."""
    made = articles(count, copies, seed)
    size = sum(len(one.text.encode()) for one in made)
    began = time.perf_counter()
    items = [(one.key, one.day, sketch(one.text)) for one in made]
    sketched = time.perf_counter()
    clusters = Index(MemoryPostings()).cluster(items)
    ended = time.perf_counter()
    result = score(made, clusters)
    print(f"{count:,} articles, {size / 1e6:.1f} MB, {copies:,} of them copies; seed {seed}")
    print(f"precision {result.precision:.4f}, recall {result.recall:.4f}")
    speed = size / 1e6 / (sketched - began)
    print(f"sketches {sketched - began:.1f} s ({speed:.1f} MB/s), clusters {ended - sketched:.1f} s")
    kinds = Counter(one.kind for one in made)
    for kind, number in sorted(kinds.items()):
        print(
            f"  {kind:<10} {number:6,}  missed {result.missed[kind]:4,}  wrongly behind another {result.wrong[kind]:4,}"
        )


def grow(count: int, seed: int) -> None:
    """Prints time and size of an index on disk that grows to so many texts."""
    writer = Writer(seed)
    clock: list[float] = []
    processor: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "copies.db")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA cache_size = -65536")  # as in an archive
        connection.executescript(SCHEMA)
        index = Index(SqlitePostings(connection))
        for first in range(0, count, 1_000):
            items = [(f"{first + n:064x}", "2026-03-01", sketch(writer.names(120))) for n in range(1_000)]
            began, used = time.perf_counter(), time.process_time()
            connection.execute("BEGIN")
            index.cluster(items)
            connection.execute("COMMIT")
            clock.append(time.perf_counter() - began)
            processor.append(time.process_time() - used)
        connection.close()
        size = path.stat().st_size
    tenth = max(1, len(clock) // 10)
    print(f"{count:,} texts of 120 words, {size / count:,.0f} bytes each")
    for name, seconds in (("clock", clock), ("processor", processor)):
        start, end = median(seconds[:tenth]), median(seconds[-tenth:])
        print(f"{name:<9} {start:.3f} ms each in the first tenth, {end:.3f} in the last ({end / start:.2f});", end=" ")
        print(f"{fmean(seconds):.3f} over all, {max(seconds):.3f} in the slowest batch")


def main() -> None:
    """Parses the command line and measures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description="Measures near-copies.")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--copies", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--grow", type=int, metavar="N", help="fill an index on disk with N short texts instead")
    given = parser.parse_args()
    if given.grow:
        grow(given.grow, given.seed)
    else:
        find(given.articles, given.copies, given.seed)


if __name__ == "__main__":
    main()
