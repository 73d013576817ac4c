"""Whether two texts are copies, by their sketches alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from whence.copies.shingles import FIGURE_BITS, limit

CONTAINED = 0.57
"""Share of the smaller text's shingles that stand in the larger one too. Cut to 70 %, 3 % of its words edited, and
teasers appended until it is as long as before, a copy has .64 on average; two reports that quote one statement at half
their length have .5. Chosen together with `NOT_ADDED` on the articles that `benchmarks.copies` makes with seeds 7 and
11: with .54 and .34, precision .998 and recall .998; with .57 and .38, 1.000 and .997."""
NOT_ADDED = 0.38
"""Share of the larger text's shingles that stand in the smaller one too. A live blog that holds an article, or a report
that tells three times as much as an earlier brief, has matter of its own, and is no copy."""
SHORT = 40
"""Shingles below which a text is short: most of it may be what a site always writes round its news."""
SHORT_CONTAINED = 0.8
"""What `CONTAINED` and `NOT_ADDED` are for short texts."""
FIGURE_PLACES = 4
"""Shared places with figures from which on their figures are compared."""
FIGURES_SAME = 0.5
"""Share of the shared places in which figures agree. Below it the text is a form filled in anew."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two sketches say of their texts."""

    containment: float
    """Share of the smaller text's shingles that stand in the larger one, 0 to 1."""
    sizes: tuple[int, int]
    """Different shingles of the two texts, in the order in which they were given; estimated for long texts."""
    is_copy: bool


def likeness(one: Sequence[int], other: Sequence[int]) -> Likeness:
    """Compares two sketches; the same whichever comes first, but for the order of `sizes`."""
    bound = min(limit(one), limit(other))
    first, second = set(one[: bisect_left(one, bound)]), set(other[: bisect_left(other, bound)])
    sizes = (_size(one), _size(other))
    small, large = sorted((len(first), len(second)))
    if not small:
        return Likeness(0.0, sizes, False)
    shared = first & second
    contained, kept = len(shared) / small, len(shared) / large
    if min(sizes) < SHORT:
        is_copy = min(contained, kept) >= SHORT_CONTAINED
    else:
        is_copy = contained >= CONTAINED and kept >= NOT_ADDED
    return Likeness(contained, sizes, is_copy and not _is_refilled(first, second, shared))


def _is_refilled(first: set[int], second: set[int], shared: set[int]) -> bool:
    """Whether the figures differ where the words round them agree."""
    places = _places(first) & _places(second)
    return len(places) >= FIGURE_PLACES and len(_places(shared)) < FIGURES_SAME * len(places)


def _places(hashes: set[int]) -> set[int]:
    """The places of the shingles that hold figures."""
    figures = 2**FIGURE_BITS - 1
    return {value >> FIGURE_BITS for value in hashes if value & figures}


def _size(sketch: Sequence[int]) -> int:
    return round(len(sketch) * 2**63 / limit(sketch))
