"""The best allowed sequence of tags (Viterbi 1967), looked for only where the best tags alone are not allowed.

What is lost against the best tags is small: the runs of tags in which something is not allowed can at worst be given
up. A word at which `outside` leads by more than that is outside on the best path, whatever stands round it; so the path
falls into short stretches between such words, and those in which the best tags are allowed are done.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Flags = NDArray[np.bool_]
Tags = NDArray[np.int64]


def best_path(scores: Floats, may_start: Flags, may_follow: Flags) -> Tags:
    """Tags of the words with the largest sum of `scores` [words, tags].

    `may_start[k]`: tag `k` may stand first; `may_follow[j, k]`: tag `k` may stand behind tag `j`. Tag 0 is `outside`,
    which may stand first and behind itself.
    """
    path: Tags = scores.argmax(axis=1)
    if not len(path):
        return path
    barred = np.empty(len(path), dtype=bool)
    barred[0] = not may_start[path[0]]
    np.logical_not(may_follow[path[:-1], path[1:]], out=barred[1:])
    if not barred.any():
        return path
    scores = scores.astype(np.float64)
    places = np.flatnonzero(barred)
    sure = np.flatnonzero(scores[:, 0] - scores[:, 1:].max(axis=1) > _most_lost(scores, path, places))
    for stretch in sorted(set(np.searchsorted(sure, places).tolist())):  # each ends with a sure word, or the last one
        first = int(sure[stretch - 1]) + 1 if stretch else 0
        after = int(sure[stretch]) + 1 if stretch < len(sure) else len(path)
        path[first:after] = _viterbi(scores[first:after], may_follow[0] if stretch else may_start, may_follow)
    return path


def _most_lost(scores: Floats, path: Tags, places: Tags) -> float:
    """What it costs to take all runs of tags for outside in which, or at whose edge, a word is barred."""
    outside = path == 0
    run = np.cumsum(outside)  # also the number of the outside word in front of it
    broken = np.zeros(run[-1] + 1, dtype=bool)
    broken[run[np.where(outside[places], places - 1, places)]] = True
    given_up = np.flatnonzero(~outside & broken[run])
    return float((scores[given_up, path[given_up]] - scores[given_up, 0]).sum())


def _viterbi(scores: Floats, may_start: Flags, may_follow: Flags) -> list[int]:
    """The same by dynamic programming over all words; there is at least one."""
    barred = np.where(may_follow, 0.0, -np.inf)
    total = np.where(may_start, scores[0], -np.inf)
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
