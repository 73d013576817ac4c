"""The tasks that the encoder learns at once, a file each.

A task turns a window's words into targets, targets and outputs into a loss, and outputs on
development data into figures. A new head is a new file here, its name in `ALL`, and its layers in
`training/model.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from torch import Tensor

from training.corpora import Sentence
from training.model import Model, Outputs

Targets = Mapping[str, list[int] | list[list[int]]]


class Task(Protocol):
    """What every task offers. Targets have one entry for each word, `[CLS]` included."""

    def targets(self, sentences: Sequence[Sentence]) -> dict[str, list[int]]:
        """For the sentences of one window: target columns, -100 where nothing is known."""

    def loss(self, model: Model, outputs: Outputs, targets: Mapping[str, Tensor]) -> Tensor:
        """The weighted loss of a batch; zero where nothing is known."""
