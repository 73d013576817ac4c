"""From scores of begin-inside-outside tags to names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

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
                best[begin:end] = self._viterbi(scores[begin:end])
        return best

    def _viterbi(self, scores: Floats) -> list[int]:
        """The best allowed tags of one sentence."""
        barred = np.where(self._may_follow, 0.0, -np.inf)
        total = np.where(self._may_start, scores[0].astype(np.float64), -np.inf)
        came_from = np.zeros(scores.shape, dtype=np.int64)
        for i in range(1, len(scores)):
            paths = total[:, None] + barred
            came_from[i] = paths.argmax(axis=0)
            total = paths[came_from[i], np.arange(len(total))] + scores[i]
        path = [int(total.argmax())]
        for i in range(len(scores) - 1, 0, -1):
            path.append(int(came_from[i, path[-1]]))
        return path[::-1]

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
