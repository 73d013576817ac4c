"""What the encoder says, what the codebook says and what the tree says, weighed together.

Each question ("is this word an act of that type?", "is this an actor of it?") is a logistic model of a few
features. The weights, fitted on articles that the encoder had not seen, stand in `weights.yaml`
(`python -m training.weigh` makes them), so a chance of 0.8 is right four times in five on such articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp, log

from whence.coding import wordlists

_EDGE = 0.002
"""Probabilities are kept this far from 0 and 1 before they become log odds."""

Features = dict[str, float]


def log_odds(probability: float) -> float:
    """The logarithm of the odds, within ±6.2."""
    kept = min(max(probability, _EDGE), 1 - _EDGE)
    return log(kept / (1 - kept))


def chance(question: str, features: Mapping[str, float]) -> float:
    """The probability that the answer to the question is yes."""
    weights = _weights(question)
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def least(question: str) -> float:
    """The chance from which the answer is taken for yes."""
    return _weights(question)["least"]


def best(question: str, options: Mapping[str, Mapping[str, float]]) -> tuple[str, float]:
    """The option with the greatest weighed sum of its features, and its share by the softmax over all."""
    weights = _weights(question)
    sums = {
        option: sum(weights.get(name, 0.0) * value for name, value in features.items())
        for option, features in options.items()
    }
    top = max(sums, key=lambda option: sums[option])
    return top, 1 / sum(exp(max(-60.0, value - sums[top])) for value in sums.values())


@cache
def _weights(question: str) -> dict[str, float]:
    weights: dict[str, float] = wordlists.load("weights.yaml")[question]
    return weights
