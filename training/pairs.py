"""The weights by which pairs of words are scored outside the graph, as arrays for the run time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from training.model import Model


def pair_weights(model: Model) -> dict[str, NDArray[Any]]:
    """Arrays in float16: `bilinear` [K, 97, 96] (scale inside), `linear` [K, 192], `bias` [K] of the relations;
    `part_*` of `whence.language.attributions.Parts`."""
    scale = model.labels.pair.shape[2] ** -0.5
    scorer = model.part_scorer
    given: dict[str, Tensor] = {
        "bilinear": model.labels.pair * scale,
        "linear": model.labels.single.weight,
        "bias": model.labels.single.bias,
        "part_pair": scorer.pair,
        "part_word": scorer.word,
        "part_anchor": scorer.anchor,
        "part_distance": scorer.distance,
    }
    return {name: value.detach().float().numpy().astype(np.float16) for name, value in given.items()}
