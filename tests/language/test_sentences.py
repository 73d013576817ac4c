from __future__ import annotations

import numpy as np

from whence.language.sentences import INSIDE, LIKELY, OPEN, START, decide, of_sentences, of_text
from whence.language.windows import Unit


def test_a_short_paragraph_is_one_unit_that_starts_a_sentence() -> None:
    units, known = of_text(["He", "left", ".", "She", "came", ".", "Then", "it", "rained"], [0, 6])
    assert units == [Unit(0, 5, 0), Unit(6, 8, 1)]
    assert np.flatnonzero(known == START).tolist() == [0, 6]
    assert np.flatnonzero(known == LIKELY).tolist() == [3]


def test_straight_quotes_open_and_close_in_turn() -> None:
    forms = ["He", "left", ".", '"', "Why", "?", '"', "she", "asked", ".", '"', "So", ".", '"', "No", "."]
    _, known = of_text(forms, [0])
    assert np.flatnonzero(known == LIKELY).tolist() == [3, 10, 14]


def test_a_long_paragraph_is_cut_behind_likely_ends() -> None:
    units, known = of_text(["“", "He", "left", ".", "”", "and", "she", "came", "."] * 20 + ["It", "rained", "."], [0])
    assert [unit.first for unit in units] == [*range(0, 180, 9), 180]
    assert units[-1] == Unit(180, 182, 0)
    assert known[0] == START
    assert known[9] == LIKELY
    assert known[5] == OPEN


def test_given_sentences() -> None:
    units, known = of_sentences([["A", "b"], ["C"], ["D", "e", "f"]])
    assert units == [Unit(0, 1, 0), Unit(2, 2, 0), Unit(3, 5, 0)]
    assert known.tolist() == [START, INSIDE, START, START, INSIDE, INSIDE]


def test_the_encoder_decides_only_what_is_open() -> None:
    scores = np.array([5.0, -1.0, 1.0, -1.0, -3.0, 1.0, -1.0])
    known = np.array([OPEN, OPEN, OPEN, LIKELY, LIKELY, INSIDE, START], dtype=np.int8)
    assert decide(scores, known).tolist() == [False, False, True, True, False, False, True]
    assert decide(-scores[3:4], known[3:4]).tolist() == [True]
