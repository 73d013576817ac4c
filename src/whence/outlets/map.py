"""Placed events as one HTML file that asks the network for nothing: a world in SVG, its places, their events.

Text of articles is data: it stands in the page escaped, and the script sets it as text alone. The policy
in the page's head lets no other script and no other style run than the two that are written here.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from string import Template
from typing import Any

from whence.outlets.geojson import Collection
from whence.outlets.world import asset, outlines, projected, radii

_UNIT = 0.4
"""Degrees that a pixel is worth where the whole world is 900 pixels wide: sizes until the script knows better."""
_AREAS = {"admin1": 1.2, "country": 2.0, "region": 7.0, "other": 0.5}
"""Radius in degrees of the circle for a place that is no point; for countries, where their outline is unknown."""
_COUNTRY_SHARE, _COUNTRY_MOST = 0.6, 8.0
"""Of a country's size as a circle, the part that is drawn, lest it hide the neighbours; and no more than this."""
_FARTHEST = (60.0, 30.0)
"""Least width and height in degrees of what is shown at first: one town alone needs its surroundings."""
_LEVELS = {"region": 0, "country": 1, "admin1": 2, "other": 3, "city": 4}
"""The order of drawing: the smaller above the larger."""
_IN_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\x85\u2028\u2029"}
"""What could end the element of the data, as escapes of JSON."""


@dataclass(slots=True)
class _Spot:
    """A place on the map, and the features that stand there."""

    name: str
    country: str
    grain: str
    x: float
    y: float
    area: float
    """Radius in degrees; 0 for a point."""
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def label(self) -> str:
        where = f"{self.name} ({self.country})" if self.country and self.country != self.name else self.name
        return f"{where}, {_GRAINS[self.grain]}: {_number(len(self.events), 'event')}"


_GRAINS = {
    "city": "town or city",
    "admin1": "province or state",
    "country": "country",
    "region": "region of several countries",
    "other": "other place",
}


def to_html(found: Collection) -> str:
    """The page for the collection: map, legend, list of places, and what has no point, with the reason."""
    spots = _spots(found)
    style, script = asset("map.css"), asset("map.js")
    return Template(asset("map.html")).substitute(
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        summary=_summary(found, spots),
        view=" ".join(f"{value:g}" for value in _view(spots)),
        graticule=_graticule(),
        outlines=outlines(),
        spots="\n".join(_marker(number, spot) for number, spot in enumerate(spots)),
        list="\n".join(_item(number, spot) for number, spot in enumerate(spots)),
        unplaced=_unplaced(found),
        data=_data(spots),
    )


def _spots(found: Collection) -> list[_Spot]:
    """A spot for each point, grain and name that has events, the largest areas first, for they lie below."""
    spots: dict[tuple[Any, ...], _Spot] = {}
    for feature in found.features:
        told = feature["properties"]
        lon, lat = feature["geometry"]["coordinates"]
        key = (lat, lon, told["grain"], told["geonames"] or told["place"])
        if key not in spots:
            x, y = projected(lat, lon)
            country = told["country_name"] or told["country"] or ""
            area = _area(told["grain"], told["country"])
            spots[key] = _Spot(_clean(told["place"]), _clean(country), told["grain"], x, y, area)
        spots[key].events.append(told)
    return sorted(spots.values(), key=lambda spot: (_LEVELS[spot.grain], -spot.area, spot.name, spot.x, spot.y))


def _area(grain: str, country: str | None) -> float:
    """Radius in degrees of what a place of the grain covers; a province is no larger than half its country."""
    if grain == "city":
        return 0.0
    size = radii().get(country or "")
    if size is None or grain in ("region", "other"):
        return _AREAS[grain]
    if grain == "country":
        return round(min(size * _COUNTRY_SHARE, _COUNTRY_MOST), 2)
    return round(min(size / 2, _AREAS[grain]), 2)


def _view(spots: list[_Spot]) -> tuple[float, float, float, float]:
    """The part of the world that is shown at first: left, top, width, height in degrees, twice as wide as high."""
    if not spots:
        return 0, 0, 360, 180
    left, right = min(s.x - s.area for s in spots), max(s.x + s.area for s in spots)
    top, bottom = min(s.y - s.area for s in spots), max(s.y + s.area for s in spots)
    height = min(180.0, max(_FARTHEST[1], (bottom - top) * 1.2, (right - left) * 1.2 / 2, _FARTHEST[0] / 2))
    width = 2 * height
    x = min(max((left + right - width) / 2, 0), 360 - width)
    y = min(max((top + bottom - height) / 2, 0), 180 - height)
    return round(x, 2), round(y, 2), round(width, 2), round(height, 2)


def _graticule() -> str:
    """Lines of longitude and latitude, every 30 degrees, as the data of one SVG path."""
    return "".join(f"M{x} 0V180" for x in range(0, 361, 30)) + "".join(f"M0 {y}H360" for y in range(0, 181, 30))


def _marker(number: int, spot: _Spot) -> str:
    """The spot in SVG: a dot or a circle, and how many events stand there if there are several."""
    pixels = 5 + 2 * math.log2(len(spot.events)) if spot.grain == "city" else 9
    radius = max(spot.area, pixels * _UNIT)
    count = f'<text aria-hidden="true">{len(spot.events)}</text>' if len(spot.events) > 1 else ""
    return (
        f'<g class="spot {spot.grain}" data-spot="{number}" data-area="{spot.area:g}" data-pixels="{pixels:.1f}" '
        f'transform="translate({spot.x:g} {spot.y:g})" tabindex="0" role="button" aria-label="{escape(spot.label)}">'
        f'<circle r="{radius:.3g}"/>{count}<title>{escape(spot.label)}</title></g>'
    )


def _item(number: int, spot: _Spot) -> str:
    return (
        f'<li><button type="button" data-spot="{number}"><span class="key {spot.grain}"></span> '
        f"<bdi>{escape(spot.label)}</bdi></button></li>"
    )


def _unplaced(found: Collection) -> str:
    """The list of what has no point, or a sentence that says that there is nothing."""
    if not found.unplaced:
        return "<p>Every event has a point.</p>"
    items = "\n".join(f"<li>{_sentence(told)}</li>" for told in found.unplaced)
    return f"<details><summary>Without a point: {len(found.unplaced):,}</summary><ul>{items}</ul></details>"


def _sentence(told: Mapping[str, Any]) -> str:
    kind, trigger, reason = (escape(_clean(told[key])) for key in ("type", "trigger", "reason"))
    article = escape(_clean(told["title"] or told["article"]))
    return f"{kind} “<bdi>{trigger}</bdi>” in <bdi>{article}</bdi>: <bdi>{reason}</bdi>"


def _summary(found: Collection, spots: list[_Spot]) -> str:
    placed = {feature["properties"]["uid"] for feature in found.features}
    return f"{_number(len(placed), 'event')} at {_number(len(spots), 'place')}"


def _data(spots: list[_Spot]) -> str:
    """What the panel shows of each spot, as JSON that cannot leave its element."""
    shown = [{"label": spot.label, "events": [_details(told) for told in spot.events]} for spot in spots]
    return json.dumps(shown, ensure_ascii=False).translate(_IN_SCRIPT)


def _details(told: Mapping[str, Any]) -> dict[str, Any]:
    """One event as the panel words it: a heading, and pairs of a name and a text."""
    begin, end = told["trigger_at"]
    kind = f"{told['type']} ({told['mode']})" if told["mode"] else told["type"]
    days = [day for day in dict.fromkeys((told["start"], told["end"])) if day]
    pairs = {
        "Who": _parties(told["actors"]),
        "To whom": _parties(told["recipients"]),
        "When": " to ".join(days),
        "Said by": " > ".join(told["chain"]),
        "Words": f"“{told['trigger']}” at {begin}–{end}; place “{told['place_text']}” at {told['place_at'][0]}–"
        f"{told['place_at'][1]}",
        "Article": told["title"] or told["article"],
        "Confidence": f"event {told['confidence']:.2f}, place {told['place_confidence']:.2f}",
    }
    return {
        "heading": _clean(f"{kind}, {told['status']}"),
        "pairs": [[name, _clean(text)] for name, text in pairs.items() if text],
    }


def _parties(actors: list[dict[str, Any]]) -> str:
    named = []
    for actor in actors:
        code = " ".join(part for part in (actor["country"], actor["sector"]) if part)
        named.append(f"{actor['name']} [{code}]" if code else actor["name"])
    return ", ".join(named)


def _clean(text: str) -> str:
    """The text on one line, without controls, marks that turn its direction, and halves of characters."""
    return " ".join("".join(" " if unicodedata.category(c) in _UNSEEN else c for c in text).split())


_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def _hash(text: str) -> str:
    """The hash by which the page's policy knows a script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf8")).digest()).decode("ascii")
