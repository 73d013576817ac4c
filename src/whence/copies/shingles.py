"""The sketch of a text: a sample of its word shingles by which near-copies are found and verified.

Three words in a row are a shingle. Its hash has two parts: the *place*, in which every figure is read as the same word,
and below it the *figures*, 0 where there are none. So two texts can be asked not only how many shingles they share, but
also whether figures differ where the words round them agree, as they do in the market report of another day.

Kept are the smallest hashes: all below a fixed limit, and at least `KEPT` where a text has so many. The sketches of a
text and of a part of it are then samples of one kind, and what one has below the lesser of both limits the other would
have too (scaled MinHash; the fixed limit makes containment measurable, which the usual fixed number does not). The
sample depends on the text alone: no seed, no order, the same on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS = 3
"""Words of a shingle. One edited word changes three shingles: of a text with 3 % of its words edited, 91 % of
the shingles stay (.97**3), and 64 % if it is cut to 70 % besides. With five words it would be 60 %, nearer to what two
reports of one speech share."""
KEPT = 128
"""Shingles kept of a text that has as many: texts up to 129 words are compared exactly, longer ones
by a sample whose standard error at a containment of .64 is .04."""
_KEPT_LIMIT = 2**63 // 8
"""Of a long text every eighth shingle is kept, so that its sketch grows with it and its parts stay comparable."""
INDEXED = 24
"""Of the kept shingles so many, the smallest, are looked up in the index; two shared ones make a candidate."""
_INDEXED_LIMIT = 2**63 // 64
FIGURE_BITS = 20
"""The lowest bits of a hash, which tell the figures; the 43 above them, which tell the place, are what sampling goes
by."""
MAX_CHARACTERS = 1_000_000
"""Code points of a text that are read; what is beyond has no part in its sketch. A book has fewer."""
_WORD = re.compile(r"\w{1,64}")
_REMEMBERED = 1 << 18
"""Words whose hash is remembered, until there are more and all are forgotten: about 30 MB."""


class _WordHashes(dict[str, int]):
    """64-bit hashes of words, remembered; the lowest bit tells whether the word begins with a digit."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        digest = int.from_bytes(blake2b(word.encode("utf8", "surrogatepass"), digest_size=8).digest(), "little")
        self[word] = value = (digest & ~1) | word[0].isdecimal()
        return value


_hashes = _WordHashes()


def sketch(text: str) -> tuple[int, ...]:
    """The sampled shingles of a text as hashes from 0 to 2**63 - 1, ascending; none for less than three words.

    Case, punctuation, line breaks and the forms that Unicode calls compatible make no difference.
    """
    import numpy as np

    words = _WORD.findall(unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold())
    if len(words) < WORDS:
        return ()
    exact = np.fromiter(map(_hashes.__getitem__, words), np.uint64, len(words))
    is_figure = (exact & np.uint64(1)).astype(bool)
    masked = np.where(is_figure, np.uint64(1), exact)
    low = np.uint64(2**FIGURE_BITS - 1)
    place = (_shingles(masked) >> np.uint64(1)) & ~low
    figures = np.where(_any(is_figure), (_shingles(exact) & low) | np.uint64(1), np.uint64(0))
    hashes = np.unique(place | figures)
    kept = max(KEPT, int(np.searchsorted(hashes, np.uint64(_KEPT_LIMIT))))
    return tuple(hashes[:kept].tolist())


def _shingles(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A hash for every `WORDS` words in a row, all bits of it equally good (the finish of splitmix64)."""
    import numpy as np

    count = len(words) - WORDS + 1
    mixed = np.zeros(count, np.uint64)
    for first in range(WORDS):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[first : first + count]
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
    return mixed


def _any(is_figure: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For every shingle whether one of its words is a figure."""
    count = len(is_figure) - WORDS + 1
    found = is_figure[:count].copy()
    for first in range(1, WORDS):
        found |= is_figure[first : first + count]
    return found


def limit(sketch: Sequence[int]) -> int:
    """The hash below which a sketch has every shingle of its text."""
    if len(sketch) < KEPT:
        return 2**63
    if len(sketch) == KEPT:
        return max(sketch[-1] + 1, _KEPT_LIMIT)
    return _KEPT_LIMIT


def indexed(sketch: Sequence[int]) -> Sequence[int]:
    """The part of a sketch that is looked up in the index."""
    return sketch[: max(INDEXED, bisect_left(sketch, _INDEXED_LIMIT))]
