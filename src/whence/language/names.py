"""From scores of begin-inside-outside tags to names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from whence.language.paths import best_path
from whence.records import Name

Floats = NDArray[np.floating]


class NameTags:
    """The inventory of tags (`O`, `B-PER`, `I-PER`, …) and which of them may follow which."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = tuple(tags)
        inside = [i for i, tag in enumerate(tags) if tag.startswith("I-")]
        self._may_start = np.ones(len(tags), dtype=bool)
        self._may_start[inside] = False
        self._may_follow = np.ones((len(tags), len(tags)), dtype=bool)
        """From row to column: `I-x` stands only behind `B-x` and `I-x`."""
        for i in inside:
            kind = tags[i][2:]
            self._may_follow[:, i] = [tag in (f"B-{kind}", f"I-{kind}") for tag in tags]

    def decode(self, scores: Floats, starts: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Best allowed tag of each word (Viterbi), where no name runs into a word that starts a sentence.

        `scores` is [words, tags]; `starts[i]` is true where word `i` begins a sentence (the
        first word always does).
        """
        best: NDArray[np.int64] = scores.argmax(axis=1)
        if not len(best):
            return best
        allowed = np.append(False, self._may_follow[best[:-1], best[1:]])
        allowed[starts] = self._may_start[best[starts]]
        allowed[0] = self._may_start[best[0]]
        if allowed.all():
            return best
        edges = [0, *(np.flatnonzero(starts[1:]) + 1).tolist(), len(best)]
        for begin, end in pairwise(edges):
            if not allowed[begin:end].all():
                best[begin:end] = best_path(scores[begin:end], self._may_start, self._may_follow)
        return best

    def spans(self, tags: Iterable[int]) -> list[Name]:
        """The names that a row of allowed tags spells; words count from 0."""
        found: list[Name] = []
        kind, first, after = "", 0, 0
        for i, number in enumerate(tags):
            tag = self.tags[number]
            if kind and tag[:2] != "I-":
                found.append(Name(kind, first, i - 1))
                kind = ""
            if tag[:2] == "B-":
                kind, first = tag[2:], i
            after = i + 1
        if kind:
            found.append(Name(kind, first, after - 1))
        return found
