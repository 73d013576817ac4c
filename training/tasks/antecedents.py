"""Coreference: which earlier words a mention's head refers back to, or none.

As a mention has several antecedents, the loss is the negative logarithm of their summed probability
(Lee et al. 2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from training.corpora import OTHER, Sentence
from training.model import Model, Outputs
from training.tasks import UNKNOWN, Targets

WEIGHT = 0.5


class Antecedents:
    """Candidates are the earlier words of the window whose entity is known, and the root for "none"."""

    def targets(self, sentences: Sequence[Sentence]) -> Targets:
        """Columns `entity` (0 heads no mention, `UNKNOWN` no candidate) and `anaphor` (1 asked, 0 not)."""
        entity, anaphor = [0], [0]
        for sentence in sentences:
            size = len(sentence.forms)
            if sentence.entities:
                entity += [UNKNOWN if e == OTHER else e for e in sentence.entities]
                anaphor += map(int, sentence.anaphors)
            else:
                entity += [UNKNOWN] * size
                anaphor += [0] * size
        whole = not any(OTHER in s.entities for s in sentences)
        seen: set[int] = set()
        for word, number in enumerate(entity):
            if anaphor[word] and not whole and number not in seen:
                anaphor[word] = 0  # whom it means stands outside the window, or nobody knows
            seen.add(number)
        return {"entity": entity, "anaphor": anaphor}

    def loss(self, model: Model, outputs: Outputs, targets: Mapping[str, Tensor]) -> Tensor:
        """Mean over the mentions that are asked."""
        asked = targets["anaphor"] == 1
        if not bool(asked.any()):
            return outputs.antecedent.sum() * 0.0
        entity = targets["entity"]
        words = entity.shape[1]
        row, word = asked.nonzero(as_tuple=True)
        scores = model.antecedents(outputs, row, word)
        earlier = torch.arange(words, device=entity.device)[None, :] < word[:, None]
        candidate = earlier & (entity[row] != UNKNOWN)
        candidate[:, 0] = True
        right = candidate & (entity[row] == entity[row, word][:, None])
        right[:, 0] = ~right.any(-1)
        logs = scores.float().masked_fill(~candidate, -1e9).log_softmax(-1)
        return WEIGHT * -logs.masked_fill(~right, -1e9).logsumexp(-1).mean()
