"""An archive coded again: what is out of date, nothing else, and the same however often it is stopped."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands import run
from tests.test_ingest import contents
from whence.archive import Archive
from whence.ingest import Settings, ingest
from whence.recoding import recode
from whence.records import Coding

TEXTS = [
    "Kenyan police arrested nine protesters in Nairobi on Friday, a lawyer said.",
    "The army shelled Keta on Monday and killed four people, the mayor said.",
    "France sent food to Chad on Tuesday, the foreign ministry in Paris said.",
    "Mali's prime minister met rebel leaders in Bamako on Monday.",
    "Sudan's foreign minister rejected the offer of talks with Egypt.",
    "Rebels in the north released nine hostages, a spokesman for the army said.",
]
OWN = (Path(__file__).parent.parent / "src/whence/codebook/template.yaml").read_text("utf8")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that is up to date, with a copy and a failure."""
    folder = tmp_path_factory.mktemp("new")
    rows = [{"id": f"a{n}", "text": text, "published": "2018-05-05"} for n, text in enumerate(TEXTS)]
    rows += [{"id": "twin", "text": TEXTS[0], "published": "2018-05-06"}, {"id": "empty", "text": ""}]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
    with Archive(folder / "news.db") as archive:
        ingest([str(folder / "rows.jsonl")], archive, Settings())
    return folder / "news.db"


def older(made: Coding) -> Coding:
    """The coding as an older model might have made it: without its last event."""
    return replace(made, events=made.events[:-1], versions=replace(made.versions, model="older", profiles="p0"))


@pytest.fixture
def old(new: Path, tmp_path: Path) -> Path:
    """The same with two thirds of its codings made by an older model."""
    path = tmp_path / "news.db"
    path.write_bytes(new.read_bytes())
    with Archive(path) as archive:
        codings = list(archive.codings())
        archive.add([older(made) for n, made in enumerate(codings) if n % 3])
    return path


def texts_and_profiles(path: Path) -> dict[str, object]:
    """What an archive says, but for the profiles, which a new coding keeps from the one before."""
    found: dict[str, object] = dict(contents(path))
    with Archive(path) as archive:
        plain = [replace(made, versions=replace(made.versions, profiles=None)) for made in archive.codings()]
        incidents = sorted(archive.incidents().column("id").to_pylist())
    return {**found, "articles": None, "codings": plain, "incidents": incidents}


def test_what_an_older_model_coded_is_coded_again(old: Path, new: Path) -> None:
    with Archive(old) as archive:
        before = {made.article.sha256: made for made in archive.codings()}
        events = archive.events().select(["row", "uid"]).to_pylist()
        found = recode(archive)
        assert (found.coded, found.changed, found.failures) == (4, 4, {})
        for made in archive.codings():
            was = before[made.article.sha256]
            assert made.versions.profiles == was.versions.profiles
            assert was.versions.model != "older" or made != was
        after = archive.events().select(["row", "uid"]).to_pylist()
        assert all(event in after for event in events)
        assert len(after) > len(events)
        assert recode(archive).coded == 0
    assert texts_and_profiles(old) == texts_and_profiles(new)


def test_where_only_the_versions_differ_no_event_is_touched(new: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(new.read_bytes())
    with Archive(path) as archive:
        archive.add([replace(made, versions=replace(made.versions, knowledge="older")) for made in archive.codings()])
    connection = sqlite3.connect(path)
    connection.execute("CREATE TRIGGER touched BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'touched'); END")
    connection.commit()
    connection.close()
    with Archive(path) as archive:
        found = recode(archive)
    assert (found.coded, found.changed) == (6, 0)
    assert contents(path) == contents(new)


def test_rulings_and_the_ledger_stay(old: Path) -> None:
    with Archive(old) as archive:
        ledger = archive.ledger()
        one, two = archive.incidents().column("id").to_pylist()[:2]
        joined = archive.merge([one, two], "ama")
        recode(archive)
        assert archive.ledger() == ledger
        again = archive.incident(joined.id)
        assert again is not None
        assert {telling.event for telling in joined.tellings} <= {telling.event for telling in again.tellings}


def test_an_own_codebook_counts_as_another_version(old: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, "utf8")
    told = run("recode", "--archive", old, "--codebook", own, "--workers", "1")
    assert told.exit_code == 0, told.stderr
    assert "6 coded again" in told.stderr
    assert "0 coded again" in run("recode", "--archive", old, "--codebook", own, "--workers", "1").stderr


def test_what_fails_stays_as_it_is_and_is_named(old: Path) -> None:
    before = contents(old)
    told = run("recode", "--archive", old, "--workers", "1", "--limit", "document_seconds=0.000001")
    assert told.exit_code == 1
    assert "0 coded again, 0 of them changed; 4 failed and stay as they were" in told.stderr
    assert contents(old) == before
    assert "4 coded again" in run("recode", "--archive", old, "--workers", "1").stderr


def test_a_missing_archive_is_not_made(tmp_path: Path) -> None:
    told = run("recode", "--archive", tmp_path / "news.db")
    assert told.exit_code == 1
    assert "no such archive" in told.stderr
    assert not (tmp_path / "news.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("kills", [3, pytest.param(40, marks=pytest.mark.long)])
def test_kills_change_nothing(kills: int, old: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.db"
    whole.write_bytes(old.read_bytes())
    with Archive(whole) as archive:
        recode(archive)
    start = old.read_bytes()
    chance = random.Random(kills)
    program = "import whence.ingest; whence.ingest.BATCH = 1; from whence.cli import main; main()"
    for _ in range(kills):
        process = subprocess.Popen(
            [sys.executable, "-c", program, "recode", "--archive", str(old), "--workers", "1"],
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(chance.uniform(0.5, 5.0))
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()
        contents(old)  # sound
        if chance.random() < 0.3:
            for file in tmp_path.glob("news.db*"):
                file.unlink()
            old.write_bytes(start)
    with Archive(old) as archive:
        recode(archive)
    assert contents(old) == contents(whole)


def test_reviews_stay(old: Path) -> None:
    with Archive(old) as archive:
        event = archive.events(limit=1).column("uid").to_pylist()[0]
        said = archive.review(event, "confirm", "ama")
        recode(archive)
        assert [(review.id, review.event, review.orphaned) for review in archive.reviews()] == [(said.id, event, False)]
