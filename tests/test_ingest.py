"""Many inputs into an archive: the sums, and that nothing but the inputs decides what is in it."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.commands import run
from whence.archive import Archive
from whence.cli_ingest import said
from whence.errors import ArchiveError
from whence.ingest import Settings, Sums, digest_of, ingest, target_of
from whence.records import Page

GERMAN = "Die Regierung hat am Montag erklärt, dass sie die Verhandlungen mit den Rebellen nicht fortsetzen wird. " * 3
LONG = """{place}, May {day}, 2018 - The army of {who} attacked a rebel camp near the northern border on Thursday
and killed {n} fighters, the defence ministry said in a statement that was read on state television.
Soldiers took the village of Old Mill before noon, and the rebels fled across the river towards the hills.
The president thanked the soldiers and promised that schools in the valley would open again before the rains.
A doctor in the town hospital said that eleven people had been brought in, most of them hurt by falling walls.
The opposition asked for an inquiry and said that farmers who lived near the camp had not been warned."""
VALUES = [("ACCRA", 4, "Ghana", 12), ("LOME", 5, "Togo", 30)]


def row(id: str, text: str, **more: str) -> str:
    return json.dumps({"id": id, "text": text, **more})


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen inputs: coded, copied, cut, printed twice, German, empty, broken."""
    folder = tmp_path_factory.mktemp("corpus")
    story = LONG.format(place="ACCRA", day=4, who="Ghana", n=12)
    rows = [
        row("copy", "By our own correspondent in the north\n" + story, published="2018-05-06"),
        row("first", story, published="2018-05-04", url="http://a.example/1"),
        row("second", story, published="2018-05-05", url="http://b.example/2"),
        row("german", GERMAN),
        row("empty", " "),
        "{broken",
    ]
    short = [
        ("Mali's prime minister met rebel leaders in Bamako on Monday.", "2018-05-01"),
        ("Kenyan police arrested nine protesters in Nairobi on Friday, a lawyer said.", "2018-05-02"),
        ("France sent food to Chad, the foreign ministry in Paris said.", "2018-05-03"),
        ("Sudan's foreign minister rejected the offer of talks with Egypt.", "2018-05-07"),
    ]
    rows += [row(f"short{n}", text, published=day) for n, (text, day) in enumerate(short)]
    (folder / "rows.jsonl").write_text("\n".join(rows) + "\n", encoding="utf8")
    for name in ("twin1.txt", "twin2.txt"):
        (folder / name).write_text("Iraqi troops shelled a village near Mosul on Sunday, a witness said.", "utf8")
    (folder / "zero.txt").write_text("", "utf8")
    (folder / "page.html").write_text(
        f"<html><body><article><h1>Togo</h1><p>{LONG.format(place='LOME', day=5, who='Togo', n=30)}</p></article>",
        "utf8",
    )
    return folder


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that an archive says of its inputs and articles, row numbers and the order of coming aside."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = {
            "inputs": connection.execute(
                """SELECT inputs.name, digest, fate, article_name, kind, message, sha256, articles.name, articles.url
                   FROM inputs LEFT JOIN articles ON articles.id = article ORDER BY 1, 2"""
            ).fetchall(),
            "articles": connection.execute(
                "SELECT sha256, name, url, published, copy_of, json FROM articles JOIN documents ON article = id "
                "ORDER BY 1, 2, 3"
            ).fetchall(),
            "events": connection.execute("SELECT uid, type, begin, stop FROM events ORDER BY 1, 3, 4").fetchall(),
            "copies": connection.execute(
                "SELECT one.key, first.key FROM copy_documents AS one JOIN copy_documents AS first "
                "ON first.id = one.cluster ORDER BY 1"
            ).fetchall(),
        }
    connection.close()
    return found


@pytest.fixture(scope="module")
def whole(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Sums, list[str]]:
    """An archive made in one undisturbed run, what it counted and what it complained of."""
    path = tmp_path_factory.mktemp("whole") / "news.db"
    complaints: list[str] = []
    with Archive(path) as archive:
        sums = ingest([str(corpus)], archive, Settings(workers=1), complain=complaints.append)
    return path, sums, complaints


def test_every_input_has_its_fate_and_the_sums_add_up(whole: tuple[Path, Sums, list[str]], corpus: Path) -> None:
    path, sums, complaints = whole
    assert sums.inputs == sum(sums.fates.values()) == 14
    assert sums.fates == {"coded": 8, "copy": 2, "not English": 1, "failed": 3}
    assert sum(sums.failures.values()) == 3
    assert len(complaints) == 3
    assert any(f"{corpus / 'rows.jsonl'}:6" in line for line in complaints)
    with Archive(path, read_only=True) as archive:
        ledger = archive.ledger()
    assert {fate: count for fate, count in ledger.fates.items() if count} == sums.fates
    assert ledger.failures == sums.failures


def test_of_copies_the_first_published_is_coded(whole: tuple[Path, Sums, list[str]]) -> None:
    articles = {name: (sha, copy_of) for sha, name, _, _, copy_of, _ in contents(whole[0])["articles"]}
    first = articles["first"][0]
    assert articles["first"][1] is None
    assert articles["second"] == (first, first)
    assert articles["copy"][1] == first


def test_the_order_of_inputs_and_the_number_of_workers_change_nothing(
    whole: tuple[Path, Sums, list[str]], corpus: Path, tmp_path: Path
) -> None:
    files = sorted((str(path) for path in corpus.iterdir()), reverse=True)
    with Archive(tmp_path / "news.db") as archive:
        ingest(files, archive, Settings(workers=2))
    assert contents(tmp_path / "news.db") == contents(whole[0])


def test_a_second_run_codes_nothing_and_changes_nothing(
    whole: tuple[Path, Sums, list[str]], corpus: Path, tmp_path: Path
) -> None:
    before = contents(whole[0])
    (tmp_path / "news.db").write_bytes(whole[0].read_bytes())
    with Archive(tmp_path / "news.db") as archive:
        sums = ingest([str(corpus)], archive)
    assert sums.kept == sums.fates["coded"] == 8
    assert contents(tmp_path / "news.db") == before


PROMPT = "Our paper stays free for everybody, everywhere, because readers like you give what they can."


def site_row(n: int, more: str = "") -> str:
    acts = ["arrested nine protesters", "met the rebel leaders", "rejected the offer of talks", "sent food to the camp"]
    text = f"The prime minister of Kenya {acts[n]} in Nairobi on day {n} of the strike.\n{PROMPT}{more}"
    return row(f"site{n}", text, url=f"https://www.c.example/{n}", published=f"2018-06-0{n + 1}")


def test_lines_of_a_site_are_left_out_and_found_again_in_later_runs(tmp_path: Path) -> None:
    first, later, path = tmp_path / "first.jsonl", tmp_path / "later.jsonl", tmp_path / "news.db"
    first.write_text("\n".join(site_row(n) for n in range(3)), "utf8")
    later.write_text(site_row(3), "utf8")
    with Archive(path) as archive:
        ingest([str(first)], archive)
        versions = archive.profiles()
        assert versions is not None
        ingest([str(later)], archive)
        assert archive.profiles() == versions
        for n in range(4):
            coding = archive.coding(f"site{n}")
            assert coding is not None
            assert PROMPT not in coding.article.text
            assert [line.reason for line in coding.article.excluded] == ["site: repeated on 3 pages of c.example"]
            assert coding.versions.profiles == versions[1]


def test_articles_whose_text_the_profiles_change_are_coded_again(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    rows = [site_row(n) for n in range(4)]
    with Archive(path) as archive:
        for count, kept in ((2, 0), (4, 0), (4, 4)):
            (tmp_path / "rows.jsonl").write_text("\n".join(rows[:count]), "utf8")
            sums = ingest([str(tmp_path / "rows.jsonl")], archive)
            assert (sums.inputs, sums.fates, sums.kept) == (count, {"coded": count}, kept)
        assert archive.ledger().inputs == 4
        assert all(PROMPT not in coding.article.text for coding in archive.codings())
        assert len(list(archive.codings())) == 4


def test_failures_are_tried_again_from_their_names(tmp_path: Path) -> None:
    story = tmp_path / "later.txt"
    rows = tmp_path / "rows.jsonl"
    rows.write_text(row("a", "Police in Lagos arrested two men on Monday.") + "\n{broken\n", "utf8")
    db = tmp_path / "news.db"
    first = run("ingest", story, rows, "--archive", db, "--workers", "1")
    assert first.exit_code == 1
    assert first.stderr.splitlines()[-1] == "whence: 3 inputs: 1 coded, 2 failed (1 missing, 1 unreadable)"
    story.write_text("Police in Abuja arrested three men on Tuesday.", "utf8")
    again = run("ingest", "--retry", "failed", "--archive", db, "--workers", "1")
    assert again.stderr.splitlines()[-1] == "whence: 2 inputs: 1 coded, 1 failed (1 unreadable)"
    with Archive(db) as archive:
        assert archive.ledger().inputs == 3
        assert [outcome.name for outcome in archive.failures()] == [f"{rows}:2"]


def test_no_inputs_are_wrong_usage(tmp_path: Path) -> None:
    result = run("ingest", "--archive", tmp_path / "news.db")
    assert result.exit_code == 2
    assert "--retry failed" in result.stderr


def test_the_sums_are_said_in_words() -> None:
    fates = {"coded": 1000, "copy": 120, "not English": 40, "not an article": 30, "failed": 14}
    assert said(Sums(1204, fates, {"too slow": 5, "unreadable": 9}, 0)) == (
        "1,204 inputs: 1,000 coded, 120 near-copies, 40 not English, 30 not articles, 14 failed "
        "(9 unreadable, 5 too slow)"
    )
    assert said(Sums(1, {"copy": 1}, {}, 0)) == "1 input: 1 near-copy"


def test_what_changes_a_coding_changes_the_digest() -> None:
    page = Page(b"x", "a.txt")
    digests = {
        digest_of(page, Settings()),
        digest_of(Page(b"y", "a.txt"), Settings()),
        digest_of(Page(b"x", "a.txt", title="T"), Settings()),
        digest_of(page, Settings(published="2020-01-01")),
        digest_of(page, Settings(timezone="Asia/Tehran")),
    }
    assert len(digests) == 5
    assert digest_of(Page(b"x", "b.txt"), Settings(workers=8)) in digests


def test_a_failure_is_read_again_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").touch()
    assert target_of(f"{tmp_path}/rows.jsonl:17") == f"{tmp_path}/rows.jsonl"
    assert target_of(f"{tmp_path}/rows.jsonl") == f"{tmp_path}/rows.jsonl"
    assert target_of("http://a.example:80/x:3") == "http://a.example:80/x:3"


def start(corpus: Path, path: Path, *more: str, batch: int = 50) -> subprocess.Popen[bytes]:
    program = f"import whence.ingest; whence.ingest.BATCH = {batch}; from whence.cli import main; main()"
    command = [sys.executable, "-c", program]
    return subprocess.Popen(
        [*command, "ingest", str(corpus), *more, "--archive", str(path), "--workers", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def coded(path: Path) -> int:
    """How many inputs the archive has by now."""
    try:
        with Archive(path, read_only=True) as archive:
            return archive.ledger().inputs
    except Exception:
        return 0


class Watcher(threading.Thread):
    """A reader that looks at an archive all the time, and notes whatever it may not see."""

    WHOLE = """SELECT (SELECT count(*) FROM inputs),
                       (SELECT count(*) FROM unjoined),
                      (SELECT count(*) FROM events) - (SELECT count(*) FROM tellings),
                      (SELECT count(*) FROM articles) - (SELECT count(*) FROM documents),
                      (SELECT count(*) FROM articles WHERE id NOT IN (SELECT ifnull(article, 0) FROM inputs))"""
    """One statement sees one state: how many inputs, and four counts that are 0 between batches and seldom inside."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self._path, self._is_over = path, threading.Event()
        self.pause = threading.Lock()
        self.looks = self.inputs = 0
        self.problems: list[str] = []

    def run(self) -> None:
        while not self._is_over.is_set():
            with self.pause:
                if self._path.exists():
                    self._look()
            time.sleep(0.01)

    def _look(self) -> None:
        try:
            with Archive(self._path, read_only=True) as archive:
                archive.events(limit=20)
                archive.incidents(limit=20)
                archive.ledger()
        except ArchiveError as error:
            if "schema 0" not in str(error) and "older whence" not in str(error):  # it is just being made
                self.problems.append(str(error))
            return
        connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)
        inputs, *rests = connection.execute(self.WHOLE).fetchone()
        connection.close()
        if any(rests) or inputs < self.inputs:
            self.problems.append(f"{inputs} inputs after {self.inputs}, rests {rests}")
        self.looks, self.inputs = self.looks + 1, inputs

    def stop(self) -> None:
        self._is_over.set()
        self.join()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.long)])
def test_kills_lose_nothing_and_readers_see_whole_batches(
    kills: int, whole: tuple[Path, Sums, list[str]], corpus: Path, tmp_path: Path
) -> None:
    chance = random.Random(kills)
    path = tmp_path / "news.db"
    watchers = [Watcher(path) for _ in range(2)]
    for watcher in watchers:
        watcher.start()
    for _ in range(kills):
        process = start(corpus, path, batch=2)
        try:
            process.wait(chance.uniform(0.3, 8.0))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        assert coded(path) >= max(watcher.inputs for watcher in watchers)  # what a reader has seen is there to stay
        if chance.random() < 0.3:
            with watchers[0].pause, watchers[1].pause:
                for file in tmp_path.glob("news.db*"):
                    file.unlink()
                watchers[0].inputs = watchers[1].inputs = 0
    for watcher in watchers:
        watcher.stop()
        assert watcher.problems == []
        assert watcher.looks
    with Archive(path) as archive:
        ingest([str(corpus)], archive)
    assert contents(path) == contents(whole[0])
    assert [file.name for file in tmp_path.iterdir()] == ["news.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_says_how_to_go_on(corpus: Path, whole: tuple[Path, Sums, list[str]], tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    process = start(corpus, path, "-")  # nothing comes there, so that it cannot be done before the signal
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(2.0)  # it is somewhere in its work; where does not matter
    os.kill(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert b"Run the same command again to go on" in told
    assert b"Traceback" not in told
    with Archive(path) as archive:
        ingest([str(corpus)], archive)
    assert contents(path) == contents(whole[0])
