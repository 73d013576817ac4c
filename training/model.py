"""The multi-task encoder: MiniLM's six layers with heads for trees, tags, names,
sentence starts, reported speech and events.

Everything the network gives is a vector or a score for one word; pairs of words (arcs and their
labels) are scored from these vectors outside, within a sentence (docs/decisions/0001).
Biaffine scorers after Dozat and Manning (2017); layer mix after Peters et al. (2018).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from whence.language.attributions import CUE_TAGS, PARTS
from whence.language.distances import CLASSES, distance_class
from whence.language.happenings import ROLE_PARTS, STATUSES, trigger_tags
from whence.language.shape import SHAPES

WIDTH, HEADS, INNER, LAYERS, PIECES, POSITIONS = 384, 12, 1536, 6, 30522, 512
ARC, LABEL, PART = 256, 96, 128
VIEWS = ("tree", "tag", "name", "report", "event")
"""Groups of heads that weigh the layers in a mix of their own."""
TAGS = ("upos", "xpos", "feats", "lemma")


class SharedDropout(nn.Module):
    """Dropout with one mask for all words of a window (Gal and Ghahramani 2016): cheap to draw, and enough."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """x [B, S, D]."""
        if not self.training:
            return x
        kept = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.share
        return x * (kept.to(x.dtype) / (1 - self.share))


class Layer(nn.Module):
    """One transformer layer, normalised after each half, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm_outer = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = SharedDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x [B, S, WIDTH], bias [B, 1, 1, S] added to the attention scores."""
        rows, length, _ = x.shape
        q, k, v = (
            part.reshape(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2) for part in self.qkv(x).split(WIDTH, -1)
        )
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        normed: Tensor = self.norm_outer(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))
        return normed


class Encoder(nn.Module):
    """Word pieces and shapes to the states of every layer."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.piece = nn.Embedding(PIECES, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = SharedDropout(dropout)

    def load(self, path: Path) -> None:
        """Takes the weights of the pretrained MiniLM; every shape begins as the first token type."""
        weights = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
        state = {
            "piece.weight": weights["embeddings.word_embeddings.weight"],
            "position.weight": weights["embeddings.position_embeddings.weight"],
            "shape.weight": weights["embeddings.token_type_embeddings.weight"][:1].repeat(SHAPES, 1),
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        ours = {
            "out": "attention.output.dense",
            "norm_attention": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "norm_outer": "output.LayerNorm",
        }
        for number in range(LAYERS):
            theirs = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [weights[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                state[f"layers.{number}.qkv.{kind}"] = torch.cat(parts)
                for name, other in ours.items():
                    state[f"layers.{number}.{name}.{kind}"] = weights[f"{theirs}{other}.{kind}"]
        self.load_state_dict(state)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """States of all layers, [LAYERS, B, S, WIDTH]."""
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.piece(ids) + self.shape(shapes) + self.position(positions)[None]))
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        states = []
        for layer in self.layers:
            x = layer(x, bias)
            states.append(x)
        return torch.stack(states)


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the network says of each word; W counts `[CLS]`, the root, as word 0."""

    arc_dependent: Tensor
    """[B, W, ARC]; its dot product with a head's `arc_head` scores the arc."""
    arc_head: Tensor
    label_dependent: Tensor
    """[B, W, LABEL]"""
    label_head: Tensor
    tags: Mapping[str, Tensor]
    """Scores for `upos`, `xpos`, `feats`, `lemma`: [B, W, classes]."""
    names: Tensor
    sentence_start: Tensor
    """[B, W]"""
    cue: Tensor
    """[B, W, 3]"""
    part_anchor: Tensor
    """[B, W, PART]: a word as the first of a cue that looks for its source and content."""
    part_word: Tensor
    """[B, W, PART]: a word as one that may belong to them."""
    trigger: Tensor
    """[B, W, 2 + types]"""
    mode: Tensor
    """[B, W, modes of all types]"""
    status: Tensor
    """[B, W, statuses]"""
    role_anchor: Tensor
    """[B, W, PART]: a word as the first of a trigger that looks for its participants."""
    role_word: Tensor


class Labeller(nn.Module):
    """Scores the relation of a dependent to its head: biaffine, `[d;1] U h + w [d;h] + b`."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.pair = nn.Parameter(torch.empty(labels, LABEL + 1, LABEL))
        nn.init.xavier_uniform_(self.pair)
        self.single = nn.Linear(2 * LABEL, labels)

    def forward(self, dependent: Tensor, head: Tensor) -> Tensor:
        """[N, LABEL] twice to [N, labels]."""
        extended = torch.cat([dependent, torch.ones_like(dependent[:, :1])], -1)
        pair = torch.einsum("nd,kde,ne->nk", extended, self.pair, head)
        scores: Tensor = pair * LABEL**-0.5 + self.single(torch.cat([dependent, head], -1))
        return scores


class PartScorer(nn.Module):
    """Scores what a word is to a cue or a trigger: biaffine, and by their distance (`whence.language.parts`)."""

    def __init__(self, parts: int) -> None:
        super().__init__()
        self.pair = nn.Parameter(torch.zeros(parts, PART, PART))
        self.word = nn.Parameter(torch.zeros(parts, PART))
        self.anchor = nn.Parameter(torch.zeros(parts, PART))
        self.distance = nn.Parameter(torch.zeros(CLASSES, parts))
        for weights in (self.pair, self.word, self.anchor):
            nn.init.xavier_uniform_(weights)

    def forward(self, anchor: Tensor, words: Tensor, place: Tensor) -> Tensor:
        """Anchors [N, PART] at words `place` [N], all words of their windows [N, W, PART]; gives [N, W, parts]."""
        asked = torch.einsum("nr,krs->nks", anchor, self.pair) + self.word
        scores = words @ asked.transpose(1, 2) + (anchor @ self.anchor.T)[:, None, :]
        return scores + self.distance[_classes(words.shape[1], place)]


def _classes(words: int, place: Tensor) -> Tensor:
    """Class of the distance of every word of a window from each place: [N, words]."""
    offsets = np.arange(words)[None, :] - place.numpy()[:, None]
    return torch.from_numpy(distance_class(offsets))


class Model(nn.Module):
    """The encoder with all its heads."""

    def __init__(self, inventory: Mapping[str, Sequence[str]], dropout: float = 0.25) -> None:
        super().__init__()
        self.sizes = [len(inventory[tag]) for tag in TAGS]
        self.encoder = Encoder()
        self.mix = nn.Parameter(torch.zeros(len(VIEWS), LAYERS))
        self.dropout = SharedDropout(dropout)
        self.arc_dependent = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc_pair = nn.Parameter(torch.empty(ARC + 1, ARC))
        nn.init.orthogonal_(self.arc_pair)
        self.label_dependent = nn.Linear(WIDTH, LABEL)
        self.label_head = nn.Linear(WIDTH, LABEL)
        self.labels = Labeller(len(inventory["deprel"]))
        self.tags = nn.Linear(WIDTH, sum(self.sizes))
        self.names = nn.Linear(WIDTH, len(inventory["names"]))
        self.sentence_start = nn.Linear(WIDTH, 1)
        self.cue = nn.Linear(WIDTH, len(CUE_TAGS))
        self.part_anchor = nn.Linear(WIDTH, PART)
        self.part_word = nn.Linear(WIDTH, PART)
        self.part_scorer = PartScorer(len(PARTS))
        self.trigger = nn.Linear(WIDTH, len(trigger_tags(inventory["types"])))
        self.mode = nn.Linear(WIDTH, len(inventory["modes"]))
        self.status = nn.Linear(WIDTH, len(STATUSES))
        self.role_anchor = nn.Linear(WIDTH, PART)
        self.role_word = nn.Linear(WIDTH, PART)
        self.role_scorer = PartScorer(len(ROLE_PARTS))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, words: Tensor) -> Outputs:
        """Inputs as in `whence.language.windows.Batch`."""
        states = self.encoder(ids, shapes, mask)

        at_words = states.gather(2, words[None, :, :, None].expand(LAYERS, -1, -1, WIDTH))
        mixed = (self.mix.softmax(-1).to(states.dtype) @ at_words.reshape(LAYERS, -1)).reshape(-1, *at_words.shape[1:])
        tree, tag, name, report, event = (self.dropout(view) for view in mixed)

        def projected(layer: nn.Linear, view: Tensor) -> Tensor:
            vectors: Tensor = self.dropout(functional.gelu(layer(view)))
            return vectors

        dependent = projected(self.arc_dependent, tree)
        extended = torch.cat([dependent, torch.ones_like(dependent[..., :1])], -1)
        return Outputs(
            arc_dependent=(extended @ self.arc_pair) * ARC**-0.5,
            arc_head=projected(self.arc_head, tree),
            label_dependent=projected(self.label_dependent, tree),
            label_head=projected(self.label_head, tree),
            tags=dict(zip(TAGS, self.tags(tag).split(self.sizes, -1), strict=True)),
            names=self.names(name),
            sentence_start=self.sentence_start(tag).squeeze(-1),
            cue=self.cue(report),
            part_anchor=projected(self.part_anchor, report),
            part_word=projected(self.part_word, report),
            trigger=self.trigger(event),
            mode=self.mode(event),
            status=self.status(event),
            role_anchor=projected(self.role_anchor, event),
            role_word=projected(self.role_word, event),
        )

    def parts(self, outputs: Outputs, row: Tensor, place: Tensor) -> Tensor:
        """Scores [N, W, parts] of the words of windows `row` [N] for the cues that begin at words `place` [N]."""
        scores: Tensor = self.part_scorer(outputs.part_anchor[row, place], outputs.part_word[row], place)
        return scores

    def roles(self, outputs: Outputs, row: Tensor, place: Tensor) -> Tensor:
        """Scores [N, W, parts] of the words of windows `row` [N] for the triggers that begin at words `place` [N]."""
        scores: Tensor = self.role_scorer(outputs.role_anchor[row, place], outputs.role_word[row], place)
        return scores
