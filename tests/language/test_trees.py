from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whence.language.trees import best_heads, is_tree


def total(scores: np.ndarray, heads: list[int] | tuple[int, ...]) -> float:
    return float(sum(scores[d, h] for d, h in enumerate(heads)))


def best_by_enumeration(scores: np.ndarray) -> float:
    n = len(scores)
    every = itertools.product(*([h for h in range(n + 1) if h != d + 1] for d in range(n)))
    return max(total(scores, heads) for heads in every if is_tree(list(heads)))


@st.composite
def matrices(draw: st.DrawFn, largest: int) -> np.ndarray:
    n = draw(st.integers(1, largest))
    values = st.one_of(st.floats(-50, 50, width=32), st.integers(-2, 2).map(float))
    return draw(arrays(np.float32, (n, n + 1), elements=values))


@settings(deadline=None, max_examples=150)
@given(matrices(5))
def test_the_tree_is_the_best_of_all_trees(scores: np.ndarray) -> None:
    heads = best_heads(scores)
    assert is_tree(heads)
    assert total(scores, heads) == pytest.approx(best_by_enumeration(scores), abs=1e-3)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(6, 60))
def test_longer_sentences_get_one_tree_that_local_changes_do_not_better(seed: int, n: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32)
    heads = best_heads(scores)
    assert is_tree(heads)
    for word in range(n):
        for head in range(n + 1):
            changed = [*heads[:word], head, *heads[word + 1 :]]
            if head != word + 1 and is_tree(changed):
                assert total(scores, changed) <= total(scores, heads) + 1e-3


def test_cycles_and_many_roots() -> None:
    assert best_heads(np.array([[0.0, 0.0, 9.0], [1.0, 9.0, 0.0]])) == [2, 0]
    assert best_heads(np.array([[5.0, 0.0, 1.0], [5.0, 4.5, 0.0]])) == [0, 1]
    assert best_heads(np.zeros((0, 1))) == []
    assert best_heads(np.array([[3.0, 99.0]])) == [0]
    assert len(best_heads(np.zeros((40, 41)))) == 40


@pytest.mark.parametrize(
    ("heads", "verdict"),
    [
        ([0], True),
        ([2, 0], True),
        ([0, 0], False),
        ([2, 1], False),
        ([0, 3, 2], False),
        ([2, 3, 0], True),
        ([1], False),
    ],
)
def test_what_is_a_tree(heads: list[int], verdict: bool) -> None:
    assert is_tree(heads) is verdict


def test_a_long_sentence_takes_little_time() -> None:
    scores = np.random.default_rng(1).normal(size=(500, 501))
    begun = time.perf_counter()
    assert is_tree(best_heads(scores))
    assert time.perf_counter() - begun < 2.0
