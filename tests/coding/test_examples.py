from __future__ import annotations

from pathlib import Path

from whence import codebook
from whence.coding import examples
from whence.language import LanguageModel

from .conftest import build

CLINIC = """
type: ATTACK-HEALTH
definition: Force against clinics, ambulances and those who work in them.
cues:
  - verbs: [loot]
    actor: [subject]
    recipient: [object]
    if: {object: [clinic]}
examples:
  - {text: Soldiers looted clinics, trigger: looted, status: happened}
  - {text: Soldiers looted bakeries, trigger: looted}
  - {text: Thieves looted clinics, trigger: null}
  - {text: Robbers looted clinics, trigger: looted, status: planned}
"""


def test_misses_are_named(tmp_path: Path) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_text(CLINIC, encoding="utf-8")

    def analyse(text: str):  # type: ignore[no-untyped-def]
        subject, verb, thing = text.split()
        lemma = {"clinics": "clinic", "bakeries": "bakery"}[thing]
        return build(
            f"{subject} {subject} NOUN NNS 2 nsubj\n{verb} loot VERB VBD 0 root\n{thing} {lemma} NOUN NNS 2 obj"
        )

    found = examples.misses(codebook.load(file), analyse, frozenset({"ATTACK-HEALTH"}))
    assert len(found) == 3
    assert "finds no ATTACK-HEALTH" in found[0] and "bakeries" in found[0]
    assert "should find no" in found[1] and "Thieves" in found[1]
    assert "should be planned" in found[2]


def test_the_built_in_examples_are_found_by_the_model() -> None:
    """A parser's slip on one sentence is no fault of the codebook; several are."""
    found = examples.misses(codebook.load(), LanguageModel().analyse)
    assert len(found) <= 4, found
