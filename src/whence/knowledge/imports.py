"""Files of actors that users bring: tables, CSV and dictionaries, recognised by their content."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from whence.errors import KnowledgeError
from whence.knowledge import own, petrarch
from whence.knowledge.records import SECTORLESS, STATELESS, Country, Entry, Kind
from whence.knowledge.tables import SECTORS

FORMATS = ("tsv", "csv", "petrarch")
MAX_BYTES = 64 * 1024 * 1024
MAX_LINE = 20_000
SHOWN = 20
"""Problems of a file that are told one by one."""


@dataclass(slots=True)
class Imported:
    """What a file gave: its format, its entries, and what was left out, as (line, reason)."""

    format: str
    entries: list[Entry] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def read(path: Path, countries: dict[str, Country], form: str | None = None, max_bytes: int = MAX_BYTES) -> Imported:
    """Reads a file, plain or gzip, in a format of `FORMATS` or, if None, in the one that it looks like.

    Lines that cannot be used are in `problems`. Raises `KnowledgeError` if the file cannot be read or is
    larger, unpacked, than `max_bytes`.
    """
    lines = _lines(path, max_bytes)
    imported = Imported(form or _recognised(path, lines))

    def complain(line: int, reason: str) -> None:
        imported.problems.append((line, reason))

    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            complain(number, f"longer than {MAX_LINE:,} characters")
            lines[number - 1] = ""
    if imported.format == "petrarch":
        imported.entries += petrarch.read(lines, countries, complain)
    else:
        delimiter = "\t" if imported.format == "tsv" else ","
        imported.entries += _table(path, lines, delimiter, countries, complain)
    return imported


def _lines(path: Path, max_bytes: int) -> list[str]:
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if is_packed else path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error})") from error
    if len(data) > max_bytes:
        raise KnowledgeError(f"{path}: larger than {max_bytes:,} bytes; split it, or raise --max-bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _recognised(path: Path, lines: list[str]) -> str:
    rest = [line for line in lines if line.strip() and not line.startswith("#")]
    header = rest[0].lower() if rest else ""
    if "name" in header.split("\t") and "country" in header:
        return "tsv"
    if "name" in header.split(",") and "country" in header:
        return "csv"
    if any("[" in line and "]" in line for line in rest[:200]):
        return "petrarch"
    raise KnowledgeError(f"{path}: neither a table with name and country nor a dictionary; say which with --format")


def _table(
    path: Path, lines: list[str], delimiter: str, countries: dict[str, Country], complain: petrarch.Complain
) -> Iterator[Entry]:
    kept = ["" if line.startswith("#") else line for line in lines]
    texts = (f"{line}\n" for line in kept)
    reader = csv.reader(texts, delimiter="\t", quoting=csv.QUOTE_NONE) if delimiter == "\t" else csv.reader(texts)
    header: list[str] = []
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            complain(reader.line_num, str(error))
            continue
        if not any(cell.strip() for cell in row):
            continue
        if not header:
            header = [cell.strip().lower() for cell in row]
            if "name" not in header or "country" not in header:
                raise KnowledgeError(f"{path}: the header must name name and country")
            continue
        try:
            yield entry_of({k: v.strip() for k, v in zip(header, row, strict=True)}, countries)
        except (ValueError, KnowledgeError) as error:
            complain(reader.line_num, str(error))


def entry_of(cells: dict[str, str], countries: dict[str, Country]) -> Entry:
    """A checked entry from cells by column name, aliases between semicolons. Raises `KnowledgeError`."""
    name, country, sector = cells.get("name", ""), cells.get("country", "").upper(), cells.get("sector", "").upper()
    kind, start, end = cells.get("kind") or "person", cells.get("from", ""), cells.get("to", "")
    aliases = tuple(a.strip() for a in cells.get("aliases", "").split(";") if a.strip())
    if not any(c.isalnum() for c in name):
        raise KnowledgeError("the name is empty")
    if country and country not in countries and country not in STATELESS:
        raise KnowledgeError(f"{name}: country {country!r} is neither ISO 3166 alpha-3 nor a stateless code")
    if country in SECTORLESS:
        sector = ""
    elif sector not in SECTORS:
        raise KnowledgeError(f"{name}: sector {sector!r} is none of {', '.join(sorted(SECTORS))}")
    if kind not in get_args(Kind):
        raise KnowledgeError(f"{name}: kind {kind!r} is none of {', '.join(get_args(Kind))}")
    if len(aliases) > petrarch.MAX_ALIASES:
        raise KnowledgeError(f"{name}: more than {petrarch.MAX_ALIASES} aliases")
    own.check_days(start, end, name)
    found = Entry(name, aliases, kind, country or None, sector or None, start, end, cells.get("role", ""))  # type: ignore[arg-type]  # checked above
    own.cells(found)
    return found
