"""Who and where there is in made-up news: countries, towns and persons, the first of each by far the oftenest."""

from __future__ import annotations

import gzip
import hashlib
import random
from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import TypeVar

from whence import knowledge
from whence.records import Place

T = TypeVar("T")
TOWNS = 40
"""Of a country."""
PERSONS = 400
"""Of a country and sector."""
SYLLABLES = str.split("ba ke ta lo mi su va ren dor gal ni ush ar pel ot zem ya koi hen mar ti os bel qua")
_FIRST = str.split("""
    Abel Ada Akua Amir Anika Aram Basil Bela Chidi Clara Dana Dario Edda Efua Emil Farid Greta Hana Hugo Ines Ivo Jalal
    Joan Kofi Lena Luca Maia Marek Nadia Nils Olga Omar Petra Quentin Rana Rosa Samir Selma Tariq Tomas Ulla Vera Wang
    Xenia Yusuf Zora
""")
"""Authored; last names are made of syllables."""


class World:
    """Countries, towns, persons and papers, each list in the order of how often they are in the news."""

    def __init__(self) -> None:
        known = knowledge.load()
        self.towns = _towns()
        codes = [c.code for c in known.countries.values() if len(self.towns.get(c.code, ())) >= TOWNS // 2]
        self.codes = sorted(codes, key=lambda code: -known.countries[code].population)
        self.countries = known.countries
        self._last = [f"{a}{b}{c}".capitalize() for a, b, c in product(SYLLABLES, repeat=3)]

    def person(self, country: str | None, sector: str | None, number: int) -> str:
        """The name of somebody: of everyone in another country or sector another one."""
        first, last = random.Random(f"{country}:{sector}:{number}").random(), f"{country}:{sector}:{number}:last"
        return f"{_FIRST[int(first * len(_FIRST))]} {self._last[_stable(last) % len(self._last)]}"


@cache
def world() -> World:
    """The world, read once: its gazetteer is large."""
    return World()


def _stable(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _towns() -> dict[str, list[Place]]:
    """The most populous towns and divisions of each country, as literal places without a text."""
    found: dict[str, list[tuple[int, Place]]] = {}
    path = Path(knowledge.__file__).parent / "places.tsv.gz"
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 9 or fields[1].startswith("="):
                continue
            _, name, country, _, grain, lat, lon, population, number = fields
            if lat and grain in ("city", "admin1"):
                is_city = grain == "city"
                place = Place(
                    "", "", (0, 0), name, name, "city" if is_city else "admin1", country, int(number), float(lat),
                    float(lon), "literal", 0.9, "made up",
                )  # fmt: skip
                found.setdefault(country, []).append((int(population), place))
    return {
        country: [place for _, place in sorted(places, key=lambda p: (-p[0], p[1].geonames or 0))[:TOWNS]]
        for country, places in found.items()
    }


def seldom(pick: random.Random, items: Sequence[T]) -> T:
    """One of the items, the first of them by far the oftenest."""
    return items[int(len(items) * pick.random() ** 3)]
