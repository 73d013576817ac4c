"""How well statements are found: exact cues, sources and contents, whole statements, and direct quotations alone.

Scores as `measure/attribution.py` of the evaluation data does, from spans in code points of the same text; quotation
marks, commas and white space at the edges of spans count on neither side.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whence.records import Span

PARTS = ("cue", "source", "content")
_EDGES = " \t\r\n\"'“”‘’«»„,.;:"
_BEFORE = re.compile(r"[\"“„«][^\w\s]*\Z")
_AFTER = re.compile(r"[^\w\s]*[\"“”»]")
"""Marks that open and close a quotation; single ones are left out, for most of them are apostrophes."""
_REACH = 4
"""Code points beside a trimmed content in which its quotation marks stand: `.’”`."""
_LEAST = 0.5
"""Jaccard index of contents from which two statements are the same."""
_DRAWS = 200
_TAIL = 20
"""One in twenty draws lies below the interval, and one above."""


@dataclass(frozen=True, slots=True)
class Found:
    """One statement by its spans; no spans where it has no such part."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]

    def trimmed(self, text: str) -> Found:
        """Without quotation marks, commas and white space at the edges of spans."""
        return Found(_trim(self.cue, text), _trim(self.source, text), _trim(self.content, text))

    def is_direct(self, text: str) -> bool:
        """Whether each piece of its trimmed content stands in quotation marks of its own."""
        return bool(self.content) and all(
            _BEFORE.search(text[max(0, b - _REACH) : b]) and _AFTER.match(text[e : e + _REACH]) for b, e in self.content
        )


@dataclass(frozen=True, slots=True)
class Count:
    """Right ones, surplus ones and missed ones."""

    right: int = 0
    surplus: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.surplus + other.surplus, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """F1 in per cent; 0 where nothing is right."""
        return 200 * self.right / (2 * self.right + self.surplus + self.missed) if self.right else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The counts of an article, or of many added up, by what is counted."""

    counts: dict[str, Count]

    def __add__(self, other: Scores) -> Scores:
        return Scores({key: self.counts[key] + other.counts[key] for key in self.counts})

    def f1(self, key: str) -> float:
        """F1 in per cent of a cue, source, content, `statement`, `attributed`, `direct` or `direct attributed`."""
        return self.counts[key].f1


def compare(gold: Iterable[Found], got: Iterable[Found], text: str) -> Scores:
    """Scores of one article: its statements as annotated and as found, in code points of its text."""
    right, found = [g.trimmed(text) for g in gold], [p.trimmed(text) for p in got]
    counts = {part: _exact(_spans(right, part), _spans(found, part)) for part in PARTS}
    counts["statement"], counts["attributed"] = _whole(right, found)
    direct = [[s for s in some if s.is_direct(text)] for some in (right, found)]
    counts["direct"], counts["direct attributed"] = _whole(*direct)
    return Scores(counts)


def interval(each: Sequence[Scores], key: str) -> tuple[float, float]:
    """Bounds between which lies the F1 of nine in ten resamplings of the articles."""
    chance = random.Random(0)
    values = sorted(
        sum((scores.counts[key] for scores in chance.choices(each, k=len(each))), Count()).f1 for _ in range(_DRAWS)
    )
    return values[_DRAWS // _TAIL], values[-_DRAWS // _TAIL - 1]


def _trim(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """The spans that are left when their edges are cut off."""
    trimmed = []
    for begin, end in spans:
        while begin < end and text[begin] in _EDGES:
            begin += 1
        while begin < end and text[end - 1] in _EDGES:
            end -= 1
        if begin < end:
            trimmed.append((begin, end))
    return tuple(sorted(trimmed))


def _spans(statements: Iterable[Found], part: str) -> set[tuple[Span, ...]]:
    """The different cues, sources or contents of statements that have one."""
    return {spans for statement in statements if (spans := getattr(statement, part))}


def _exact(gold: set[tuple[Span, ...]], got: set[tuple[Span, ...]]) -> Count:
    return Count(len(gold & got), len(got - gold), len(gold - got))


def _whole(gold: Sequence[Found], got: Sequence[Found]) -> tuple[Count, Count]:
    """Statements whose contents agree, paired one to one and best first; and those of them whose sources meet."""
    paired: list[tuple[int, int]] = []
    used_gold, used_got = set[int](), set[int]()
    for _, i, j in sorted(_alike(gold, got), reverse=True):
        if i not in used_gold and j not in used_got:
            used_gold.add(i)
            used_got.add(j)
            paired.append((i, j))
    right = sum(_same_source(gold[i], got[j]) for i, j in paired)
    return _tallied(len(paired), gold, got), _tallied(right, gold, got)


def _tallied(right: int, gold: Sequence[Found], got: Sequence[Found]) -> Count:
    return Count(right, len(got) - right, len(gold) - right)


def _alike(gold: Sequence[Found], got: Sequence[Found]) -> Iterable[tuple[float, int, int]]:
    """Jaccard index and numbers of all pairs whose contents agree by half or more."""
    for i, g in enumerate(gold):
        for j, p in enumerate(got):
            if (index := _jaccard(g.content, p.content)) >= _LEAST:
                yield index, i, j


def _jaccard(one: Iterable[Span], other: Iterable[Span]) -> float:
    mine, theirs = ({i for span in spans for i in range(*span)} for spans in (one, other))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


def _same_source(gold: Found, got: Found) -> bool:
    """Whether the sources overlap, or there is none on either side."""
    if not gold.source and not got.source:
        return True
    return any(max(b, c) < min(e, f) for b, e in gold.source for c, f in got.source)
