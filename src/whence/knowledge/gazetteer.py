"""Places by name, from `places.tsv.gz` (towns, first-order divisions; GeoNames, CC BY 4.0).

The file is sorted by key, so that it is searched by halving and only the lines that are asked
for are parsed; see `distil.py` for how it is made.
"""

from __future__ import annotations

import gzip
import zlib
from functools import cached_property, lru_cache
from pathlib import Path

from whence.errors import KnowledgeError
from whence.knowledge.gazetteer_own import OwnGazetteer
from whence.knowledge.normal import key
from whence.knowledge.records import Point
from whence.knowledge.tables import read_table
from whence.records import Grain

_GRAINS: dict[str, Grain] = {"city": "city", "admin1": "admin1"}


class Gazetteer:
    """Towns and divisions by the key of their name; the file is opened at the first question."""

    def __init__(self, path: Path, own: Path | None = None) -> None:
        """`own` is a user's gazetteer, asked first: what it says of a place stands for what this file says of it."""
        self._path = path
        self._own = OwnGazetteer(own) if own is not None else None
        self._cached = lru_cache(maxsize=4096)(self._both)

    @property
    def own_digest(self) -> str:
        """The hash of the user's gazetteer, or nothing."""
        return self._own.digest if self._own is not None else ""

    @cached_property
    def _divisions(self) -> dict[tuple[str | None, str], tuple[str, str]]:
        table = read_table(self._path.with_name("gazetteer_divisions.tsv"), "country division iso name")
        return {(r.text("country"), r.text("division")): (r.fields["iso"], r.text("name")) for r in table}

    def division(self, point: Point) -> str | None:
        """The name of the first-order division that a point lies in ("Aleppo Governorate"), or None if unknown."""
        return self._divisions.get((point.country, point.division), ("", ""))[1] or None

    def iso(self, point: Point) -> str | None:
        """The ISO 3166-2 code of the division that a point lies in (`SY-HL`), or None where no name ties them."""
        return self._divisions.get((point.country, point.division), ("", ""))[0] or None

    @cached_property
    def _text(self) -> bytes:
        """The whole file, unpacked; it is not split, which would take many times its size."""
        try:
            return gzip.decompress(self._path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise KnowledgeError(f"{self._path}: cannot be read ({error})") from error

    def find(self, name: str) -> tuple[Point, ...]:
        """All places of that name, the most populous first."""
        return self._cached(key(name))

    def _both(self, wanted: str) -> tuple[Point, ...]:
        points = self._read(wanted)
        for point in self._own.find(wanted) if self._own is not None and wanted else ():
            if point.lat is not None or point.geonames not in points:
                points[point.geonames] = point
        return tuple(sorted(points.values(), key=lambda p: -p.population))

    def _read(self, wanted: str) -> dict[int | None, Point]:
        points: dict[int | None, Point] = {}
        for name, *fields in self._starting(wanted):
            if not name.startswith("="):
                point = self._point(name, fields)
                points[point.geonames] = point
                continue
            for other, *rest in self._starting(name[1:]):
                if rest and rest[-1] == fields[0]:
                    points[int(fields[0])] = self._point(other, rest)
        return points

    def _starting(self, wanted: str) -> list[list[str]]:
        """The fields after the key of every line with that key."""
        prefix = wanted.encode() + b"\t"
        found: list[list[str]] = []
        at = self._first(prefix) if wanted else len(self._text)
        while self._text.startswith(prefix, at):
            end = self._text.find(b"\n", at)
            line = self._text[at : end if end >= 0 else None]
            found.append(line.decode().split("\t")[1:])
            at += len(line) + 1
        return found

    def _first(self, prefix: bytes) -> int:
        """Where the first line begins that is not before `prefix`, by halving."""
        low, high = 0, len(self._text)
        while low < high:
            start = self._text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._text.find(b"\n", start)
            end = high if end < 0 else end
            if self._text[start:end] < prefix:
                low = end + 1
            else:
                high = start
        return low

    def _point(self, name: str, fields: list[str]) -> Point:
        try:
            country, division, grain, lat, lon, population, geonames = fields
            return Point(
                name,
                _GRAINS[grain],
                country,
                division,
                float(lat) if lat else None,
                float(lon) if lon else None,
                int(population),
                int(geonames),
            )
        except (ValueError, KeyError) as error:
            raise KnowledgeError(f"{self._path}: the line of {name!r} does not hold ({error})") from error
