from __future__ import annotations

import dataclasses
import itertools
import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.archive.made import actor, article, coded, coding, copied, event, failed, under
from whence import Archive
from whence.copies import Index, sketch
from whence.errors import ArchiveError
from whence.records import Coding, Outcome

VIRTUAL = ("words", "actor_words", "place_words", "place_boxes", "event_days")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def rows(path: Path) -> dict[str, list[Any]]:
    """Everything in an archive's own tables."""
    connection = sqlite3.connect(path)
    try:
        names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        tables = [name for (name,) in connection.execute(names) if not name.startswith(tuple(f"{v}_" for v in VIRTUAL))]
        return {table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}
    finally:
        connection.close()


def check(path: Path) -> None:
    """The file is sound, and its indices say what its tables say."""
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("words", "actor_words", "place_words"):
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    finally:
        connection.close()


def test_what_was_saved_comes_back_whole_and_byte_for_byte(path: Path) -> None:
    made = coding()
    with Archive(path) as archive:
        archive.save([coded(made)])
        assert list(archive.codings()) == [made]
        document = archive.document(made.article.id)
        assert document == json.dumps(made.to_dict(), ensure_ascii=False).encode()
        assert archive.document(made.article.sha256) == document
        assert archive.document("nothing") is None
    check(path)


def test_saving_the_same_again_changes_nothing(path: Path) -> None:
    made = coding()
    outcomes = [coded(made), copied(article("Other words."), made.article.sha256), failed()]
    with Archive(path) as archive:
        archive.save(outcomes)
        before = rows(path)
        archive.save(outcomes)
        assert archive.add([made]) == 0
    assert rows(path) == before


def test_a_new_coding_replaces_the_old_one_and_its_events_keep_their_numbers(path: Path) -> None:
    made = coding()
    other = under(made, model="m2")
    later = dataclasses.replace(
        other,
        actors=made.actors[:1],
        places=(),
        statements=(),
        events=(
            event(made.article, 1, "Keta", type="PROTEST"),
            dataclasses.replace(made.events[0], id="e2", statement=None, recipients=(), places=()),
        ),
    )
    with Archive(path) as archive:
        archive.save([coded(made)])
        (row,) = archive.events().column("row").to_pylist()
        archive.save([coded(later)])
        assert list(archive.codings()) == [later]
        numbers = dict(zip(*(archive.events().column(name).to_pylist() for name in ("uid", "row")), strict=True))
        assert numbers[made.events[0].uid] == row
        assert len(numbers) == 2
        assert archive.actors().column("name").to_pylist() == ["army"]
        assert archive.places().num_rows == 0
    check(path)


def test_a_text_is_coded_once_whatever_the_order_of_its_printings(tmp_path: Path) -> None:
    text = coding().article.text
    printings = [
        coding(text, id="late", url="https://late.example/1", published="2020-02-09"),
        coding(text, id="first", url="https://first.example/1", published="2020-02-03"),
        coding(text, id="undated", published=None),
    ]
    seen = []
    for n, order in enumerate(itertools.permutations(printings)):
        path = tmp_path / f"{n}.db"
        with Archive(path) as archive:
            for made in order:
                archive.save([coded(made, made.article.id, made.article.id)])
            assert [made.article.id for made in archive.codings()] == ["first"]
            told = archive.articles(copies=True).drop_columns(["row"]).to_pylist()
            seen.append((sorted(told, key=lambda row: row["id"]), archive.ledger()))
            assert archive.ledger().fates["copy"] == 2
        check(path)
    assert all(one == seen[0] for one in seen)


def test_copies_are_kept_and_counted_but_have_no_events(path: Path) -> None:
    made, printed = coding(), article("The army shelled Keta, a mayor said.", id="again", site="Lomé Soir")
    with Archive(path) as archive:
        archive.save([copied(printed, made.article.sha256), coded(made)])
        assert archive.events().num_rows == 1
        (told,) = archive.articles().to_pylist()
        assert (told["copies"], told["events"], told["statements"]) == (1, 1, 1)
        assert [row["copy_of"] for row in archive.articles(copies=True).to_pylist()] == [made.article.sha256, None]
        assert json.loads(archive.document("again") or b"").keys() == {"article"}
        assert archive.articles(text="army").num_rows == 1


def test_a_copy_that_is_coded_later_and_the_other_way_round(path: Path) -> None:
    made = coding()
    with Archive(path) as archive:
        archive.save([copied(made.article, "0" * 64, "a.html", "d1")])
        archive.save([coded(made)])
        assert (archive.ledger().fates["coded"], archive.events().num_rows) == (1, 1)
        archive.save([copied(made.article, "0" * 64, "a.html", "d1")])
        assert (archive.ledger().fates["copy"], archive.events().num_rows) == (1, 0)
        assert archive.articles(text="army", copies=True).num_rows == 0
    check(path)


def test_versions_of_a_page_are_kept_in_their_order(path: Path) -> None:
    url = "https://paper.example/1"
    first = coding(url=url, published="2020-02-03")
    second = coding("The army shelled Keta twice, the mayor said.", url=url, modified="2020-02-05")
    with Archive(path) as archive:
        archive.save([coded(second, url, "d2"), coded(first, url, "d1")])
        told = archive.articles(url=url).to_pylist()
    assert {row["sha256"]: row["version"] for row in told} == {first.article.sha256: 1, second.article.sha256: 2}


def test_the_same_bytes_with_another_text_leave_no_article_behind(path: Path) -> None:
    old, new = coding("The army shelled Keta, the mayor said.\nRead also: Lomé"), coding()
    with Archive(path) as archive:
        archive.save([coded(old)])
        archive.save([coded(new)])
        assert list(archive.codings()) == [new]
        archive.save([Outcome("a.html", "d1", "failed", None, "too slow", "…")])
        assert list(archive.codings()) == [new], "a failure does not undo what was read before"
        archive.save([Outcome("a.html", "d1", "not an article", None, "not an article", "…")])
        assert list(archive.codings()) == []
        assert archive.actors().num_rows == 0
    check(path)


def test_remove_takes_an_article_with_its_copies_and_inputs(path: Path) -> None:
    made, printed = coding(), article("The army shelled Keta, a mayor said.", id="again")
    other = coding("The army shelled Keta anew, the mayor said.")
    with Archive(path) as archive:
        archive.save([coded(made), copied(printed, made.article.sha256), coded(other, "o.html", "d3"), failed()])
        assert set(archive.remove(made.article.id)) == {made.article.id, "again"}
        assert archive.ledger().inputs == 2
        assert list(archive.codings()) == [other]
        assert archive.known(["d1", "d2", "d3"], made.versions) == {"d3"}
        with pytest.raises(ArchiveError, match="no article 'again'"):
            archive.remove("again")
    check(path)


def test_copies_follow_their_article_to_its_new_text(path: Path) -> None:
    old, new = coding("The army shelled Keta, the mayor said.\nRead also: Lomé"), coding()
    printed = article("The army shelled Keta, a mayor said.", id="again")
    with Archive(path) as archive:
        archive.save([coded(old), copied(printed, old.article.sha256)])
        assert archive.texts(["d1", "d2", "d3"]) == {"d1": old.article.sha256, "d2": printed.sha256}
        archive.save([coded(new)])
        (told,) = archive.articles(id="again", copies=True).to_pylist()
        assert told["copy_of"] == new.article.sha256
        assert archive.articles().column("copies").to_pylist() == [1]
    check(path)


def test_an_article_that_still_has_copies_stays(path: Path) -> None:
    old, printed = coding(), article("The army shelled Keta, a mayor said.", id="again")
    with Archive(path) as archive:
        archive.save([coded(old), copied(printed, old.article.sha256)])
        archive.save([Outcome("a.html", "d1", "not an article", None, "not an article", "…")])
        assert archive.ledger().inputs == 2
        assert list(archive.codings()) == [old]
        archive.save([coded(old)])
        archive.save([copied(article("The army shelled Keta: the mayor."), old.article.sha256, "a.html", "d1")])
        assert archive.ledger().fates["copy"] == 2
        assert list(archive.codings()) == [old], "what is a copy of its former self does not lose it"
    check(path)


def test_the_index_of_copies_is_in_the_same_file_and_batch(path: Path) -> None:
    made = coding()
    text = made.article.text * 20
    with Archive(path) as archive:
        with pytest.raises(ZeroDivisionError), archive.batch():
            Index(archive.postings()).add("k", sketch(text))
            raise ZeroDivisionError
        assert archive.postings().last() == 0
        with archive.batch():
            Index(archive.postings()).add(made.article.sha256, sketch(text))
            archive.save([coded(made)])
        assert Index(archive.postings()).find(sketch(text)) is not None
        archive.remove(made.article.sha256)
        assert Index(archive.postings()).find(sketch(text)) is None
    check(path)


def test_codings_come_in_one_order_however_they_came_in(tmp_path: Path) -> None:
    made = [coding(f"The army shelled Keta {n} times, the mayor said.") for n in range(20)]
    found = []
    for name, given in (("a.db", made), ("b.db", made[::-1])):
        with Archive(tmp_path / name) as archive:
            assert archive.add(given) == 20
            found.append(list(archive.codings()))
    assert found[0] == found[1] == sorted(made, key=lambda one: one.article.sha256)


def test_a_batch_is_kept_whole_or_not_at_all(path: Path) -> None:
    made = coding()
    broken = dataclasses.replace(made, events=made.events * 2, article=article("The army was there. Keta, mayor."))
    with Archive(path) as archive:
        before = rows(path)
        with pytest.raises(ArchiveError, match=str(path)):
            archive.save([coded(made), coded(broken, "b.html", "d2")])
        assert rows(path) == before
        with pytest.raises(ZeroDivisionError), archive.batch():
            archive.save([coded(made)])
            archive.set_profiles(b"lines", "p2")
            raise ZeroDivisionError
        assert rows(path) == before
        archive.save([coded(made)])
        assert list(archive.codings()) == [made]


def test_an_outcome_without_what_it_needs_is_refused(path: Path) -> None:
    with Archive(path) as archive:
        for fate in ("coded", "copy"):
            with pytest.raises(ArchiveError, match=r"x\.html"):
                archive.save([Outcome("x.html", "d", fate)])
        assert archive.ledger().inputs == 0


def test_profiles_are_kept(path: Path) -> None:
    with Archive(path) as archive:
        assert archive.profiles() is None
        archive.set_profiles(b"one", "p1")
        archive.set_profiles(b"\x00two", "p2")
    with Archive(path, read_only=True) as archive:
        assert archive.profiles() == (b"\x00two", "p2")


def test_odd_text_is_kept(path: Path) -> None:
    text = "The army fired on Keta \ud800 \x00 \U0001f600 e\u0301 \u202e, the mayor said."
    made = coding(text, title="\udcff", id="odd\x00\n", url="http://\ud800")
    odd = dataclasses.replace(made, actors=(*made.actors, actor(text, "\ud800 \x00", 9)))
    with Archive(path) as archive:
        archive.save([coded(odd, "\udc80.html")])
        archive.save([coded(odd, "\udc80.html")])
        assert list(archive.codings()) == [odd]
        assert archive.ledger().inputs == 1
        assert archive.events(text="keta").num_rows == 1
        archive.remove(odd.article.sha256)
    check(path)


def test_readers_see_whole_batches_and_never_wait(path: Path) -> None:
    made = coding()
    with Archive(path) as writer, Archive(path, read_only=True) as reader:
        with writer.batch():
            writer.save([coded(made)])
            began = time.monotonic()
            assert (reader.ledger().inputs, reader.events().num_rows) == (0, 0)
            assert time.monotonic() - began < 1
        assert (reader.ledger().inputs, reader.events().num_rows) == (1, 1)
        with pytest.raises(ArchiveError, match="may only be read"):
            reader.save([coded(made)])


def test_a_second_writer_waits_and_then_gets_a_clear_word(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whence.archive.connection.BUSY_SECONDS", 0.1)
    with Archive(path) as one, Archive(path) as two, one.batch():
        with pytest.raises(ArchiveError, match=r"another process is writing into it.*wait for it"):
            two.save([failed()])
        one.save([failed()])


INGEST = """
import sys
from tests.archive.made import coded, coding
from whence import Archive

with Archive(sys.argv[1]) as archive:
    for n in range(int(sys.argv[2]), 100_000):
        texts = [f"The army shelled Keta {n} {m} times, the mayor said." for m in range(5)]
        archive.save([coded(coding(text), f"{n}/{m}", f"{n}/{m}") for m, text in enumerate(texts)])
        print(n, flush=True)
"""


def test_a_killed_writer_loses_no_batch_that_was_acknowledged(path: Path) -> None:
    done = -1
    for delay in (0.0, 0.013, 0.031, 0.057, 0.09):
        command = [sys.executable, "-c", INGEST, str(path), str(done + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
            assert process.stdout is not None
            done = int(process.stdout.readline())
            time.sleep(delay)
            process.kill()
            done = max([done, *(int(line) for line in process.stdout.read().split())])
        check(path)
        with Archive(path) as archive:
            found: list[Coding] = list(archive.codings())
            kept = archive.ledger().fates["coded"]
        assert kept == len(found)
        assert kept % 5 == 0, "a batch is whole"
        assert kept >= (done + 1) * 5
        done = kept // 5 - 1
