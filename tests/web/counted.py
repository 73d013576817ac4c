"""An archive of events at places of every grain, over some weeks, between a few actors."""

from __future__ import annotations

from pathlib import Path

from tests.archive.made import VERSIONS, actor, article, event, time
from whence import Archive
from whence.records import Coding, Grain, Place

HOSTILE = '"><img src=x onerror=alert(1)> brigade'
"""The name of an actor and of a place that would be an element, were it not shown as words."""
_PLACES: dict[str, tuple[Grain, str | None, float | None, float | None]] = {
    "Aleppo": ("city", "SYR", 36.2, 37.16),
    "Idlib": ("city", "SYR", 35.93, 36.63),
    "Deir ez-Zor": ("admin1", "SYR", 35.0, 40.5),
    "Syria": ("country", "SYR", 35.0, 38.0),
    "Levant": ("region", None, 33.0, 36.5),
    "Mali": ("country", "MLI", 17.57, -4.0),
    "Suva": ("city", "FJI", -18.14, 178.44),
    HOSTILE: ("city", "SYR", None, None),
}
_PEOPLE = {
    "army": ("Syria, army", "SYR", "MIL"),
    "guards": ("Syria, army", "SYR", "MIL"),
    "rebels": (None, "SYR", "REB"),
    "envoy": ("United Nations", "UNO", None),
    HOSTILE: (None, None, None),
}
# who, does what, to whom, where, first and last day
_HAPPENED: tuple[tuple[str, str, str | None, str, str | None, str | None], ...] = (
    ("army", "shelled", "rebels", "Aleppo", "2016-08-15", "2016-08-15"),
    ("army", "shelled", "rebels", "Aleppo", "2016-08-16", "2016-08-16"),
    ("guards", "shelled", "rebels", "Idlib", "2016-08-16", "2016-08-16"),
    ("rebels", "attacked", "army", "Deir ez-Zor", "2016-08-17", "2016-08-17"),
    ("rebels", "attacked", "army", "Syria", "2016-09-02", "2016-09-02"),
    ("envoy", "met", "army", "Syria", "2016-09-05", "2016-09-05"),
    ("envoy", "met", "rebels", "Levant", "2016-08-22", "2016-08-28"),
    ("envoy", "met", None, "Suva", "2016-08-29", "2016-08-29"),
    (HOSTILE, "attacked", "army", HOSTILE, None, None),
    (HOSTILE, "attacked", "envoy", "Mali", "2016-09-20", None),
)
_KINDS = {"shelled": ("ASSAULT", 4), "attacked": ("ASSAULT", 4), "met": ("CONSULT", 1)}


def build(path: Path) -> Path:
    """The archive, at that path: an article for each event."""
    with Archive(path) as archive:
        archive.add([_coding(number, *told) for number, told in enumerate(_HAPPENED, 1)])
    return path


def _coding(
    number: int, who: str, act: str, whom: str | None, where: str, start: str | None, end: str | None
) -> Coding:
    text = f"{who} {act} {whom or 'nobody'} in {where}, report {number}."
    source = article(text, id=f"report-{number}", published="2016-10-01")

    people = []
    for count, name in enumerate(filter(None, (who, whom)), 1):
        label, country, sector = _PEOPLE[name]
        people.append(actor(text, name, count, label=label, country=country, sector=sector))
    grain, country, lat, lon = _PLACES[where]
    begin = text.rfind(where)
    spot = Place(
        "p1", where, (begin, begin + len(where)), where, None, grain, country, None, lat, lon, "literal", 0.9, ""
    )  # fmt: skip
    kind, quad = _KINDS[act]
    made = event(
        source, 1, act, type=kind, quad=quad, actors=tuple(people[:1]), recipients=tuple(people[1:]), places=(spot,),
        time=time(start, end) if start else None,
    )  # fmt: skip
    return Coding(source, tuple(people), (spot,), (), (), (made,), VERSIONS)
