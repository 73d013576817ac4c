from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from whence import codebook
from whence.coding import examples
from whence.coding.nearness import Array, Nearness
from whence.coding.tree import Tree
from whence.records import Analysis

from .conftest import build

MEANINGS = {
    "shelled": (1, 0, 0, 0),
    "bombarded": (0.9, 0.2, 0, 0),
    "bombed": (0.95, 0.1, 0, 0),
    "visited": (0, 0, 1, 0),
    "praised": (0, 0, 0.9, 0.1),
    "clinics": (0, 1, 0, 0),
    "hospitals": (0, 0.95, 0.1, 0),
    "barracks": (0, 0, 0, 1),
}
CATEGORY = """
type: ATTACK-HEALTH
definition: Force against clinics.
modes:
  attack: {definition: Force.}
cues:
  - verbs: [destroy]
    actor: [subject]
examples:
EXAMPLES
  - {text: They visited clinics, trigger: null}
  - {text: They shelled barracks, trigger: null}
"""
WRITTEN = [f"They {verb} {thing}" for verb in ("shelled", "bombed", "bombarded") for thing in ("clinics", "hospitals")]


def vectors(forms: Sequence[str]) -> Array:
    return np.array([MEANINGS.get(form, (0, 0, 0, 0)) for form in forms], dtype=np.float32)


def analyse(text: str) -> Analysis:
    they, verb, thing = text.split()
    return build(f"{they} they PRON PRP 2 nsubj\n{verb} {verb} VERB VBD 0 root\n{thing} {thing} NOUN NNS 2 obj")


def book(tmp_path: Path, sentences: Sequence[str]) -> codebook.Codebook:
    lines = [f"  - {{text: {text}, trigger: {text.split()[1]}, mode: attack}}" for text in sentences]
    file = tmp_path / "health.yaml"
    file.write_text(CATEGORY.replace("EXAMPLES", "\n".join(lines)), encoding="utf-8")
    return codebook.load(file)


@pytest.fixture
def near(tmp_path: Path) -> Nearness:
    return Nearness(book(tmp_path, WRITTEN), analyse, vectors)


def test_what_is_like_the_examples_is_found_with_the_nearest_of_them(near: Nearness) -> None:
    (one,) = near.find(Tree(analyse("Rebels bombarded clinics")), {1})
    assert (one.word, one.type, one.mode) == (1, "ATTACK-HEALTH", "attack")
    assert one.example.text == "They bombarded clinics"
    assert one.reason == "near example 'They bombarded clinics' (1.00)"


@pytest.mark.parametrize("text", ["Rebels shelled barracks", "Rebels praised hospitals", "Rebels painted clinics"])
def test_near_misses_and_other_acts_are_not(near: Nearness, text: str) -> None:
    assert near.find(Tree(analyse(text)), {1}) == []


def test_less_will_do_where_the_encoder_sees_an_act(near: Nearness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MEANINGS, "razed", (0.5, 0, 0, -0.866))
    monkeypatch.setitem(MEANINGS, "wards", (0, 0.4, 0, -0.917))
    tree = Tree(analyse("Rebels razed wards"))
    assert [one.word for one in near.find(tree, {1})] == [1]
    assert near.find(tree, ()) == []


def test_few_examples_are_not_enough(tmp_path: Path) -> None:
    few = Nearness(book(tmp_path, WRITTEN[:5]), analyse, vectors)
    assert few.find(Tree(analyse("They shelled clinics")), {1}) == []


def test_built_in_types_are_left_to_what_is_learnt() -> None:
    def never(text: str) -> Analysis:
        raise AssertionError(text)

    assert Nearness(codebook.load(), never, vectors).find(Tree(analyse("They shelled clinics")), {1}) == []


def test_an_example_that_no_cue_finds_is_no_miss_if_the_others_find_it(tmp_path: Path) -> None:
    own = book(tmp_path, WRITTEN)
    types = frozenset({"ATTACK-HEALTH"})
    assert len(examples.misses(own, analyse, types)) == len(WRITTEN)
    assert examples.misses(own, analyse, types, Nearness(own, analyse, vectors)) == []
    stray = book(tmp_path, [*WRITTEN, "They visited barracks"])
    assert len(examples.misses(stray, analyse, types, Nearness(stray, analyse, vectors))) == 1


def test_long_articles_take_time_in_proportion(near: Nearness) -> None:
    rows = [f"shelled shelled VERB VBD {0 if n == 0 else 1} {'root' if n == 0 else 'conj'}" for n in range(3000)]
    assert near.find(Tree(build("\n".join(rows))), ()) == []
