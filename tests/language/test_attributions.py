"""Decoding of cues and their parts, on scores made by hand; the scorer against its formula."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whence.language.attributions import CUE_TAGS, PARTS, find
from whence.language.distances import CLASSES, MOST, distance_class
from whence.language.parts import PartScorer, part_ranges
from whence.language.paths import best_path

SIZE = 6


def weights(chance: np.random.Generator, scale: float = 1.0) -> dict[str, np.ndarray]:
    shapes = {
        "pair": (len(PARTS), SIZE, SIZE),
        "word": (len(PARTS), SIZE),
        "anchor": (len(PARTS), SIZE),
        "distance": (CLASSES, len(PARTS)),
    }
    return {f"part_{n}": (scale * chance.standard_normal(shape)).astype(np.float16) for n, shape in shapes.items()}


def told(*parts: str) -> PartScorer:
    """A scorer that gives each word the part whose number stands in its view."""
    made = {name: np.zeros_like(value) for name, value in weights(np.random.default_rng(0)).items()}
    made["part_word"] = np.zeros((len(PARTS), len(parts)), dtype=np.float16)
    for word, part in enumerate(parts):
        made["part_word"][PARTS.index(part), word] = 20
    size = len(parts)
    made["part_pair"] = np.zeros((len(PARTS), size, size), dtype=np.float16)
    made["part_anchor"] = np.zeros((len(PARTS), size), dtype=np.float16)
    return PartScorer.of(made, "part", PARTS)


def cues(text: str) -> np.ndarray:
    return np.array([[20.0 if tag == of else 0.0 for of in CUE_TAGS] for tag in text.split()], dtype=np.float32)


def test_a_cue_gets_its_source_and_content_in_two_pieces() -> None:
    # content    ,  the ministry said   ,  content
    parts = told("content-B", "content-E", "O", "source-B", "source-E", "O", "O", "content-S")
    view = np.eye(8, dtype=np.float32)
    (found,) = find(cues("O O O O O B O O"), view, view, parts)
    assert found.cue == (5, 5)
    assert found.source == (3, 4)
    assert found.content == ((0, 1), (7, 7))
    assert 0.95 < found.confidence <= 1


def test_without_content_there_is_no_attribution_and_without_source_none_is_made_up() -> None:
    view = np.eye(3, dtype=np.float32)
    assert find(cues("B O O"), view, view, told("O", "source-B", "source-E")) == []
    (found,) = find(cues("O B O"), view, view, told("content-S", "O", "O"))
    assert found.source is None


def test_a_window_may_cut_a_content_at_both_edges() -> None:
    view = np.eye(4, dtype=np.float32)
    (found,) = find(cues("O O B I"), view, view, told("content-I", "content-E", "O", "O"))
    assert (found.cue, found.content) == ((2, 3), ((0, 1),))
    (found,) = find(cues("B O O O"), view, view, told("O", "O", "content-B", "content-I"))
    assert found.content == ((2, 3),)


def test_no_words_no_attributions() -> None:
    nothing = np.zeros((0, 8), dtype=np.float32)
    assert find(np.zeros((0, 3), dtype=np.float32), nothing, nothing, told(*["O"] * 8)) == []


def test_parts_are_log_probabilities_of_the_biaffine_form() -> None:
    chance = np.random.default_rng(3)
    given = weights(chance)
    parts = PartScorer.of(given, "part", PARTS)
    anchor, word = chance.standard_normal((2, 5, SIZE)).astype(np.float32)
    scores = parts.scores(np.array([1, 4]), anchor, word)
    assert scores.shape == (2, 5, len(PARTS))
    assert np.allclose(np.exp(scores).sum(-1), 1, atol=1e-5)
    exact = {name: value.astype(np.float64) for name, value in given.items()}
    for row, (place, j) in enumerate([(1, 3), (4, 0)]):
        raw = [
            anchor[place] @ exact["part_pair"][k] @ word[j]
            + exact["part_word"][k] @ word[j]
            + exact["part_anchor"][k] @ anchor[place]
            + exact["part_distance"][int(distance_class(np.array(j - place))), k]
            for k in range(len(PARTS))
        ]
        assert np.allclose(scores[row, j], raw - np.log(np.exp(raw).sum()), atol=1e-3)


def test_unfit_weights_are_refused() -> None:
    given = weights(np.random.default_rng(0))
    given["part_word"] = given["part_word"][:, :-1]
    with pytest.raises(ValueError, match="shapes"):
        PartScorer.of(given, "part", PARTS)


@given(
    arrays(np.float32, st.tuples(st.integers(0, 12), st.just(3)), elements=st.floats(-5, 5, width=32)), st.integers()
)
@settings(deadline=None)
def test_whatever_the_scores_ranges_are_in_order_and_inside(cue_scores: np.ndarray, seed: int) -> None:
    chance = np.random.default_rng(abs(seed))
    anchor, word = chance.standard_normal((2, len(cue_scores), SIZE)).astype(np.float32)
    for found in find(cue_scores, anchor, word, PartScorer.of(weights(chance, 2.0), "part", PARTS)):
        assert found.content
        ends = [-1]
        for first, last in found.content:
            assert ends[-1] < first <= last < len(cue_scores)
            ends.append(last)
        for first, last in (found.cue, *([found.source] if found.source else [])):
            assert 0 <= first <= last < len(cue_scores)
        assert 0 <= found.confidence <= 1


@given(arrays(np.float64, st.tuples(st.integers(1, 5), st.just(3)), elements=st.floats(-9, 9)))
@settings(deadline=None)
def test_the_best_path_is_the_best_of_all_allowed(scores: np.ndarray) -> None:
    start = np.array([True, True, False])
    follow = np.array([[True, True, False], [True, True, True], [True, True, True]])
    path = best_path(scores, start, follow)
    allowed = [
        p
        for p in itertools.product(range(3), repeat=len(scores))
        if start[p[0]] and all(follow[a, b] for a, b in itertools.pairwise(p))
    ]
    assert tuple(path) in allowed
    total = [sum(scores[i, t] for i, t in enumerate(p)) for p in allowed]
    assert sum(scores[i, t] for i, t in enumerate(path)) == pytest.approx(max(total))


def test_part_ranges_read_what_was_spelt() -> None:
    tags = [PARTS.index(p) for p in ("source-S", "content-B", "content-I", "content-E", "O", "content-S")]
    assert part_ranges(tags, PARTS, 10) == [("source", 10, 10), ("content", 11, 13), ("content", 15, 15)]


def test_distances_are_signed_and_far_ones_alike() -> None:
    classes = distance_class(np.array([0, 1, -1, 2, 3, 4, -4, 10**6, -(10**6)]))
    assert classes.tolist() == [MOST, MOST + 1, MOST - 1, MOST + 2, MOST + 2, MOST + 3, MOST - 3, CLASSES - 1, 0]
