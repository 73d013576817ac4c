"""What an archive holds, or what was found in it, in the forms of other programs: for the command line and for HTTP.

The same codings give the same bytes, whatever the order in which they came into the archive, and whoever asks.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

from whence import __version__
from whence.records import Coding

if TYPE_CHECKING:
    import pyarrow as pa

    from whence.archive import Archive

Table = Literal["events", "statements", "articles", "incidents", "actors", "places", "articles-per-day"]
"""What a row of a table can be."""
TABLES: tuple[str, ...] = get_args(Table)
_OF_ARTICLES = frozenset({"text", "site", "published_since", "published_until"})
_CONDITIONS = {
    "articles": _OF_ARTICLES,
    "articles-per-day": _OF_ARTICLES,
    "actors": frozenset({"actor", "country", "sector"}),
    "places": frozenset({"place", "place_country", "box", "near"}),
}
"""For the tables that are of no events, the conditions that can be asked of them."""
_OF_INCIDENTS = frozenset({"id", "articles", "origins", "contradicted", "party_only"})
"""Conditions that can be asked of incidents alone."""
_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}
"""Line ends that JSON allows to stand as they are, written as escapes."""
_SPACES = {ord(c): " " for c in "\t\n\r"}
"""What would end a cell or a line of tab-separated values for readers that know no quotation marks."""
_ROWS = 10_000
"""Rows of a table that are read, or made Python's, at once."""
_LICENCE = (
    "Codings made with whence (Apache-2.0). Titles, quotations and names are the articles', whose rights are their "
    "publishers'; places are GeoNames' (CC BY 4.0)."
)


def _nothing(*_: object) -> None:
    """For who wants to be told nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export is asked for."""

    archive: Archive
    filters: Mapping[str, Any] = field(default_factory=dict)
    """Conditions as `Archive.events` takes them, without paging; of a table those that `foreign` does not name."""
    table: str = "events"
    """Of a form that `has_tables`, a `Table`."""
    has_text: bool = True
    """Whether the words of the articles are to be in it."""
    tell: Callable[[str], None] = _nothing
    """Is told what is worth knowing of what is written, a sentence each."""
    step: Callable[[], None] = _nothing
    """Is called again and again while rows are read; what it raises ends the work."""

    def codings(self, whole: bool = False) -> Iterator[Coding]:
        """The articles by the SHA-256 of their texts, each with the events found and their statements, or `whole`."""
        for coding, uids in self._found():
            self.step()
            found = coding if whole else _narrowed(coding, uids)
            if self.has_text:
                yield found
            else:
                from whence.outlets import without_text

                yield without_text(found)

    def _found(self) -> Iterator[tuple[Coding, set[str] | None]]:
        """The articles, each with the uids of the events found; None where all are wanted."""
        if not self.filters:
            for coding in self.archive.codings():
                yield coding, None
            return
        uids: dict[str, set[str]] = {}
        for found in self.archive.find(**self.filters):
            self.step()
            uids.setdefault(found.coding.article.sha256, set()).update(event.uid for event in found.events)
        if not uids:
            self.tell("no events found")
        for sha256 in sorted(uids):
            for found in self.archive.find(uid=sorted(uids[sha256])):
                if found.coding.article.sha256 == sha256:
                    yield found.coding, uids[sha256]
                    break


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which an archive leaves whence."""

    what: str
    """What is written, in a few words."""
    media_type: str
    suffix: str
    """Of a file's name."""
    write: Callable[[Wanted, BinaryIO], None]
    """Writes the bytes. Raises `ArchiveError` if the archive cannot be read or a filter holds no value."""
    stem: str | None = None
    """What a file is called; None where that is its table."""

    @property
    def has_tables(self) -> bool:
        """Whether a table can be chosen."""
        return self.stem is None

    def file_name(self, table: str = "events") -> str:
        """What a file of this form is called."""
        return (self.stem or table) + self.suffix


def foreign(table: str, filters: Mapping[str, Any]) -> list[str]:
    """Names of those filters that cannot be asked of a table."""
    names = set(filters)
    return sorted(names - _CONDITIONS[table] if table in _CONDITIONS else _extra(table, names))


def _extra(table: str, names: set[str]) -> set[str]:
    return set() if table == "incidents" else names & _OF_INCIDENTS


def _narrowed(coding: Coding, uids: set[str] | None) -> Coding:
    """The coding with those of its events, and with the statements that they stand in."""
    if uids is None:
        return coding
    events = tuple(event for event in coding.events if event.uid in uids)
    within = {statement.id: statement.within for statement in coding.statements}
    kept: set[str] = set()
    for event in events:
        outer = event.statement
        while outer is not None and outer not in kept:
            kept.add(outer)
            outer = within.get(outer)
    return replace(coding, events=events, statements=tuple(s for s in coding.statements if s.id in kept))


# -- lines ---------------------------------------------------------------------------------


def _write_text(stream: BinaryIO, pieces: Iterable[str]) -> None:
    for piece in pieces:
        stream.write(piece.encode("utf8", "replace"))


def _line(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False).translate(_LINE_ENDS) + "\n"


def _jsonl(wanted: Wanted, stream: BinaryIO) -> None:
    _write_text(stream, (_line(coding.to_dict()) for coding in wanted.codings(whole=True)))


def _annotation(wanted: Wanted, stream: BinaryIO) -> None:
    from whence.outlets import to_annotations

    found = (annotation for coding in wanted.codings() for annotation in to_annotations(coding, wanted.has_text))
    _write_text(stream, map(_line, found))


def _geojson(wanted: Wanted, stream: BinaryIO) -> None:
    from whence import knowledge
    from whence.outlets import geojson_pieces

    # names of countries may be stretches of the text
    countries = knowledge.load().countries.items() if wanted.has_text else ()
    _write_text(stream, geojson_pieces(wanted.codings(), {code: country.name for code, country in countries}))


def _polecat(wanted: Wanted, stream: BinaryIO) -> None:
    from whence import knowledge
    from whence.outlets import POLECAT_COLUMNS, POLECAT_STATUSES, polecat_rows

    if "status" not in wanted.filters:
        wanted = replace(wanted, filters={**wanted.filters, "status": POLECAT_STATUSES})
        wanted.tell("only what happened or is ongoing is written, for POLECAT's columns cannot say else; see --status")
    numbers = {code: country.cow for code, country in knowledge.load().countries.items()}
    _write_text(stream, [tabbed(POLECAT_COLUMNS)])
    _write_text(stream, map(tabbed, polecat_rows(wanted.codings(), numbers)))


def _gdelt(wanted: Wanted, stream: BinaryIO) -> None:
    from whence.outlets import GDELT_COLUMNS, gdelt_rows

    _write_text(stream, [tabbed(GDELT_COLUMNS)])
    _write_text(stream, map(tabbed, gdelt_rows(wanted.codings())))


def tabbed(cells: Iterable[object]) -> str:
    """A line of tab-separated values, in which a spreadsheet computes nothing."""
    from whence.cells import safe

    written = io.StringIO(newline="")
    kept = (safe(cell).translate(_SPACES) if isinstance(cell, str) else cell for cell in cells)
    csv.writer(written, delimiter="\t", lineterminator="\n").writerow(kept)
    return written.getvalue()


# -- tables --------------------------------------------------------------------------------


def _csv(wanted: Wanted, stream: BinaryIO) -> None:
    from whence.cells import joined, record
    from whence.search import csv_records

    if wanted.table == "events":
        _write_text(stream, csv_records(wanted.codings()))
        return
    schema, tables = _tables(wanted)
    _write_text(stream, [record(schema.names)])
    for table in tables:
        for part in table.to_batches(max_chunksize=_ROWS):
            _write_text(stream, (record(map(joined, row.values())) for row in part.to_pylist()))


def _parquet(wanted: Wanted, stream: BinaryIO) -> None:
    from whence.outlets import write_parquet

    schema, tables = _tables(wanted)
    write_parquet(stream, schema, tables, _metadata(wanted))


def _metadata(wanted: Wanted) -> dict[str, str]:
    """What the file says of itself: what made it, of how many articles, what was asked, and whose the words are."""
    names = ("whence", "model", "codebook", "knowledge")
    found: set[tuple[str, ...]] = set()
    coded = copies = 0
    for page in _pages(wanted, wanted.archive.articles, {"copies": True}):
        rows = page.select(["copy_of", *names]).to_pylist()
        own = [row for row in rows if row["copy_of"] is None]
        found.update(tuple(row[name] or "" for name in names) for row in own)
        coded, copies = coded + len(own), copies + len(rows) - len(own)
    return {
        "whence": __version__,
        "whence.table": wanted.table,
        "whence.versions": json.dumps([dict(zip(names, each, strict=True)) for each in sorted(found)]),
        "whence.articles": str(coded),
        "whence.copies": str(copies),
        "whence.conditions": json.dumps(dict(wanted.filters), sort_keys=True, ensure_ascii=False),
        "whence.text": "yes" if wanted.has_text else "no",
        "whence.licence": _LICENCE,
    }


def _tables(wanted: Wanted) -> tuple[pa.Schema, Iterable[pa.Table]]:
    """The schema of the table that is asked for, and its rows as tables one below the other."""
    from whence.archive import tables
    from whence.outlets import articles_per_day, event_rows, listed, statement_rows, tables_of, without_words

    if wanted.table in ("events", "statements"):
        is_of_events = wanted.table == "events"
        schema = tables.event_schema() if is_of_events else tables.statement_schema()
        schema = schema.remove(schema.get_field_index("row"))
        rows_of = event_rows if is_of_events else statement_rows
        return schema, tables_of((row for coding in wanted.codings() for row in rows_of(coding)), schema)
    ask: Callable[..., pa.Table] = getattr(wanted.archive, wanted.table.partition("-")[0])
    filters = {**wanted.filters, "copies": True} if wanted.table.startswith("articles") else wanted.filters
    pages = _pages(wanted, ask, filters)
    if wanted.table == "articles-per-day":
        counted = articles_per_day(pages)
        found, schema = iter([counted]), counted.schema
    else:
        kept = ask(**filters, limit=0).schema
        found, schema = listed(pages, kept, wanted.table), kept.remove(kept.get_field_index("row"))
    return schema, found if wanted.has_text else map(without_words, found)


def _pages(wanted: Wanted, ask: Callable[..., pa.Table], filters: Mapping[str, Any]) -> Iterator[pa.Table]:
    """The rows of a method of the archive that gives a table, some at a time; one page at least."""
    last = 0
    while True:
        page = ask(**filters, limit=_ROWS, after=last)
        wanted.step()
        yield page
        if page.num_rows < _ROWS:
            return
        last = page["row"][-1].as_py()


_LINES = "application/x-ndjson"
_TABBED = "text/tab-separated-values; charset=utf-8"
FORMS: dict[str, Form] = {
    "jsonl": Form("whole codings, an article a line", _LINES, ".jsonl", _jsonl, "codings"),
    "csv": Form("a table as CSV", "text/csv; charset=utf-8", ".csv", _csv),
    "parquet": Form("a typed table as Parquet", "application/vnd.apache.parquet", ".parquet", _parquet),
    "geojson": Form("places of events as GeoJSON", "application/geo+json", ".geojson", _geojson, "events"),
    "polecat": Form("POLECAT's forty columns", _TABBED, ".tsv", _polecat, "polecat"),
    "gdelt": Form("a table like GDELT's with CAMEO codes", _TABBED, ".tsv", _gdelt, "gdelt"),
    "annotation": Form("W3C Web Annotations in JSON-LD, one a line", _LINES, ".jsonl", _annotation, "annotations"),
}
"""Every form by its name."""
