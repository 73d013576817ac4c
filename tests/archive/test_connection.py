from __future__ import annotations

import sqlite3
import sys
import zlib
from pathlib import Path

import pytest

from tests.archive.made import coded, coding
from whence import Archive
from whence.archive import connection as opening
from whence.archive.connection import connect, migrate, steps
from whence.errors import ArchiveError

DOCUMENT = """{"article": {"id": "old", "url": null, "title": "Keta floods", "published": "2020-01-02",
"published_from": null, "site": "The Volta Post",
"language": "en", "text": "The army marched to Keta.", "sha256": "ab12"}, "actors": [],
"places": [], "times": [], "statements": [], "events": [{"id": "e1", "uid": "u1",
"trigger": {"text": "marched", "at": [9, 16]}, "type": "MOBILIZE", "mode": null, "actors": [], "recipients": [],
"instruments": [], "places": [], "time": null, "counts": [], "status": "happened", "statement": null, "same_as": null,
"contexts": [], "quad": 4, "intensity": null, "cameo": null, "confidence": 0.5, "reason": ""}],
"versions": {"whence": "0.1", "model": "m1", "codebook": "c1", "knowledge": "k1"}}"""
"""Of the first whence: an article had no authors, changes and credit then."""


def older(path: Path) -> None:
    """A file of schema 1 with a few rows, as the first whence left it."""
    made = sqlite3.connect(path, isolation_level=None)
    migrate(made, steps()[:1])
    made.executescript((Path(__file__).parent / "version1.sql").read_text(encoding="utf8"))
    made.execute("INSERT INTO documents VALUES (1, ?)", (zlib.compress(DOCUMENT.encode()),))
    made.close()


def version(path: Path) -> int:
    made = sqlite3.connect(path)
    (found,) = made.execute("PRAGMA user_version").fetchone()
    made.close()
    return int(found)


def test_an_older_archive_is_brought_up_to_date_with_all_that_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older(path)
    assert version(path) == 1
    with Archive(path) as archive:
        assert archive.ledger().inputs == 2
        assert archive.events(text="marched", country="GHA").column("uid").to_pylist() == ["u1"]
        (old,) = archive.codings()
        assert (old.article.title, old.article.authors, old.versions.profiles) == ("Keta floods", (), None)
        archive.save([coded(coding())])
        assert archive.events().num_rows == 2
        assert archive.postings().last() == 0
    assert version(path) == len(steps())


def test_an_older_archive_cannot_be_only_read(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    older(path)
    with pytest.raises(ArchiveError, match=r"older whence \(schema 1.*`whence recode` brings it up to date"):
        Archive(path, read_only=True)


def test_steps_are_taken_in_order_once_and_whole(tmp_path: Path) -> None:
    made = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    first = "CREATE TABLE a (b TEXT); -- a; comment\nINSERT INTO a VALUES ('x;y');"
    migrate(made, [first])
    migrate(made, [first])
    broken = "INSERT INTO a VALUES ('z'); INSERT INTO nothing VALUES (1);"
    with pytest.raises(sqlite3.OperationalError):
        migrate(made, [first, broken])
    assert made.execute("SELECT b FROM a").fetchall() == [("x;y",)]
    migrate(made, [first, "UPDATE a SET b = 'w';\n\n"])
    assert made.execute("SELECT b FROM a").fetchall() == [("w",)]
    assert made.execute("PRAGMA user_version").fetchone() == (2,)
    made.close()


def test_what_is_no_archive_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    text, database, folder = tmp_path / "text.db", tmp_path / "other.db", tmp_path / "folder"
    text.write_text("not a database, and long enough to have a header of one " * 20)
    other = sqlite3.connect(database)
    other.execute("CREATE TABLE accounts (number INTEGER)")
    other.close()
    folder.mkdir()
    for path, reason in ((text, "not a database"), (database, "no archive of whence"), (folder, "it is a folder")):
        before = path.read_bytes() if path.is_file() else b""
        for read_only in (True, False):
            with pytest.raises(ArchiveError, match=reason) as raised:
                Archive(path, read_only)
            assert str(raised.value).startswith(f"{path}: ")
        assert (path.read_bytes() if path.is_file() else b"") == before


def test_an_archive_of_a_newer_whence_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    Archive(path).close()
    made = sqlite3.connect(path)
    made.execute(f"PRAGMA user_version = {len(steps()) + 1}")
    made.close()
    for read_only in (True, False):
        with pytest.raises(ArchiveError, match=r"newer whence.*upgrade whence"):
            Archive(path, read_only)


def test_a_missing_archive_is_made_only_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with pytest.raises(ArchiveError, match="no such archive; make one with `whence ingest"):
        Archive(path, read_only=True)
    assert not path.exists()
    with pytest.raises(ArchiveError, match="cannot be opened"):
        Archive(tmp_path / "no folder" / "a.db")
    Archive(path).close()
    assert path.exists()


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with Archive(path) as archive:
        assert archive.ledger().inputs == 0


def test_odd_names_of_files_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "a ?mode=memory #100%.db"
    with Archive(path) as archive:
        archive.save([coded(coding())])
    assert path.exists()
    with Archive(path, read_only=True) as archive:
        assert archive.ledger().inputs == 1


def test_an_archive_in_a_folder_that_cannot_be_written_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    with Archive(path) as archive:
        archive.save([coded(coding())])
    monkeypatch.setattr("whence.archive.connection.os.access", lambda *_: False)
    with Archive(path, read_only=True) as archive:
        assert archive.ledger().inputs == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]


def test_a_sqlite_that_lacks_something_is_named_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apsw", None)
    monkeypatch.setattr(opening, "_works", lambda probe: "fts5" not in probe)
    with pytest.raises(ArchiveError, match=r"lacks FTS5\. Install apsw"):
        connect(tmp_path / "a.db", read_only=False)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(ArchiveError, match=r"is too old: an archive wants 3\.37\.0"):
        connect(tmp_path / "a.db", read_only=False)
    assert not (tmp_path / "a.db").exists()


def test_apsw_is_used_where_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apsw")
    monkeypatch.setattr(opening, "_works", lambda probe: False)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    path = tmp_path / "a.db"
    with Archive(path) as archive:
        archive.save([coded(coding())])
        archive.save([coded(coding("The army shelled Keta anew, the mayor said."), "b", "d2")])
        assert archive.events(text="anew", country="GHA", near=(5.9, 1.0, 10)).num_rows == 1
        with Archive(path) as other, archive.batch(), pytest.raises(ArchiveError, match="another process is writing"):
            other.save([coded(coding())])
        archive.remove(coding().article.sha256)
    monkeypatch.undo()
    with Archive(path, read_only=True) as archive:
        assert archive.events().num_rows == 1
    (tmp_path / "text").write_text("no database " * 200)
    monkeypatch.setattr(opening, "_works", lambda probe: False)
    with pytest.raises(ArchiveError, match="not a database"):
        Archive(tmp_path / "text")
