from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.archive.made import article, coding, event
from tests.commands import run
from whence import Archive
from whence.archive.reviews import Review
from whence.codebook.reading import Problems, _examples
from whence.reviewing import COLUMNS, examples, gold, sentence

TEXT = (
    "Rain fell on Gen. Addo's house in Keta. The army shelled Keta, the mayor said. “It’s over,” he added.\n"
    "Nobody came."
)
MADE = dataclasses.replace(
    coding(TEXT),
    times=(),
    events=tuple(
        event(article(TEXT), n, word, **fields)
        for n, (word, fields) in enumerate(
            [("shelled", {"mode": "artillery"}), ("came", {"type": "RETREAT", "status": "denied"})], 1
        )
    ),
)
SHELLED, CAME = (found.uid for found in MADE.events)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Archive(path) as archive:
        archive.add([MADE])
    return path


def reviewed(path: Path, *arguments: str) -> Any:
    return run("review", *arguments, "--archive", path)


def said(path: Path, **asked: Any) -> tuple[Review, ...]:
    with Archive(path, read_only=True) as archive:
        return archive.reviews(**asked)


def test_a_word_is_given_listed_and_taken_back(path: Path) -> None:
    given = reviewed(path, SHELLED, "--reject", "--slot", "mode", "--who", "ama", "--note", "it was\x1b[31m tanks")
    assert (given.exit_code, given.stderr) == (0, "")
    (kept,) = said(path)
    line, below = given.stdout.splitlines()
    assert line.split()[:4] == ["reject", "mode", "ama", kept.at[:10]]
    assert line.endswith(f"{SHELLED}  {kept.id}")
    assert below.strip() == "was: artillery; note: it was [31m tanks"
    assert reviewed(path).stdout == given.stdout
    assert "taken back by efua" in reviewed(path, "--undo", kept.id, "--who", "efua").stdout
    empty = reviewed(path)
    assert (empty.exit_code, empty.stdout, empty.stderr) == (0, "", "whence: no reviews found\n")
    assert kept.id in reviewed(path, "--with-undone").stdout


def test_values_are_json_or_a_word(path: Path) -> None:
    army = TEXT.index("army")
    value = json.dumps([{"at": [army, army + 4], "text": "army", "country": "GHA"}])
    assert "is: “army” [GHA]" in reviewed(path, f"{MADE.article.id}:e1", "--slot", "actors", "--value", value).stdout
    assert "is: denied" in reviewed(path, SHELLED, "--slot", "status", "--value", "denied").stdout
    assert "is: nothing" in reviewed(path, SHELLED, "--slot", "mode", "--value", "null").stdout
    refused = reviewed(path, SHELLED, "--slot", "type", "--value", "WAR")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "`type` is one of ACCUSE, AGREE" in refused.stderr
    wrong = reviewed(path, SHELLED, "--slot", "actors", "--value", "[{")
    assert wrong.exit_code == 2 and "is not JSON" in wrong.stderr
    deep = reviewed(path, SHELLED, "--slot", "actors", "--value", "[" * 100_000)
    assert deep.exit_code == 2


def test_lists_are_narrowed_and_have_forms_for_programs(path: Path) -> None:
    reviewed(path, SHELLED, "--confirm", "--who", "ama")
    reviewed(path, CAME, "--reject", "--who", "efua", "--note", "=1+1")
    assert [r["who"] for r in json.loads(reviewed(path, "--json").stdout)] == ["ama", "efua"]
    for options in (["--who", "efua"], [CAME], [f"{MADE.article.id}:e2"]):
        (found,) = [json.loads(line) for line in reviewed(path, *options, "--jsonl").stdout.splitlines()]
        assert (found["event"], found["judged"]["type"]) == (CAME, "RETREAT")
    assert len(reviewed(path, "--article", MADE.article.id, "--jsonl").stdout.splitlines()) == 2
    rows = list(csv.DictReader(io.StringIO(reviewed(path, "--csv").stdout, newline=""), strict=True))
    assert tuple(rows[0]) == COLUMNS
    assert (rows[1]["note"], rows[1]["orphaned"], rows[1]["value"]) == ("'=1+1", "False", "")
    with Archive(path) as archive:
        archive.remove(MADE.article.sha256)
    assert len(reviewed(path, "--orphaned", "--jsonl").stdout.splitlines()) == 2
    assert "orphaned" in reviewed(path, SHELLED).stdout


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--confirm"], "name the event"),
        ([SHELLED, "--slot", "actors"], "--slot and --note go with"),
        ([SHELLED, "--value", "1"], "--value wants --slot"),
        ([SHELLED, "--confirm", "--slot", "mode", "--value", "1"], "does not go with --confirm"),
        ([SHELLED, "--undo", "r1"], "--undo takes the id of a review"),
        ([SHELLED, "--gold"], "leave out the event"),
        (["--partly"], "--partly goes with --gold"),
        ([MADE.article.id, "--confirm"], "is no event"),
        ([SHELLED, "--confirm", "--slot", "colour"], "'colour' is not one of"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(path: Path, options: list[str], reason: str) -> None:
    result = reviewed(path, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in " ".join(result.stderr.split())
    assert said(path) == ()


def test_what_is_not_there_is_named(path: Path) -> None:
    for options in (["none", "--confirm"], ["--undo", "r1"]):
        result = reviewed(path, *options)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "there is no review 'r1'" in result.stderr or "nothing is called 'none'" in result.stderr


# -- gold and examples -----------------------------------------------------------------------------


def test_gold_has_the_judged_slots_of_articles_that_were_wholly_reviewed(path: Path) -> None:
    reviewed(path, SHELLED, "--confirm", "--slot", "type")
    reviewed(path, SHELLED, "--slot", "status", "--value", "planned")
    reviewed(path, SHELLED, "--reject", "--slot", "mode")
    none = reviewed(path, "--gold")
    assert (none.exit_code, none.stdout) == (0, "")
    assert "articles with some reviewed events: --partly" in none.stderr
    (partly,) = [json.loads(line) for line in reviewed(path, "--gold", "--partly").stdout.splitlines()]
    expected = {"id": "e1", "uid": SHELLED, "type": "ASSAULT", "status": "planned", "trigger": {"text": "shelled"}}
    (found,) = partly["events"]
    begin = TEXT.index("shelled")
    assert found == expected | {"trigger": {"text": "shelled", "at": [begin, begin + 7]}}
    assert partly["article"]["text"] == TEXT
    reviewed(path, CAME, "--reject")
    assert json.loads(reviewed(path, "--gold").stdout) == partly  # of the other it is said that it is none
    reviewed(path, CAME, "--confirm")
    whole = json.loads(reviewed(path, "--gold").stdout)["events"][1]
    assert (whole["status"], whole["actors"], whole["mode"], whole["time"]) == ("denied", [], None, None)


def test_gold_is_what_evaluate_reads(path: Path, tmp_path: Path) -> None:
    reviewed(path, SHELLED, "--slot", "status", "--value", "planned")
    reviewed(path, CAME, "--reject")
    marked, predicted = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    marked.write_text(reviewed(path, "--gold").stdout, encoding="utf8")
    predicted.write_text(json.dumps(MADE.to_dict()), encoding="utf8")
    result = run("evaluate", marked, "--predictions", predicted, "--json")
    assert result.exit_code == 0
    figures = {(f["section"], f["measure"]): f for f in json.loads(result.stdout)["figures"]}
    status = next(f for (_, name), f in figures.items() if name == "status")
    assert (status["gold"], status["right"]) == (1, 0)
    assert not any(name == "mode" for _, name in figures)
    events = next(f for (section, _), f in figures.items() if section == "events")
    assert (events["gold"], events["found"], events["right"]) == (1, 2, 1)


def test_examples_are_sentences_as_a_codebook_reads_them(path: Path) -> None:
    reviewed(path, SHELLED, "--slot", "type", "--value", "COERCE")
    reviewed(path, CAME, "--confirm")
    shelled = "The army shelled Keta, the mayor said."
    made = list(yaml.safe_load_all(reviewed(path, "--examples").stdout))
    assert made == [
        {"type": "ASSAULT", "examples": [{"text": shelled, "trigger": None}]},
        {"type": "COERCE", "examples": [{"text": shelled, "trigger": "shelled"}]},
        {"type": "RETREAT", "examples": [{"text": "Nobody came.", "trigger": "came", "status": "denied"}]},
    ]
    problems: list[str] = []
    _examples(made[2]["examples"] * 2, [], Problems("x", problems))
    assert problems == []


def test_a_sentence_with_another_event_of_the_type_is_no_near_miss(tmp_path: Path) -> None:
    text = "The army shelled and bombed Keta."
    both = tuple(event(article(text), n, word) for n, word in enumerate(("shelled", "bombed"), 1))
    with Archive(tmp_path / "a.db") as archive:
        archive.add([dataclasses.replace(coding(text), events=both)])
        archive.review(both[0].uid, "reject", "ama")
        assert list(examples(archive)) == []
        archive.review(both[1].uid, "reject", "ama")
        assert [(shown.text, shown.trigger) for shown in examples(archive)] == [(text, None)]
        assert [found["events"] for found in gold(archive)] == [[]]


def test_odd_text_is_quoted_so_that_yaml_reads_it_back(tmp_path: Path) -> None:
    text = 'The army\u2028 "shelled"\x85: # Keta\ttoday\\ — {é 🎉'
    with Archive(tmp_path / "a.db") as archive:
        made = event(article(text), 1, "shelled")
        archive.add([dataclasses.replace(coding("The army shelled"), article=article(text), events=(made,))])
        archive.review(made.uid, "confirm", "ama")
    (found,) = yaml.safe_load_all(reviewed(tmp_path / "a.db", "--examples").stdout)
    (shown,) = found["examples"]
    assert shown["trigger"] == "shelled" and shown["text"] in text


def test_sentences_end_at_stops_and_lines_and_not_at_abbreviations() -> None:
    found = {TEXT[slice(*sentence(TEXT, (n, n + 1)))] for n in range(len(TEXT)) if not TEXT[n].isspace()}
    assert found == {
        "Rain fell on Gen. Addo's house in Keta.",
        "The army shelled Keta, the mayor said.",
        "“It’s over,” he added.",
        "Nobody came.",
    }
    long = "word " * 100_000
    begin, end = sentence(long, (250_000, 250_004))
    assert begin <= 250_000 < 250_004 <= end and end - begin < 5_000
