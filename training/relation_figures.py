"""How well types are told: macro-F1 over PLV's types and over its quads, with bootstrap intervals, and calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from training.pairs_of_actors import YIELD, Pair

Floats = NDArray[np.floating]
Ints = NDArray[np.int64]
_RESAMPLED, _BINS = 1000, 10


def probabilities(scores: Floats, temperature: float = 1.0) -> Floats:
    """Softmax of scores [N, types] divided by the temperature."""
    scaled = scores / temperature
    powers = np.exp(scaled - scaled.max(-1, keepdims=True))
    made: Floats = powers / powers.sum(-1, keepdims=True)
    return made


def classes(types: Sequence[str]) -> Ints:
    """PLV's class of each type: a number, the same for the types that PLV does not tell apart."""
    names = ["YIELD" if t in YIELD else t for t in types]
    return np.array([names.index(name) for name in names])


def chosen(found: Floats, types: Sequence[str]) -> Ints:
    """The class with the largest summed probability, for each row of [N, types]."""
    of_type = classes(types)
    summed = np.stack([found[:, of_type == c].sum(-1) for c in range(len(types))], -1)
    made: Ints = summed.argmax(-1)
    return made


def gold(pairs: Sequence[Pair], types: Sequence[str]) -> Ints:
    """PLV's class of each pair."""
    of_type = classes(types)
    return np.array([of_type[min(types.index(t) for t in pair.types)] for pair in pairs])


def macro_f1(right: Ints, given: Ints) -> float:
    """Mean F1 over the classes that occur, in percent."""
    made = []
    for c in np.unique(right):
        both, either = ((right == c) & (given == c)).sum(), (right == c).sum() + (given == c).sum()
        made.append(2 * both / either)
    return float(100 * np.mean(made))


def with_interval(right: Ints, given: Ints) -> str:
    """Macro-F1 with the 95 % interval over rows drawn anew."""
    chance = np.random.default_rng(0)
    draws = chance.integers(0, len(right), (_RESAMPLED, len(right)))
    low, high = np.percentile([macro_f1(right[d], given[d]) for d in draws], [2.5, 97.5])
    return f"{macro_f1(right, given):.1f} [{low:.1f}, {high:.1f}]"


def report(scores: Floats, pairs: Sequence[Pair], types: Sequence[str], quads: Mapping[str, int]) -> str:
    """One line: root and quad macro-F1, accuracy; YIELD is of quad 2, as in PLV."""
    right, given = gold(pairs, types), chosen(probabilities(scores), types)
    quad = np.array([2 if t in YIELD else quads[t] for t in types])
    return (
        f"root {with_interval(right, given)}  quad {with_interval(quad[right], quad[given])}  "
        f"accuracy {100 * (right == given).mean():.1f}  n {len(pairs)}"
    )


def missed(scores: Floats, pairs: Sequence[Pair], types: Sequence[str], temperature: float) -> float:
    """Mean minus log of the probability of the right types."""
    found = probabilities(scores, temperature)
    held = [found[n, [types.index(t) for t in pair.types]].sum() for n, pair in enumerate(pairs)]
    return float(-np.log(np.maximum(held, 1e-9)).mean())


def best_temperature(scores: Floats, pairs: Sequence[Pair], types: Sequence[str]) -> float:
    """The temperature under which the right types are most probable, to a hundredth."""
    return min(np.arange(0.3, 3.0, 0.01).tolist(), key=lambda t: missed(scores, pairs, types, t))


def calibration_error(scores: Floats, pairs: Sequence[Pair], types: Sequence[str], temperature: float) -> float:
    """Expected calibration error of the best type, in percent, over ten bins of equal width (Guo et al. 2017)."""
    found = probabilities(scores, temperature)
    held = np.array([types[n] in pair.types for n, pair in zip(found.argmax(-1), pairs, strict=True)])
    sure = found.max(-1)
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [abs(held[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)]
    return float(100 * sum(gaps))
