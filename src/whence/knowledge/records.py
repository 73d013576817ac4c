"""The records that the knowledge files hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from whence.records import Grain

Kind = Literal["person", "group", "organisation"]

Sector = Literal[
    "GOV",
    "MIL",
    "LEG",
    "JUD",
    "SPY",
    "COP",
    "PTY",
    "OPP",
    "REB",
    "PRM",
    "UAF",
    "ELI",
    "PRE",
    "CVL",
    "REF",
    "SOC",
    "REL",
    "EDU",
    "MED",
    "JRN",
    "LAB",
    "AGR",
    "BUS",
    "CRM",
    "UNK",
]
"""PLOVER's sectors, as far as the guide to the gold articles uses them."""

STATELESS = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"})
"""PLOVER's codes for actors of no one country."""
SECTORLESS = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC"})
"""Those of them whose actors have no sector."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory; `code` is ISO 3166 alpha-3 (`XKX`: Kosovo)."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    """Its people in the plural: Syrians, Britons."""
    capitals: tuple[str, ...]
    seats: tuple[str, ...]
    """Buildings and places that stand for its government: the Kremlin."""
    lat: float
    lon: float
    geonames: int
    population: int
    cow: int | None = None
    """Its number as a state in the Correlates of War project's list; None for what the list lacks."""
    gw: int | None = None
    """Its number in the list of Gleditsch and Ward, likewise; another one for seven states."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line of the actors' files says: an actor, and the days on which it holds."""

    name: str
    aliases: tuple[str, ...]
    kind: Kind
    country: str | None
    """ISO 3166 alpha-3 or a stateless code; null where bodies of several countries have the name."""
    sector: str | None
    start: str
    """First day, `YYYY-MM-DD`; empty where open. Days compare as text."""
    end: str
    """Last day; empty where open."""
    role: str

    def holds(self, day: str) -> bool:
        """Whether the line holds on a day (`YYYY-MM-DD`)."""
        return (not self.start or self.start <= day) and (not self.end or day <= self.end)


@dataclass(frozen=True, slots=True)
class Point:
    """A place of the gazetteer; degrees are WGS 84."""

    name: str
    grain: Grain
    country: str | None
    division: str
    """GeoNames' code of the first-order division within the country, or empty."""
    lat: float | None
    lon: float | None
    population: int
    geonames: int | None
