from __future__ import annotations

import time
from pathlib import Path

import pytest

from whence import codebook
from whence.codebook.loader import BUILT_IN
from whence.errors import CodebookError

TYPES = [
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
]

CLINIC = """
type: ATTACK-HEALTH
definition: Force against clinics, ambulances and those who work in them.
quad: 4
modes:
  looting: {definition: carry off supplies}
cues:
  - verbs: [shell, loot]
    actor: [subject]
    recipient: [object, on]
    if: {object: [clinic, ambulance]}
examples:
  - {text: Soldiers looted the clinic., trigger: looted, mode: looting}
  - {text: Soldiers looted the bakery., trigger: null}
"""


def test_the_built_in_codebook_holds() -> None:
    assert codebook.check() == []
    book = codebook.load()
    assert sorted(book.categories) == sorted(TYPES)
    assert all(len(category.cues) >= 8 and len(category.examples) >= 3 for category in book.categories.values())


def test_quads_and_scores_are_plovers() -> None:
    categories = codebook.load().categories
    quads = {name: category.quad for name, category in categories.items()}
    assert quads["CONCEDE"] == 1 and quads["RETREAT"] == 2 and quads["REJECT"] == 3 and quads["SANCTION"] == 4
    assert categories["ACCUSE"].intensity == -3.0, "the manual's printed +3 is a lost minus sign"
    aerial = categories["ASSAULT"].mode("aerial")
    assert aerial is not None and aerial.intensity == -9.5


def test_loading_is_quick() -> None:
    codebook.load()
    started = time.process_time()
    assert codebook.check() == []
    assert time.process_time() - started < 0.5


def test_a_users_category_is_added(tmp_path: Path) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_text(CLINIC, encoding="utf-8")
    book = codebook.load(file)
    assert len(book.categories) == len(TYPES) + 1
    cue = book.by_word["loot"][0]
    assert cue.category == "ATTACK-HEALTH" and cue.recipient == ("object", "on")
    assert book.version != codebook.load().version


def test_a_users_category_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / "aid.yaml").write_text(CLINIC.replace("ATTACK-HEALTH", "AID"), encoding="utf-8")
    book = codebook.load(tmp_path)
    assert {cue.text for cue in book.categories["AID"].cues} == {"shell", "loot"}
    assert not any(cue.category == "AID" for cue in book.by_word["donate"]) if "donate" in book.by_word else True


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        ("type: health", "type"),
        (CLINIC.replace("recipient: [object, on]", "recipient: [objekt]"), "cues[1].recipient"),
        (CLINIC.replace("object: [clinic, ambulance]", "object: [CLINIC]"), "cues[1].if.object"),
        (CLINIC.replace("mode: looting", "mode: theft"), "examples[1].mode"),
        (CLINIC.replace("trigger: looted", "trigger: stole"), "examples[1]"),
        (CLINIC.replace("verbs: [shell, loot]", "werbs: [shell]"), "cues[1]"),
        (CLINIC.replace("quad: 4", "quad: 7"), "quad"),
        (CLINIC + "cuse: []\n", "cuse"),
        ("type: [", "line"),
        ("- a\n- b\n", "holds no mapping"),
        ("a: &x [1]\ntype: *x\n", "alias"),
        ("", "holds no mapping"),
    ],
)
def test_problems_name_file_place_and_way_out(tmp_path: Path, broken: str, place: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(broken, encoding="utf-8")
    problems = codebook.check(file)
    assert any("mine.yaml" in p and place in p for p in problems), problems
    assert all(";" in p for p in problems)
    with pytest.raises(CodebookError, match=r"mine\.yaml"):
        codebook.load(file)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "no such file" in codebook.check(tmp_path / "absent.yaml")[0]
    assert "no .yaml file" in codebook.check(tmp_path)[0]
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * 1_000_001)
    assert "larger than" in codebook.check(large)[0]
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in codebook.check(binary)[0]


def test_deep_nesting_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "deep.yaml"
    file.write_text("a: " + "[" * 50_000, encoding="utf-8")
    assert codebook.check(file)


def test_words_such_as_on_stay_words(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(CLINIC.replace("[object, on]", "[on, off]"), encoding="utf-8")
    assert codebook.load(file).by_word["loot"][0].recipient == ("on", "off")


def test_describe() -> None:
    book = codebook.load()
    assert all(name in codebook.describe(book) for name in TYPES)
    full = codebook.describe(book, "assault")
    assert "airstrike" in full and "suicide-attack" in full and "Examples" in full
    with pytest.raises(CodebookError, match="no type"):
        codebook.describe(book, "NOTHING")


def test_every_example_has_its_words() -> None:
    for category in codebook.load().categories.values():
        assert any(example.trigger is None for example in category.examples), category.type
        assert (BUILT_IN / category.source).exists()
