"""A user's category that takes in acts of built-in types by what they are done to."""

from __future__ import annotations

from pathlib import Path

import pytest

from whence import codebook
from whence.pipeline import Coder

FILE = """
type: ATTACK-SCHOOL
definition: Force against schools and those in them.
default_mode: attack
modes: {attack: {definition: shelled or shot at}, arrest: {definition: teachers are held, hints: [arrest]}}
cues:
  - acts: [ASSAULT, COERCE]
    if: {involved: [school, teacher, night watch]}
    unless: {actor: [teacher]}
examples:
  - {text: Rebels shelled the school., trigger: shelled}
  - {text: Rebels shelled the barracks., trigger: null}
"""


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    file = tmp_path_factory.mktemp("codebook") / "school.yaml"
    file.write_text(FILE, encoding="utf8")
    return Coder(codebook=file)


@pytest.mark.parametrize(
    ("text", "trigger", "type_name"),
    [
        ("The rebels shelled a school in the town of Aleppo on Monday.", "shelled", "ATTACK-SCHOOL"),
        ("The rebels shelled a bakery in the town of Aleppo on Monday.", "shelled", "ASSAULT"),
        ("The minister condemned the airstrike on the school in the town of Aleppo.", "airstrike", "ATTACK-SCHOOL"),
        ("The wounded were brought to a school after the airstrike on the market of Aleppo.", "airstrike", "ASSAULT"),
    ],
)
def test_what_an_act_is_done_to_decides(coder: Coder, text: str, trigger: str, type_name: str) -> None:
    (event,) = (e for e in coder.read_text(text).events if e.trigger.text == trigger)
    assert event.type == type_name
    assert event.reason.startswith("ASSAULT as school.yaml takes it in") == (type_name == "ATTACK-SCHOOL")


def test_the_mode_is_the_categorys_own(coder: Coder) -> None:
    (event,) = coder.read_text("Police in the capital arrested two teachers who had led the protest.").events[:1]
    assert (event.type, event.mode) == ("ATTACK-SCHOOL", "arrest")
    assert [a.text for a in event.recipients] == ["two teachers"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("{acts: [ASSAULT]}", "takes in whole types"),
        ("{acts: [ASSAULT], if: {subject: [school]}}", "'subject' is not known here"),
        ("{acts: [ASSAULT], if: {involved: [school]}, mode: attack}", "unknown key"),
    ],
)
def test_what_does_not_hold_is_told(tmp_path: Path, entry: str, reason: str) -> None:
    file = tmp_path / "school.yaml"
    begin, _, _ = FILE.partition("cues:")
    examples = FILE[FILE.index("examples:") :]
    file.write_text(f"{begin}cues:\n  - {entry}\n{examples}", encoding="utf8")
    assert any(reason in problem for problem in codebook.check(file))
