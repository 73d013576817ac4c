"""From scores made by hand to acts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.language import happenings
from whence.language.distances import CLASSES
from whence.language.happenings import ROLE_PARTS, ROLES, STATUSES, find, trigger_tags
from whence.language.parts import PartScorer

TYPES = ["AGREE", "ASSAULT"]
MODES = ["AGREE", "ASSAULT", "ASSAULT aerial"]
TAGS = trigger_tags(TYPES)


def scorer(words: int, parts: dict[int, str]) -> PartScorer:
    """A scorer that gives each word its part whatever the trigger, by the word's own view."""
    own = np.zeros((len(ROLE_PARTS), words), dtype=np.float32)
    own[0] = 10
    for word, part in parts.items():
        own[ROLE_PARTS.index(part), word] = 20
    nothing = np.zeros((len(ROLE_PARTS), words, words), dtype=np.float32)
    weights = {
        "role_pair": nothing,
        "role_word": own,
        "role_anchor": np.zeros((len(ROLE_PARTS), words), dtype=np.float32),
        "role_distance": np.zeros((CLASSES, len(ROLE_PARTS)), dtype=np.float32),
    }
    return PartScorer.of(weights, "role", ROLE_PARTS)


def scores(tags: str) -> dict[str, np.ndarray]:
    """Sure scores for the tags; modes and statuses undecided but for the last of each."""
    words = tags.split()
    view = np.eye(len(words), dtype=np.float32)
    return {
        "trigger": np.array([[9.0 * (tag == of) for of in TAGS] for tag in words], dtype=np.float32),
        "mode": np.array([[0.0, 0.0, 5.0]] * len(words), dtype=np.float32),
        "status": np.array([[0.0] * 7 + [4.0]] * len(words), dtype=np.float32),
        "role_anchor": view,
        "role_word": view,
    }


def test_a_trigger_has_its_type_mode_status_and_the_parts_found_for_it() -> None:
    # The jets   struck   the old  bridge
    parts = {0: "actor-B", 1: "actor-E", 4: "recipient-B", 5: "recipient-E"}
    (act,) = find(scores("O O B-ASSAULT O O O"), scorer(6, parts), TYPES, MODES)
    assert act.trigger == (2, 2)
    assert next(iter(act.types)) == "ASSAULT" and act.types["ASSAULT"] > 0.99
    assert next(iter(act.modes)) == "ASSAULT aerial"
    assert STATUSES[int(np.argmax(act.statuses))] == "denied"
    assert [(p.role, p.first, p.last) for p in act.parts] == [("actor", 0, 1), ("recipient", 4, 5)]
    assert all(p.confidence > 0.99 for p in act.parts)


def test_a_trigger_goes_on_over_its_inside_words_and_counts_from_where_the_window_begins() -> None:
    (act,) = find(scores("O B-AGREE I I O"), scorer(5, {0: "actor-S"}), TYPES, MODES, begin=30)
    assert act.trigger == (31, 33)
    assert (act.parts[0].first, act.parts[0].last) == (30, 30)


def test_what_is_hardly_a_trigger_is_left_out_and_what_may_be_one_is_kept() -> None:
    given = scores("O O")
    assert find(given, scorer(2, {}), TYPES, MODES) == []
    given["trigger"][1] = [2.0, 0.0, 0.0, 0.0]
    (act,) = find(given, scorer(2, {}), TYPES, MODES)
    assert sum(act.types.values()) == pytest.approx(2 / (np.exp(2) + 3), abs=1e-6)


def test_no_words_no_acts() -> None:
    given = {name: np.zeros((0, 4), dtype=np.float32) for name in happenings.SCORES}
    assert find(given, scorer(4, {}), TYPES, MODES) == []


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
@settings(deadline=None)
def test_whatever_the_scores_acts_lie_inside_and_are_in_order(seed: int, words: int) -> None:
    chance = np.random.default_rng(seed)
    made = {name: 4 * chance.standard_normal((words, size)).astype(np.float32) for name, size in (
        ("trigger", len(TAGS)), ("mode", len(MODES)), ("status", len(STATUSES)), ("role_anchor", 3), ("role_word", 3)
    )}  # fmt: skip
    k = len(ROLE_PARTS)
    shapes = {"pair": (k, 3, 3), "word": (k, 3), "anchor": (k, 3), "distance": (CLASSES, k)}
    weights = {f"role_{n}": chance.standard_normal(s).astype(np.float32) for n, s in shapes.items()}
    acts = find(made, PartScorer.of(weights, "role", ROLE_PARTS), TYPES, MODES)
    begins = [act.trigger[0] for act in acts]
    assert begins == sorted(set(begins))
    for act in acts:
        assert 0 <= act.trigger[0] <= act.trigger[1] < words
        assert list(act.types.values()) == sorted(act.types.values(), reverse=True)
        assert sum(act.statuses) == pytest.approx(1, abs=1e-4)
        for part in act.parts:
            assert part.role in ROLES and 0 <= part.first <= part.last < words and 0 < part.confidence <= 1
