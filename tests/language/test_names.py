from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whence.language.names import NameTags
from whence.records import Name

TAGS = NameTags(["O", "B-PER", "I-PER", "B-ORG", "I-ORG"])


def allowed(path: tuple[int, ...], starts: list[bool]) -> bool:
    for i, number in enumerate(path):
        tag = TAGS.tags[number]
        before = "O" if i == 0 or starts[i] else TAGS.tags[path[i - 1]]
        if tag.startswith("I-") and before not in (f"B-{tag[2:]}", f"I-{tag[2:]}"):
            return False
    return True


@st.composite
def sentences(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    n = draw(st.integers(1, 5))
    scores = draw(arrays(np.float32, (n, len(TAGS.tags)), elements=st.floats(-20, 20, width=32)))
    starts = draw(arrays(np.bool_, (n,)))
    return scores, starts


@settings(deadline=None, max_examples=150)
@given(sentences())
def test_decoding_finds_the_best_allowed_row(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    scores, starts = drawn
    n = len(scores)
    tags = TAGS.decode(scores, starts)
    assert allowed(tuple(tags.tolist()), starts.tolist())
    paths = itertools.product(range(len(TAGS.tags)), repeat=n)
    best = max(sum(float(scores[i, t]) for i, t in enumerate(p)) for p in paths if allowed(p, starts.tolist()))
    assert abs(sum(float(scores[i, t]) for i, t in enumerate(tags)) - best) < 1e-3


def test_spans() -> None:
    assert TAGS.spans([1, 2, 1, 3, 4, 0, 1]) == [
        Name("PER", 0, 1),
        Name("PER", 2, 2),
        Name("ORG", 3, 4),
        Name("PER", 6, 6),
    ]
    assert TAGS.spans([]) == []
    assert TAGS.spans([0, 0]) == []


def test_no_words() -> None:
    assert TAGS.decode(np.zeros((0, 5)), np.zeros(0, dtype=bool)).tolist() == []
