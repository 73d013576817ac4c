"""The tasks that the encoder learns at once, a file each.

A task turns a window's words into targets, targets and outputs into a loss, and outputs on
development data into figures. A new head is a new file here, its name in `ALL`, and its layers in
`training/model.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from torch import Tensor

from training.corpora import Sentence
from training.model import Model, Outputs

Targets = dict[str, list[Any]]
"""Columns, one entry for each word (`[CLS]` included), and tables: any number of such rows."""
UNKNOWN = -100


class Annotated(Protocol):
    """What knows the targets of a window's words."""

    def targets(self, sentences: Sequence[Sentence]) -> Targets:
        """For the sentences of one window: columns and tables, `UNKNOWN` where nothing is known."""


class Task(Annotated, Protocol):
    """What every task of the encoder offers."""

    def loss(self, model: Model, outputs: Outputs, targets: Mapping[str, Tensor]) -> Tensor:
        """The weighted loss of a batch; zero where nothing is known."""
