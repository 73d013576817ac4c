"""The weights by which pairs of words are scored outside the graph, as arrays for the run time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from training.model import Model


def pair_weights(model: Model) -> dict[str, NDArray[Any]]:
    """Arrays in float16: `bilinear` [K, 97, 96] (scale inside), `linear` [K, 192], `bias` [K] of the relations;
    `part_*` and `role_*` of `whence.language.parts.PartScorer`."""
    scale = model.labels.pair.shape[2] ** -0.5
    given: dict[str, Tensor] = {
        "bilinear": model.labels.pair * scale,
        "linear": model.labels.single.weight,
        "bias": model.labels.single.bias,
        **{f"part_{name}": weight for name, weight in model.part_scorer.named_parameters()},
        **{f"role_{name}": weight for name, weight in model.role_scorer.named_parameters()},
    }
    return {name: value.detach().float().numpy().astype(np.float16) for name, value in given.items()}
