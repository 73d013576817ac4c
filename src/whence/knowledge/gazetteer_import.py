"""GeoNames' dumps become a user's own gazetteer: read as a stream, written beside its place, then renamed.

Columns as in GeoNames' readme.txt: places have 19 (id, name, ascii name, alternate names, latitude,
longitude, class, code, country, other countries, four codes of divisions, population, …), divisions 4
(code, name, ascii name, id), alternate names 8 or 10 (id, id of the place, language, name, …).
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from whence.errors import KnowledgeError
from whence.knowledge import gazetteer_own
from whence.knowledge.distil import bare_division
from whence.knowledge.normal import key
from whence.knowledge.tables import read_table

LONGEST_LINE = 64 * 1024
"""Bytes; GeoNames caps alternate names at 10,000 characters a place."""
MOST_NAMES = 200
"""Alternate names that are kept of one place."""
STEP = 100_000
"""Lines after which progress is told."""
HERE = Path(__file__).parent
Row = tuple[int, str, str, str, str, float | None, float | None, int]


@dataclass(slots=True)
class Report:
    """How an import went."""

    lines: int = 0
    malformed: int = 0
    places: int = 0
    names: int = 0


@dataclass(slots=True)
class _Build:
    base: sqlite3.Connection
    complain: Callable[[str], None]
    progress: Callable[[str], None]
    report: Report = field(default_factory=Report)
    alpha3: dict[str, str] = field(default_factory=dict)
    grains: dict[tuple[str, str], str] = field(default_factory=dict)
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)


def build(
    files: Iterable[Path], complain: Callable[[str], None], progress: Callable[[str], None] = lambda _: None
) -> Report:
    """Makes the user's gazetteer of GeoNames' files, in the order given; alternate names come after their places.

    `complain` gets a line for each malformed line (file, number, reason), which is left out; `progress` tells how far
    it is. An earlier gazetteer is replaced at the end, and stays if anything fails. Raises `KnowledgeError` for a file
    that cannot be read, for files without a single place, and where nothing can be written.
    """
    target = gazetteer_own.path()
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(".part", "gazetteer", target.parent)
        os.close(handle)
        with closing(sqlite3.connect(temporary)) as base:
            base.executescript(f"pragma journal_mode = off; pragma synchronous = off; {gazetteer_own.SCHEMA}")
            job = _Build(base, complain, progress, alpha3=_alpha3(), grains=_grains())
            for path in files:
                _read_file(job, path)
            _finish(job)
        Path(temporary).replace(target)
    except (OSError, sqlite3.Error) as error:
        raise KnowledgeError(f"{target}: cannot be written ({error}); set WHENCE_HOME to another folder") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
    return job.report


def _alpha3() -> dict[str, str]:
    return {r.text("alpha2"): r.text("alpha3") for r in read_table(HERE / "gazetteer_countries.tsv", "alpha2 alpha3")}


def _grains() -> dict[tuple[str, str], str]:
    table = read_table(HERE / "gazetteer_kinds.tsv", "class code grain")
    return {(r.text("class"), r.fields["code"]): r.fields["grain"] for r in table}


def _finish(job: _Build) -> None:
    job.base.execute("delete from name where geonames not in (select geonames from place)")
    (job.report.places,) = job.base.execute("select count(*) from place").fetchone()
    (job.report.names,) = job.base.execute("select count(*) from name").fetchone()
    if not job.report.places:
        raise KnowledgeError("no place in these files; give GeoNames' dumps, such as cities500.zip or allCountries.zip")
    job.base.execute("insert into about values (?, ?)", (job.digest.hexdigest(), job.report.places))
    job.base.commit()


# -- reading ---------------------------------------------------------------------------------


def _read_file(job: _Build, path: Path) -> None:
    try:
        for name, stream in _streams(path):
            _read_lines(job, name, stream)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error}); give GeoNames' .txt, .gz or .zip files") from error


def _streams(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The texts of a file: itself, or the members of a .zip that are no readme."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as bundle:
            for member in bundle.namelist():
                if member.endswith(".txt") and "readme" not in member.lower():
                    with bundle.open(member) as stream:
                        yield f"{path}:{member}", stream
        return
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
        yield str(path), io.BufferedReader(stream) if isinstance(stream, gzip.GzipFile) else stream


def _read_lines(job: _Build, name: str, stream: IO[bytes]) -> None:
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        job.report.lines += 1
        if number % STEP == 0:
            job.progress(f"{name}: {number:,} lines")
        try:
            if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
                _skip_line(stream)
                raise ValueError(f"longer than {LONGEST_LINE:,} bytes")
            if line.strip() and not line.startswith(b"#"):
                _take(job, line.decode().rstrip("\r\n").split("\t"))
                job.digest.update(line)
        except ValueError as error:
            job.report.malformed += 1
            job.complain(f"{name}:{number}: {error}; left out")


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _take(job: _Build, fields: list[str]) -> None:
    """One line, by its shape. Raises `ValueError` for one of no known shape and for fields that do not hold."""
    if len(fields) == 19 and fields[0].isdecimal():
        _take_place(job, fields)
    elif fields[0] == "ISO":
        return  # the heading of a countryInfo.txt without its comments
    elif len(fields) >= 17 and len(fields[0]) == 2 and len(fields[1]) == 3:
        job.alpha3[fields[0]] = fields[1]
    elif len(fields) == 4 and "." in fields[0]:
        _take_division(job, fields)
    elif len(fields) in (8, 10) and fields[0].isdecimal():
        _take_alternate(job, fields)
    else:
        raise ValueError(f"{len(fields)} columns beginning with {fields[0][:20]!r} are none of GeoNames' tables")


def _take_place(job: _Build, fields: list[str]) -> None:
    grain = job.grains.get((fields[6], fields[7]), job.grains.get((fields[6], ""), ""))
    if not grain:
        return
    lat, lon = float(fields[4]), float(fields[5])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{fields[4]}, {fields[5]} is no point on Earth")
    row = (_id(fields[0]), fields[1], grain, _country(job, fields[8]), fields[10], lat, lon, int(fields[14] or 0))
    _add(job, row, {fields[1], fields[2]}, fields[3].split(",")[:MOST_NAMES])


def _take_division(job: _Build, fields: list[str]) -> None:
    country, division, *below = fields[0].split(".")
    row = (_id(fields[3]), fields[1], "other" if below else "admin1", _country(job, country), division, None, None, 0)
    _add(job, row, {fields[1], fields[2]}, ())


def _take_alternate(job: _Build, fields: list[str]) -> None:
    if len(fields[2]) <= 3:  # longer ones are codes of stations, links and the like
        _name(job, _id(fields[1]), (k for k in (_latin(fields[3]),) if k))


def _add(job: _Build, row: Row, names: set[str], others: Iterable[str]) -> None:
    """A place and its names; one that is there with coordinates is not replaced by one without."""
    if not row[1]:
        raise ValueError("the name is empty")
    keep = "or ignore" if row[5] is None else "or replace"
    job.base.execute(f"insert {keep} into place values (?, ?, ?, ?, ?, ?, ?, ?)", row)
    keys = {key(n) for n in names} | {_latin(n) for n in others}
    if row[2] in ("admin1", "other"):
        keys |= {key(bare_division(n)) for n in names if n}
    _name(job, row[0], keys - {""})


def _name(job: _Build, geonames: int, keys: Iterable[str]) -> None:
    job.base.executemany("insert or ignore into name values (?, ?)", [(k, geonames) for k in keys])


def _latin(name: str) -> str:
    """The key of a name that English text may write, or nothing."""
    found = key(name) if 4 <= len(name) <= 40 and name[0].isupper() and not name.isupper() else ""
    return found if found.isascii() and found.isalpha() and len(found) >= 4 else ""


def _id(text: str) -> int:
    if not text.isdecimal() or len(text) > 15:
        raise ValueError(f"{text[:20]!r} is no id of GeoNames")
    return int(text)


def _country(job: _Build, code: str) -> str:
    if code not in job.alpha3:
        raise ValueError(f"{code[:20]!r} is no country")
    return job.alpha3[code]
