"""The weights of the package back into a checkpoint, for a training that goes on from them.

    python -m training.restore --run shipped
    python -m training.train --run next --begin-with shipped --epochs 3 --rate 0.3

Checkpoints are not part of the repository, the int8 graph and the arrays beside it are. What was rounded to eight bits
stays rounded (heads in the tree differ on some two words in a hundred); the table of word pieces, which training never
changes, is MiniLM's own. Only a graph that `training.export` wrote can be read: its matrices go by their order in it.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from training.export import PACKAGE
from training.model import LAYERS, Model
from training.train import RUNS, pretrained

Array = NDArray[Any]
IN_LAYER = ("qkv", "out", "inner", "outer")
HEADS = (
    "arc_dependent", "arc_head", "label_dependent", "label_head", "tags", "names", "sentence_start", "cue",
    "part_anchor", "part_word", "trigger", "mode", "status", "role_anchor", "role_word",
)  # fmt: skip
"""Matrices of the heads, in the order of their use in `Model.forward`."""
TABLES = ("encoder.position.weight", "encoder.shape.weight", "arc_pair")
"""Parameters that the graph keeps in eight bits under their own names."""


def restored(folder: Path) -> Model:
    """The model of a folder that `training.export` wrote. Raises `ValueError` if the graph has other matrices."""
    graph = onnx.load(folder / "encoder.onnx").graph
    held = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    model = Model(json.loads((folder / "inventory.json").read_text(encoding="utf8")))
    model.encoder.load(pretrained()[0])
    state = model.state_dict()
    found = _matrices(held) | _pairs(folder) | {name: _wide(held, f"model.{name}") for name in TABLES}
    found |= {name: held[f"model.{name}"] for name in state if f"model.{name}" in held}
    (mix,) = (a for n, a in held.items() if n.startswith("onnx::MatMul_") and a.shape == tuple(state["mix"].shape))
    found["mix"] = np.log(mix)  # it stands in the graph as shares
    missing = state.keys() - found.keys() - {"encoder.piece.weight"}
    if missing:
        raise ValueError(f"{folder}: no weights for {', '.join(sorted(missing))}")
    state |= {name: torch.tensor(np.asarray(a, dtype=np.float32)) for name, a in found.items()}
    model.load_state_dict(state)
    return model


def _matrices(held: Mapping[str, Array]) -> dict[str, Array]:
    """Weights of the linear layers: the graph has them transposed, numbered in the order of their use."""
    marks = ("onnx::MatMul_", "_quantized")
    numbers = sorted(
        int(n.removeprefix(marks[0]).removesuffix(marks[1]))
        for n in held
        if n.startswith(marks[0]) and n.endswith(marks[1])
    )
    layers = [f"encoder.layers.{layer}.{part}.weight" for layer in range(LAYERS) for part in IN_LAYER]
    names = [*layers, *(f"{head}.weight" for head in HEADS)]
    if len(numbers) != len(names):
        raise ValueError(f"the graph has {len(numbers)} matrices, not {len(names)}")
    return {name: _wide(held, f"{marks[0]}{number}").T for name, number in zip(names, numbers, strict=True)}


def _wide(held: Mapping[str, Array], name: str) -> Array:
    """A parameter as it was before its eight bits, but for the rounding."""
    whole, zero = (held[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "zero_point"))
    made: Array = (whole - zero) * held[f"{name}_scale"].astype(np.float32)
    return made


def _pairs(folder: Path) -> dict[str, Array]:
    """What `training.pairs` wrote."""
    arrays = np.load(folder / "labels.npz")
    bilinear = arrays["bilinear"].astype(np.float32)
    found = {
        "labels.pair": bilinear * bilinear.shape[2] ** 0.5,
        "labels.single.weight": arrays["linear"],
        "labels.single.bias": arrays["bias"],
    }
    for part in ("part", "role"):
        found |= {f"{part}_scorer.{kind}": arrays[f"{part}_{kind}"] for kind in ("pair", "word", "anchor", "distance")}
    return found


def main() -> None:
    """Writes `training/runs/NAME`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", default="shipped")
    parser.add_argument("--model", type=Path, default=PACKAGE, help="folder of the model, by default the package's")
    options = parser.parse_args()
    run = RUNS / options.run
    run.mkdir(parents=True, exist_ok=True)
    torch.save({"model": restored(options.model).state_dict()}, run / "checkpoint.pt")
    shutil.copy(options.model / "vocab.txt", run / "vocab.txt")
    print(run / "checkpoint.pt")


if __name__ == "__main__":
    main()
