"""The best allowed sequence of tags (Viterbi 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]


def best_path(scores: Floats, may_start: Flags, may_follow: Flags) -> list[int]:
    """Tags of the words with the largest sum of `scores` [words, tags].

    `may_start[k]`: tag `k` may stand first; `may_follow[j, k]`: tag `k` may stand behind tag `j`.
    """
    if not len(scores):
        return []
    greedy = scores.argmax(axis=1)
    if may_start[greedy[0]] and bool(may_follow[greedy[:-1], greedy[1:]].all()):
        found: list[int] = greedy.tolist()
        return found
    barred = np.where(may_follow, 0.0, -np.inf)
    total = np.where(may_start, scores[0].astype(np.float64), -np.inf)
    came_from = np.zeros(scores.shape, dtype=np.int64)
    paths = np.empty(barred.shape)
    for i in range(1, len(scores)):
        np.add(total[:, None], barred, out=paths)
        paths.argmax(axis=0, out=came_from[i])
        total = paths.max(axis=0) + scores[i]
    path = [int(total.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(came_from[i, path[-1]]))
    return path[::-1]
