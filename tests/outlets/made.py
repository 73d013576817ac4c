"""Codings made up for the tests of outlets."""

from __future__ import annotations

from typing import Any

from whence.records import Actor, Article, Coding, Event, Mention, Place, Statement, Time

COUNTRIES = {"SYR": "Syria", "LBN": "Lebanon", "RUS": "Russia", "VAT": "Vatican"}


def place(name: str, lat: float | None = 36.2, lon: float | None = 37.15, **fields: Any) -> Place:
    given = {"grain": "city", "country": "SYR", "geonames": 170063, "use": "literal", "prio_grid": 181875, **fields}
    return Place("p1", name, (20, 26), name, None, lat=lat, lon=lon, confidence=0.8, reason="", **given)


def event(*places: Place, number: int = 1, **fields: Any) -> Event:
    given: dict[str, Any] = {
        "id": f"e{number}",
        "uid": f"uid{number}",
        "trigger": Mention("bombed", (7, 13)),
        "type": "ASSAULT",
        "mode": "aerial",
        "actors": (Actor("a1", "Russia", (0, 6), "Russia", None, "RUS", "MIL", "", 1.0),),
        "recipients": (),
        "instruments": (),
        "places": places,
        "time": Time("t1", "May", (30, 33), "2016-05-01", "2016-05-31", ""),
        "counts": (),
        "status": "happened",
        "statement": "s1",
        "same_as": None,
        "contexts": (),
        "quad": 4,
        "intensity": None,
        "cameo": None,
        "confidence": 0.9,
        "reason": "",
    }
    return Event(**(given | fields))


def coding(*events: Event, title: str | None = "A title") -> Coding:
    article = Article("row 1", None, title, "2016-06-01", None, None, "en", "Russia bombed fuel in Aleppo.", "")
    said = Statement("s1", "indirect", "plain", None, None, (), ("Sputnik", "the ministry"), (), None, 1.0, "")
    return Coding(article, (), (), (), (said,), events)
