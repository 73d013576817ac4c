"""Events: triggers with their types, modes and status, and for each trigger the words of its roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.corpora import Act, Sentence
from training.model import Model, Outputs
from training.tasks import UNKNOWN, Targets
from whence.language.happenings import ROLE_PARTS, ROLES, STATUSES, trigger_tags

TRIGGER_WEIGHT, MODE_WEIGHT, STATUS_WEIGHT, ROLE_WEIGHT = 2.0, 0.3, 0.5, 2.0
_SURE, _UNSURE = 1.5, 0.75
"""How far from 0 a factuality is for the word to be told as fact, or as not; below the second it is left open."""
_HAPPENED = ("happened", "ongoing")


class Happenings:
    """Rows of roles have a cell for each word of the window; cell 0 holds the trigger's first word."""

    def __init__(self, inventory: Mapping[str, Sequence[str]]) -> None:
        self._tags = {tag: number for number, tag in enumerate(trigger_tags(inventory["types"]))}
        self._modes = {mode: number for number, mode in enumerate(inventory["modes"])}

    def targets(self, sentences: Sequence[Sentence]) -> Targets:
        """Columns `trigger`, `mode`, `status` (a bit mask of what is allowed, 0 where unknown) and rows `roles`."""
        size = 1 + sum(len(s.forms) for s in sentences)
        made: Targets = {"trigger": [UNKNOWN] * size, "mode": [UNKNOWN] * size, "status": [0] * size, "roles": []}
        begin = 1
        for sentence in sentences:
            if sentence.acts is not None:
                made["trigger"][begin : begin + len(sentence.forms)] = [0] * len(sentence.forms)
            for act in sentence.acts or ():
                self._mark(made, act, begin)
                made["roles"].append(_roles(act, begin, size))
            for word, degree in sentence.factuality:
                made["status"][begin + word] |= _mask(degree)
            begin += len(sentence.forms)
        return made

    def _mark(self, made: Targets, act: Act, begin: int) -> None:
        first, last = begin + act.trigger[0], begin + act.trigger[1]
        made["trigger"][first : last + 1] = [self._tags[f"B-{act.type}"]] + [self._tags["I"]] * (last - first)
        made["mode"][first] = self._modes.get(f"{act.type} {act.mode or ''}".strip(), UNKNOWN)
        made["status"][first] = 1 << STATUSES.index(act.status)  # type: ignore[arg-type]

    def loss(self, model: Model, outputs: Outputs, targets: Mapping[str, Tensor]) -> Tensor:
        """Cross entropies; of the status the marginal likelihood of what is allowed."""
        total = outputs.trigger.sum() * 0.0
        for name, weight in (("trigger", TRIGGER_WEIGHT), ("mode", MODE_WEIGHT)):
            known = targets[name] != UNKNOWN
            if bool(known.any()):
                scores: Tensor = getattr(outputs, name)[known].float()
                total = total + weight * functional.cross_entropy(scores, targets[name][known])
        told = targets["status"] > 0
        if bool(told.any()):
            allowed = ((targets["status"][told][:, None] >> torch.arange(len(STATUSES))) & 1).bool()
            logs = outputs.status[told].float().log_softmax(-1)
            total = total - STATUS_WEIGHT * logs.masked_fill(~allowed, -1e9).logsumexp(-1).mean()
        rows = targets["roles"]
        if len(rows):
            wanted = rows.clone()
            wanted[:, 0] = UNKNOWN
            roles = model.roles(outputs, targets["roles row"], rows[:, 0]).float()
            total = total + ROLE_WEIGHT * functional.cross_entropy(
                roles.reshape(-1, len(ROLE_PARTS)), wanted.reshape(-1), ignore_index=UNKNOWN
            )
        return total


def _roles(act: Act, begin: int, size: int) -> list[int]:
    """A row: where a word has two roles ("the bombers": actor and instrument) the one that `ROLES` names first."""
    row = [begin + act.trigger[0]] + [0] * (size - 1)
    for role, b, e in sorted(act.parts, key=lambda part: ROLES.index(part[0]), reverse=True):
        first = 1 + 4 * ROLES.index(role)
        b, e = begin + b, begin + e
        row[b : e + 1] = [first] + [first + 1] * (e - b)
        row[e] = first + 2 if e > b else first + 3
    return row


def _mask(degree: float) -> int:
    """The statuses that a factuality allows, as bits; 0 where it is neither sure nor open."""
    if degree >= _SURE:
        allowed: tuple[str, ...] = _HAPPENED
    elif degree <= -_SURE:
        allowed = ("denied",)
    elif abs(degree) < _UNSURE:
        allowed = tuple(s for s in STATUSES if s not in (*_HAPPENED, "denied"))
    else:
        allowed = ()
    return sum(1 << STATUSES.index(status) for status in allowed)  # type: ignore[arg-type]
