"""Where accounts of one happening are looked for: keys that they share, so that not all pairs are compared.

A key joins the family of the type, a stretch of eight days, and one thing that the account names: a party, a
place, or the country with the trigger's stem. Accounts without days have two such things instead, the names of
their sentence among them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from whence.incidents.account import Account, bare
from whence.incidents.settings import settings

_STRETCH = 8
"""Days of one bucket."""
_MOST_BUCKETS = 6
"""Of an account: "this year" is looked for at its two ends and between them at most so often."""
_MOST_NAMES = 6
"""Things of a kind that an account without days is looked for by."""
_STEM = 5


def keys(account: Account) -> frozenset[int]:
    """The keys of an account, as signed 64-bit numbers."""
    return frozenset(_number(text) for text in _texts(account))


def _texts(account: Account) -> Iterator[str]:
    anchors = sorted(set(_anchors(account)))
    if account.start is None and account.end is None:
        named = sorted({*anchors[:_MOST_NAMES], *(f"name:{n}" for n in sorted(account.names)[:_MOST_NAMES])})
        for first, second in combinations(named, 2):
            yield f"{account.family}|two|{first}|{second}"
        return
    for bucket in _buckets(account.start, account.end):
        for anchor in anchors:
            yield f"{account.family}|{bucket}|{anchor}"


def _anchors(account: Account) -> Iterator[str]:
    stem = account.event.trigger.text.casefold()[:_STEM]
    for place in account.event.places:
        yield f"place:{place.geonames}" if place.geonames is not None else f"name:{bare(place.name)}"
        if place.country is not None:
            yield f"{place.country}:{stem}"
    for actor in account.parties:
        if actor.label is not None:
            yield f"label:{actor.label}"
        if actor.name[:1].isupper():
            yield f"name:{bare(actor.name)}"
        if actor.country is not None:
            yield f"{actor.country}:{stem}"


def _buckets(start: date | None, end: date | None) -> list[int]:
    slack = timedelta(days=settings()["farthest_days"])
    first = start or end
    last = end or start
    assert first is not None and last is not None
    span = range((first - slack).toordinal() // _STRETCH, (last + slack).toordinal() // _STRETCH + 1)
    return list(span) if len(span) <= _MOST_BUCKETS else [*span[: _MOST_BUCKETS // 2], *span[-_MOST_BUCKETS // 2 :]]


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf8", "replace"), digest_size=8).digest(), "big", signed=True)
