"""Stretches of text compared: whether two are the same mention, and how much two sets of them share.

Spans are begin and end in code points, the end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from whence.errors import TooLarge

Span = tuple[int, int]
G = TypeVar("G")
P = TypeVar("P")

_TIMES = 3
_MORE = 12
"""Code points; with `_TIMES` how much longer one of two mentions may be than the other. They differ by titles and
modifiers ("the minister", "the country's new defence minister"), not by clauses."""
_STRIDE = 64
"""Code points of a stretch of text under which spans are looked up."""

_MOST_PAIRS = 1_000_000
"""Pairs of marks of one article that are compared, which takes seconds. Ordinary articles have some thousand."""


def shared(a: Span, b: Span) -> int:
    """Code points that two spans have in common."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def same_mention(a: Span | None, b: Span | None) -> bool:
    """Whether two spans are one mention, modifiers aside: they overlap, and neither is much longer than the other."""
    if a is None or b is None or not shared(a, b):
        return False
    shorter, longer = sorted((a[1] - a[0], b[1] - b[0]))
    return longer <= _TIMES * shorter + _MORE


def union(spans: Iterable[Span]) -> list[Span]:
    """The same characters as spans that neither overlap nor touch, in order."""
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif begin < end:
            joined.append((begin, end))
    return joined


def length(spans: Iterable[Span]) -> int:
    """Code points in spans that do not overlap."""
    return sum(end - begin for begin, end in spans)


def likeness(a: Sequence[Span], b: Sequence[Span]) -> float:
    """Jaccard index of the characters of two unions: shared by all, 0 to 1; 0 where both are empty."""
    common, i, j = 0, 0, 0
    while i < len(a) and j < len(b):
        common += shared(a[i], b[j])
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    whole = length(a) + length(b) - common
    return common / whole if whole else 0.0


def neighbours(gold: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]]) -> Iterator[tuple[int, int]]:
    """Numbers of the items of both sides that may overlap, each pair once: others need no comparing.

    Raises `TooLarge` where so many do that comparing them would take minutes.
    """
    there: dict[int, list[int]] = {}
    for j, spans in enumerate(found):
        for stretch in _stretches(spans):
            there.setdefault(stretch, []).append(j)
    count = 0
    for i, spans in enumerate(gold):
        for j in sorted({j for stretch in _stretches(spans) for j in there.get(stretch, ())}):
            count += 1
            if count > _MOST_PAIRS:
                raise TooLarge(f"more than {_MOST_PAIRS:,} pairs of its marks overlap with what was found")
            yield i, j


def _stretches(spans: Iterable[Span]) -> set[int]:
    return {n for begin, end in spans if begin < end for n in range(begin // _STRIDE, (end - 1) // _STRIDE + 1)}


def pairs(
    gold: Sequence[G],
    found: Sequence[P],
    score: Callable[[G, P], float],
    least: float,
    candidates: Iterable[tuple[int, int]] | None = None,
) -> list[tuple[G, P]]:
    """Each of one side with at most one of the other, the best scores first, of equals the earlier in the text.

    Pairs below `least` are none. Only `candidates`, numbers of both sides, are compared, or where none are given all.
    """
    if candidates is None:
        candidates = ((i, j) for i in range(len(gold)) for j in range(len(found)))
    scored = [(-value, i, j) for i, j in candidates if (value := score(gold[i], found[j])) >= least]
    taken: tuple[set[int], set[int]] = (set(), set())
    joined = []
    for _, i, j in sorted(scored):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            joined.append((gold[i], found[j]))
    return joined
