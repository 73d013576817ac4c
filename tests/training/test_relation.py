"""How pairs are read, made, learnt from and measured."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from whence import codebook
from whence.records import Analysis

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from training import relation_figures as figures  # noqa: E402
from training import tower as towers  # noqa: E402
from training.pair_patterns import patterns  # noqa: E402
from training.pairs_of_actors import YIELD, Pair, annotated, authored, plv  # noqa: E402

TYPES = ("AGREE", "CONCEDE", "RETREAT", "ASSAULT")


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    return path


def sides(pair: Pair) -> tuple[str, str]:
    return pair.text[slice(*pair.actor)], pair.text[slice(*pair.recipient)]


def mention(text: str, words: str) -> dict[str, Any]:
    return {"text": words, "at": [text.index(words), text.index(words) + len(words)]}


def test_marked_rows(tmp_path: Path) -> None:
    row = {"text": "Sint was freed by Belora.", "marked": "<t>Sint</t> was freed by <s>Belora</s>.", "type": "YIELD"}
    (pair,) = plv(written(tmp_path / "rows.gz", [row]))
    assert sides(pair) == ("Belora", "Sint")
    assert pair.types == YIELD
    unnamed = {
        "text": "Belora resigned.",
        "marked": "<s>Belora</s> resigned.",
        "actor": "Belora",
        "recipient": "a recipient",
    }
    (pair,) = plv(written(tmp_path / "rows.gz", [{**unnamed, "type": "YIELD"}]))
    assert (pair.actor, pair.recipient) == ((0, 6), (0, 11))
    with pytest.raises(ValueError, match="do not fit"):
        plv(written(tmp_path / "rows.gz", [{**row, "text": "Sint was freed."}]))


def test_pairs_of_articles_stand_in_the_triggers_sentence(tmp_path: Path) -> None:
    text = "Belora waits. Belora shelled Sint. Ost met Belora and Sint."
    events = [
        {"type": "ASSAULT", "trigger": mention(text, "shelled"),
         "actors": [mention(text, "Belora shelled") | {"at": [14, 20]}], "recipients": [mention(text, "Sint")]},
        {"type": "CONSULT", "trigger": mention(text, "met"),
         "actors": [mention(text, "Ost"), {"text": "Belora", "at": [43, 49]}], "recipients": []},
        {"type": "ACCUSE", "trigger": mention(text, "waits"), "actors": [mention(text, "Belora")],
         "recipients": [mention(text, "Ost")]},
    ]  # fmt: skip
    ends = [13, 34, len(text)]
    begins = [0, 14, 35]
    cut = SimpleNamespace(
        begin=begins, end=ends, sentences=[SimpleNamespace(first=n, last=n) for n in range(3)]
    )  # fmt: skip
    pairs = annotated(
        written(tmp_path / "a.gz", [{"text": text, "events": events}]), lambda _: cast(Analysis, cut)
    )  # fmt: skip
    assert [(*sides(p), *p.types) for p in pairs] == [
        ("Belora", "Sint", "ASSAULT"), ("Ost", "Belora", "CONSULT"), ("Belora", "Ost", "CONSULT"),
    ]  # fmt: skip
    assert pairs[0].text == "Belora shelled Sint."


def test_a_pair_with_two_acts_has_both(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "Belora agreed to free Sint.\n"
        "  agreed | AGREE | happened | actor: Belora | recipient: Sint\n"
        "  free | RETREAT release | planned | actor: Belora | recipient: Sint\n"
    )
    (pair,) = authored(tmp_path)
    assert pair.types == {"AGREE", "RETREAT"}


def test_patterns_show_every_type_and_hold() -> None:
    made = patterns(1, seed=3)
    assert made == patterns(1, seed=3) != patterns(1, seed=4)
    assert {t for pair in made for t in pair.types} == set(codebook.load().categories)
    for pair in made:
        actor, recipient = sides(pair)
        assert actor.strip() == actor and recipient.strip() == recipient and actor.lower() != recipient.lower()
        assert pair.text[0].isupper() and "{" not in pair.text


def test_a_pattern_needs_both_sides(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(
        "{fillings: {state: [Belora, Sint]}, openings: [''], closings: [''], patterns: {AID: ['{a:state} gave']}}"
    )
    with pytest.raises(ValueError, match=r"one \{a:…\} and one \{r:…\}"):
        patterns(1, 0, file)


def test_figures() -> None:
    pairs = [Pair("", (0, 1), (1, 2), frozenset({t})) for t in ("AGREE", "ASSAULT", "ASSAULT")]
    pairs.append(Pair("", (0, 1), (1, 2), YIELD))
    scores = np.log(np.array([[9, 1, 1, 1], [1, 1, 1, 9], [9, 1, 1, 2], [4, 3, 3, 1]], dtype=np.float32))
    assert figures.chosen(figures.probabilities(scores), TYPES).tolist() == [0, 3, 0, 1]
    assert figures.gold(pairs, TYPES).tolist() == [0, 3, 3, 1]
    assert figures.macro_f1(np.array([0, 3, 3, 1]), np.array([0, 3, 0, 1])) == pytest.approx(
        100 * (2 / 3 + 2 / 3 + 1) / 3
    )
    cold = figures.best_temperature(scores, pairs, TYPES)
    assert figures.missed(scores, pairs, TYPES, cold) <= figures.missed(scores, pairs, TYPES, 1.0)
    assert 0 <= figures.calibration_error(scores, pairs, TYPES, cold) <= 100


def test_a_tiny_tower_learns_one_pair_of_each_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(towers, "SMOOTHING", 0.0)
    torch.manual_seed(0)
    tower = towers.Tower(len(TYPES), dropout=0.0)
    tower.encoder.layers = tower.encoder.layers[:1]
    words = {"Belora": 1, "shelled": 2, "left": 3, "Sint": 4}
    pairs = [
        Pair("Belora shelled Sint", (0, 6), (15, 19), frozenset({"ASSAULT"})),
        Pair("Belora left Sint", (0, 6), (12, 16), YIELD),
    ]
    found = towers.samples(pairs, TYPES, lambda word: (words[word],))
    assert [s.ids[1:-1] for s in found] == [(1, 2, 4), (1, 3, 4)]
    towers.learn(tower, found, epochs=60, rate=1e-3, batch=64, seed=0)
    best = towers.scores(tower, found).argmax(-1)
    assert best[0] == 3 and best[1] in (1, 2)


def test_batches_hold_every_sample_and_no_more_than_fit() -> None:
    found = [towers.Sample((1,) * n, (0,) * n, (True,), str(n)) for n in range(3, 30)]
    made = list(towers.batches(found, 60, random.Random(0)))
    assert sorted(s.text for b in made for s in b) == sorted(s.text for s in found)
    assert all(len(b) == 1 or len(b) * max(len(s.ids) for s in b) <= 60 for b in made)
