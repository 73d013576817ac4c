"""Makes the tower that tells what a marked pair does to each other: `src/whence/model/relation.onnx`.

    python -m training.relation            # both stages, the figures, the export
    python -m training.relation --folds    # the figures alone

Stage 1 learns from pairs of this project's own: annotated articles, sentences written for training, and
sentences made from patterns. Stage 2 goes on with PLV. The figure without PLV is stage 1's on all of PLV's rows;
the other comes from five folds, in each of which stage 2 learns from four of them. The temperature is that of the
folds. Every stage leaves its weights in `training/runs/NAME`, and the same command goes on after the last one.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from training import graphs
from training import relation_figures as figures
from training.model import WIDTH
from training.pair_patterns import patterns
from training.pairs_of_actors import Pair, annotated, authored, plv
from training.tower import Floats, Sample, Tower, inputs, learn, samples, scores
from training.train import RUNS, data_folder, pretrained
from whence import codebook
from whence.language.pieces import WordPieces
from whence.language.relation import FILE, LIMIT
from whence.pipeline import Coder

PACKAGE = Path(__file__).parents[1] / "src" / "whence" / "model"
ARTICLES = ("articles/world.train.jsonl.gz", "articles/authored.train.jsonl.gz")
PLV = "events/plv.train.jsonl.gz"
PATTERN_TIMES = 4
"""How often each pattern is filled."""
FIRST_EPOCHS, FIRST_RATE = 4, 2e-4
SECOND_EPOCHS, SECOND_RATE = 7, 1.5e-4
BATCH = 1500
"""Pieces in a batch."""
BALANCE = 0.5
"""Power of a type's rarity by which its pairs are weighed."""
FOLDS = 5
AGREEMENT = 0.97
"""Share of rows for which the int8 graph must choose the type that the torch model chooses."""


class Making:
    """One run: its data, and the weights of each stage."""

    def __init__(self, folder: Path, seed: int) -> None:
        weights, vocabulary = pretrained()
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.seed, self.weights = folder, seed, weights
        categories = codebook.load().categories.values()
        self.types = [c.type for c in categories]
        self.quads = {c.type: c.quad or 0 for c in categories}
        self.pieces = WordPieces(vocabulary).pieces
        self.plv = plv(data_folder() / PLV)
        self.plv_samples = self._samples(self.plv)

    def stage_1(self) -> Tower:
        """The tower that has seen no row of PLV."""
        kept = self.folder / "stage1.pt"
        if not kept.exists():
            own = self._own_pairs()
            tower = Tower(len(self.types))
            tower.encoder.load(self.weights)
            learn(tower, self._samples(own), FIRST_EPOCHS, FIRST_RATE, BATCH, self.seed)
            torch.save(tower.state_dict(), kept)
        return self._tower(kept)

    def stage_2(self, found: Sequence[Sample], name: str) -> Tower:
        """Stage 1 taught these rows of PLV."""
        kept = self.folder / f"{name}.pt"
        if not kept.exists():
            tower = self.stage_1()
            learn(tower, found, SECOND_EPOCHS, SECOND_RATE, BATCH, self.seed)
            torch.save(tower.state_dict(), kept)
        return self._tower(kept)

    def folds(self) -> Floats:
        """Scores of all rows of PLV, each by a tower that learnt from the four folds without it."""
        kept = self.folder / "folds.npy"
        if not kept.exists():
            made = np.zeros((len(self.plv), len(self.types)), dtype=np.float32)
            fold = np.random.default_rng(0).permutation(len(self.plv)) % FOLDS
            for number in range(FOLDS):
                learnt = [s for s, f in zip(self.plv_samples, fold, strict=True) if f != number]
                held = [s for s, f in zip(self.plv_samples, fold, strict=True) if f == number]
                made[fold == number] = scores(self.stage_2(learnt, f"fold{number}"), held)
            np.save(kept, made)
        loaded: Floats = np.load(kept)
        return loaded

    def measured(self) -> float:
        """Prints what both stages are worth; gives the temperature."""
        alone, held = scores(self.stage_1(), self.plv_samples), self.folds()
        temperature = figures.best_temperature(held, self.plv, self.types)
        print("no row of PLV:", figures.report(alone, self.plv, self.types, self.quads))
        print("five folds:   ", figures.report(held, self.plv, self.types, self.quads))
        before, after = (figures.calibration_error(held, self.plv, self.types, t) for t in (1.0, temperature))
        print(f"temperature {temperature:.2f}; expected calibration error {before:.1f} before, {after:.1f} after it")
        return temperature

    def _samples(self, pairs: Sequence[Pair]) -> list[Sample]:
        """The pairs in pieces; those of rare types weigh more."""
        counts = Counter(t for pair in pairs for t in pair.types)
        usual = sum(counts.values()) / len(counts)
        weights = [max((usual / counts[t]) ** BALANCE for t in pair.types) for pair in pairs]
        return samples(pairs, self.types, self.pieces, weights)

    def _own_pairs(self) -> list[Pair]:
        analyse = Coder().analyse
        own = [pair for name in ARTICLES for pair in annotated(data_folder() / name, analyse)]
        return own + authored() + patterns(PATTERN_TIMES, self.seed)

    def _tower(self, path: Path) -> Tower:
        tower = Tower(len(self.types))
        tower.load_state_dict(torch.load(path))
        return tower.eval()


class Graph(nn.Module):
    """The tower with calibrated probabilities out, for one text."""

    def __init__(self, tower: Tower, temperature: float) -> None:
        super().__init__()
        self.tower, self.temperature = copy.deepcopy(tower), temperature
        positions = self.tower.encoder.position
        positions.weight = nn.Parameter(positions.weight[: LIMIT + 2].clone())  # the text, `[CLS]` and `[SEP]`

    def forward(self, vectors: Tensor, roles: Tensor) -> Tensor:
        """Piece vectors [1, S, WIDTH] and roles [1, S] to [1, types]."""
        made: Tensor = self.tower(vectors, roles, torch.ones_like(roles))
        return (made / self.temperature).softmax(-1)


def write_graph(graph: Graph, types: Sequence[str], target: Path) -> None:
    """The int8 graph, with the names of its types."""
    example = (torch.zeros(1, 8, WIDTH), torch.tensor([[0, 1, 1, 0, 2, 0, 0, 0]]))
    axes = {"vectors": {1: "S"}, "roles": {1: "S"}}
    graphs.write(graph, example, ("vectors", "roles"), ("probabilities",), axes, target)
    model = onnx.load(target)
    onnx.helper.set_model_props(model, {"types": " ".join(types)})
    onnx.save(model, target)


def agreement(tower: Tower, target: Path, found: Sequence[Sample]) -> float:
    """Share of the samples for which the int8 graph chooses the torch model's type."""
    session = onnxruntime.InferenceSession(str(target), providers=["CPUExecutionProvider"])
    same = 0
    for sample in found:
        with torch.no_grad():
            vectors, roles, mask = inputs(tower, [sample])
            want = int(tower(vectors, roles, mask).argmax())
        (got,) = session.run(None, {"vectors": vectors.numpy(), "roles": roles.numpy()})
        same += int(got.argmax()) == want
    return same / len(found)


def main() -> None:
    """Trains, measures, exports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", default="relation", help="name of the run, a folder under training/runs")
    parser.add_argument("--folds", action="store_true", help="print the figures and stop")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--to", type=Path, default=PACKAGE, help="folder of the model")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    making = Making(RUNS / options.run, options.seed)
    temperature = making.measured()
    if options.folds:
        return
    tower = making.stage_2(making.plv_samples, "final")
    write_graph(Graph(tower, temperature), making.types, options.to / FILE)
    share = agreement(tower, options.to / FILE, making.plv_samples[:200])
    size = (options.to / FILE).stat().st_size / 1e6
    facts = {"temperature": round(temperature, 2), "agreement": share, "megabytes": round(size, 1)}
    print(json.dumps(facts))
    if share < AGREEMENT:
        raise SystemExit("the int8 graph departs from the model")


if __name__ == "__main__":
    main()
