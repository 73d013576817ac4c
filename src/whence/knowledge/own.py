"""Users' own lists of actors: tables in the built-in schema, in the folder `actors` of the user's data folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

from whence.errors import KnowledgeError
from whence.knowledge import home
from whence.knowledge.records import Country, Entry
from whence.knowledge.tables import read_actors

COLUMNS = ["name", "aliases", "kind", "country", "sector", "from", "to", "role"]
ADDED = "own.tsv"
"""The list that `whence actors add` writes; it is asked before imported ones."""
MAX_BYTES = 64 * 1024 * 1024


def lists() -> list[Path]:
    """The user's lists, the one that was added to by hand first."""
    found = (home.folder() / "actors").glob("*.tsv")
    return sorted(found, key=lambda p: (p.name != ADDED, p.name))


def path_of(name: str) -> Path:
    """The file of a list; the name is letters, digits, `-` and `_`. Raises `KnowledgeError` for another."""
    if not name or len(name) > 80 or not all(c.isalnum() or c in "-_" for c in name):
        raise KnowledgeError(f"{name!r} is no name of a list: use letters, digits, - and _")
    return home.folder() / "actors" / f"{name}.tsv"


def read(path: Path, countries: dict[str, Country]) -> Iterator[Entry]:
    """A user's list, whose days must be real ones. Raises `KnowledgeError` for what does not hold."""
    if path.stat().st_size > MAX_BYTES:
        raise KnowledgeError(f"{path}: larger than {MAX_BYTES:,} bytes; split it")
    for entry in read_actors(path, countries):
        check_days(entry.start, entry.end, f"{path}: {entry.name}")
        yield entry


def check_days(start: str, end: str, place: str) -> None:
    """Raises `KnowledgeError` unless the days are real and in order."""
    for day in filter(None, (start, end)):
        try:
            date.fromisoformat(day)
        except ValueError:
            raise KnowledgeError(f"{place}: {day!r} is not a day like 2016-08-16") from None
    if start and end and start > end:
        raise KnowledgeError(f"{place}: ends on {end}, before it begins on {start}")


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Writes a list beside its place and renames it, so that no reader sees half of it."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(cells(entry)) for entry in entries]
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf8", dir=path.parent, delete=False) as file:
            temporary = file.name
            file.write("\n".join(lines) + "\n")
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise KnowledgeError(f"{path}: cannot be written ({error.strerror}); set WHENCE_HOME to a folder") from error


def cells(entry: Entry) -> list[str]:
    """The fields of a line. Raises `KnowledgeError` for a name or text that no line can hold."""
    values = (getattr(entry, field.name) for field in fields(entry))
    texts = [";".join(v) if isinstance(v, tuple) else v or "" for v in values]
    if any(c in text for text in texts for c in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
        raise KnowledgeError(f"{entry.name!r}: tabs and line ends cannot stand in a list")
    if entry.name.startswith("#") or any(";" in name for name in (entry.name, *entry.aliases)):
        raise KnowledgeError(f"{entry.name!r}: a name cannot begin with # or hold a semicolon")
    return texts


def without(entry: Entry, others: Iterable[Entry]) -> list[Entry]:
    """What is left of an entry on the days on which none of the others holds, in the order of days."""
    left = [entry]
    for other in others:
        left = [part for whole in left for part in _minus(whole, other)]
    return left


def _minus(entry: Entry, other: Entry) -> Iterator[Entry]:
    if (entry.end and other.start and entry.end < other.start) or (
        entry.start and other.end and other.end < entry.start
    ):
        yield entry
        return
    if other.start and entry.start < other.start:
        yield replace(entry, end=_shifted(other.start, -1))
    if other.end and (not entry.end or other.end < entry.end):
        yield replace(entry, start=_shifted(other.end, 1))


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
