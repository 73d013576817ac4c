"""Parts that are looked for from a word: the sources and contents of a cue, the actors and places of a trigger.

Every word of a window is scored *for that word*, the anchor: outside, or the begin, inside, end or only word of one
of the parts. So parts of different anchors nest and overlap as they like, one serves several anchors, and a
part is linked to its anchor by being found (a biaffine scorer, as for arcs: Dozat and Manning 2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from whence.language.distances import CLASSES, distance_class
from whence.language.paths import best_path
from whence.language.products import product

_CERTAIN = 0.98
"""Probability of being outside from which words before and behind an anchor's parts are not looked at."""
_LOG_CERTAIN = np.log(_CERTAIN)

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Names = tuple[str, ...]


def part_names(kinds: Sequence[str]) -> Names:
    """The classes of a word for an anchor: outside, and begin, inside, end and only word of each kind of part."""
    return ("O", *(f"{kind}-{place}" for kind in kinds for place in "BIES"))


@dataclass(frozen=True, slots=True)
class PartScorer:
    """Weights that score a window's words for an anchor; K classes, R numbers a word."""

    pair: Floats
    """[K, R, R]"""
    word: Floats
    """[K, R]"""
    anchor: Floats
    """[K, R]"""
    distance: Floats
    """[classes of distance, K]"""
    names: Names

    @classmethod
    def of(cls, weights: Mapping[str, Floats], prefix: str, names: Names) -> PartScorer:
        """From the arrays `PREFIX_pair`, `PREFIX_word` …; raises `ValueError` where they do not fit each other."""
        arrays = [weights[f"{prefix}_{name}"].astype(np.float32) for name in ("pair", "word", "anchor", "distance")]
        size, classes = arrays[0].shape[-1], len(names)
        shapes = [(classes, size, size), (classes, size), (classes, size), (CLASSES, classes)]
        if [x.shape for x in arrays] != shapes:
            raise ValueError(f"weights of {prefix} are not of the shapes {shapes}")
        return cls(arrays[0], arrays[1], arrays[2], arrays[3], names)

    def scores(self, anchors: NDArray[np.int64], as_anchor: Floats, as_word: Floats) -> Floats:
        """Log probabilities [anchors, words, K], from the words' two views, [words, R] each."""
        words, classes = len(as_word), len(self.names)
        made: Floats = np.empty((len(anchors), words, classes), dtype=np.float32)
        own = product(as_word, self.word.T)
        distance = self.distance[distance_class(np.arange(1 - words, words))]
        for number, (anchor, vector) in enumerate(zip(anchors.tolist(), as_anchor[anchors], strict=True)):
            asked = self.pair.transpose(0, 2, 1) @ vector  # [K, R]
            scores = product(as_word, asked.T)
            scores += own
            scores += self.anchor @ vector
            np.add(scores, distance[words - 1 - anchor : 2 * words - 1 - anchor], out=made[number])
        made -= made.max(axis=-1, keepdims=True)
        made -= np.log(np.exp(made).sum(axis=-1, keepdims=True))
        return made

    def ranges(self, logs: Floats) -> list[tuple[str, int, int]]:
        """The parts along the best path through [words, K], as (kind, first, last)."""
        open_to_doubt = np.flatnonzero(logs[:, 0] < _LOG_CERTAIN)
        if not len(open_to_doubt):
            return []
        begin, end = int(open_to_doubt[0]), int(open_to_doubt[-1]) + 1
        start, follow = _rules(self.names)
        if begin == 0:  # the window may begin in the middle of a part
            start = np.ones_like(start)
        return part_ranges(best_path(logs[begin:end], start, follow), self.names, begin)


@lru_cache(maxsize=4)
def _rules(names: Names) -> tuple[Flags, Flags]:
    """A part that began goes on or ends; what a window cuts off at its edges may lack either."""
    follow = np.zeros((len(names), len(names)), dtype=bool)
    for i, before in enumerate(names):
        for j, after in enumerate(names):
            open_part = before[:-2] if before.endswith(("-B", "-I")) else None
            goes_on = after.endswith(("-I", "-E"))
            follow[i, j] = (open_part == after[:-2]) if goes_on else open_part is None
    return np.array([not name.endswith(("-I", "-E")) for name in names]), follow


def part_ranges(tags: Sequence[int] | NDArray[np.int64], names: Names, begin: int = 0) -> list[tuple[str, int, int]]:
    """The parts that a row of numbers of `names` (0: outside) spells, as (kind, first, last), counted from `begin`."""
    found: list[tuple[str, int, int]] = []
    goes_on = -1
    """The word that may go on with the last part."""
    for i in np.flatnonzero(tags).tolist():
        word = begin + i
        kind, _, place = names[tags[i]].partition("-")
        if word == goes_on and place in "IE":
            found[-1] = (kind, found[-1][1], word)
        else:
            found.append((kind, word, word))
        goes_on = word + 1 if place in "BI" else -1
    return found
