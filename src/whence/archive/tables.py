"""Answers as Arrow tables, with a documented schema each.

What an event or a statement says in full stands in the document of its article, so each document of a page is read
once, and its JSON made into flat columns: those of the exchange schema (`whence.schema`) for events, and named in the
same manner for statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from whence.archive import documents, revisions

if TYPE_CHECKING:
    import pyarrow as pa

_PART = 1_000
"""Rows that are made into columns at once, so that a table of all events takes little more than its own room."""
_RECENT = 64
"""Documents that are kept unpacked, for events of one article mostly stand together."""

Row = dict[str, Any]


def event_schema() -> pa.Schema:
    """A row an event: its number, its article, its chain, and the event's columns of the exchange schema."""
    import pyarrow as pa

    from whence.schema import arrow_schema

    chain = [pa.field("chain", pa.list_(pa.string())), pa.field("commitment", pa.string())]
    return pa.schema([*_article_fields(), *chain, *arrow_schema().field("events").type.value_type])


def statement_schema() -> pa.Schema:
    """A row a statement: its number, its article, and the statement's fields as flat columns."""
    import pyarrow as pa

    text, at = pa.string(), pa.list_(pa.int32(), 2)
    columns = {
        "id": text,
        "form": text,
        "commitment": text,
        "cue_text": text,
        "cue_at": at,
        "source_text": text,
        "source_at": at,
        "content_text": pa.list_(text),
        "content_at": pa.list_(at),
        "chain": pa.list_(text),
        "holders": pa.list_(text),
        "within": text,
        "confidence": pa.float64(),
        "reason": text,
    }
    return pa.schema([*_article_fields(), *(pa.field(name, kind) for name, kind in columns.items())])


def incident_schema() -> pa.Schema:
    """A row an incident: its number and id, what, who, where, when, and by how many it is told and vouched for."""
    import pyarrow as pa

    text, whole, names = pa.string(), pa.int64(), pa.list_(pa.string())
    columns = {
        "row": whole,
        "id": text,
        "type": text,
        "mode": text,
        "status": text,
        "start": text,
        "end": text,
        "actors": names,
        "actors_country": names,
        "actors_sector": names,
        "recipients": names,
        "recipients_country": names,
        "recipients_sector": names,
        "place": text,
        "place_grain": text,
        "country": text,
        "lat": pa.float64(),
        "lon": pa.float64(),
        "tellings": whole,
        "articles": whole,
        "outlets": names,
        "origins": names,
        "party_only": pa.bool_(),
        "discrepancies": whole,
        "contradictions": whole,
    }
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


_TEXT, _WHOLE, _REAL = "string", "int64", "float64"

_ACTORS = {  # one name with one label, country and sector
    "row": ("t.id", _WHOLE),
    "name": ("t.name", _TEXT),
    "label": ("t.label", _TEXT),
    "country": ("t.country", _TEXT),
    "sector": ("t.sector", _TEXT),
    "articles": ("(SELECT count(DISTINCT article) FROM mentions WHERE actor = t.id)", _WHOLE),
    "events": ("(SELECT count(DISTINCT event) FROM roles WHERE actor = t.id)", _WHOLE),
    "statements": ("(SELECT count(DISTINCT statement) FROM holders WHERE actor = t.id)", _WHOLE),
}
_PLACES = {  # one name for one point of the gazetteer
    "row": ("t.id", _WHOLE),
    "name": ("t.name", _TEXT),
    "label": ("t.label", _TEXT),
    "grain": ("t.grain", _TEXT),
    "country": ("t.country", _TEXT),
    "geonames": ("t.geonames", _WHOLE),
    "lat": ("t.lat", _REAL),
    "lon": ("t.lon", _REAL),
    "articles": ("(SELECT count(DISTINCT article) FROM toponyms WHERE place = t.id)", _WHOLE),
    "events": ("(SELECT count(*) FROM event_places WHERE place = t.id)", _WHOLE),
}
_ARTICLES = {
    "row": ("t.id", _WHOLE),
    "id": ("t.name", _TEXT),
    "sha256": ("t.sha256", _TEXT),
    "url": ("t.url", _TEXT),
    "title": ("t.title", _TEXT),
    "published": ("t.published", _TEXT),
    "modified": ("t.modified", _TEXT),
    "site": ("t.site", _TEXT),
    "credit": ("t.credit", _TEXT),
    "language": ("t.language", _TEXT),
    "copy_of": ("t.copy_of", _TEXT),
    "copies": ("(SELECT count(*) FROM articles AS c WHERE c.copy_of = t.sha256 AND c.id <> t.id)", _WHOLE),
    "version": (f"{revisions.earlier('t')} + 1", _WHOLE),
    "revisions": (revisions.count("t"), _WHOLE),
    "superseded_by": (f"({revisions.superseding('t')})", _TEXT),
    "events": ("(SELECT count(*) FROM events WHERE article = t.id)", _WHOLE),
    "statements": ("(SELECT count(*) FROM statements WHERE article = t.id)", _WHOLE),
    "whence": ("(SELECT whence FROM versions WHERE id = t.versions)", _TEXT),
    "model": ("(SELECT model FROM versions WHERE id = t.versions)", _TEXT),
    "codebook": ("(SELECT codebook FROM versions WHERE id = t.versions)", _TEXT),
    "knowledge": ("(SELECT knowledge FROM versions WHERE id = t.versions)", _TEXT),
}
"""For each column its SQL on the row `t`, and its Arrow type."""
_BY_TABLE = {"actors": _ACTORS, "places": _PLACES, "articles": _ARTICLES}


def events(connection: sqlite3.Connection, rows: list[int]) -> pa.Table:
    """The events of those numbers, as `event_schema`."""
    return _of_documents(connection, "events", rows, event_schema())


def statements(connection: sqlite3.Connection, rows: list[int]) -> pa.Table:
    """The statements of those numbers, as `statement_schema`."""
    return _of_documents(connection, "statements", rows, statement_schema())


def incidents(connection: sqlite3.Connection, rows: list[int]) -> pa.Table:
    """The incidents of those numbers, as `incident_schema`."""

    def read() -> Iterator[Row]:
        for row in rows:
            (packed,) = connection.execute("SELECT json FROM incidents WHERE id = ?", (row,)).fetchone()
            yield {"row": row} | _incident(documents.load_printable(documents.unpack(packed)))

    return _table(read(), incident_schema())


def _incident(document: Row) -> Row:
    """An incident's flat columns."""
    place, time = document["place"] or {}, document["time"] or {}
    found: Row = {
        name: document[name] for name in ("id", "type", "mode", "status", "articles", "outlets", "party_only")
    }
    for side in ("actors", "recipients"):
        found[side] = [party["name"] for party in document[side]]
        found |= {f"{side}_{name}": [party[name] for party in document[side]] for name in ("country", "sector")}
    found |= {"start": time.get("start"), "end": time.get("end")}
    found |= {"place": place.get("name"), "place_grain": place.get("grain")}
    found |= {name: place.get(name) for name in ("country", "lat", "lon")}
    found["tellings"] = len(document["tellings"])
    found["origins"] = [origin["name"] for origin in document["origins"]]
    found["discrepancies"] = len(document["discrepancies"])
    found["contradictions"] = sum(d["grade"] == "contradiction" for d in document["discrepancies"])
    return found


def plain(connection: sqlite3.Connection, table: str, rows: list[int]) -> pa.Table:
    """Actors, places or articles of those numbers."""
    columns = _BY_TABLE[table]
    expressions = ", ".join(f"{sql} AS {name}" for name, (sql, _) in columns.items())

    def read() -> Iterator[Row]:
        for row in rows:
            found = connection.execute(f"SELECT {expressions} FROM {table} AS t WHERE t.id = ?", (row,)).fetchone()
            yield dict(zip(columns, found, strict=True))

    return _table(read(), _plain_schema(columns))


def _plain_schema(columns: Mapping[str, tuple[str, str]]) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([pa.field(name, pa.type_for_alias(kind)) for name, (_, kind) in columns.items()])


def _article_fields() -> list[Any]:
    """What tells in each row where it stands."""
    import pyarrow as pa

    told = [pa.field(name, pa.string()) for name in ("article", "sha256", "url", "title", "published", "site")]
    return [pa.field("row", pa.int64()), *told]


def parts(connection: sqlite3.Connection, table: str, rows: list[int]) -> Iterator[tuple[int, Row, Row]]:
    """For each event or statement its number, the document of its article, and what the document says of it."""

    @lru_cache(maxsize=_RECENT)
    def read(article: int) -> Row:
        (packed,) = connection.execute("SELECT json FROM documents WHERE article = ?", (article,)).fetchone()
        return documents.load_printable(documents.unpack(packed))

    for row in rows:
        article, name = connection.execute(f"SELECT article, name FROM {table} WHERE id = ?", (row,)).fetchone()
        document = read(article)
        yield row, document, next(part for part in document[table] if part["id"] == name)


def _of_documents(connection: sqlite3.Connection, table: str, rows: list[int], schema: pa.Schema) -> pa.Table:
    """A table of events or statements."""
    from whence.schema import blanks, flat

    empty = blanks(schema)

    def read() -> Iterator[Row]:
        for row, document, part in parts(connection, table, rows):
            article = document["article"]
            told = {name: article[name] for name in ("sha256", "url", "title", "published", "site")}
            said: Row = {}
            if table == "events":
                statement = next((s for s in document["statements"] if s["id"] == part["statement"]), None)
                if statement is not None:
                    said = {"chain": statement["chain"], "commitment": statement["commitment"]}
            yield empty | {"row": row, "article": article["id"]} | told | said | flat(part)

    return _table(read(), schema)


def _table(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    rest = iter(rows)
    made = []
    while part := list(islice(rest, _PART)):
        made.append(pa.RecordBatch.from_pylist(part, schema=schema))
    return pa.Table.from_batches(made, schema=schema)
