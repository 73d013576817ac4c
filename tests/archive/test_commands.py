from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.archive.made import actor, article, coded, coding, copied, event
from whence import Archive, cells
from whence.archive import documents
from whence.cli_archive import search, show
from whence.records import Coding
from whence.search import COLUMNS

MADE = coding(title="Keta under fire")
OTHER = coding("Rebels left Keta, the mayor said.", id="row 7", published="2020-02-05", title="[bold]Out\x1b[31m\u202e")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    printed = article("The army shelled Keta, a mayor said.", id="again")
    with Archive(path) as archive:
        archive.save([coded(MADE), coded(OTHER, "b", "d2"), copied(printed, MADE.article.sha256, "c", "d3")])
    return path


def asked(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(search, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def shown(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(show, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_table_has_a_heading_an_article_and_a_line_an_event(path: Path) -> None:
    result = asked("shelled", "--archive", path)
    assert (result.exit_code, result.stderr) == (0, "")
    heading, line = result.stdout.splitlines()
    assert heading == "Keta under fire  (2020-02-03)"
    assert line.startswith("  happened      ASSAULT (artillery)")
    assert "army [GHA MIL] → Keta [GHA CVL]  @ Keta (Ghana)" in line
    assert line.endswith(f"— mayor, via Radio Keta  {MADE.events[0].uid}")


def test_all_forms_tell_of_the_same_events(path: Path) -> None:
    found = json.loads(asked("--archive", path, "--json").stdout)
    assert [json.loads(line) for line in asked("--archive", path, "--jsonl").stdout.splitlines()] == found
    (first, second) = found
    told = first.pop("article")
    assert (told["id"], told["site"], first.pop("chain")) == (
        MADE.article.id,
        "The Volta Post",
        ["Radio Keta", "mayor"],
    )
    assert first == MADE.to_dict()["events"][0]
    rows = list(csv.DictReader(io.StringIO(asked("--archive", path, "--csv").stdout, newline=""), strict=True))
    assert tuple(rows[0]) == COLUMNS
    assert [row["uid"] for row in rows] == [first["uid"], second["uid"]]
    assert (rows[0]["chain"], rows[0]["places_lat"], rows[0]["intensity"]) == ("Radio Keta > mayor", "5.92", "-9.0")
    assert (rows[0]["start"], rows[0]["end"], rows[0]["actors"]) == ("2020-02-01", "2020-02-02", "army")


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_spreadsheet_computes_no_cell_and_numbers_stay_numbers(words: str) -> None:
    (row,) = csv.reader(io.StringIO(cells.record([words, -9.5, None, "a\x1bb"]), newline=""))
    assert row == [f"'{words}", "-9.5", "", "a b"]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--type", "ASSAULT", "--type", "PROTEST"], 2),
        (["--mode", "artillery", "--quad", "4", "--status", "happened", "--context", "military"], 2),
        (["--country", "GHA", "--sector", "MIL", "--side", "recipient"], 0),
        (["--actor", "ghana army"], 2),
        (["--holder", "radio"], 2),
        (["--place", "keta", "--place-country", "GHA"], 2),
        (["--near", "5.9,1.0,10"], 2),
        (["--box", "5,0,7,1"], 2),
        (["--since", "2020-02-03"], 0),
        (["--until", "2020-02-01", "--site", "the volta post", "--confidence", "0.6"], 2),
        (["--published-since", "2020-02-04", "--published-until", "2020-02-05"], 1),
    ],
)
def test_conditions_on_the_command_line(path: Path, options: list[str], count: int) -> None:
    result = asked(*options, "--archive", path, "--json")
    assert (result.exit_code, len(json.loads(result.stdout))) == (0, count)
    assert result.stderr == ("" if count else "whence: no events found\n")


def test_there_is_a_word_on_how_to_go_on(path: Path) -> None:
    first = asked("--archive", path, "--limit", "1", "--jsonl")
    assert first.stderr == "whence: 1 shown; there are more: add --after 1, or --limit 0 for all\n"
    second = asked("--archive", path, "--limit", "1", "--after", "1", "--jsonl")
    assert second.stderr == ""
    assert first.stdout + second.stdout == asked("--archive", path, "--limit", "0", "--jsonl").stdout


def test_wrong_usage_is_named(path: Path, tmp_path: Path) -> None:
    for options in (["--near", "1,2"], ["--box", "a,b,c,d"], ["--since", "May"], ["--side", "actor"], ["--quad", "9"]):
        result = asked(*options, "--archive", path)
        assert (result.exit_code, result.stdout) == (2, ""), options
    assert "write it as LAT,LON,KM, such as 36.2,37.16,50" in asked("--near", "1,2").stderr
    assert asked("--near", "99,0,1", "--archive", path).stderr.startswith("whence: no circle on the earth")
    missing = asked("--archive", tmp_path / "none.db")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "no such archive; make one with `whence ingest" in missing.stderr


def test_text_gives_no_orders_to_the_terminal(path: Path) -> None:
    for result in (asked("left", "--archive", path), shown("row 7", "--archive", path)):
        assert result.stdout.splitlines()[0] == "[bold]Out [31m  (2020-02-05)"
        assert "\x1b" not in result.stdout


def test_an_event_is_shown_in_its_text_with_its_chain(path: Path) -> None:
    uid = MADE.events[0].uid
    result = shown(uid, "--archive", path)
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "text The army [shelled] Keta, the mayor said." in lines
    assert "actor “army”: army = Ghana, army [GHA MIL]" in lines
    assert "place “Keta”: Keta, town, GHA, city (5.92, 0.99)" in lines
    assert lines.index("says Radio Keta") + 1 == lines.index("originator mayor")
    assert shown(f"{MADE.article.id}:e1", "--archive", path).stdout == result.stdout
    assert json.loads(shown(uid, "--archive", path, "--json").stdout)["uid"] == uid


def test_a_statement_is_shown_with_its_events(path: Path) -> None:
    lines = [" ".join(line.split()) for line in shown("row 7:s1", "--archive", path).stdout.splitlines()]
    assert "text [Rebels lef]t Keta, the mayor said." in lines
    assert f"event ASSAULT “Keta,” {OTHER.events[0].uid}" in lines
    assert json.loads(shown("row 7:s1", "--archive", path, "--json").stdout)["chain"] == ["Radio Keta", "mayor"]


def test_an_article_is_shown_with_what_was_read_in_it(path: Path) -> None:
    lines = [" ".join(line.split()) for line in shown(MADE.article.sha256, "--archive", path).stdout.splitlines()]
    assert lines[0] == "Keta under fire (2020-02-03)"
    for fact in (f"id {MADE.article.id}", "site The Volta Post", "copies 1", "left out 1 lines"):
        assert fact in lines
    assert lines[-2].endswith(MADE.events[0].uid)
    assert lines[-1].endswith(f"{MADE.article.id}:s1")
    whole = shown(MADE.article.id, "--archive", path, "--json").stdout
    assert documents.from_plain(Coding, json.loads(whole)) == MADE
    copy = [" ".join(line.split()) for line in shown("again", "--archive", path).stdout.splitlines()]
    assert f"copy of {MADE.article.sha256}" in copy


def test_what_is_not_there_is_named(path: Path) -> None:
    for wanted in ("nothing", "row 7:e9", ":", "\x1b[31m", ""):
        result = shown(wanted, "--archive", path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "give an article's id, SHA-256 or address, an event's uid" in result.stderr
        assert "\x1b" not in result.stderr


def test_long_text_is_cut_round_the_words(tmp_path: Path) -> None:
    text = f"{'very ' * 200}\n{'long ' * 200}The army was here {'and there ' * 200}\nNext."
    source = article(text)
    here = event(source, 1, "here", actors=(actor(text, "army"),))
    with Archive(tmp_path / "a.db") as archive:
        archive.add([Coding(source, (), (), (), (), (here,))])
    told = shown(here.uid, "--archive", tmp_path / "a.db").stdout
    (line,) = [line.strip() for line in told.splitlines() if line.strip().startswith("text")]
    assert "… " in line and line.endswith("…") and "was [here] and there" in line
    assert len(line) < 900
    assert "very" not in line and "Next" not in line
    assert "the article itself" in told
