"""Outlines of countries, as SVG paths and as sizes: degrees, x east of 180° W, y south of the north pole."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from importlib.resources import files

Ring = list[tuple[float, float]]

_TENTHS = 10


def asset(name: str) -> str:
    """The text of a file of the package's `assets`."""
    return files("whence.outlets").joinpath("assets", name).read_text(encoding="utf8")


def projected(lat: float, lon: float) -> tuple[float, float]:
    """Plate carrée: a degree is as long everywhere, 360 wide and 180 high in all."""
    return round(lon + 180, 3), round(90 - lat, 3)


@cache
def outlines() -> str:
    """All rings as the data of one SVG path."""
    return "".join(
        "M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for rings in _rings().values() for ring in rings
    )


@cache
def radii() -> dict[str, float]:
    """For each country (ISO 3166 alpha-3) the radius in degrees of the circle that is as large as it on the map."""
    return {code: math.sqrt(sum(map(_area, rings)) / math.pi) for code, rings in _rings().items() if code != "-"}


@cache
def _rings() -> dict[str, list[Ring]]:
    found: dict[str, list[Ring]] = defaultdict(list)
    lines = [line for line in asset("world.tsv").splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        code, _, numbers = line.partition("\t")
        found[code].append(_ring([int(number) for number in numbers.split()]))
    return dict(found)


def _ring(steps: list[int]) -> Ring:
    """Points from steps in tenths of a degree, the first of them from where the equator meets Greenwich."""
    ring: Ring = []
    east = north = 0
    for right, up in zip(steps[::2], steps[1::2], strict=True):
        east, north = east + right, north + up
        ring.append(projected(north / _TENTHS, east / _TENTHS))
    return ring


def _area(ring: Ring) -> float:
    """Square degrees, by the shoelace formula."""
    after = [*ring[1:], ring[0]]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, after, strict=True))) / 2
