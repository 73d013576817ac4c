"""Names of nine kinds, from corpora that annotate some or all of them.

Where a corpus leaves kinds out, its `O` allows several tags: the loss is then the negative
logarithm of their summed probability (marginal likelihood).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from training.corpora import NAME_TAGS, Sentence
from training.model import Model, Outputs
from training.tasks import Targets

_INDEX = {tag: i for i, tag in enumerate(NAME_TAGS)}


class Names:
    """The allowed tags of a word are a bit mask over `NAME_TAGS`; 0 where nothing is known."""

    def targets(self, sentences: Sequence[Sentence]) -> Targets:
        """Column `names`."""
        column = [0]
        for sentence in sentences:
            if sentence.names:
                column += [sum(1 << _INDEX[tag] for tag in allowed) for allowed in sentence.names]
            else:
                column += [0] * len(sentence.forms)
        return {"names": column}

    def loss(self, model: Model, outputs: Outputs, targets: Mapping[str, Tensor]) -> Tensor:
        """Mean over the annotated words."""
        masks = targets["names"]
        known = masks > 0
        if not bool(known.any()):
            return outputs.names.sum() * 0.0
        bits = torch.arange(len(NAME_TAGS), device=masks.device)
        allowed = ((masks[known][:, None] >> bits) & 1).bool()
        logs = outputs.names[known].float().log_softmax(-1)
        return -logs.masked_fill(~allowed, -1e9).logsumexp(-1).mean()
