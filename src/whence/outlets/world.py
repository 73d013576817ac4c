"""Outlines of countries, as SVG paths and as sizes: degrees, x east of 180° W, y south of the north pole.

They are those of the explorer's map: TopoJSON, in which an outline is made of arcs that neighbours share, and an arc of
steps on a grid.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

_DIGITS = 1
"""Of degrees: the page of a map is drawn no finer."""
_ROUND = 360
"""Degrees round the earth, the width of the map."""
_CORNERS = 3
"""What is smaller on this grid is no ring."""
_UNKNOWN = "-"
"""In the place of a country's code."""


def asset(name: str) -> str:
    """The text of a file of the package's `assets`."""
    return files("whence.outlets").joinpath("assets", name).read_text(encoding="utf8")


def projected(lat: float, lon: float) -> tuple[float, float]:
    """Plate carrée: a degree is as long everywhere, 360 wide and 180 high in all."""
    return round(lon + 180, 3), round(90 - lat, 3)


@cache
def outlines() -> str:
    """All rings as the data of one SVG path; what lies beyond an edge of the map is drawn at the other one too."""
    copies = (_beside(ring, turn) for rings in _rings().values() for ring in rings for turn in (-_ROUND, 0, _ROUND))
    seen = (ring for ring in copies if min(x for x, _ in ring) < _ROUND and max(x for x, _ in ring) > 0)
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in seen)


@cache
def radii() -> dict[str, float]:
    """For each country (ISO 3166 alpha-3) the radius in degrees of the circle that is as large as it on the map."""
    return {code: math.sqrt(sum(map(_area, rings)) / math.pi) for code, rings in _rings().items() if code != _UNKNOWN}


@cache
def _rings() -> dict[str, list[Ring]]:
    """The rings of each country by its code."""
    topology, codes = _shared("countries-110m"), _shared("codes")
    arcs = [list(_points(arc, **topology["transform"])) for arc in topology["arcs"]]
    found: dict[str, list[Ring]] = defaultdict(list)
    for country in topology["objects"]["countries"]["geometries"]:
        code = codes.get(country.get("id", country["properties"]["name"]), _UNKNOWN)
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        rings = (_ring(arcs, numbers) for polygon in polygons for numbers in polygon)
        found[code] += [_unrolled(ring) for ring in rings if len(ring) >= _CORNERS]
    return dict(found)


def _shared(name: str) -> Any:
    """What the explorer draws its map from too."""
    return json.loads(files("whence").joinpath("outlines", f"{name}.json").read_text(encoding="utf8"))


def _points(steps: Iterable[tuple[int, int]], scale: Point, translate: Point) -> Iterator[Point]:
    """The points of an arc from its steps on a grid whose mesh is `scale` and whose first point is `translate`."""
    east = north = 0
    for right, up in steps:
        east, north = east + right, north + up
        lon, lat = east * scale[0] + translate[0], north * scale[1] + translate[1]
        yield projected(round(lat, _DIGITS), round(lon, _DIGITS))


def _ring(arcs: list[Ring], numbers: Iterable[int]) -> Ring:
    """The line of these arcs, which closes itself; `~n` is arc n backwards. Neighbours that are the same are one."""
    points = (point for number in numbers for point in (arcs[number] if number >= 0 else reversed(arcs[~number])))
    return [point for point, _ in groupby(points)][:-1]


def _unrolled(ring: Ring) -> Ring:
    """The ring without leaps from one edge of the map to the other: it goes on beyond. Round a pole it goes to it."""
    found: Ring = []
    turn = 0
    for (x, y), (before, _) in zip([*ring, ring[0]], [ring[0], *ring], strict=True):
        turn += _ROUND * ((before - x > _ROUND / 2) - (x - before > _ROUND / 2))
        found.append((round(x + turn, _DIGITS), y))
    if turn == 0:
        return found[:-1]
    pole = 180.0 if found[0][1] > 90 else 0.0
    return [*found, (found[-1][0], pole), (found[0][0], pole)]


def _beside(ring: Ring, turn: int) -> Ring:
    """The ring so many degrees further east."""
    return [(round(x + turn, _DIGITS), y) for x, y in ring]


def _area(ring: Ring) -> float:
    """Square degrees, by the shoelace formula."""
    after = [*ring[1:], ring[0]]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, after, strict=True))) / 2
