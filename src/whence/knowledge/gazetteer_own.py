"""A user's own gazetteer: the SQLite file that `whence gazetteer import` makes in the user's data folder."""

from __future__ import annotations

import sqlite3
from functools import cached_property
from pathlib import Path

from whence.errors import KnowledgeError
from whence.knowledge import home
from whence.knowledge.records import Point

SCHEMA = """
create table place (geonames integer primary key, name text not null, grain text not null, country text not null,
                    division text not null, lat real, lon real, population integer not null);
create table name (key text not null, geonames integer not null, primary key (key, geonames)) without rowid;
create table about (digest text not null, places integer not null);
"""


def path() -> Path:
    """Where the user's gazetteer lies if there is one."""
    return home.folder() / "gazetteer.sqlite"


class OwnGazetteer:
    """Places by the key of their name, of a file of `SCHEMA`; opened at the first question."""

    def __init__(self, file: Path) -> None:
        self._path = file

    @cached_property
    def _base(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def _ask(self, question: str, *values: str) -> list[tuple[str | int | float | None, ...]]:
        try:
            return self._base.execute(question, values).fetchall()
        except sqlite3.Error as error:
            way_out = "import it again, or go back to the built-in one with `whence gazetteer remove`"
            raise KnowledgeError(f"{self._path}: cannot be read ({error}); {way_out}") from error

    @property
    def digest(self) -> str:
        """What tells this gazetteer from another: a hash over all its lines."""
        return "".join(str(d) for (d,) in self._ask("select digest from about"))

    def find(self, wanted: str) -> tuple[Point, ...]:
        """All places of a key, in no order."""
        found = self._ask(
            "select p.name, p.grain, p.country, p.division, p.lat, p.lon, p.population, p.geonames "
            "from name n join place p using (geonames) where n.key = ?",
            wanted,
        )
        return tuple(Point(*row) for row in found)  # type: ignore[arg-type]  # as the schema has it
