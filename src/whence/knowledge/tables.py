"""Reading the knowledge files: tab-separated tables and the agents' YAML, every line checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import yaml

from whence.errors import KnowledgeError
from whence.knowledge.records import SECTORLESS, STATELESS, Country, Entry, Kind, Point, Sector
from whence.records import Grain

SECTORS = frozenset(get_args(Sector))
KINDS = frozenset(get_args(Kind))
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, by column name, with where it stands (for messages)."""

    fields: dict[str, str]
    place: str

    def text(self, column: str) -> str:
        """The field's text, which must not be empty."""
        if not self.fields[column]:
            raise KnowledgeError(f"{self.place}: {column} is empty; every line needs one")
        return self.fields[column]

    def list(self, column: str) -> tuple[str, ...]:
        """The field's parts between semicolons."""
        return tuple(filter(None, self.fields[column].split(";")))

    def number(self, column: str) -> float:
        """The field as a number."""
        try:
            return float(self.fields[column])
        except ValueError:
            raise KnowledgeError(f"{self.place}: {column} is {self.fields[column]!r}, not a number") from None

    def optional(self, column: str) -> int | None:
        """The field as a whole number of digits, or None where it is empty."""
        text = self.fields[column]
        if text and not (text.isascii() and text.isdigit()):
            raise KnowledgeError(f"{self.place}: {column} is {text!r}, not a whole number")
        return int(text) if text else None


def read_table(path: Path, columns: str) -> Iterator[Row]:
    """The lines of a table whose header must name the columns; lines that begin with `#` are comments.

    Raises `KnowledgeError` for a missing file, a wrong header or a line of another length.
    """
    expected = columns.split()
    header: list[str] | None = None
    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if header is None:
            header = fields
            if header != expected:
                raise KnowledgeError(f"{path}:{number}: the header must be {' '.join(expected)}, between tabs")
        elif len(fields) != len(header):
            raise KnowledgeError(f"{path}:{number}: {len(fields)} fields, {len(header)} expected")
        else:
            yield Row(dict(zip(header, fields, strict=True)), f"{path}:{number}")


def read_countries(path: Path) -> dict[str, Country]:
    """The countries by code."""
    found: dict[str, Country] = {}
    for row in read_table(
        path, "code name aliases adjectives people capitals seats lat lon geonames population cow gw"
    ):
        country = Country(
            row.text("code"),
            row.text("name"),
            row.list("aliases"),
            row.list("adjectives"),
            row.list("people"),
            row.list("capitals"),
            row.list("seats"),
            row.number("lat"),
            row.number("lon"),
            int(row.number("geonames")),
            int(row.number("population")),
            row.optional("cow"),
            row.optional("gw"),
        )
        if country.code in found:
            raise KnowledgeError(f"{row.place}: {country.code} stands twice")
        found[country.code] = country
    return found


def _check_country(code: str, countries: dict[str, Country], place: str) -> str | None:
    if code and code not in countries and code not in STATELESS:
        raise KnowledgeError(f"{place}: country {code!r} is neither in countries.tsv nor a stateless code")
    return code or None


def read_actors(path: Path, countries: dict[str, Country]) -> Iterator[Entry]:
    """The lines of one file of actors."""
    for row in read_table(path, "name aliases kind country sector from to role"):
        kind, sector = row.text("kind"), row.fields["sector"]
        country = _check_country(row.fields["country"], countries, row.place)
        if kind not in KINDS:
            raise KnowledgeError(f"{row.place}: kind {kind!r} is none of {', '.join(get_args(Kind))}")
        if sector not in SECTORS and not (sector == "" and country in SECTORLESS):
            raise KnowledgeError(f"{row.place}: sector {sector!r} is no sector of PLOVER")
        start, end = row.fields["from"], row.fields["to"]
        for day in filter(None, (start, end)):
            if len(day) != 10 or day[4] != "-" or day[7] != "-" or not day.replace("-", "").isdigit():
                raise KnowledgeError(f"{row.place}: {day!r} is not a day like 2016-08-16")
        yield Entry(
            row.text("name"),
            row.list("aliases"),
            kind,  # type: ignore[arg-type]  # checked above
            country,
            sector or None,
            start,
            end,
            row.fields["role"],
        )


@dataclass(frozen=True, slots=True)
class Region:
    """A line of `regions.tsv`: a place with its names and adjectives."""

    point: Point
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]


def read_regions(path: Path, countries: dict[str, Country]) -> Iterator[Region]:
    """The authored places."""
    for row in read_table(path, "name aliases adjectives grain country lat lon"):
        grain = row.text("grain")
        if grain not in get_args(Grain):
            raise KnowledgeError(f"{row.place}: grain {grain!r} is none of {', '.join(get_args(Grain))}")
        country = _check_country(row.fields["country"], countries, row.place)
        point = Point(row.text("name"), grain, country, "", row.number("lat"), row.number("lon"), 0, None)  # type: ignore[arg-type]  # checked above
        yield Region(point, row.list("aliases"), row.list("adjectives"))


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML mapping, or `KnowledgeError`."""
    try:
        data = yaml.load(path.read_text(encoding="utf8"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error})") from error
    if not isinstance(data, dict):
        raise KnowledgeError(f"{path}: a mapping is expected at the top")
    return data
