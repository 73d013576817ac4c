"""From scores of triggers, and of words for each trigger, to acts: what the encoder says is done, by whom, to whom.

A trigger is found by tags (begin of a type, inside, outside); what has a chance to be one is kept with all
its probabilities, for the coding weighs them against the codebook's cues. Its actors, recipients, places,
counts and instruments are found from it (`parts`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from whence.language.parts import PartScorer, part_names
from whence.records import Act, Part, Status

STATUSES: tuple[Status, ...] = get_args(Status)
ROLES = ("actor", "recipient", "place", "count", "instrument")
ROLE_PARTS = part_names(ROLES)
_LEAST = 0.03
"""Probability of being a trigger from which a word is kept."""
_GOES_ON = 0.5
"""Probability of `inside` from which a trigger goes on over the next word."""
_TOLD = 0.02
"""Probability from which a type or mode is listed."""

SCORES = ("trigger", "mode", "status", "role_anchor", "role_word")
"""What `find` reads of the encoder's outputs."""
Floats = NDArray[np.floating]


def trigger_tags(types: Sequence[str]) -> tuple[str, ...]:
    """The tags of the trigger head: outside, the begin of each type, inside."""
    return ("O", *(f"B-{name}" for name in types), "I")


def find(
    scores: Mapping[str, Floats], scorer: PartScorer, types: Sequence[str], modes: Sequence[str], begin: int = 0
) -> list[Act]:
    """The acts of one window; words of the text count from `begin`, its first.

    `scores` has a row for each word: `trigger` [words, 2 + types], `mode` and `status` [words, …], and the words'
    views as trigger, `role_anchor`, and as part, `role_word`, [words, R]. `types` and `modes` name the columns.
    """
    tags = _softmax(scores["trigger"])
    begins = tags[:, 1:-1]
    anchors = np.flatnonzero(begins.sum(axis=1) >= _LEAST)
    if not len(anchors):
        return []
    logs = scorer.scores(anchors, scores["role_anchor"], scores["role_word"])
    surest = logs.max(axis=-1)
    modes_of, statuses = _softmax(scores["mode"][anchors]), _softmax(scores["status"][anchors])
    acts = []
    for number, word in enumerate(anchors.tolist()):
        last = word
        while last + 1 < len(tags) and tags[last + 1, -1] >= _GOES_ON:
            last += 1
        acts.append(
            Act(
                trigger=(begin + word, begin + last),
                types=_listed(begins[word], types),
                modes=_listed(modes_of[number], modes),
                statuses=tuple(statuses[number].tolist()),
                parts=tuple(
                    Part(kind, begin + first, begin + end, float(np.exp(surest[number, first : end + 1].mean())))
                    for kind, first, end in scorer.ranges(logs[number])
                ),
            )
        )
    return acts


def _softmax(scores: Floats) -> Floats:
    made: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    made /= made.sum(axis=-1, keepdims=True)
    return made


def _listed(probabilities: Floats, names: Sequence[str]) -> dict[str, float]:
    """Names with a probability worth telling, the most probable first."""
    told = [(-p, i) for i, p in enumerate(probabilities.tolist()) if p >= _TOLD]
    return {names[i]: -minus for minus, i in sorted(told)}
