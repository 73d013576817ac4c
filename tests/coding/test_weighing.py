"""How encoder, codebook and tree are weighed: on trees made by hand, with acts said to be found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from whence import codebook
from whence.coding import events, weighing
from whence.coding.events import EventDraft
from whence.coding.tree import Tree
from whence.records import Act, Part, Status

Grow = Callable[..., Tree]
STATUSES = get_args(Status)

NO_CUE = """
Peru Peru PROPN NNP 2 nsubj
frobnicated frobnicate VERB VBD 0 root
Chile Chile PROPN NNP 2 obj
near near ADP IN 5 case
Arica Arica PROPN NNP 2 obl
. . PUNCT . 2 punct
"""
CUE = NO_CUE.replace("frobnicated frobnicate", "bombed bomb")
NAMES = [("LOC", 0, 0), ("LOC", 2, 2), ("LOC", 4, 4)]


def act(types: Mapping[str, float], *parts: tuple[str, int, int], status: str = "happened") -> Act:
    sure = tuple(0.93 if s == status else 0.01 for s in STATUSES)
    modes = {"ASSAULT aerial": 0.97, "ASSAULT": 0.02}
    return Act((1, 1), types, modes, sure, tuple(Part(*part, 0.98) for part in parts))


def found(tree: Tree, *acts: Act, book: codebook.Codebook | None = None) -> list[EventDraft]:
    asked = Tree(replace(tree.analysis, acts=acts))
    return events.find(asked, book or codebook.load(), [], [(4, 4)])


def test_what_the_encoder_is_sure_of_needs_no_cue(tree: Grow) -> None:
    parts = [("actor", 0, 0), ("recipient", 2, 2), ("place", 4, 4)]
    (draft,) = found(tree(NO_CUE, NAMES), act({"ASSAULT": 0.97}, *parts))
    assert (draft.type, draft.mode, draft.status) == ("ASSAULT", "aerial", "happened")
    assert (draft.actors, draft.recipients, draft.places) == ((0,), (2,), (4,))
    assert draft.reason.startswith("trigger head 0.97; happened")


def test_what_nobody_finds_is_no_event(tree: Grow) -> None:
    assert found(tree(NO_CUE, NAMES)) == []
    assert found(tree(NO_CUE, NAMES), act({"ASSAULT": 0.04})) == []


def test_a_cue_and_the_encoder_are_surer_together_than_either(tree: Grow) -> None:
    (both,) = found(tree(CUE, NAMES), act({"ASSAULT": 0.9}, ("actor", 0, 0)))
    (head,) = found(tree(NO_CUE, NAMES), act({"ASSAULT": 0.9}, ("actor", 0, 0)))
    assert both.confidence > head.confidence
    assert both.reason.startswith("cue 'bomb' (ASSAULT.yaml), trigger head 0.90")
    alone = found(tree(CUE, NAMES), act({"ASSAULT": 0.03}))
    assert not alone or alone[0].confidence < both.confidence


def test_the_encoder_can_overrule_a_cue(tree: Grow) -> None:
    (draft,) = found(tree(CUE, NAMES), act({"AGREE": 0.98, "ASSAULT": 0.01}))
    assert draft.type == "AGREE"
    assert "trigger head 0.98" in draft.reason and "cue" not in draft.reason


def test_a_status_that_the_tree_does_not_show_can_come_from_the_encoder(tree: Grow) -> None:
    (draft,) = found(tree(NO_CUE, NAMES), act({"ASSAULT": 0.97}, status="planned"))
    assert draft.status == "planned"
    assert "status head" in draft.reason and "against happened" in draft.reason


def test_where_the_encoder_was_not_asked_cues_decide_alone(tree: Grow) -> None:
    (draft,) = events.find(tree(CUE, NAMES), codebook.load(), [], [(4, 4)])
    (cue,) = (c for c in codebook.load().by_word["bomb"] if c.words == ("bomb",) and not c.required)
    assert draft.confidence == cue.confidence
    assert draft.reason.startswith("cue 'bomb' (ASSAULT.yaml); happened")


def test_a_users_own_type_rests_on_its_cues_whatever_the_encoder_says(tree: Grow, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "type: FROB\ndefinition: One state frobnicates another.\n"
        "cues:\n  - {verbs: [frobnicate], actor: [subject], recipient: [object]}\n"
        "examples:\n"
        + "".join(f"  - {{text: Peru frobnicated country number {n}., trigger: frobnicated}}\n" for n in range(6)),
        encoding="utf8",
    )
    book = codebook.load(tmp_path / "mine.yaml")
    (draft,) = found(tree(NO_CUE, NAMES), act({"ASSAULT": 0.99}, ("recipient", 0, 0)), book=book)
    assert draft.type == "FROB"
    assert (draft.actors, draft.recipients) == ((0,), (2,))


@pytest.mark.parametrize("question", ["event", "actor", "recipient", "place", "same"])
def test_chances_are_chances_and_the_head_speaks_for_what_it_says(question: str) -> None:
    sums = [weighing.chance(question, {"bias": 1.0, "head": weighing.log_odds(p)}) for p in (0.0, 0.2, 0.6, 1.0)]
    assert all(0 < p < 1 for p in sums)
    assert sums == sorted(sums)
    assert 0 < weighing.least(question) < 1


def test_the_best_option_has_the_greatest_sum_and_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "_weights", lambda _: {"a": 1.0, "b": 3.0})
    chosen, share = weighing.best("status", {"x": {"a": 2.0}, "y": {"b": 1.0}, "z": {"c": 9.0}})
    assert chosen == "y"
    assert share == pytest.approx(20.0855 / (7.3891 + 20.0855 + 1), abs=1e-3)
