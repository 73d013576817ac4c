"""A trained run into the package: ONNX with int8 weights, checked against the torch model on real sentences.

python -m training.export --run main
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training import corpora, graphs
from training.model import TAGS, Model
from training.pairs import pair_weights
from training.tasks.trees import Trees
from training.train import RUNS, data_folder
from training.windows import Example, examples, tensors
from whence.language.pieces import WordPieces
from whence.language.windows import LIMIT

PACKAGE = Path(__file__).parents[1] / "src" / "whence" / "model"
INPUTS = ("ids", "shapes", "mask", "words")
VECTORS = (
    "arc_dependent",
    "arc_head",
    "label_dependent",
    "label_head",
    "part_anchor",
    "part_word",
    "role_anchor",
    "role_word",
)
SCORES = ("names", "sentence_start", "cue", "trigger", "mode", "status")
OUTPUTS = (*VECTORS, *TAGS, *SCORES, "pieces")
MEANINGS = 96
"""Dimensions of the word table."""
AGREEMENT = 0.97
"""Share of tags that the int8 graph must give as the torch model does."""


class Graph(nn.Module):
    """The model with plain tensors out, tags already chosen."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        """In the order of `OUTPUTS`."""
        outputs = self.model(ids, shapes, mask, words)
        vectors = [getattr(outputs, name) for name in VECTORS]
        tags = [outputs.tags[name].argmax(-1).int() for name in TAGS]
        return (*vectors, *tags, *(getattr(outputs, name) for name in SCORES), self.model.encoder.piece(ids))


def load(run: Path) -> tuple[Model, dict[str, list[str]]]:
    """The model of a run as its last checkpoint has it."""
    inventory: dict[str, list[str]] = json.loads((run / "inventory.json").read_text(encoding="utf8"))
    model = Model(inventory)
    state: dict[str, Any] = torch.load(run / "checkpoint.pt", weights_only=False)
    model.load_state_dict(state["model"])
    return model.eval(), inventory


def write_graph(model: Model, example: tuple[Tensor, ...], target: Path) -> None:
    """The int8 graph; sizes of batch, pieces and words stay free."""
    axes = {
        name: {0: "B", 1: "S" if name in ("ids", "shapes", "mask", "pieces") else "W"} for name in (*INPUTS, *OUTPUTS)
    }
    graphs.write(Graph(model), example, INPUTS, OUTPUTS, axes, target)


def write_lemmas(data: Path, target: Path) -> None:
    """The table of lemmas of the treebanks that the model learnt from: form, tag, lemma."""
    documents = [d for name in ("ewt", "gum") for d in corpora.conllu(data / f"ud/{name}.train.conllu.gz")]
    rows = "".join(f"{form}\t{tag}\t{lemma}\n" for (form, tag), lemma in corpora.lemma_table(documents).items())
    target.write_bytes(gzip.compress(rows.encode("utf8"), mtime=0))


def write_words(model: Model, target: Path) -> None:
    """The table of word pieces, free of its mean, in `MEANINGS` dimensions (principal components), int8."""
    rows = model.encoder.piece.weight.detach().numpy()
    rows = rows - rows.mean(axis=0)
    _, vectors = np.linalg.eigh(rows.T @ rows)
    small = rows @ vectors[:, ::-1][:, :MEANINGS]
    scale = np.abs(small).max() / 127 / 2  # the few outliers are cut off
    table = np.clip(np.round(small / scale), -127, 127).astype(np.int8)
    np.savez_compressed(target, allow_pickle=False, table=table, scale=np.float32(scale))


def agreement(model: Model, graph: Path, found: Sequence[Example], trees: Trees) -> dict[str, float]:
    """Share of words on which the graph's choices are the torch model's; window by window, as at run time."""
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    same: dict[str, list[NDArray[np.bool_]]] = defaultdict(list)
    for example in found:
        inputs, targets = tensors([example], [trees])
        got = dict(zip(OUTPUTS, session.run(None, {n: t.numpy() for n, t in inputs.items()}), strict=True))
        with torch.no_grad():
            made = Graph(model).eval()(*(inputs[name] for name in INPUTS))
        want = {name: value.numpy() for name, value in zip(OUTPUTS, made, strict=True)}
        for tag in TAGS:
            same[tag].append((got[tag] == want[tag])[0, 1:])
        for name in ("names", "cue", "trigger"):
            same[name].append((got[name].argmax(-1) == want[name].argmax(-1))[0, 1:])
        sentence = targets["sentence"][0].numpy()
        same["arcs"].append((_heads(got, sentence) == _heads(want, sentence))[1:])
    return {name: float(np.concatenate(parts).mean()) for name, parts in same.items()}


def _heads(outputs: Mapping[str, NDArray[Any]], sentence: NDArray[Any]) -> NDArray[Any]:
    """The best head of each word within its sentence, or the root."""
    scores: NDArray[Any] = outputs["arc_dependent"][0] @ outputs["arc_head"][0].T
    allowed = sentence[:, None] == sentence[None, :]
    allowed[:, 0] = True
    np.fill_diagonal(allowed, False)
    heads: NDArray[Any] = np.where(allowed, scores, -np.inf).argmax(-1)
    return heads


def scores(run: Path) -> dict[str, float]:
    """The last line of the run's learning curve: epoch, step, loss and figures on the development sample."""
    lines = (run / "curve.tsv").read_text(encoding="utf8").splitlines()
    return {name: float(value) for name, value in zip(lines[0].split("\t"), lines[-1].split("\t"), strict=True)}


def main() -> None:
    """Writes `encoder.onnx`, `labels.npz`, `inventory.json` and `vocab.txt` into the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", default="main")
    parser.add_argument("--to", type=Path, default=PACKAGE)
    options = parser.parse_args()
    run, folder = RUNS / options.run, options.to
    model, inventory = load(run)
    folder.mkdir(parents=True, exist_ok=True)
    pieces = WordPieces(run / "vocab.txt").pieces
    documents = corpora.conllu(data_folder() / "ud/gum.dev.conllu.gz")
    found = examples(documents, pieces, random.Random(0))[:24]
    inputs, _ = tensors(found[:4], [])
    write_graph(model, tuple(inputs[name] for name in INPUTS), folder / "encoder.onnx")
    np.savez_compressed(folder / "labels.npz", allow_pickle=False, **pair_weights(model))
    write_words(model, folder / "words.npz")
    write_lemmas(data_folder(), folder / "lemmas.tsv.gz")
    shutil.copy(run / "vocab.txt", folder / "vocab.txt")
    facts = {**inventory, "window": LIMIT, "scores": scores(run), **json.loads((run / "facts.json").read_text("utf8"))}
    (folder / "inventory.json").write_text(json.dumps(facts, ensure_ascii=False, indent=0), encoding="utf8")
    shares = agreement(model, folder / "encoder.onnx", found, Trees(inventory))
    print("  ".join(f"{k} {100 * v:.2f}%" for k, v in shares.items()))
    size = sum(p.stat().st_size for p in folder.iterdir())
    print(f"{folder}: {size / 1e6:.1f} MB")
    if min(shares.values()) < AGREEMENT:
        raise SystemExit(f"the int8 graph departs from the model in {min(shares, key=lambda k: shares[k])}")


if __name__ == "__main__":
    main()
