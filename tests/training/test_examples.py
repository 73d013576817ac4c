"""The plain format of the sentences written for training."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import examples

FILE = """# Authored.
The army of Belora shelled the town of Sint, and later the town of Sint burned.
  shelled | ASSAULT heavy-weapons | happened | actor: army of Belora | recipient: town | place: Sint #2

A column on the siege of good taste.
"""


def written(folder: Path, text: str) -> Path:
    (folder / "ASSAULT.txt").write_text(text, encoding="utf8")
    return folder


def test_a_sentence_has_its_events_and_a_near_miss_none(tmp_path: Path) -> None:
    first, second = examples.rows(written(tmp_path, FILE))
    (event,) = first["events"]
    assert (event["type"], event["mode"], event["status"]) == ("ASSAULT", "heavy-weapons", "happened")
    assert [m["text"] for m in event["actors"] + event["recipients"]] == ["The army of Belora", "the town"]
    (place,) = event["places"]
    begin, end = place["at"]
    assert first["text"][begin:end] == "Sint" and begin == first["text"].rindex("Sint")
    assert second["events"] == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("  shelled | ASSAIL | happened", "no type 'ASSAIL'"),
        ("  shelled | ASSAULT loudly | happened", "no mode 'loudly'"),
        ("  shelled | ASSAULT | certain", "no status 'certain'"),
        ("  shelled | ASSAULT | happened | victim: town", "no role 'victim'"),
        ("  bombed | ASSAULT | happened", "does not stand in the sentence"),
        ("  Sint #3 | ASSAULT | happened", "does not stand in the sentence"),
        ("  shelled | ASSAULT", "a trigger, a type and a status"),
    ],
)
def test_what_does_not_hold_is_named_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"ASSAULT.txt:3: .*" + reason.replace("(", r"\(")):
        examples.rows(written(tmp_path, "\n".join([*FILE.splitlines()[:2], line])))


def test_an_event_needs_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="before any sentence"):
        examples.rows(written(tmp_path, "  shelled | ASSAULT | happened"))


def test_the_files_hold() -> None:
    rows = examples.rows()
    assert len(rows) >= 300
    assert {event["type"] for row in rows for event in row["events"]} >= {"COOPERATE", "MOBILIZE", "CONCEDE", "RETREAT"}
