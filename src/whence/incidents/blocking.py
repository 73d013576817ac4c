"""Where accounts of one happening are looked for: keys that they share, so that not all pairs are compared.

A key joins the family of the type, a stretch of eight days, and one thing that the account names: a party, a
place, or the country with the trigger's stem; for a single day also the country with the mode. Accounts without
days have two such things instead, the names of their sentence among them.

A name that stands in few stories is a key as well, by which an article without a day of publication is found by all
others. Of two articles with days it is none: they share another one, or tell of two days. Such a key is odd, all
others are even; accounts of an article without a day have the even one before it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from whence.incidents.account import STEM, Account
from whence.incidents.names import apart, bare
from whence.incidents.parties import is_single
from whence.incidents.settings import settings

MOST_SHARING = 200
"""Accounts that share a key up to which it is a reason to compare them. A key of more ("the United States consult
somebody this week") says as little as a word that stands in every text, and comparing all of its accounts would take
the longer the more there are; those of one happening share another key beside it."""
_STRETCH = 8
"""Days of one bucket."""
_APART = 32
"""Days between publications within which demands and the like, which have no day, are looked for."""
_MOST_BUCKETS = 6
"""Of an account: "this year" is looked for at its two ends and between them at most so often."""
_MOST_STANDING = 4
"""Names of a sentence, the longest, by which an account is looked for whenever it was told."""
_MOST_NAMES = 6
"""Things of a kind that an account without days is looked for by."""


def keys(account: Account) -> frozenset[int]:
    """The keys of an account, as signed 64-bit numbers."""
    found = {_number(text) for text in _texts(account)}
    for text in _standing(account):
        number = _number(f"{account.family}|{text}")
        found |= {number + 1} if account.article.published is not None else {number, number + 1}
    return frozenset(found)


def sought(own: Iterable[int], common: Container[int]) -> set[int]:
    """The keys of others by which an account with these keys is compared with them; those in `common` say nothing."""
    held = frozenset(own)
    return {key - (key & 1 and key - 1 not in held) for key in held if key not in common}


def meets(key: int, first: Container[int], second: Container[int]) -> bool:
    """Whether a key that two accounts share, which have these keys, is a reason to compare them."""
    return not key & 1 or key - 1 in first or key - 1 in second


def _texts(account: Account) -> Iterator[str]:
    anchors = sorted(set(_anchors(account)))
    if account.article.published is None or not (account.start or account.end):
        for told in _told(account.article.published):
            yield from (f"{account.family}|{told}{key}" for key in _timeless(account, anchors))
    if account.start is None and account.end is None:
        return
    if account.is_dated and account.start == account.end:
        kind = account.event.mode or account.event.type
        countries = {m.country for m in account.where or account.parties} - {None}
        yield from (f"{account.family}|{account.start}|{country}|{kind}" for country in countries)
    for bucket in _buckets(account.start, account.end):
        for anchor in anchors:
            yield f"{account.family}|{bucket}|{anchor}"


def _told(published: str | None) -> list[str]:
    """When something without days was told, in stretches that overlap: within `_APART` days two tellings share one.

    Without them a demand would be compared with all that was ever demanded in the same names.
    """
    try:
        day = date.fromisoformat(published or "").toordinal()
    except ValueError:
        return [""]
    return [f"told:{day // (2 * _APART)}|", f"told:{(day + _APART) // (2 * _APART)}+|"]


def _standing(account: Account) -> Iterator[str]:
    """What is looked for whenever it was told: names in few stories."""
    for actor in account.parties:
        if is_single(actor):
            yield f"last:{bare(actor.name).rpartition(' ')[2]}"
    told = apart(account.names & account.story, ())
    yield from (f"story:{name}" for name in sorted(told, key=lambda name: (-len(name), name))[:_MOST_STANDING])


def _timeless(account: Account, anchors: Sequence[str]) -> Iterator[str]:
    """What accounts of articles without a day have in common: one name that is no country's, or two things."""
    told = account.names | account.filled
    yield from (f"name:{name}" for name in sorted(name for name in told if " " in name)[:_MOST_NAMES])
    named = sorted({*anchors[:_MOST_NAMES], *(f"name:{name}" for name in sorted(account.names)[:_MOST_NAMES])})
    yield from (f"two|{first}|{second}" for first, second in combinations(named, 2))


def _anchors(account: Account) -> Iterator[str]:
    stem = account.event.trigger.text.casefold()[:STEM]
    for place in account.where:
        yield (f"place:{place.geonames}" if place.geonames is not None else f"name:{bare(place.name)}")
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
    digest = hashlib.blake2b(text.encode("utf8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) & ~1
