"""Trees, tags and lemmas, after Universal Dependencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.corpora import Sentence
from training.model import TAGS, Model, Outputs
from training.tasks import UNKNOWN, Targets

WEIGHTS = {"upos": 0.5, "xpos": 0.5, "feats": 0.3, "lemma": 0.3}


class Trees:
    """Arcs are chosen among the words of the sentence and the root (`[CLS]`)."""

    def __init__(self, inventory: Mapping[str, Sequence[str]]) -> None:
        self._index = {key: {item: i for i, item in enumerate(inventory[key])} for key in (*TAGS, "deprel")}

    def targets(self, sentences: Sequence[Sentence]) -> Targets:
        """Columns `sentence` (number of each word's sentence), `head` (word in the window) and the tags'."""
        columns: dict[str, list[int]] = {key: [UNKNOWN] for key in ("head", "deprel", *TAGS)}
        columns["sentence"] = [0]
        begin = 1
        for number, sentence in enumerate(sentences, 1):
            size = len(sentence.forms)
            columns["sentence"] += [number] * size
            if not sentence.heads:
                for key in ("head", "deprel", *TAGS):
                    columns[key] += [UNKNOWN] * size
            else:
                columns["head"] += [h + begin - 1 if h else 0 for h in sentence.heads]
                for key in ("deprel", *TAGS):
                    known = self._index[key]
                    columns[key] += [known.get(item, UNKNOWN) for item in self._column(sentence, key)]
            begin += size
        return columns

    def _column(self, sentence: Sentence, key: str) -> list[str]:
        column: list[str | None] = getattr(sentence, key)
        known = self._index[key]
        fallen_back = (
            (x if x in known else x.partition(":")[0]) if x is not None and key == "deprel" else x for x in column
        )
        return [x if x is not None else "" for x in fallen_back]

    def loss(self, model: Model, outputs: Outputs, targets: Mapping[str, Tensor]) -> Tensor:
        """Cross entropies of arcs, labels (on the true heads), tags and lemma rules."""
        known = targets["head"] != UNKNOWN
        if not bool(known.any()):
            return outputs.arc_head.sum() * 0.0
        total = self._arcs(outputs, targets, known)
        heads = targets["head"].clamp(min=0)
        at_head = outputs.label_head.gather(1, heads[:, :, None].expand(-1, -1, outputs.label_head.shape[-1]))
        scores = model.labels(outputs.label_dependent[known], at_head[known])
        total = total + _entropy(scores, targets["deprel"][known])
        for tag, weight in WEIGHTS.items():
            total = total + weight * _entropy(outputs.tags[tag][known], targets[tag][known])
        return total

    def _arcs(self, outputs: Outputs, targets: Mapping[str, Tensor], known: Tensor) -> Tensor:
        scores = outputs.arc_dependent.float() @ outputs.arc_head.float().transpose(1, 2)
        sentence = targets["sentence"]
        allowed = sentence[:, :, None] == sentence[:, None, :]
        allowed[:, :, 0] = True
        allowed = allowed & ~torch.eye(sentence.shape[1], dtype=torch.bool, device=sentence.device)
        scores = scores.masked_fill(~allowed, -1e9)
        return _entropy(scores[known], targets["head"][known])


def _entropy(scores: Tensor, target: Tensor) -> Tensor:
    if not bool((target != UNKNOWN).any()):
        return scores.sum() * 0.0
    return functional.cross_entropy(scores.float(), target, ignore_index=UNKNOWN)
