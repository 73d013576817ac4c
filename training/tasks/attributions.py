"""Reported speech: cues, and for each cue the words of its source and of its content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from torch import Tensor
from torch.nn import functional

from training.corpora import Part, Sentence
from training.model import Model, Outputs
from training.tasks import UNKNOWN, Targets
from whence.language.attributions import PARTS

CUE_WEIGHT, PART_WEIGHT = 2.0, 3.0
_PLACE = {"source": 1, "content": 5}
"""Where in `PARTS` a part's begin, inside, end and only word stand."""


class Attributions:
    """Rows of parts have a cell for each word of the window; cell 0, which is `[CLS]`'s, holds the cue's first word."""

    def targets(self, sentences: Sequence[Sentence]) -> Targets:
        """Column `cue` (0 outside, 1 begin, 2 inside) and rows `parts`, one for each cue."""
        cue: list[int] = [UNKNOWN]
        cues: dict[int, int] = {}
        parts: list[tuple[int, Part]] = []
        for sentence in sentences:
            begin = len(cue)
            cue += [0 if sentence.spoken is not None else UNKNOWN] * len(sentence.forms)
            for part in sentence.spoken or ():
                if part.kind == "cue" and part.attribution not in cues:
                    cues[part.attribution] = begin + part.first
                    cue[begin + part.first : begin + part.last + 1] = [1] + [2] * (part.last - part.first)
                elif part.kind != "cue":
                    parts.append((begin, part))
            if sentence.only_outer:
                inside = {
                    begin + w for p in sentence.spoken or () if p.kind == "content" for w in range(p.first, p.last + 1)
                }
                cue = [UNKNOWN if w in inside and tag == 0 else tag for w, tag in enumerate(cue)]
        rows = {number: [anchor] + [0] * (len(cue) - 1) for number, anchor in cues.items()}
        for number, row in rows.items():
            for kind, first, last in _joined((b, p) for b, p in parts if p.attribution == number):
                place = _PLACE[kind]
                row[first : last + 1] = [place] + [place + 1] * (last - first)
                row[last] = place + 2 if last > first else place + 3
        return {"cue": cue, "parts": list(rows.values())}

    def loss(self, model: Model, outputs: Outputs, targets: Mapping[str, Tensor]) -> Tensor:
        """Cross entropies of the cues' tags and, for the annotated cues, of every word's part."""
        known = targets["cue"] != UNKNOWN
        if not bool(known.any()):
            return outputs.cue.sum() * 0.0
        total = CUE_WEIGHT * functional.cross_entropy(outputs.cue[known].float(), targets["cue"][known])
        rows = targets["parts"]
        if len(rows):
            scores = model.parts(outputs, targets["parts row"], rows[:, 0])
            wanted = rows.clone()
            wanted[:, 0] = UNKNOWN
            total = total + PART_WEIGHT * functional.cross_entropy(
                scores.float().reshape(-1, len(PARTS)), wanted.reshape(-1), ignore_index=UNKNOWN
            )
        return total


def _joined(parts: Iterator[tuple[int, Part]]) -> list[tuple[str, int, int]]:
    """Ranges of words of the window; what a paragraph's end divided is one again."""
    found: list[tuple[str, int, int]] = []
    for kind, first, last in sorted((p.kind, b + p.first, b + p.last) for b, p in parts):
        if found and found[-1][0] == kind and first <= found[-1][2] + 1:
            found[-1] = (kind, found[-1][1], max(last, found[-1][2]))
        else:
            found.append((kind, first, last))
    return found
