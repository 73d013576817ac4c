"""From scores of cues, and of words for each cue, to attributions: cue, source and content of reported words.

A cue is found by tags (begin, inside, outside). Every other word of the window is then scored
*for that cue*: outside, or the begin, inside, end or only word of its source or of its content.
So contents nest and overlap as they like, one source serves several cues, and a part is linked to its
cue by being found (a biaffine scorer, as for arcs: Dozat and Manning 2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.language.distances import CLASSES, distance_class
from whence.language.paths import best_path
from whence.language.products import product
from whence.records import Attribution

CUE_TAGS = ("O", "B", "I")
PARTS = ("O", *(f"{part}-{place}" for part in ("source", "content") for place in "BIES"))
_CERTAIN = 0.98
"""Probability of being outside from which words before and behind a cue's parts are not looked at."""

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]


def _cues_follow() -> tuple[Flags, Flags]:
    follow = np.ones((3, 3), dtype=bool)
    follow[0, 2] = False
    return np.array([True, True, False]), follow


def _parts_follow() -> tuple[Flags, Flags]:
    """A part that began goes on or ends; what a window cuts off at its edges may lack either."""
    follow = np.zeros((len(PARTS), len(PARTS)), dtype=bool)
    for i, before in enumerate(PARTS):
        for j, after in enumerate(PARTS):
            open_part = before[:-2] if before.endswith(("-B", "-I")) else None
            goes_on = after.endswith(("-I", "-E"))
            follow[i, j] = (open_part == after[:-2]) if goes_on else open_part is None
    return np.array([not p.endswith(("-I", "-E")) for p in PARTS]), follow


_CUE_RULES = _cues_follow()
_PART_RULES = _parts_follow()


@dataclass(frozen=True, slots=True)
class Parts:
    """Weights that score a window's words for a cue."""

    pair: Floats
    """[parts, R, R]"""
    word: Floats
    """[parts, R]"""
    anchor: Floats
    """[parts, R]"""
    distance: Floats
    """[classes of distance, parts]"""

    @classmethod
    def of(cls, weights: Mapping[str, Floats]) -> Parts:
        """From the arrays `part_pair`, `part_word` …; raises `ValueError` where they do not fit each other."""
        made = cls(*(weights[f"part_{name}"].astype(np.float32) for name in ("pair", "word", "anchor", "distance")))
        size = made.pair.shape[-1]
        shapes = [(len(PARTS), size, size), (len(PARTS), size), (len(PARTS), size), (CLASSES, len(PARTS))]
        if [x.shape for x in (made.pair, made.word, made.anchor, made.distance)] != shapes:
            raise ValueError(f"weights of the attributions' parts are not of the shapes {shapes}")
        return made

    def scores(self, anchors: NDArray[np.int64], as_anchor: Floats, as_word: Floats) -> Floats:
        """Log probabilities [cues, words, parts], from the words' two views, [words, R] each."""
        chosen = as_anchor[anchors]
        words = len(as_word)
        made: Floats = np.empty((len(anchors), words, len(PARTS)), dtype=np.float32)
        own = as_word @ self.word.T
        offsets = np.arange(words)[None, :] - anchors[:, None]
        for number, vector in enumerate(chosen):
            asked = self.pair.transpose(0, 2, 1) @ vector  # [parts, R]
            made[number] = product(as_word, asked.T) + own + self.anchor @ vector
        made += self.distance[distance_class(offsets)]
        made -= made.max(axis=-1, keepdims=True)
        made -= np.log(np.exp(made).sum(axis=-1, keepdims=True))
        return made


def find(cue_scores: Floats, as_anchor: Floats, as_word: Floats, parts: Parts) -> list[Attribution]:
    """The attributions of one window, words counted from its first: from scores [words, 3] and two views [words, R]."""
    tags = best_path(cue_scores, *_CUE_RULES)
    cues = list(_runs(tags))
    if not cues:
        return []
    anchors = np.array([first for first, _ in cues])
    logs = parts.scores(anchors, as_anchor, as_word)
    sure = np.exp(cue_scores - cue_scores.max(axis=1, keepdims=True))
    sure /= sure.sum(axis=1, keepdims=True)
    found = []
    for number, cue in enumerate(cues):
        made = _attribution(cue, logs[number], float(sure[cue[0], 1]))
        if made is not None:
            found.append(made)
    return found


def _runs(tags: Sequence[int]) -> list[tuple[int, int]]:
    """Ranges of words that begin with `B`."""
    found: list[tuple[int, int]] = []
    for word, tag in enumerate(tags):
        if tag == 1:
            found.append((word, word))
        elif tag == 2:
            found[-1] = (found[-1][0], word)
    return found


def _attribution(cue: tuple[int, int], logs: Floats, sure: float) -> Attribution | None:
    """The cue with its source and content, best scored first where there are several sources."""
    ranges = _part_ranges(logs)
    content = tuple((b, e) for part, b, e in ranges if part == "content")
    if not content:
        return None
    sources = [(float(logs[b : e + 1].max(axis=1).mean()), b, e) for part, b, e in ranges if part == "source"]
    best = max(sources, default=None)
    inside = np.concatenate([logs[b : e + 1].max(axis=1) for b, e in content])
    confidence = sure * float(np.exp(inside.mean()))
    return Attribution(cue, (best[1], best[2]) if best is not None else None, content, confidence)


def _part_ranges(logs: Floats) -> list[tuple[str, int, int]]:
    """The parts along the best path, as (part, first, last)."""
    open_to_doubt = np.flatnonzero(logs[:, 0] < np.log(_CERTAIN))
    if not len(open_to_doubt):
        return []
    begin, end = int(open_to_doubt[0]), int(open_to_doubt[-1]) + 1
    start, follow = _PART_RULES
    if begin == 0:  # the window may begin in the middle of a part
        start = np.ones_like(start)
    return part_ranges(best_path(logs[begin:end], start, follow), begin)


def part_ranges(tags: Sequence[int], begin: int = 0) -> list[tuple[str, int, int]]:
    """The parts that a row of numbers of `PARTS` spells, as (part, first, last); words count from `begin`."""
    found: list[tuple[str, int, int]] = []
    running = False
    for word, tag in enumerate(tags, begin):
        part, _, place = PARTS[tag].partition("-")
        if place and running and place in "IE":
            found[-1] = (part, found[-1][1], word)
        elif place:
            found.append((part, word, word))
        running = place in ("B", "I")
    return found
