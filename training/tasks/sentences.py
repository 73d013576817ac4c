"""Where sentences start, inside a paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from torch import Tensor
from torch.nn import functional

from training.corpora import Sentence
from training.model import Model, Outputs
from training.tasks import Targets


class Sentences:
    """The first word of a window and of a paragraph are known to start one and teach nothing."""

    def targets(self, sentences: Sequence[Sentence]) -> Targets:
        """Column `start`: 1, 0, or -100 where the answer is given away."""
        column = [-100]
        for number, sentence in enumerate(sentences):
            given = number == 0 or sentence.new_paragraph
            inside = -100 if sentence.whole_paragraph else 0
            column += [-100 if given else 1] + [inside] * (len(sentence.forms) - 1)
        return {"start": column}

    def loss(self, model: Model, outputs: Outputs, targets: Mapping[str, Tensor]) -> Tensor:
        """Binary cross entropy."""
        known = targets["start"] >= 0
        if not bool(known.any()):
            return outputs.sentence_start.sum() * 0.0
        return functional.binary_cross_entropy_with_logits(
            outputs.sentence_start[known].float(), targets["start"][known].float()
        )
