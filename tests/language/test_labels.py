from __future__ import annotations

import numpy as np
import pytest

from whence.language.labels import Labels

KINDS, SIZE, ROOT = 5, 4, 2


def weights(seed: int = 0) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(seed).normal
    shapes = {"bilinear": (KINDS, SIZE + 1, SIZE), "linear": (KINDS, 2 * SIZE), "bias": (KINDS,)}
    return {name: draw(size=shape).astype(np.float16) for name, shape in shapes.items()}


def test_scores_are_those_of_the_formula() -> None:
    given = weights()
    draw = np.random.default_rng(1)
    d, views = draw.normal(size=(300, SIZE)).astype(np.float32), draw.normal(size=(301, SIZE)).astype(np.float32)
    heads = np.random.default_rng(2).integers(0, 301, 300) % 90
    h = views[heads]
    extended = np.concatenate([d, np.ones((300, 1))], axis=1)
    scores = np.einsum("nd,kde,ne->nk", extended, given["bilinear"].astype(float), h)
    scores += np.concatenate([d, h], axis=1) @ given["linear"].astype(float).T + given["bias"].astype(float)
    scores[:, ROOT] = -np.inf
    expected = np.where(heads == 0, ROOT, scores.argmax(axis=1))
    found = Labels(given, KINDS, ROOT).best(d, views, heads, np.ones((len(d), KINDS), dtype=bool))
    assert found.tolist() == expected.tolist()


def test_only_what_is_allowed_is_chosen() -> None:
    draw = np.random.default_rng(3)
    d, views = draw.normal(size=(40, SIZE)).astype(np.float32), draw.normal(size=(41, SIZE)).astype(np.float32)
    heads = np.arange(40)
    allowed = draw.random((40, KINDS)) < 0.5
    allowed[:, 0] = True
    found = Labels(weights(), KINDS, ROOT).best(d, views, heads, allowed)
    assert found[0] == ROOT
    assert allowed[heads[1:], found[1:]].all()
    assert ROOT not in found[1:]


def test_no_pairs() -> None:
    nothing = np.zeros((0, SIZE), dtype=np.float32)
    found = Labels(weights(), KINDS, ROOT).best(
        nothing, np.zeros((1, SIZE), dtype=np.float32), np.zeros(0, dtype=np.int64), np.zeros((0, KINDS), dtype=bool)
    )
    assert found.tolist() == []


def test_unfit_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="shapes"):
        Labels(weights(), KINDS + 1, ROOT)
