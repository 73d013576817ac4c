"""Codings made up for the tests of the archive."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

from whence.records import (
    Actor,
    Article,
    Author,
    Coding,
    Event,
    ExcludedLine,
    Mention,
    Outcome,
    Place,
    Statement,
    Time,
    Versions,
)

VERSIONS = Versions("0.1", "m1", "c1", "k1", "p1")
POINTS = {"Keta": (5.92, 0.99, "GHA", 1), "Lomé": (6.13, 1.22, "TGO", 2), "Suva": (-18.14, 178.44, "FJI", 3)}


def article(text: str, **fields: Any) -> Article:
    sha256 = hashlib.sha256(text.encode("utf8", "replace")).hexdigest()
    given: dict[str, Any] = {
        "id": sha256[:16],
        "url": None,
        "title": None,
        "published": "2020-02-03",
        "published_from": "given",
        "site": "The Volta Post",
        "language": "en",
        "text": text,
        "sha256": sha256,
        "excluded": (ExcludedLine("Read also: the tides", 9, "read also"),),
        "authors": (Author("Efua Mensah", 0.5),),
    }
    return Article(**(given | fields))


def actor(text: str, name: str, number: int = 1, **fields: Any) -> Actor:
    given: dict[str, Any] = {"label": None, "country": "GHA", "sector": "GOV", **fields}
    begin = max(text.find(name), 0)
    return Actor(f"a{number}", name, (begin, begin + len(name)), name, reason="", confidence=0.9, **given)


def place(text: str, name: str, number: int = 1) -> Place:
    lat, lon, country, geonames = POINTS[name]
    begin = max(text.find(name), 0)
    return Place(
        f"p{number}",
        name,
        (begin, begin + len(name)),
        name,
        f"{name}, town",
        "city",
        country,
        geonames,
        lat,
        lon,
        "literal",
        0.8,
        "",
    )


def event(source: Article, number: int, word: str, **fields: Any) -> Event:
    begin = source.text.index(word)
    kind = fields.get("type", "ASSAULT")
    key = f"{source.sha256}:{begin}:{begin + len(word)}:{kind}"
    given: dict[str, Any] = {
        "id": f"e{number}",
        "uid": hashlib.sha256(key.encode()).hexdigest()[:16],
        "trigger": Mention(word, (begin, begin + len(word))),
        "type": kind,
        "mode": None,
        "actors": (),
        "recipients": (),
        "instruments": (),
        "places": (),
        "time": None,
        "counts": (),
        "status": "happened",
        "statement": None,
        "same_as": None,
        "contexts": (),
        "quad": 4,
        "intensity": -9.0,
        "cameo": None,
        "confidence": 0.7,
        "reason": "made up",
    }
    return Event(**(given | fields))


def time(start: str | None, end: str | None, number: int = 1) -> Time:
    return Time(f"t{number}", "then", (0, 4), start, end, "made up")


def coding(text: str = "The army shelled Keta, the mayor said.", **fields: Any) -> Coding:
    """The army, a recipient in Keta, one event, said by the mayor through Radio Keta."""
    source = article(text, **fields)
    army = actor(text, "army", 1, label="Ghana, army", sector="MIL")
    town = actor(text, "Keta", 2, sector="CVL")
    mayor = actor(text, "mayor", 3)
    radio = actor(text, "Radio Keta", 4, sector="JRN")
    where = place(text, "Keta")
    said = Statement(
        "s1", "indirect", "plain", None, None, (Mention(text[:10], (0, 10)),), ("Radio Keta", "mayor"), ("a4", "a3"),
        None, 0.8, "",
    )  # fmt: skip
    shelled = event(
        source,
        1,
        text.split()[2],
        actors=(army,),
        recipients=(town,),
        places=(where,),
        time=time("2020-02-01", "2020-02-02"),
        statement="s1",
        contexts=("military",),
        mode="artillery",
    )
    when = (time("2020-02-01", "2020-02-02"),)
    return Coding(source, (army, town, mayor, radio), (where,), when, (said,), (shelled,), VERSIONS)


def coded(made: Coding, name: str = "a.html", digest: str = "d1") -> Outcome:
    return Outcome(name, digest, "coded", made.article.id, coding=made)


def copied(source: Article, copy_of: str, name: str = "b.html", digest: str = "d2") -> Outcome:
    return Outcome(name, digest, "copy", source.id, article=source, copy_of=copy_of)


def failed(name: str = "c.html", digest: str = "", kind: str = "unreadable") -> Outcome:
    return Outcome(name, digest, "failed", None, kind, "made to fail")


def under(made: Coding, **versions: Any) -> Coding:
    """The same coding under other versions."""
    return dataclasses.replace(made, versions=dataclasses.replace(made.versions, **versions))
