"""Everything whence knows before it reads: `load()` gives it, lazily and once."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from whence.knowledge import gazetteer_own, own
from whence.knowledge.agents import Agents
from whence.knowledge.gazetteer import Gazetteer
from whence.knowledge.normal import key
from whence.knowledge.records import Country, Entry, Point
from whence.knowledge.tables import read_actors, read_countries, read_regions

FOLDER = Path(__file__).parent


class Knowledge:
    """Countries, actors, nouns and places of a folder of knowledge files, and actors of users' own lists.

    A user's line is preferred to a built-in one of the same name on the same day.

    Lookups compare `normal.key`s; a name written in capitals in the files (`US`, `IS`, `WHO`)
    is found only where the text writes capitals too. Raises `KnowledgeError` if a file does
    not hold.
    """

    def __init__(self, folder: Path, lists: Sequence[Path] = (), towns: Path | None = None) -> None:
        """`lists` are users' actors, `towns` is a user's gazetteer."""
        self.folder = folder
        self.lists = tuple(lists)
        self.countries = read_countries(folder / "countries.tsv")
        self.agents = Agents(folder / "agents.yaml")
        self.gazetteer = Gazetteer(folder / "places.tsv.gz", towns)
        self._entries: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
        self._country: dict[str, list[tuple[str, Country]]] = defaultdict(list)
        self._adjective: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._capital: dict[str, str] = {}
        self._seat: dict[str, str] = {}
        self._region: dict[str, list[tuple[str, Point]]] = defaultdict(list)
        self._region_adjective: dict[str, Point] = {}
        self._index_countries()
        self._index_regions()
        for path in sorted((folder / "actors").glob("*.tsv")):
            for entry in read_actors(path, self.countries):
                for name in (entry.name, *entry.aliases):
                    self._entries[key(name)].append((name, entry))
        self._own: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
        self._listed: dict[Path, set[Entry]] = {path: set() for path in self.lists}
        for path in self.lists:
            for entry in own.read(path, self.countries):
                self._listed[path].add(entry)
                self._learn_noun(entry)
                for name in (entry.name, *entry.aliases):
                    self._own[key(name)].append((name, entry))

    def _learn_noun(self, entry: Entry) -> None:
        """A user's noun (one word, lower case, no country) tells a sector unless the built-in rules know it."""
        noun = entry.name
        if (
            entry.country is None
            and entry.sector
            and noun.islower()
            and " " not in noun
            and not self.agents.knows(noun)
        ):
            self.agents.heads[noun] = entry.sector

    def _index_countries(self) -> None:
        for country in self.countries.values():
            for name in (country.name, *country.aliases):
                self._country[key(name)].append((name, country))
            for word in country.adjectives:
                self._adjective.setdefault(key(word), country.code)
            for word in country.people:
                self._people.setdefault(key(word), country.code)
            for word in country.capitals:
                self._capital.setdefault(key(word), country.code)
            for word in country.seats:
                self._seat.setdefault(key(word), country.code)
        self._states = self._country.keys() | self._capital.keys() | self._seat.keys()

    def _index_regions(self) -> None:
        for region in read_regions(self.folder / "regions.tsv", self.countries):
            for name in (region.point.name, *region.aliases):
                self._region[key(name)].append((name, region.point))
            for word in region.adjectives:
                self._region_adjective.setdefault(key(word), region.point)

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits of the hash over all knowledge files, the user's lists and gazetteer among them."""
        return _version(self.folder, self.lists, self.gazetteer.own_digest)

    # -- countries -----------------------------------------------------------------------

    def country(self, name: str) -> Country | None:
        """The country of that name or alias ("Burma", "U.S."), or None."""
        found = self._country.get(key(name))
        return next((c for written, c in found if _cased(written, name)), None) if found else None

    def state(self, name: str) -> Country | None:
        """The country whose name, capital or seat of government the text is, or None."""
        if key(name) not in self._states:  # most names by far
            return None
        return self.country(name) or self.capital(name) or self.seat(name)

    def nationality(self, word: str) -> Country | None:
        """The country of an adjective ("Syrian", "Kremlin-free": none), or None; capital letters are needed."""
        code = self._adjective.get(key(word)) if word[:1].isupper() else None
        return self.countries[code] if code else None

    def people(self, word: str) -> Country | None:
        """The country of a people's name ("Syrians"), or None."""
        code = self._people.get(key(word)) if word[:1].isupper() else None
        return self.countries[code] if code else None

    def capital(self, name: str) -> Country | None:
        """The country whose capital has the name, or None."""
        code = self._capital.get(key(name)) if name[:1].isupper() else None
        return self.countries[code] if code else None

    def seat(self, name: str) -> Country | None:
        """The country whose government sits in a building of that name ("the Kremlin"), or None."""
        code = self._seat.get(key(name)) if name[:1].isupper() or name[:1].isdigit() else None
        return self.countries[code] if code else None

    # -- actors --------------------------------------------------------------------------

    def actors(self, name: str) -> tuple[Entry, ...]:
        """Every line of the actors' files with that name or alias, in the files' order, the user's own first."""
        wanted = key(name)
        if wanted not in self._entries and wanted not in self._own:  # most names by far
            return ()
        found = tuple(entry for written, entry in self._entries.get(wanted, ()) if _cased(written, name))
        mine = tuple(entry for written, entry in self._own.get(wanted, ()) if _cased(written, name))
        return (*mine, *(part for entry in found for part in own.without(entry, mine))) if mine else found

    def list_of(self, entry: Entry) -> str:
        """The path of the user's list that holds an entry of `actors`, or "built-in"."""
        for path in self.lists:
            if entry in self._listed[path]:
                return str(path)
        return "built-in"

    # -- places --------------------------------------------------------------------------

    def region(self, name: str) -> Point | None:
        """The authored region, division, district or base of that name, or None."""
        found = self._region.get(key(name))
        return next((p for written, p in found if _cased(written, name)), None) if found else None

    def region_adjective(self, word: str) -> Point | None:
        """The region of an adjective ("Chechen"), or None."""
        return self._region_adjective.get(key(word)) if word[:1].isupper() else None

    def country_point(self, country: Country) -> Point:
        """A country as a place."""
        c = country
        return Point(c.name, "country", c.code, "", c.lat, c.lon, c.population, c.geonames)

    def points(self, name: str) -> tuple[Point, ...]:
        """All that a place name may mean: a country, an authored region, a seat of government, towns and divisions.

        In this order, but a part of a country that also stands for it (England) comes first; of the
        towns and divisions first those of a country whose capital has the name.
        """
        found: list[Point] = []
        if (country := self.country(name)) is not None:
            found.append(self.country_point(country))
        if (region := self.region(name)) is not None:
            is_part = country is not None and region.country == country.code and country.name != region.name
            found.insert(0 if is_part else len(found), self._tied(region))
        if (owner := self.seat(name)) is not None:
            found.append(self._seat_point(name, owner))
        if not any(c.isupper() for c in name) or _is_acronym(name):
            return tuple(found)
        capital = self.capital(name)
        towns = self.gazetteer.find(name)
        return (
            *found,
            *sorted(
                towns, key=lambda p: (capital is None or p.country != capital.code, p.grain != "city", -p.population)
            ),
        )

    def _tied(self, region: Point) -> Point:
        """An authored place with the id and division of the gazetteer's place of the same name, country and grain."""
        twin = (p for p in self.gazetteer.find(region.name) if (p.country, p.grain) == (region.country, region.grain))
        found = next(twin, None)
        return replace(region, geonames=found.geonames, division=found.division) if found else region

    def _seat_point(self, name: str, owner: Country) -> Point:
        """A seat of government, where its capital is."""
        towns = (t for c in owner.capitals for t in self.gazetteer.find(c))
        capital = next((t for t in towns if (t.country, t.grain) == (owner.code, "city")), None)
        lat, lon = (capital.lat, capital.lon) if capital else (owner.lat, owner.lon)
        return Point(name, "other", owner.code, "", lat, lon, 0, None)


def _is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym, which no town is ("UN" is no Indian town)."""
    letters = name.replace(".", "")
    return len(letters) <= 4 and letters.isalpha() and letters.isupper()


def _cased(written: str, name: str) -> bool:
    """Whether the text's letter case allows the match: capitals need capitals, names a capital somewhere."""
    letters = [c for c in written if c.isalpha()]
    if len(letters) <= 6 and all(c.isupper() for c in letters):
        return all(c.isupper() for c in name if c.isalpha())
    if written[:1].isupper() and len(letters) > 1:
        return any(c.isupper() for c in name)
    return True


@lru_cache(maxsize=4)
def _version(folder: Path, lists: tuple[Path, ...], towns: str = "") -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".tsv", ".yaml", ".gz")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    for path in lists:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(towns.encode())
    return digest.hexdigest()[:12]


def load() -> Knowledge:
    """The built-in knowledge and the user's lists; read again only if these change, towns only when asked for."""
    towns = gazetteer_own.path()
    return _loaded(
        tuple((path, *_stamp(path)) for path in own.lists()), (towns, *_stamp(towns)) if towns.exists() else None
    )


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=1)
def _loaded(stamps: tuple[tuple[Path, int, int], ...], towns: tuple[Path, int, int] | None) -> Knowledge:
    _version.cache_clear()
    return Knowledge(FOLDER, [path for path, *_ in stamps], towns[0] if towns else None)
