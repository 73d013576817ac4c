"""Between the passes of a run: what is known of each input, in a temporary file, so that memory does not grow."""

from __future__ import annotations

import sqlite3
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from whence.records import Fate

_PAGE = 200
"""Rows that are read at once; an article has some 10 KB."""
_UNDATED = "9999-99-99"
"""Stands for an unknown day: such an article comes after all others of its text."""
_APART = "\x1f"

_SCHEMA = """
CREATE TABLE inputs (
    id INTEGER PRIMARY KEY,
    name BLOB NOT NULL,              -- UTF-8, with lone surrogates where a file's name is no UTF-8
    digest TEXT NOT NULL,
    fate TEXT,                       -- NULL as long as it is open
    known_as TEXT,                   -- the article's id
    kind TEXT,
    message TEXT,
    article BLOB,                    -- JSON
    text TEXT,                       -- SHA-256 of the article's text
    day TEXT,
    twin TEXT,                       -- id and address, which tell apart articles of one text
    sketch BLOB,
    first TEXT,                      -- of the texts of which this is a copy, itself included, the first
    UNIQUE (name, digest)
);
CREATE INDEX inputs_text ON inputs (text, day, twin, name) WHERE text IS NOT NULL;
CREATE INDEX inputs_day ON inputs (day, text) WHERE text IS NOT NULL;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An input of the run."""

    row: int
    name: str
    digest: str
    article: bytes
    """As JSON; empty where there is none."""
    text: str = ""
    """SHA-256 of the article's text."""
    copy_of: str = ""
    """SHA-256 of the text of which it is a copy; its own, where another article has the same."""
    fate: Fate | None = None
    known_as: str | None = None
    kind: str | None = None
    message: str | None = None


class Spool:
    """The inputs of one run, each a name with its digest, with what the passes found out of them.

    The file stands beside the archive, where there is room, and is gone when the run is.
    """

    def __init__(self, beside: Path) -> None:
        folder = tempfile.TemporaryDirectory(prefix=f"{beside.name}.", suffix=".spool", dir=beside.parent)
        self._folder = folder
        self._connection = sqlite3.connect(Path(folder.name) / "inputs", isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -16000"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.executescript(_SCHEMA)
        with suppress(OSError):  # elsewhere than on Windows it goes now, and so is gone also after a kill
            (Path(folder.name) / "inputs").unlink()
            folder.cleanup()

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._folder.cleanup()

    # -- first pass ----------------------------------------------------------------------------

    def add(self, name: str, digest: str, article: bytes) -> None:
        """An input that gave an article; one that is there already stays as it is."""
        self._connection.execute(
            "INSERT OR IGNORE INTO inputs (name, digest, article) VALUES (?, ?, ?)", (_packed(name), digest, article)
        )

    def fail(self, name: str, digest: str, fate: Fate, kind: str, message: str, known_as: str | None) -> bool:
        """An input that gave none; whether it is there for the first time."""
        entered = self._connection.execute(
            "INSERT OR IGNORE INTO inputs (name, digest, fate, kind, message, known_as) VALUES (?, ?, ?, ?, ?, ?)",
            (_packed(name), digest, fate, kind, _storable(message), _storable(known_as)),
        )
        return entered.rowcount > 0

    # -- between -------------------------------------------------------------------------------

    def articles(self) -> Iterator[Entry]:
        """The open inputs, in the order of their coming."""
        return self._pages("SELECT id, name, digest, article FROM inputs WHERE id > ? AND fate IS NULL ORDER BY id")

    def sort(
        self, row: int, article: bytes, text: str, day: str | None, id: str, url: str | None, sketch: Sequence[int]
    ) -> None:
        """Keeps what the article of an input has become, and by what it is ordered among others."""
        twin = f"{_storable(id)}{_APART}{_storable(url or '')}"
        self._connection.execute(
            "UPDATE inputs SET article = ?, text = ?, day = ?, twin = ?, sketch = ?, known_as = ? WHERE id = ?",
            (article, text, day or _UNDATED, twin, array("q", sketch).tobytes(), _storable(id), row),
        )

    def end(self, row: int, fate: Fate, kind: str | None = None, message: str | None = None) -> None:
        """Says how an input has ended."""
        self._connection.execute(
            "UPDATE inputs SET fate = ?, kind = ?, message = ? WHERE id = ?", (fate, kind, _storable(message), row)
        )

    def name(self, row: int, id: str) -> None:
        """Says by what id the article of an input goes."""
        self._connection.execute("UPDATE inputs SET known_as = ? WHERE id = ?", (_storable(id), row))

    def has_text(self, text: str) -> bool:
        """Whether an input has that text."""
        return self._connection.execute("SELECT 1 FROM inputs WHERE text = ?", (text,)).fetchone() is not None

    def texts(self) -> Iterator[tuple[str, str, Sequence[int]]]:
        """The different texts: SHA-256, day of the first article that has it, sketch; by day, then SHA-256."""
        day, last = "", ""
        while found := self._connection.execute(
            f"""SELECT text, day, sketch FROM inputs AS one
                WHERE text IS NOT NULL AND (day, text) > (?, ?)
                  AND id = (SELECT id FROM inputs WHERE text = one.text ORDER BY text, day, twin, name LIMIT 1)
                ORDER BY day, text LIMIT {_PAGE}""",
            (day, last),
        ).fetchall():
            for last, day, sketch in found:
                yield last, day, array("q", sketch)

    def join(self, firsts: Mapping[str, str]) -> None:
        """Says for each text of which first text it is a copy."""
        self._connection.executemany(
            "UPDATE inputs SET first = ? WHERE text = ?", ((first, text) for text, first in firsts.items())
        )

    # -- second pass ---------------------------------------------------------------------------

    def settled(self) -> Iterator[Entry]:
        """The inputs that have ended before any was coded, and the copies, with the text of which they are one."""
        return self._pages(
            f"""SELECT * FROM (
                    SELECT id, name, digest, ifnull(article, x''), ifnull(text, ''),
                           CASE WHEN fate IS NOT NULL THEN ''
                                WHEN first <> text THEN first
                                WHEN twin <> ({_LEADER.format("twin")}) THEN text ELSE '' END AS copy_of,
                           fate, known_as, kind, message
                    FROM inputs AS one WHERE id > ?)
                WHERE fate IS NOT NULL OR copy_of <> '' ORDER BY id"""
        )

    def open(self) -> Iterator[Entry]:
        """Of each text that is to be coded one input: of its articles the first by day, id, address and name."""
        return self._pages(
            f"""SELECT id, name, digest, article, text FROM inputs AS one
                WHERE id > ? AND fate IS NULL AND id = ({_LEADER.format("id")}) ORDER BY id"""
        )

    def count_open(self) -> int:
        """How many texts are to be coded."""
        (count,) = self._connection.execute(
            "SELECT count(DISTINCT text) FROM inputs WHERE fate IS NULL AND first = text"
        ).fetchone()
        return int(count)

    def same(self, row: int) -> list[Entry]:
        """The inputs that gave the very article of this one, itself included."""
        return [
            Entry(id, _unpacked(name), digest, b"")
            for id, name, digest in self._connection.execute(
                """SELECT id, name, digest FROM inputs
                   WHERE (text, twin) = (SELECT text, twin FROM inputs WHERE id = ?) ORDER BY id""",
                (row,),
            )
        ]

    def count(self) -> int:
        """How many inputs there are."""
        (count,) = self._connection.execute("SELECT count(*) FROM inputs").fetchone()
        return int(count)

    def sums(self) -> dict[tuple[str, str | None], int]:
        """How many inputs ended how, by fate and kind."""
        return {
            (fate, kind): count
            for fate, kind, count in self._connection.execute(
                "SELECT ifnull(fate, 'open'), kind, count(*) FROM inputs GROUP BY fate, kind ORDER BY fate, kind"
            )
        }

    def _pages(self, query: str) -> Iterator[Entry]:
        last = 0
        while found := self._connection.execute(f"{query} LIMIT {_PAGE}", (last,)).fetchall():
            for id, name, *rest in found:
                yield Entry(id, _unpacked(name), *rest)
            last = found[-1][0]


_LEADER = """SELECT {} FROM inputs WHERE text = one.text AND first = one.text ORDER BY text, day, twin, name LIMIT 1"""
"""Of the articles of one text the one that is coded."""


def chunks(items: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """Entries in lists of some length."""
    chunk: list[Entry] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _packed(name: str) -> bytes:
    return name.encode("utf8", "surrogatepass")


def _unpacked(name: bytes) -> str:
    return name.decode("utf8", "surrogatepass")


def _storable(text: str | None) -> str | None:
    """A text without lone surrogates."""
    return None if text is None else text.encode("utf8", "replace").decode("utf8")
