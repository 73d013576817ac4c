"""An archive many times as large, in minutes: `python -m benchmarks.multiply FROM TO --times N`.

Coding and joining a million events takes a day of work on a small machine, but how long questions take depends on how
many rows there are and how they are spread, not on how they came. So the rows of an archive are copied N - 1 times
inside SQLite, each time a year later, under other ids and with other actors ("the governor of Keta" beside "the
governor"); their words are indexed again and their events counted. Documents and incidents keep the text of the
original: such a file is for measuring and for nothing else.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sqlite3
import zlib
from pathlib import Path

from whence.archive.connection import steps

TOWNS = str.split("""
    Keta Suva Lome Axum Baku Cork Doha Enna Faro Gori Hilo Ipoh Jaca Kano Lund Mopti Namur Oruro Pula Quito Riga Sfax
    Turku Ufa Vigo Wick Xela Yoro Zadar
""")
"""Every copy's actors are of another one."""
YEAR = 364
"""Days by which a copy is later: whole weeks."""

_SQL = """
INSERT INTO articles SELECT id + :k * :articles, substr(sha256, 1, 60) || :mark, substr(name, 1, 12) || :mark,
    url || :mark, title, date(published, :later), modified, site, credit, language, copy_of, versions
    FROM base.articles;
INSERT INTO documents SELECT article + :k * :articles, json FROM base.documents;
INSERT INTO actors SELECT id + :k * :actors, name || ' of ' || :town, label, country, sector FROM base.actors;
INSERT INTO actor_words (rowid, name, label) SELECT id, name, label FROM main.actors WHERE id > :k * :actors;
INSERT INTO mentions SELECT article + :k * :articles, begin, stop, actor + :k * :actors FROM base.mentions;
INSERT INTO toponyms SELECT article + :k * :articles, begin, stop, place, "use" FROM base.toponyms;
INSERT INTO times SELECT article + :k * :articles, name, begin, stop, date(first_day, :later), date(last_day, :later)
    FROM base.times;
INSERT INTO statements SELECT id + :k * :statements, article + :k * :articles, name, form, commitment,
    within + :k * :statements, confidence FROM base.statements;
INSERT INTO holders SELECT statement + :k * :statements, position, actor + :k * :actors, is_originator
    FROM base.holders;
INSERT INTO events SELECT id + :k * :events, substr(uid, 1, 12) || :mark, article + :k * :articles, name, begin, stop,
    type, mode, quad, status, intensity, statement + :k * :statements, date(first_day, :later), date(last_day, :later),
    same_as, confidence FROM base.events;
INSERT INTO event_days SELECT id + :k * :events, first_day + :k * :year, last_day + :k * :year FROM base.event_days;
INSERT INTO roles SELECT event + :k * :events, side, position, actor + :k * :actors, begin, stop FROM base.roles;
INSERT INTO event_places SELECT event + :k * :events, place FROM base.event_places;
INSERT INTO contexts SELECT event + :k * :events, context FROM base.contexts;
INSERT INTO inputs SELECT id + :k * :inputs, name || :mark, substr(digest, 1, 60) || :mark, fate, article_name, kind,
    message, article + :k * :articles FROM base.inputs;
INSERT INTO incident_keys SELECT key + :k, event + :k * :events FROM base.incident_keys;
INSERT INTO incident_links SELECT a + :k * :events, b + :k * :events, points FROM base.incident_links;
INSERT INTO incidents SELECT id + :k * :incidents, substr(name, 1, 13) || :mark, type, status, date(first_day, :later),
    date(last_day, :later), tellings, articles, outlets, origins, party_only, discrepancies, contradictions, json
    FROM base.incidents;
INSERT INTO tellings SELECT event + :k * :events, incident + :k * :incidents FROM base.tellings;
DELETE FROM unjoined;
DELETE FROM changed_keys;
"""


def multiply(source: Path, target: Path, times: int) -> None:
    """Writes an archive with `times` as many articles, events, actors and incidents as the source."""
    connection = sqlite3.connect(source)
    connection.execute("VACUUM INTO ?", (str(target),))
    connection.close()
    base = target.with_suffix(".base")
    shutil.copy(target, base)
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("ATTACH ? AS base", (str(base),))
    tables = ("articles", "actors", "statements", "events", "incidents", "inputs")
    highest = {name: connection.execute(f"SELECT max(id) FROM base.{name}").fetchone()[0] for name in tables}
    for k in range(1, times):
        values = highest | {
            "k": k,
            "mark": f"k{k:03x}",  # no id ends so
            "later": f"+{k * YEAR} days",
            "year": YEAR,
            "town": TOWNS[k % len(TOWNS)],
        }
        connection.execute("BEGIN")
        for statement in _SQL.strip().split(";")[:-1]:
            connection.execute(statement, {name: v for name, v in values.items() if f":{name}" in statement})
        _words(connection, k * highest["articles"])
        connection.execute("COMMIT")
        print(f"{k + 1} of {times}", flush=True)
    _count(connection)
    connection.close()
    base.unlink()


def _words(connection: sqlite3.Connection, above: int) -> None:
    """Indexes the words of a copy's articles."""
    for article, packed in connection.execute("SELECT article, json FROM base.documents"):
        told = json.loads(zlib.decompress(packed))["article"]
        connection.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (article + above, told["title"], told["text"])
        )


def _count(connection: sqlite3.Connection) -> None:
    """Counts the events anew, by the statements of the schema."""
    step = next(step for step in steps() if "CREATE TABLE day_counts" in step)
    connection.execute("DELETE FROM main.day_counts")
    connection.execute("DELETE FROM main.country_counts")
    for statement in re.findall(r"INSERT INTO (?:day|country)_counts\b[^;]*;", step):
        connection.execute(statement)


def main() -> None:
    """Multiplies a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, metavar="FROM")
    parser.add_argument("target", type=Path, metavar="TO")
    parser.add_argument("--times", type=int, required=True, metavar="N")
    options = parser.parse_args()
    multiply(options.source, options.target, options.times)


if __name__ == "__main__":
    main()
