"""Codings of one sentence each, made up for the tests of incidents."""

from __future__ import annotations

import hashlib
from typing import Any

from whence.records import Actor, Article, Coding, Count, Event, Mention, Place, Statement, Time

RUSSIA = Actor("a1", "Moscow", (0, 6), "Russia", "Russia, government", "RUS", "GOV", "", 1.0)
ARMY = Actor("a2", "Russian air force", (0, 6), "Russian Air Force", None, "RUS", "MIL", "", 1.0)
TURKEY = Actor("a3", "Ankara", (0, 6), "Turkey", "Turkey, government", "TUR", "GOV", "", 1.0)
ISIS = Actor("a4", "ISIS", (8, 12), "ISIS", "Islamic State", "IMG", "REB", "", 1.0)
MINISTRY = Actor("a5", "the ministry", (8, 12), "Russia's Ministry of Defence", None, "RUS", "MIL", "", 1.0)
MINISTRY_TOO = Actor("a6", "the ministry", (8, 12), "Russian Defense Ministry", None, "RUS", "MIL", "", 1.0)
WITNESSES = Actor("a7", "witnesses", (8, 12), "witnesses", None, "SYR", "CVL", "", 1.0)
ALEPPO = Place("p1", "Aleppo", (0, 6), "Aleppo", "Aleppo", "city", "SYR", 170063, 36.2, 37.15, "literal", 1.0, "")
IDLIB = Place("p2", "Idlib", (0, 5), "Idlib", "Idlib", "city", "SYR", 169389, 35.93, 36.63, "literal", 1.0, "")
SYRIA = Place("p3", "Syria", (0, 5), "Syria", "Syria", "country", "SYR", 163843, 35.0, 38.0, "literal", 1.0, "")
DEIR = Place("p4", "Deir ez-Zor", (0, 5), "Deir ez-Zor", None, "city", "SYR", 170794, 35.33, 40.14, "literal", 1.0, "")


def killed(low: int | None, high: int | None = None) -> Count:
    return Count(f"{low}", (0, 2), "killed", low, high if high is not None else low)


def day(value: str) -> Time:
    return Time("t1", value, (0, 4), value, value, "")


def told(
    name: str,
    *,
    chain: tuple[Actor, ...] = (),
    published: str | None = "2016-08-17",
    site: str | None = None,
    credit: str | None = None,
    **fields: Any,
) -> Coding:
    """An article with one event, in words of its own; `chain` outermost first, each with its name."""
    sha = hashlib.sha256(name.encode()).hexdigest()
    letters = "".join(chr(ord("a") + int(digit, 16)) for digit in sha[:24])
    text = f"Warplanes struck {letters[:8]} {letters[8:16]} {letters[16:]}."
    article = Article(
        id=name, url=None, title=name, published=published, published_from=None, site=site or f"{name}.example",
        language="en", text=text, sha256=sha, credit=credit,
    )  # fmt: skip
    return Coding(article, chain, (), (), _statements(chain), (event(f"{sha[:8]}", chain=chain, **fields),))


def _statements(chain: tuple[Actor, ...]) -> tuple[Statement, ...]:
    if not chain:
        return ()
    names, ids = tuple(a.name for a in chain), tuple(a.id for a in chain)
    return (Statement("s1", "indirect", "plain", None, None, (), names, ids, None, 1.0, ""),)


def event(uid: str, chain: tuple[Actor, ...] = (), **fields: Any) -> Event:
    given: dict[str, Any] = {
        "id": "e1",
        "uid": uid,
        "trigger": Mention("struck", (10, 16)),
        "type": "ASSAULT",
        "mode": "aerial",
        "actors": (ARMY,),
        "recipients": (ISIS,),
        "instruments": (),
        "places": (ALEPPO,),
        "time": day("2016-08-16"),
        "counts": (),
        "status": "happened",
        "statement": "s1" if chain else None,
        "same_as": None,
        "contexts": (),
        "quad": 4,
        "intensity": None,
        "cameo": None,
        "confidence": 0.9,
        "reason": "",
    }
    return Event(**(given | fields))
