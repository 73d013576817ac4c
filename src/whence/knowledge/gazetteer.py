"""Places by name, from `places.tsv.gz` (towns, first-order divisions; GeoNames, CC BY 4.0).

The file is sorted by key, so that it is searched by halving and only the lines that are asked
for are parsed; see `distil.py` for how it is made.
"""

from __future__ import annotations

import gzip
import zlib
from bisect import bisect_left
from functools import cached_property, lru_cache
from pathlib import Path

from whence.errors import KnowledgeError
from whence.knowledge.normal import key
from whence.knowledge.records import Point
from whence.records import Grain

_GRAINS: dict[str, Grain] = {"city": "city", "admin1": "admin1"}


class Gazetteer:
    """Towns and divisions by the key of their name; the file is opened at the first question."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cached = lru_cache(maxsize=4096)(self._read)

    @cached_property
    def _lines(self) -> list[bytes]:
        try:
            return gzip.decompress(self._path.read_bytes()).split(b"\n")
        except (OSError, EOFError, zlib.error) as error:
            raise KnowledgeError(f"{self._path}: cannot be read ({error})") from error

    def find(self, name: str) -> tuple[Point, ...]:
        """All places of that name, the most populous first."""
        return self._cached(key(name))

    def _read(self, wanted: str) -> tuple[Point, ...]:
        points = {}
        for name, *fields in self._starting(wanted):
            if not name.startswith("="):
                point = self._point(name, fields)
                points[point.geonames] = point
                continue
            for other, *rest in self._starting(name[1:]):
                if rest and rest[-1] == fields[0]:
                    points[int(fields[0])] = self._point(other, rest)
        return tuple(sorted(points.values(), key=lambda p: -p.population))

    def _starting(self, wanted: str) -> list[list[str]]:
        """The fields after the key of every line with that key."""
        prefix = wanted.encode() + b"\t"
        at = bisect_left(self._lines, prefix)
        found = []
        while wanted and at < len(self._lines) and self._lines[at].startswith(prefix):
            found.append(self._lines[at].decode().split("\t")[1:])
            at += 1
        return found

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
