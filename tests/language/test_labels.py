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
    d, h = draw.normal(size=(2, 300, SIZE)).astype(np.float32)
    extended = np.concatenate([d, np.ones((300, 1))], axis=1)
    scores = np.einsum("nd,kde,ne->nk", extended, given["bilinear"].astype(float), h)
    scores += np.concatenate([d, h], axis=1) @ given["linear"].astype(float).T + given["bias"].astype(float)
    scores[:, ROOT] = -np.inf
    on_root = np.arange(300) % 7 == 0
    expected = np.where(on_root, ROOT, scores.argmax(axis=1))
    assert (
        Labels(given, KINDS, ROOT).best(d, h, on_root, np.ones((len(d), KINDS), dtype=bool)).tolist()
        == expected.tolist()
    )


def test_no_pairs() -> None:
    nothing = np.zeros((0, SIZE), dtype=np.float32)
    assert (
        Labels(weights(), KINDS, ROOT)
        .best(nothing, nothing, np.zeros(0, dtype=bool), np.zeros((0, KINDS), dtype=bool))
        .tolist()
        == []
    )


def test_unfit_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="shapes"):
        Labels(weights(), KINDS + 1, ROOT)
