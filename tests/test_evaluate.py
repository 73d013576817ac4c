"""`whence evaluate`: gold in its several shapes, predictions found by text or id, and what is left out."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

import whence
from tests.commands import run
from whence.scoring import MEASURES

TEXT = "Police in Nairobi arrested nine protesters on Friday, a lawyer said.\nThe minister met rebel leaders in Bamako."
DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def coding() -> dict[str, Any]:
    return whence.read_text(TEXT, published="2018-05-05").to_dict()


def written(path: Path, *objects: Any) -> Path:
    path.write_text("".join(json.dumps(found) + "\n" for found in objects), "utf8")
    return path


def share(printed: str, measure: str) -> float:
    (found,) = [f for f in json.loads(printed)["figures"] if f["measure"] == measure]
    return float(found.get("f1", found.get("share")))


def test_a_coding_scores_full_against_itself(coding: dict[str, Any], tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", coding)
    told = run("evaluate", gold, "--json")
    assert told.exit_code == 0, told.stderr
    assert json.loads(told.stdout)["articles"] == 1
    assert {f.get("f1", f.get("share")) for f in json.loads(told.stdout)["figures"]} == {1.0}
    table = run("evaluate", gold, "--predictions", gold).stdout
    assert re.search(r"^  event +2 +2 +2 +100\.0 +100\.0 +100\.0$", table, re.MULTILINE), table


@pytest.mark.parametrize("shape", ["object", "array", "lines", "gzip", "folder", "flat", "pretty"])
def test_gold_comes_in_several_shapes(shape: str, coding: dict[str, Any], tmp_path: Path) -> None:
    gold = tmp_path / "gold.json"
    text = json.dumps(coding)
    if shape == "array":
        text = json.dumps([coding, coding])
    elif shape == "lines":
        text = f"{text}\n\n{text}\n"
    elif shape == "pretty":
        text = json.dumps(coding, indent=2)
    elif shape == "flat":
        text = json.dumps({"id": 7, "text": TEXT, "events": coding["events"]})
    gold.write_bytes(gzip.compress(text.encode()) if shape == "gzip" else text.encode())
    found = run("evaluate", tmp_path if shape == "folder" else gold, "--predictions", gold, "--json")
    assert found.exit_code == 0, found.stderr
    assert json.loads(found.stdout)["articles"] == (2 if shape in ("array", "lines") else 1)
    assert share(found.stdout, "event") == 1.0


def test_predictions_are_found_by_text_then_by_id(coding: dict[str, Any], tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", coding)
    bare = {"article": coding["article"], "events": [], "statements": []}
    cut = {**coding["article"], "text": "An advertisement.\n" + TEXT}
    moved = json.loads(json.dumps(coding), object_hook=_shifted)
    renamed = {**coding, "article": {**coding["article"], "id": "other"}}
    for predictions, event in (
        ([bare], 0.0),
        ([bare, renamed], 0.0),  # both have the text: the first counts
        ([{**bare, "article": {**cut, "id": coding["article"]["id"]}}, renamed], 1.0),
        ([{**moved, "article": cut}], 1.0),
        ([{"article": {"id": coding["article"]["id"]}, "error": {"kind": "too slow"}}], 0.0),
    ):
        told = run("evaluate", gold, "--predictions", written(tmp_path / "p.jsonl", *predictions), "--json")
        assert share(told.stdout, "event") == event
        assert told.exit_code == ("no prediction" in told.stderr)


def _shifted(found: dict[str, Any]) -> dict[str, Any]:
    by = len("An advertisement.\n")
    return {key: [end + by for end in value] if key == "at" else value for key, value in found.items()}


def test_what_is_wrong_is_named_and_the_others_go_on(coding: dict[str, Any], tmp_path: Path) -> None:
    broken = {"text": "Short.", "events": [{"trigger": {"at": [0, 99]}, "type": "AID"}]}
    undated = {**coding, "article": {**coding["article"], "published": "tomorrow"}}
    gold = written(tmp_path / "gold.jsonl", broken, {"id": "no text"}, undated, coding)
    with gold.open("a") as file:
        file.write("{broken\n" + "[" * 100_000 + "\n")
    told = run("evaluate", gold, tmp_path / "missing.json", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["articles"] == 2
    assert json.loads(told.stdout)["unreadable"] == 5
    for says in (
        "gold.jsonl:1: events[0].trigger.at: [0, 99] is no stretch",
        "gold.jsonl:2: it has no text",
        "gold.jsonl:3: `published` is a day",
        "gold.jsonl:5: broken JSON",
        "gold.jsonl:6: its JSON is nested too deeply",
        "missing.json: there is no such file",
    ):
        assert says in told.stderr.replace("gold.jsonl:3: " * 2, "gold.jsonl:3: ")


def test_nothing_to_compare_is_a_failure(tmp_path: Path) -> None:
    told = run("evaluate", tmp_path)
    assert told.exit_code == 1
    assert "no .json or .jsonl file" in told.stderr
    assert told.stdout == "0 articles\n"
    assert run("evaluate", "-", "--predictions", "-").exit_code == 2


def test_gold_comes_from_standard_input(coding: dict[str, Any], tmp_path: Path) -> None:
    predictions = written(tmp_path / "p.jsonl", coding)
    told = run("evaluate", "-", "--predictions", predictions, "--json", input=json.dumps(coding))
    assert told.exit_code == 0, told.stderr
    assert share(told.stdout, "event") == 1.0


def test_every_measure_is_explained_in_the_docs() -> None:
    text = (DOCS / "evaluating.md").read_text("utf8")
    for name in MEASURES:
        assert f"`{name}`" in text, name
