"""`whence actors`: what users add or import takes effect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run
from whence.knowledge import load


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHENCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_who_is_added_is_found_and_taken_off_again() -> None:
    before = load().version
    added = ("actors", "add", "Orsolo Vantapol", "--country", "KEN", "--sector", "LEG", "--from", "2015-01-01")
    assert run(*added).exit_code == 0
    found = json.loads(run("actors", "find", "orsolo Vantapol", "--on", "2014-01-01", "--json").stdout)
    assert [(f["country"], f["sector"], f["holds"]) for f in found] == [("KEN", "LEG", False)]
    assert load().version != before
    again = run(*added)
    assert (again.exit_code, "on your list" in again.stderr) == (1, True)
    assert run("actors", "remove", "Orsolo Vantapol").exit_code == 0
    assert run("actors", "remove", "Orsolo Vantapol").exit_code == 1
    assert run("actors", "find", "Orsolo Vantapol").exit_code == 1


@pytest.mark.parametrize("wrong", [("--country", "QQQ", "--sector", "GOV"), ("--country", "KEN", "--sector", "ABC")])
def test_what_does_not_hold_is_not_written(home: Path, wrong: tuple[str, ...]) -> None:
    assert run("actors", "add", "Orsolo Vantapol", *wrong).exit_code == 2
    assert not home.exists()


def test_the_users_line_is_preferred_on_its_days() -> None:
    run("actors", "add", "Barack Obama", "--country", "KEN", "--sector", "EDU", "--from", "2016-01-01")
    assert [e.country for e in load().actors("Barack Obama") if e.holds("2016-06-01")] == ["KEN"]
    assert {e.country for e in load().actors("Barack Obama") if e.holds("2015-06-01")} == {"USA"}


def test_an_imported_dictionary_decides_how_an_article_is_coded(tmp_path: Path, home: Path) -> None:
    (tmp_path / "some.actors.txt").write_text("ORSOLO_VANTAPOL_ [KENJUD]\nBAD_ [KENJUD 1-2]\n")
    result = run("actors", "import", tmp_path / "some.actors.txt")
    assert (result.exit_code, "some.actors.txt:2:" in result.stderr) == (0, True)
    assert (home / "actors" / "some-actors.tsv").exists()
    text = "Orsolo Vantapol condemned the attack on the village on Tuesday."
    coding = json.loads(run("read", "-", "--published", "2016-08-17", "--json", input=text).stdout)[0]
    assert ("KEN", "JUD") in {(a["country"], a["sector"]) for a in coding["actors"]}


def test_an_imported_noun_tells_a_sector(tmp_path: Path) -> None:
    (tmp_path / "agents.txt").write_text("GLAZEWRIGHT [~LAB]\nPOLICE [~REB]\n")
    assert run("actors", "import", tmp_path / "agents.txt").exit_code == 0
    assert load().agents.role("glazewright", ()).sector == "LAB"
    assert load().agents.role("police", ()).sector == "COP"  # the built-in rules stay


def test_a_file_that_gives_nothing_fails_and_the_others_are_kept(tmp_path: Path, home: Path) -> None:
    (tmp_path / "good.csv").write_text("name,country,sector\nOrsolo Vantapol,KEN,GOV\n")
    result = run("actors", "import", tmp_path / "none.csv", tmp_path / "good.csv", "--as", "ours")
    assert (result.exit_code, "none.csv" in result.stderr) == (1, True)
    assert (home / "actors" / "ours.tsv").exists()
