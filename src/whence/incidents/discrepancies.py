"""Where two tellings of one incident do not agree: slot by slot, with the words of both sides.

Coarser is not other: "Syria" agrees with "Aleppo", "dozens" with 24. Each slot shows every pair of values that
differ once, by their earliest tellings; a difference that one telling's own words already bridge is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from whence.incidents.account import Account
from whence.incidents.likeness import days_apart, is_mutual, meet
from whence.incidents.names import bare
from whence.incidents.parties import Sameness, are_opposed, sameness
from whence.incidents.whereabouts import distance, place_likeness
from whence.records import Actor, Count, Discrepancy, Grade, Place, Slot, Span, Stretch

_MOST = 12
"""Discrepancies shown of one slot."""
_NEAR_KM = 30.0
"""Two points within it are one area, described in two ways."""
_NEARLY = 0.1
"""Share by which two numbers differ that are a detail: 31 and 33."""
_GROWING = frozenset({"killed", "wounded", "missing", "detained", "displaced", "taking part"})
"""Tolls, and numbers of a crowd, that later reports raise."""
_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{0,4}-?\d{1,4}[A-Z]{0,3}\d{0,2}s?\b")
"""A type as in Tu-22M3, F-16, BM21."""
_EDITS = 2
"""Letters by which two designations differ that may be a slip of one another."""
_REAL = frozenset({"happened", "ongoing"})
Found = tuple[Grade, str, Span, str, Span]
"""A grade, and text and span on either side."""


def discrepancies(accounts: Sequence[Account]) -> tuple[Discrepancy, ...]:
    """The discrepancies between accounts of one incident, which come in the order of their publication."""
    found: list[Discrepancy] = []
    accounts = [a if a.who else replace(a, who=_usual(accounts)) for a in accounts]
    for slot, compare in _SLOTS:
        seen: set[frozenset[str]] = set()
        shown = 0
        for a, b in combinations(accounts, 2):
            if shown >= _MOST:
                break
            for grade, text, at, other, other_at in compare(a, b):
                ways = _known(slot, a, text, b, other)
                if not seen.isdisjoint(ways):
                    continue
                seen.update(ways)
                sides = (_stretch(a, text, at), _stretch(b, other, other_at))
                found.append(Discrepancy(slot, grade, *sides))
                shown += 1
    return tuple(found)


def _known(slot: Slot, a: Account, text: str, b: Account, other: str) -> list[frozenset[str]]:
    """By what a difference is known when it comes again: by its words, and one of whether by whose word it is."""
    ways = [frozenset({bare(text), bare(other)})]
    if slot == "whether":
        ways.append(frozenset({_word(a), _word(b)}))
    return ways


def _word(account: Account) -> str:
    """Whose denial it is; of the others, that it happened or is to come."""
    return f"denied by {account.chain[-1:]}" if account.event.status == "denied" else f"{account.reality}, it is said"


def _usual(accounts: Sequence[Account]) -> tuple[Actor, ...]:
    """Who does it in most of the tellings that say so: those that leave it open mean the same."""
    told = [account.who for account in accounts if account.who and account.event.status != "denied"]
    kinds = Counter((side[0].country, side[0].sector) for side in told)
    return max(told, key=lambda side: kinds[side[0].country, side[0].sector], default=())


def _stretch(account: Account, text: str, at: Span) -> Stretch:
    return Stretch(text, at, account.article.sha256, account.chain)


def _actors(a: Account, b: Account) -> Iterator[Found]:
    """A denial names whom others accuse, and claims nobody itself."""
    if "denied" in (a.event.status, b.event.status):
        return
    yield from (_side(a.parties, b.parties) if is_mutual(a, b) else _side(a.event.actors, b.event.actors))


def _recipients(a: Account, b: Account) -> Iterator[Found]:
    if not is_mutual(a, b):
        yield from _side(a.event.recipients, b.event.recipients)


def _side(a: Sequence[Actor], b: Sequence[Actor]) -> Iterator[Found]:
    """Two sides differ where nobody of the one can be anybody of the other; pronouns are too weak a ground."""
    pairs = [(sameness(x, y), x, y) for x in a for y in b]
    if any(_is_pronoun(actor) for actor in (*a, *b)):
        return
    if not pairs or any(same > Sameness.SECTOR for same, _, _ in pairs):
        return
    best, x, y = max(pairs, key=lambda p: (p[0], -p[1].at[0], -p[2].at[0]))
    is_detail = best in (Sameness.SECTOR, Sameness.OTHER) and not are_opposed(x, y)
    yield "detail" if is_detail else "contradiction", x.text, x.at, y.text, y.at


def _is_pronoun(actor: Actor) -> bool:
    return actor.text.islower() and " " not in actor.text and actor.text != actor.name


def _where(a: Account, b: Account) -> Iterator[Found]:
    first, second = _finest(a.event.places), _finest(b.event.places)
    if not first or not second:
        return
    for x in first:
        for y in second:
            if x.geonames is not None and x.geonames == y.geonames:
                if bare(x.text) != bare(y.text):
                    yield "wording", x.text, x.at, y.text, y.at
                return
    if _is_coarse(first) != _is_coarse(second) or not place_likeness(first, second).is_apart:
        return
    x, y = first[0], second[0]
    gap = distance(x, y)
    yield ("detail" if gap is not None and gap <= _NEAR_KM else "contradiction", x.text, x.at, y.text, y.at)


def _finest(found: Sequence[Place]) -> list[Place]:
    """Towns if there are any, else divisions, else countries."""
    for grains in (("city", "other"), ("admin1",), ("region", "country")):
        if chosen := [place for place in found if place.grain in grains]:
            return chosen
    return []


def _is_coarse(found: Sequence[Place]) -> bool:
    return found[0].grain in ("admin1", "region", "country")


def _when(a: Account, b: Account) -> Iterator[Found]:
    x, y = a.event.time, b.event.time
    if x is None or y is None or not (a.is_dated and b.is_dated):
        return
    gap = days_apart((a.start, a.end), (b.start, b.end))
    if gap:
        yield "detail" if gap == 1 else "contradiction", x.text, x.at, y.text, y.at


def _how_many(a: Account, b: Account) -> Iterator[Found]:
    for x in a.event.counts:
        for y in b.event.counts:
            if x.what == y.what and not meet(x, y):
                yield _toll(a, b, x, y), x.text, x.at, y.text, y.at


def _toll(a: Account, b: Account, x: Count, y: Count) -> Grade:
    """A higher number in a later report is a development; numbers close to each other are a detail."""
    first, second = (x.low or x.high or 0), (y.low or y.high or 0)
    before, after = _published(a), _published(b)
    if x.what in _GROWING and before is not None and after is not None and before != after:
        (_, early), (_, late) = sorted(((before, first), (after, second)))
        if late > early:
            return "development"
    return "detail" if abs(first - second) <= _NEARLY * max(first, second) else "contradiction"


def _published(account: Account) -> date | None:
    try:
        return date.fromisoformat(account.article.published) if account.article.published else None
    except ValueError:
        return None


def _with_what(a: Account, b: Account) -> Iterator[Found]:
    """Types of arms that the one names and the other does not, where each has one that is like it and yet another."""
    first = {d: m for m in a.event.instruments for d in _DESIGNATION.findall(m.text)}
    second = {d: m for m in b.event.instruments for d in _DESIGNATION.findall(m.text)}
    for x in sorted(first.keys() - second.keys()):
        for y in sorted(second.keys() - first.keys()):
            edits = _edits(x, y)
            if edits <= _EDITS:
                grade: Grade = "detail" if _letters(x) != _letters(y) else "wording"
                yield grade, first[x].text, first[x].at, second[y].text, second[y].at


def _letters(designation: str) -> str:
    return re.sub(r"\W", "", designation).casefold()


def _edits(a: str, b: str) -> int:
    """Letters to put in, take out or change (Levenshtein), of short words."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def _whether(a: Account, b: Account) -> Iterator[Found]:
    first, second = a.event.status, b.event.status
    if "denied" in (first, second) and ({first, second} & _REAL):
        if _are_others(a, b):
            return
        grade: Grade = "contradiction"
    elif _has_come(a, b) or _has_come(b, a):
        grade = "development"
    else:
        return
    yield (grade, a.event.trigger.text, a.event.trigger.at, b.event.trigger.text, b.event.trigger.at)


def _are_others(a: Account, b: Account) -> bool:
    """Whether the two speak of different doers: to deny that one did it is not to deny that it was done."""
    pairs = [sameness(x, y) for x in a.who for y in b.who]
    return bool(pairs) and not is_mutual(a, b) and max(pairs) <= Sameness.SECTOR


def _has_come(early: Account, late: Account) -> bool:
    """Whether what was to come in one report had happened in a later one."""
    before, after = _published(early), _published(late)
    is_come = early.reality == "coming" and late.reality == "real"
    return is_come and before is not None and after is not None and before < after


_SLOTS: tuple[tuple[Slot, Callable[[Account, Account], Iterator[Found]]], ...] = (
    ("who", _actors),
    ("to whom", _recipients),
    ("where", _where),
    ("when", _when),
    ("how many", _how_many),
    ("with what", _with_what),
    ("whether", _whether),
)
