from __future__ import annotations

import numpy as np
import pytest

from whence.language.parts import _rules, part_names
from whence.language.paths import _viterbi, best_path

NAMES = part_names(("source", "content"))


@pytest.mark.parametrize("lead", [0.0, 3.0, 8.0])
@pytest.mark.parametrize("seed", range(40))
def test_stretches_between_sure_words_give_the_path_of_the_whole(lead: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(size=(int(chance.integers(1, 80)), len(NAMES))).astype(np.float32)
    scores[:, 0] += lead * (chance.random(len(scores)) < 0.7)
    start, follow = _rules(NAMES)
    if seed % 2:
        start = np.ones_like(start)
    assert best_path(scores, start, follow).tolist() == _viterbi(scores.astype(np.float64), start, follow)


def test_no_words_have_no_path() -> None:
    assert not len(best_path(np.zeros((0, len(NAMES))), *_rules(NAMES)))
