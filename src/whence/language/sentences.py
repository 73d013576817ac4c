"""Where sentences may begin, before and after the encoder has its say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from whence.language.windows import Unit

OPEN, START, INSIDE, LIKELY = range(4)
"""What is known of a word beforehand: nothing, that it begins a sentence, that it does not, or
that it probably begins one, by punctuation and capitals alone."""

Knowledge = NDArray[np.int8]

_STOPS = frozenset(".!?…")
_CLOSING = frozenset("'”’)]»")
_STRAIGHT = '"'  # opens and closes in turn
_SHORT_PARAGRAPH = 120
"""Words of a paragraph that hardly ever fills more than one window."""
_FAVOUR = 1.5
"""Log odds that punctuation and capitals add to the encoder's own. On the development parts of
EWT and GUM they never cost sentences, and gain two points of F1 in news and blogs."""


def of_text(forms: Sequence[str], paragraphs: Sequence[int]) -> tuple[list[Unit], Knowledge]:
    """Units to pack and knowledge of starts for a text whose paragraphs begin at given words.

    A short paragraph is one unit, so that the encoder sees its sentences side by side; a longer
    one is cut behind likely ends of sentences, lest a window end in the middle of one.
    """
    known = np.full(len(forms), OPEN, dtype=np.int8)
    units: list[Unit] = []
    for number, (first, after) in enumerate(pairwise([*paragraphs, len(forms)])):
        begins = _likely(forms, first, after)
        known[begins] = LIKELY
        known[first] = START
        if after - first <= _SHORT_PARAGRAPH:
            begins = [first]
        units += [Unit(begin, end - 1, number) for begin, end in pairwise([*begins, after])]
    return units, known


def of_sentences(sentences: Sequence[Sequence[str]]) -> tuple[list[Unit], Knowledge]:
    """Units and knowledge where the sentences are given: each is a unit, all in one paragraph."""
    edges = np.cumsum([0, *map(len, sentences)])
    known = np.full(int(edges[-1]), INSIDE, dtype=np.int8)
    known[edges[:-1]] = START
    return [Unit(first, after - 1, 0) for first, after in pairwise(edges.tolist())], known


def _likely(forms: Sequence[str], first: int, after: int) -> list[int]:
    """Words that follow a full stop (and closing quotes) and do not begin with a small letter; the first always."""
    found, ended, quoted = [first], False, False
    for i in range(first, after):
        form = forms[i]
        closing = form in _CLOSING or (form == _STRAIGHT and quoted)
        quoted ^= form == _STRAIGHT
        if ended and not closing and not form[0].islower():
            found.append(i)
        ended = _STOPS.issuperset(form) or (ended and closing)
    return found


def decide(scores: NDArray[np.floating], known: Knowledge) -> NDArray[np.bool_]:
    """Which words of a window begin a sentence, by the encoder's log odds and what is known.

    In front of a window's first word the encoder saw nothing: it begins a sentence where that is
    sure or likely, and otherwise goes on with the sentence of the window before.
    """
    odds = np.where(known == LIKELY, scores + _FAVOUR, scores)
    starts: NDArray[np.bool_] = np.where((known == START) | (known == INSIDE), known == START, odds > 0)
    starts[0] = known[0] in (START, LIKELY)
    return starts
