"""Events as GeoJSON (RFC 7946): a Feature for each place of an event that has a point.

    {"type": "FeatureCollection", "features": [...], "unplaced": [...]}

What has no point is not lost: the foreign member `unplaced` names each such event or place with the reason.
The order is that of articles, events and places as they were coded, so the same codings give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import Any, TypeVar

from whence.records import Actor, Article, Coding, Event, Place

T = TypeVar("T")

_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}
"""Line ends that JSON allows to stand as they are, written as escapes for readers that go line by line."""

NO_PLACE = "the text gives no place for it"


@dataclass(slots=True)
class Collection:
    """What was placed and what was not, gathered coding by coding; the codings themselves are not kept.

    `countries` maps ISO 3166 alpha-3 codes to names.
    """

    countries: Mapping[str, str] = field(default_factory=dict)
    features: list[dict[str, Any]] = field(default_factory=list)
    unplaced: list[dict[str, Any]] = field(default_factory=list)

    def add(self, coding: Coding) -> None:
        """Adds the events of one article."""
        chains = {statement.id: statement.chain for statement in coding.statements}
        for event in coding.events:
            told = _told(coding.article, event, chains.get(event.statement or "", ()))
            literal = [place for place in event.places if place.use == "literal"]
            for place in literal:
                if (point := _point(place)) is not None:
                    self.features.append(self._feature(told, place, point))
                else:
                    self.unplaced.append(
                        {**told, "place": place.name, "reason": f"no point is known for “{place.name}”"}
                    )
            if not literal:
                self.unplaced.append({**told, "place": None, "reason": NO_PLACE})

    def watch(self, items: Iterable[T]) -> Iterator[T]:
        """The items as they are; the codings among them are added as they pass."""
        for item in items:
            if isinstance(item, Coding):
                self.add(item)
            yield item

    def _feature(self, told: Mapping[str, Any], place: Place, point: tuple[float, float]) -> dict[str, Any]:
        where = {
            "place": place.name,
            "place_text": place.text,
            "place_at": list(place.at),
            "grain": place.grain,
            "country": place.country,
            "country_name": self.countries.get(place.country or ""),
            "geonames": place.geonames,
            "place_confidence": place.confidence,
            "prio_grid": place.prio_grid,
        }
        return {
            "type": "Feature",
            "id": f"{told['uid']}:{place.at[0]}",
            "geometry": {"type": "Point", "coordinates": list(point)},
            "properties": {**told, **where},
        }


def to_geojson(found: Collection) -> str:
    """The collection as one JSON text: a feature a line, coordinates in degrees, longitude first (WGS 84)."""
    return "".join(_pieces(map(_dumps, found.features), map(_dumps, found.unplaced)))


def geojson_pieces(codings: Iterable[Coding], countries: Mapping[str, str]) -> Iterator[str]:
    """The text that `to_geojson` gives of the codings, in pieces, with one of them in memory at a time.

    `countries` is that of `Collection`. What has no point waits in a temporary file until all codings have passed.
    """
    with TemporaryFile("w+", encoding="utf8", errors="surrogatepass", newline="\n") as waiting:

        def features() -> Iterator[str]:
            for coding in codings:
                found = Collection(countries)
                found.add(coding)
                waiting.writelines(f"{_dumps(told)}\n" for told in found.unplaced)
                yield from map(_dumps, found.features)
            waiting.seek(0)

        yield from _pieces(features(), (line.removesuffix("\n") for line in waiting))


def _pieces(features: Iterable[str], unplaced: Iterable[str]) -> Iterator[str]:
    yield '{"type": "FeatureCollection",\n"features": [\n'
    yield from _separated(features)
    yield '\n],\n"unplaced": [\n'
    yield from _separated(unplaced)
    yield "\n]}\n"


def _separated(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield f",\n{line}" if number else line


def _point(place: Place) -> tuple[float, float] | None:
    """Degrees east and north, or None where they are unknown or no point of the earth."""
    if place.lat is None or place.lon is None:
        return None
    is_on_earth = abs(place.lat) <= 90 and abs(place.lon) <= 180
    return (place.lon, place.lat) if is_on_earth else None


def _told(article: Article, event: Event, chain: tuple[str, ...]) -> dict[str, Any]:
    """What is told of an event, wherever it is: properties of its features."""
    return {
        "article": article.id,
        "title": article.title,
        "event": event.id,
        "uid": event.uid,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "start": event.time.start if event.time else None,
        "end": event.time.end if event.time else None,
        "actors": list(_parties(event.actors)),
        "recipients": list(_parties(event.recipients)),
        "trigger": event.trigger.text,
        "trigger_at": list(event.trigger.at),
        "chain": list(chain),
        "confidence": event.confidence,
    }


def _parties(actors: tuple[Actor, ...]) -> Iterator[dict[str, Any]]:
    for actor in actors:
        yield {"name": actor.name, "country": actor.country, "sector": actor.sector}


def _dumps(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS)
