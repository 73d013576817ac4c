"""From scores of cues, and of words for each cue, to attributions: cue, source and content of reported words.

A cue is found by tags (begin, inside, outside), and its source and content from it (`parts`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from whence.language.parts import PartScorer, part_names
from whence.language.paths import best_path
from whence.records import Attribution

CUE_TAGS = ("O", "B", "I")
PARTS = part_names(("source", "content"))

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]


def _cues_follow() -> tuple[Flags, Flags]:
    follow = np.ones((3, 3), dtype=bool)
    follow[0, 2] = False
    return np.array([True, True, False]), follow


_CUE_RULES = _cues_follow()


def find(cue_scores: Floats, as_anchor: Floats, as_word: Floats, parts: PartScorer) -> list[Attribution]:
    """The attributions of one window, words counted from its first: from scores [words, 3] and two views [words, R]."""
    tags = best_path(cue_scores, *_CUE_RULES).tolist()
    cues = list(_runs(tags))
    if not cues:
        return []
    anchors = np.array([first for first, _ in cues])
    logs = parts.scores(anchors, as_anchor, as_word)
    sure = np.exp(cue_scores - cue_scores.max(axis=1, keepdims=True))
    sure /= sure.sum(axis=1, keepdims=True)
    found = []
    for number, cue in enumerate(cues):
        made = _attribution(cue, parts.ranges(logs[number]), logs[number], float(sure[cue[0], 1]))
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


def _attribution(
    cue: tuple[int, int], ranges: list[tuple[str, int, int]], logs: Floats, sure: float
) -> Attribution | None:
    """The cue with its source and content, best scored first where there are several sources."""
    content = tuple((b, e) for part, b, e in ranges if part == "content")
    if not content:
        return None
    sources = [(float(logs[b : e + 1].max(axis=1).mean()), b, e) for part, b, e in ranges if part == "source"]
    best = max(sources, default=None)
    inside = np.concatenate([logs[b : e + 1].max(axis=1) for b, e in content])
    confidence = sure * float(np.exp(inside.mean()))
    return Attribution(cue, (best[1], best[2]) if best is not None else None, content, confidence)
