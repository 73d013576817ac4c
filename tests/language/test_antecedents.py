"""The learnt part of coreference, on vectors made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from whence.language.antecedents import Antecedents
from whence.language.distances import CLASSES, MOST

EVEN = Antecedents.of({"antecedent_distance": np.zeros(CLASSES, dtype=np.float16)})


def test_earlier_words_come_best_first_with_odds_against_nothing() -> None:
    antecedent = np.array([[1.0], [3.0], [2.0], [9.0]], dtype=np.float32)
    anaphor = np.ones((4, 1), dtype=np.float32)
    found = EVEN.find([0, 3], anaphor, antecedent, np.full(4, 1.5, dtype=np.float32))
    assert found == {3: ((1, 1.5), (2, 0.5), (0, -0.5))}


def test_near_words_may_count_more() -> None:
    distance = np.zeros(CLASSES, dtype=np.float16)
    distance[MOST - 1] = 1
    same = np.ones((3, 1), dtype=np.float32)
    found = Antecedents.of({"antecedent_distance": distance}).find([2], same, same, np.zeros(3, dtype=np.float32))
    assert [word for word, _ in found[2]] == [1, 0]


def test_hopeless_candidates_are_left_out_and_few_are_kept() -> None:
    words = 30
    antecedent = np.linspace(-30, 30, words, dtype=np.float32)[:, None]
    found = EVEN.find([words - 1], np.ones((words, 1), dtype=np.float32), antecedent, np.zeros(words, dtype=np.float32))
    assert len(found[words - 1]) == 8
    none = EVEN.find([5], np.ones((words, 1), dtype=np.float32), antecedent, np.zeros(words, dtype=np.float32))
    assert none == {}


def test_unfit_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="numbers"):
        Antecedents.of({"antecedent_distance": np.zeros(3, dtype=np.float16)})
