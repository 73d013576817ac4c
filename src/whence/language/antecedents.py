"""Which earlier words a word may refer back to, scored over the whole text, whatever window each stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.language.distances import CLASSES, MOST, distance_class

_REACH = 700
"""Words that an antecedent may stand back."""
_BEST = 8
"""Antecedents kept for a word."""
_LEAST = -6.0
"""Log odds under which a candidate is not kept."""

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Antecedents:
    """The learnt part of coreference: a biaffine scorer of word and earlier word, with a term for their distance."""

    distance: Floats
    """[classes of distance]"""

    @classmethod
    def of(cls, weights: Mapping[str, Floats]) -> Antecedents:
        """From the array `antecedent_distance`; `ValueError` where it does not fit."""
        made = cls(weights["antecedent_distance"].astype(np.float32))
        if made.distance.shape != (CLASSES,):
            raise ValueError(f"weights of the antecedents' distance are not {CLASSES} numbers")
        return made

    def find(
        self, words: Sequence[int], as_anaphor: Floats, as_antecedent: Floats, nothing: Floats
    ) -> dict[int, tuple[tuple[int, float], ...]]:
        """For each of `words` the earlier words it may mean, best first, with log odds against meaning nothing earlier.

        Views of all words of the text, [words, R]; `nothing` [words] is the score of the root of each word's window.
        """
        found = {}
        for word in words:
            begin = max(0, word - _REACH)
            if begin == word:
                continue
            offsets = np.arange(begin, word) - word
            odds = as_antecedent[begin:word] @ as_anaphor[word] + self.distance[distance_class(offsets)] - nothing[word]
            order = np.argsort(-odds, kind="stable")[:_BEST]
            kept = tuple((begin + int(i), round(float(odds[i]), 2)) for i in order if odds[i] > _LEAST)
            if kept:
                found[word] = kept
        return found


NO_DISTANCE = MOST
"""Class of the distance to the root, which stands for no antecedent."""
