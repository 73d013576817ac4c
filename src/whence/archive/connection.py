"""An archive's file: opened, recognised, brought to the newest schema, and locked for writing.

The schema is the sum of numbered steps. A new file takes all of them, an older one those that it lacks, each in a
transaction of its own; `user_version` counts the steps that a file has taken.
"""

from __future__ import annotations

import importlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import quote

from whence.errors import ArchiveError

APPLICATION = 0x77686E63
"""`application_id` of an archive: "whnc"."""
BUSY_SECONDS = 10.0
"""How long a writer waits for another one. A batch is written in well under a second."""
_CACHE_KIBIBYTES = 65_536
"""Page cache of a connection; with SQLite's own 2 MB a large archive reads its indices from disk at every insert."""
_OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""
_STEPS = Path(__file__).parent / "schema"


def steps() -> tuple[str, ...]:
    """The SQL of each step, in order. What stands here is in people's files: what changes it is a new step."""
    from whence.copies import SCHEMA

    own = ("0003-incidents.sql", "0004-counts.sql", "0005-reviews.sql", "0006-pairs.sql", "0007-keys.sql")
    return _script("0001-store.sql"), SCHEMA, *map(_script, own)


def _script(name: str) -> str:
    return (_STEPS / name).read_text(encoding="utf8")


def connect(path: Path, read_only: bool) -> sqlite3.Connection:
    """A connection to an archive of the newest schema; a missing file is made unless it is only to be read.

    Raises `ArchiveError` for a file that is missing, no archive, of a newer whence, or not to be opened.
    """
    if read_only and not path.exists():
        raise ArchiveError(f"{path}: no such archive; make one with `whence ingest … --archive {path}`")
    if path.is_dir():
        raise ArchiveError(f"{path}: cannot be opened: it is a folder; name a file in it")
    with telling(path):
        connection = _open(path, read_only)
        try:
            _prepare(connection, path, read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _open(path: Path, read_only: bool) -> sqlite3.Connection:
    target = f"file:{quote(str(path.absolute()))}"
    if read_only:
        # A reader of a WAL file shares its index with the writer. Where it cannot make one, nobody can write either.
        is_frozen = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
        target += "?immutable=1" if is_frozen else "?mode=ro"
    if lacking := _lacking():
        return _open_apsw(target, read_only, lacking)
    return sqlite3.connect(target, uri=True, isolation_level=None, timeout=BUSY_SECONDS)


def _open_apsw(target: str, read_only: bool, lacking: str) -> sqlite3.Connection:
    """A connection of the package apsw, whose methods that an archive uses are those of `sqlite3`."""
    try:
        apsw = importlib.import_module("apsw")
    except ImportError:
        raise ArchiveError(
            f"this Python's SQLite ({sqlite3.sqlite_version}) {lacking}. Install apsw, which brings one of its own "
            "and is then used (`pip install apsw`), or use a Python with a newer SQLite"
        ) from None
    access = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    connection = apsw.Connection(target, flags=access | apsw.SQLITE_OPEN_URI)
    connection.set_busy_timeout(int(1_000 * BUSY_SECONDS))
    return cast(sqlite3.Connection, connection)


def _lacking() -> str:
    """What an archive needs and this Python's SQLite has not, as the end of a sentence; empty if there is nothing."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        return f"is too old: an archive wants {'.'.join(map(str, _OLDEST_SQLITE))} or later"
    missing = [name for name, probe in _PROBES.items() if not _works(probe)]
    return f"lacks {' and '.join(missing)}" if missing else ""


_PROBES = {
    "FTS5": "CREATE VIRTUAL TABLE temp.probe_words USING fts5 (text)",
    "R*Tree": "CREATE VIRTUAL TABLE temp.probe_boxes USING rtree (id, low, high)",
}


def _works(probe: str) -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(probe)
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return True


def _prepare(connection: sqlite3.Connection, path: Path, read_only: bool) -> None:
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
    connection.execute("PRAGMA trusted_schema = OFF")
    version = _version(connection, path)
    if read_only:
        if version < len(steps()):
            raise ArchiveError(
                f"{path}: an archive of an older whence (schema {version}, now {len(steps())}); "
                "`whence recode` brings it up to date, and so does every command that writes"
            )
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a batch that was acknowledged outlives a power cut
    connection.execute("PRAGMA foreign_keys = ON")
    migrate(connection, steps())


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """How many steps the file has taken; 0 for a new one."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    version = _taken(connection)
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION and (application or version or objects):
        raise ArchiveError(f"{path}: a database, but no archive of whence; name another file")
    if version > len(steps()):
        raise ArchiveError(
            f"{path}: an archive of a newer whence (schema {version}; this one knows {len(steps())}); upgrade whence"
        )
    return version


def migrate(connection: sqlite3.Connection, all_steps: Sequence[str]) -> None:
    """Takes the steps that the file lacks, each whole or not at all."""
    while _taken(connection) < len(all_steps):
        with transaction(connection):
            taken = _taken(connection)  # again: another process may have taken the step while this one waited
            if taken == len(all_steps):
                return
            for statement in _statements(all_steps[taken]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {taken + 1}")


def _taken(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would commit before it begins."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that holds the right to write from its beginning, kept whole or undone whole."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into `ArchiveError`, with the file, the reason and the way out."""
    try:
        yield
    except Exception as error:
        if isinstance(error, sqlite3.DatabaseError):
            code = getattr(error, "sqlite_errorcode", 0)
        elif type(error).__module__ == "apsw":
            code = getattr(error, "result", 0)
        else:
            raise
        raise ArchiveError(f"{path}: {_reason(error, code & 0xFF)}") from error


def _reason(error: Exception, code: int) -> str:
    """What a code of SQLite's (https://sqlite.org/rescode.html) means for an archive, and the way out."""
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"another process is writing into it, for more than {BUSY_SECONDS:.0f} s; wait for it, or end it"
    if code == sqlite3.SQLITE_CORRUPT:
        return f"damaged ({error}); restore a copy, or ingest anew into another file"
    return _REASONS.get(code, f"{error} (SQLite's code {code})")


_REASONS = {
    sqlite3.SQLITE_NOTADB: "not a database, so no archive of whence; name another file",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; look whether its folder exists and lets you write",
    sqlite3.SQLITE_READONLY: "may only be read; look at its permissions and those of its folder",
    sqlite3.SQLITE_FULL: "the disk is full; the last batch was undone",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written; an archive must lie on a sound, local one",
}
