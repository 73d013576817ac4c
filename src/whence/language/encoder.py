"""The encoder on disk and at work: the files of `whence/model`, checked, loaded and run by ONNX Runtime."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.errors import ModelError
from whence.language.attributions import PARTS
from whence.language.happenings import ROLE_PARTS
from whence.language.labels import Labels
from whence.language.lemmas import Table, read_table
from whence.language.names import NameTags
from whence.language.parts import PartScorer
from whence.language.pieces import WordPieces
from whence.language.sessions import session
from whence.language.windows import Window, batch

FOLDER = Path(__file__).parent.parent / "model"
"""Where the installed model lies."""

_FILES = ("encoder.onnx", "inventory.json", "labels.npz", "lemmas.tsv.gz", "vocab.txt", "words.npz", "relation.onnx")
_INVENTORIES = ("upos", "xpos", "feats", "lemma", "names", "deprel", "relations", "types", "modes")
_INPUTS = ("ids", "shapes", "mask", "words")
OUTPUTS = (
    "arc_dependent",
    "arc_head",
    "label_dependent",
    "label_head",
    "upos",
    "xpos",
    "feats",
    "lemma",
    "names",
    "sentence_start",
    "cue",
    "part_anchor",
    "part_word",
    "trigger",
    "mode",
    "status",
    "role_anchor",
    "role_word",
)
_ROOT, _JOINED = "root", "parataxis"

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the encoder's numbers stand for."""

    upos: Array
    xpos: Array
    feats: Array
    lemma: tuple[str, ...]
    """Lemma rules, for forms that `lemmas` lacks."""
    lemmas: Table
    names: NameTags
    deprel: Array
    relations: NDArray[np.bool_]
    """[parts of speech, relations]: which relations a word of each part of speech may have."""
    root: int
    """Number of the relation of a sentence's root."""
    types: tuple[str, ...]
    """Types of event, in the order of the trigger's scores."""
    modes: tuple[str, ...]
    """`TYPE mode`, or `TYPE` alone where an event has none, in the order of the mode's scores."""
    joined: int
    """Number of the relation by which later stretches of a long sentence hang on its root."""


class Encoder:
    """The loaded model: windows in, scores out."""

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """Load the model from a folder; raises `ModelError` where files are missing or unfit."""
        self._folder = folder or FOLDER
        missing = [name for name in _FILES if not (self._folder / name).is_file()]
        if missing:
            raise ModelError(
                f"the language model lacks {', '.join(missing)} in {self._folder}; "
                "install whence anew, or make the model with `make train`"
            )
        try:
            listed = json.loads((self._folder / "inventory.json").read_text(encoding="utf-8"))
            self.inventory = _inventory(listed, read_table(self._folder / "lemmas.tsv.gz"))
            with np.load(self._folder / "labels.npz") as weights:
                self.labels = Labels(weights, len(self.inventory.deprel), self.inventory.root)
                self.parts = PartScorer.of(weights, "part", PARTS)
                self.roles = PartScorer.of(weights, "role", ROLE_PARTS)
            self.pieces = WordPieces(self._folder / "vocab.txt").pieces
            self._session = _session(self._folder / "encoder.onnx", threads)
            self.seconds = 0.0
            """Of the processor, spent in the graph so far."""
        except ModelError:
            raise
        except Exception as problem:  # whatever numpy, json or ONNX Runtime find wrong with a file
            raise ModelError(
                f"the language model in {self._folder} does not fit ({problem}); install whence anew"
            ) from problem

    @cached_property
    def version(self) -> str:
        """First twelve digits of the SHA-256 over the model's files."""
        digest = hashlib.sha256()
        for name in _FILES:
            digest.update((self._folder / name).read_bytes())
        return digest.hexdigest()[:12]

    def scores(self, window: Window, outputs: Sequence[str] = OUTPUTS) -> dict[str, Array]:
        """The graph's outputs for one window, by name: arrays [words, …] whose word 0 is the root.

        Windows are encoded one at a time on purpose. The graph scales its whole numbers by the
        largest value of a batch, so that in a batch the same window would be read a little
        differently beside other neighbours; and a window is large enough to be no slower alone.
        """
        inputs = batch([window])
        given = {name: getattr(inputs, name) for name in _INPUTS}
        begun = time.process_time()
        made = self._session.run(outputs, given)
        self.seconds += time.process_time() - begun
        return {name: values[0] for name, values in zip(outputs, made, strict=True)}


def _inventory(data: dict[str, Any], lemmas: Table) -> Inventory:
    """The inventories of `inventory.json`, checked for what decoding needs."""
    missing = [key for key in _INVENTORIES if not data.get(key)]
    if missing:
        raise ModelError(f"inventory.json lacks {', '.join(missing)}")
    relations = data["deprel"]
    return Inventory(
        upos=np.array(data["upos"], dtype=object),
        xpos=np.array(data["xpos"], dtype=object),
        feats=np.array(data["feats"], dtype=object),
        lemma=tuple(data["lemma"]),
        lemmas=lemmas,
        names=NameTags(data["names"]),
        deprel=np.array(relations, dtype=object),
        relations=_allowed(data["upos"], relations, data["relations"]),
        root=relations.index(_ROOT),
        types=tuple(data["types"]),
        modes=tuple(data["modes"]),
        joined=relations.index(_JOINED),
    )


def _allowed(upos: list[str], relations: list[str], pairs: list[str]) -> NDArray[np.bool_]:
    """Pairs of part of speech and relation as a matrix; what was never seen with any relation may have all."""
    seen = {tuple(pair.split(" ")) for pair in pairs}
    made = np.array([[(tag, relation) in seen for relation in relations] for tag in upos], dtype=bool)
    made[~made.any(axis=1)] = True
    return made


def _session(path: Path, threads: int) -> Any:
    """The graph, checked for the inputs and outputs that are used."""
    opened = session(path, threads)
    if {given.name for given in opened.get_inputs()} != set(_INPUTS):
        raise ModelError("encoder.onnx has other inputs than " + ", ".join(_INPUTS))
    lacking = set(OUTPUTS) - {made.name for made in opened.get_outputs()}
    if lacking:
        raise ModelError("encoder.onnx lacks the outputs " + ", ".join(sorted(lacking)))
    return opened
