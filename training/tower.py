"""The tower that reads a marked pair: MiniLM's layers over the frozen word vectors, and how it learns.

It begins with the pretrained weights rather than with our encoder's: layers already bent to trees learn the types of
events far more slowly from a thousand rows (measured on one fold of PLV: 47 against 83 of macro-F1).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.model import WIDTH, Encoder
from training.pairs_of_actors import Pair
from whence.language.relation import ACTOR, ELSEWHERE, RECIPIENT, marked

MARK = 0.2
"""Spread of the vectors that begin to mark actor and recipient."""
HEAD_DROPOUT = 0.2
HEAD_RATE = 1e-3
WARM_UP = 50
"""Steps over which the learning rate rises."""
CLIP = 1.0
DECAY = 0.01
SMOOTHING = 0.1
MOST_ROWS = 32

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair as the tower sees it."""

    ids: tuple[int, ...]
    roles: tuple[int, ...]
    """Of each piece, as in `whence.language.relation`."""
    right: tuple[bool, ...]
    """Of each type, in the codebook's order: whether it is a right answer."""
    text: str
    weight: float = 1.0


class Pieces:
    """What `whence.language.relation.marked` asks of an encoder."""

    def __init__(self, pieces: Callable[[str], tuple[int, ...]]) -> None:
        self.pieces = pieces


def samples(
    pairs: Sequence[Pair], types: Sequence[str], pieces: Callable[[str], tuple[int, ...]], weights: Sequence[float] = ()
) -> list[Sample]:
    """The pairs in pieces, each with its weight in the loss (1 where none is given)."""
    made = []
    for pair, weight in zip(pairs, weights or [1.0] * len(pairs), strict=True):
        found = marked(pair.text, pair.actor, pair.recipient, Pieces(pieces))  # type: ignore[arg-type]
        right = tuple(t in pair.types for t in types)
        made.append(Sample(found.ids, found.roles, right, pair.text, weight))
    return made


class Tower(nn.Module):
    """Word vectors and marks to scores of types."""

    def __init__(self, types: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.mark = nn.Embedding(3, WIDTH, padding_idx=ELSEWHERE)
        nn.init.normal_(self.mark.weight, std=MARK)
        with torch.no_grad():
            self.mark.weight[ELSEWHERE] = 0
        self.middle = nn.Linear(4 * WIDTH, WIDTH)
        self.head = nn.Linear(WIDTH, types)
        self.dropout = nn.Dropout(HEAD_DROPOUT)
        for part in (self.encoder.piece, self.encoder.position, self.encoder.shape, self.encoder.norm):
            part.requires_grad_(False)

    def forward(self, vectors: Tensor, roles: Tensor, mask: Tensor) -> Tensor:
        """Piece vectors [B, S, WIDTH], roles and mask [B, S]; gives scores [B, types]."""
        encoder = self.encoder
        place = encoder.position.weight[: vectors.shape[1]] + encoder.shape.weight[0]
        x = encoder.dropout(encoder.norm(vectors + place[None]) + self.mark(roles))
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in encoder.layers:
            x = layer(x, bias)
        seen = [x[:, 0], *(_mean(x, part) for part in (mask, roles == ACTOR, roles == RECIPIENT))]
        hidden = functional.gelu(self.middle(self.dropout(torch.cat(seen, -1))))
        scores: Tensor = self.head(self.dropout(hidden))
        return scores


def _mean(x: Tensor, part: Tensor) -> Tensor:
    """Mean of the states [B, S, D] where `part` [B, S] holds; 0 where it holds nowhere."""
    weights = part.to(x.dtype)[..., None]
    return (x * weights).sum(1) / weights.sum(1).clamp(min=1)


def inputs(tower: Tower, found: Sequence[Sample]) -> tuple[Tensor, Tensor, Tensor]:
    """Vectors, roles and mask of samples side by side."""
    longest = max(len(s.ids) for s in found)
    ids, roles, mask = (torch.zeros(len(found), longest, dtype=torch.long) for _ in range(3))
    for row, sample in enumerate(found):
        ids[row, : len(sample.ids)] = torch.tensor(sample.ids)
        roles[row, : len(sample.ids)] = torch.tensor(sample.roles)
        mask[row, : len(sample.ids)] = 1
    return tower.encoder.piece(ids), roles, mask


def learn(tower: Tower, found: Sequence[Sample], epochs: int, rate: float, batch: int, seed: int) -> None:
    """Trains the tower; each epoch shows one pair, drawn at random, of every text."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    layers = [p for p in tower.encoder.parameters() if p.requires_grad]
    own = [p for part in (tower.mark, tower.middle, tower.head) for p in part.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": layers, "rate": rate}, {"params": own, "rate": HEAD_RATE}], lr=rate, weight_decay=DECAY
    )
    step, total = 0, 0
    tower.train()
    for epoch in range(epochs):
        todo = list(batches(_one_of_each_text(found, chance), batch, chance))
        total = total or len(todo) * epochs
        losses = []
        for drawn in todo:
            factor = min(1.0, (step + 1) / WARM_UP) * max(0.0, 1 - step / total)
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * factor
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = tower(*inputs(tower, drawn))
            loss = _loss(scores.float(), drawn)
            optimiser.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_([*layers, *own], CLIP)
            optimiser.step()
            step += 1
            losses.append(float(loss.detach()))
        print(f"epoch {epoch + 1} of {epochs}, loss {sum(losses) / len(losses):.3f}", flush=True)


def _one_of_each_text(found: Sequence[Sample], chance: random.Random) -> list[Sample]:
    by_text: dict[str, list[Sample]] = {}
    for sample in found:
        by_text.setdefault(sample.text, []).append(sample)
    return [chance.choice(same) for same in by_text.values()]


def _loss(scores: Tensor, drawn: Sequence[Sample]) -> Tensor:
    """Minus the log of the summed probability of the right types, smoothed over all."""
    right = torch.tensor([s.right for s in drawn])
    weight = torch.tensor([s.weight for s in drawn])
    logs = scores.log_softmax(-1)
    missed = -torch.logsumexp(logs.masked_fill(~right, -torch.inf), -1)
    losses = (1 - SMOOTHING) * missed - SMOOTHING * logs.mean(-1)
    return (losses * weight).sum() / weight.sum()


def batches(found: Sequence[Sample], size: int, chance: random.Random) -> Iterator[list[Sample]]:
    """Samples of like length together, at most `size` pieces with padding and `MOST_ROWS` rows, in random order."""
    order = sorted(found, key=lambda s: len(s.ids) + 8 * chance.random())
    made: list[list[Sample]] = []
    longest = 0
    for sample in order:
        longest = max(longest, len(sample.ids))
        if not made or len(made[-1]) == MOST_ROWS or longest * (len(made[-1]) + 1) > size:
            made.append([])
            longest = len(sample.ids)
        made[-1].append(sample)
    chance.shuffle(made)
    yield from made


def scores(tower: Tower, found: Sequence[Sample]) -> Floats:
    """Scores [samples, types]."""
    tower.eval()
    with torch.no_grad():
        parts = [found[at : at + MOST_ROWS] for at in range(0, len(found), MOST_ROWS)]
        return np.concatenate([tower(*inputs(tower, part)).float().numpy() for part in parts])
