"""Versions of an article at one address: kept, told, and left out on demand; and articles taken out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.archive.made import article, coded, coding, copied
from tests.commands import run
from whence.archive import Archive

URL = "https://paper.example/strike"
FIRST = coding("The army shelled Keta, the mayor said.", id="one", url=URL, published="2020-02-01")
SECOND = coding(
    "The navy shelled Keta, the mayor said.", id="two", url=URL, published="2020-02-01", modified="2020-02-03"
)
THIRD = coding("The navy shelled Suva, a trader said.", id="three", url=URL, published="2020-02-04")
ELSEWHERE = coding("The guard shelled Keta, a nurse said.", id="other", url="https://b.example/x")
NEAR = article("The navy shelled Keta, the mayor said. Corrected.", id="near", url=URL, published="2020-02-09")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three versions, and an article at another address."""
    with Archive(tmp_path / "news.db") as archive:
        archive.save(
            [coded(made, f"{made.article.id}.html", made.article.id) for made in (SECOND, THIRD, ELSEWHERE, FIRST)]
        )
    return tmp_path / "news.db"


def ids(path: Path, **filters: object) -> list[str]:
    with Archive(path) as archive:
        return sorted(archive.articles(**filters).column("id").to_pylist())  # type: ignore[arg-type]


def test_versions_follow_each_other_by_their_days(path: Path) -> None:
    with Archive(path) as archive:
        told = {row["id"]: row for row in archive.articles().to_pylist()}
    assert {id: (row["version"], row["revisions"]) for id, row in told.items()} == {
        "one": (1, 3), "two": (2, 3), "three": (3, 3), "other": (1, 1)
    }  # fmt: skip
    last = THIRD.article.sha256
    assert {id: row["superseded_by"] for id, row in told.items()} == {
        "one": last, "two": last, "three": None, "other": None
    }  # fmt: skip


def test_all_versions_answer_unless_only_the_latest_are_wanted(path: Path) -> None:
    with Archive(path) as archive:
        assert archive.events().num_rows == archive.statements().num_rows == 4
        assert sorted(archive.events(latest=True).column("article").to_pylist()) == ["other", "three"]
        assert archive.statements(latest=True).num_rows == 2
        assert archive.events(latest=True, text="army").num_rows == 0
        assert archive.events(latest=False).num_rows == 4
    assert ids(path, latest=True) == ["other", "three"]
    assert "The army shelled" in run("search", "--archive", path).stdout
    assert "The army shelled" not in run("search", "--latest", "--archive", path).stdout


def test_a_version_that_is_its_near_copy_supersedes_nothing(tmp_path: Path) -> None:
    with Archive(tmp_path / "news.db") as archive:
        archive.save([coded(FIRST, digest="1"), coded(SECOND, "b", "2"), copied(NEAR, SECOND.article.sha256, "c", "3")])
        told = {row["id"]: row for row in archive.articles(copies=True).to_pylist()}
        assert {id: (row["version"], row["superseded_by"]) for id, row in told.items()} == {
            "one": (1, NEAR.sha256), "two": (2, None), "near": (3, None)
        }  # fmt: skip
        assert archive.events(latest=True).column("article").to_pylist() == ["two"]


def test_an_address_shows_its_last_version_and_names_the_others(path: Path) -> None:
    told = run("show", URL, "--archive", path).stdout
    assert "3 of 3 at this address" in told
    assert f"version 1: 2020-02-01, {FIRST.article.sha256}, 1 events" in told
    assert f"version 2: 2020-02-03, {SECOND.article.sha256}, 1 events" in told
    shown = json.loads(run("show", URL, "--archive", path, "--json").stdout)
    assert shown["article"]["id"] == "three"
    assert [(one["version"], one["id"]) for one in shown["revisions"]] == [(1, "one"), (2, "two"), (3, "three")]
    assert "revisions" not in json.loads(run("show", "other", "--archive", path, "--json").stdout)
    assert run("show", "https://nowhere.example/", "--archive", path).exit_code == 1


def test_the_last_version_with_a_coding_is_shown(path: Path) -> None:
    with Archive(path) as archive:
        archive.save([copied(NEAR, SECOND.article.sha256)])
    told = run("show", URL, "--archive", path).stdout
    assert f"version 4: 2020-02-09, {NEAR.sha256}, a near-copy" in told
    assert THIRD.article.sha256 in told


def test_articles_are_taken_out_with_their_copies(path: Path) -> None:
    with Archive(path) as archive:
        archive.save([copied(NEAR, SECOND.article.sha256)])
    told = run("remove", "two", "other", "--archive", path)
    assert told.stdout.split() == ["two", "near", "other"]
    assert ids(path, copies=True) == ["one", "three"]
    with Archive(path) as archive:
        assert archive.ledger().inputs == 2
        assert sum(archive.incidents().column("tellings").to_pylist()) == archive.events().num_rows == 2
    again = run("remove", "two", "--archive", path)
    assert again.exit_code == 1
    assert "there is no article 'two'" in again.stderr
    assert run("remove", "two", "--archive", path.with_name("none.db")).exit_code == 1
    assert not path.with_name("none.db").exists()
