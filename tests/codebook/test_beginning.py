from __future__ import annotations

from pathlib import Path

import pytest

from whence import codebook
from whence.codebook.loader import BUILT_IN
from whence.coding import examples
from whence.errors import CodebookError
from whence.language import LanguageModel

EXAMPLE = Path(__file__).parents[2] / "examples" / "codebook" / "attacks-on-health-care.yaml"


@pytest.mark.parametrize("name", ["ATTACK-HEALTH", "strikes", "G20", "A_1-B"])
def test_a_template_holds_as_it_stands(tmp_path: Path, name: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(codebook.begin(name), encoding="utf-8")
    assert codebook.check(file) == []
    category = codebook.load(file).categories[name.upper()]
    assert category.modes and category.cues
    assert sum(example.trigger is not None for example in category.examples) >= 6
    assert any(example.trigger is None for example in category.examples)


def test_every_built_in_type_begins_as_a_copy_of_itself(tmp_path: Path) -> None:
    for built_in in sorted(BUILT_IN.glob("[A-Z]*.yaml")):
        file = tmp_path / built_in.name
        file.write_text(codebook.begin(built_in.stem.lower()), encoding="utf-8")
        assert codebook.check(file) == []
        book = codebook.load(file)
        assert len(book.categories[built_in.stem].cues) == len(codebook.load().categories[built_in.stem].cues)
        assert built_in.stem not in book.learnt


@pytest.mark.parametrize("name", ["", "9LIVES", "a b", "../AID", "X" * 41])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(CodebookError, match="no name for a type"):
        codebook.begin(name)


def test_the_worked_example_holds() -> None:
    assert codebook.check(EXAMPLE) == []
    book = codebook.load(EXAMPLE)
    assert examples.notes(book) == []
    assert len(book.categories["ATTACK-HEALTH"].examples) >= 12


def test_template_and_worked_example_find_their_examples(tmp_path: Path) -> None:
    """A parser's slip on one sentence is no fault of the cues; several are."""
    file = tmp_path / "mine.yaml"
    file.write_text(codebook.begin("schools"), encoding="utf-8")
    analyse = LanguageModel().analyse
    for path, name in ((file, "SCHOOLS"), (EXAMPLE, "ATTACK-HEALTH")):
        found = examples.misses(codebook.load(path), analyse, frozenset({name}))
        assert len(found) <= 2, found


def test_notes_tell_of_few_examples_and_of_classes_that_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = codebook.begin("schools").replace("OF_SCHOOLS:", "FORCE: [army]\n  OF_SCHOOLS:")
    file.write_text(text, encoding="utf-8")
    assert any("words.FORCE" in note for note in examples.notes(codebook.load(file)))
    file.write_text(codebook.begin("AID"), encoding="utf-8")
    assert any("few examples" in note for note in examples.notes(codebook.load(file)))
    assert examples.notes(codebook.load()) == []
