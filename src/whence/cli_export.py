"""The command that writes an archive, or what was found in it, for other programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from whence import __version__
from whence.cli_archive import countries
from whence.cli_common import complain, whence_errors
from whence.cli_conditions import conditions, with_archive, with_conditions
from whence.records import Coding

if TYPE_CHECKING:
    import pyarrow as pa

    from whence.archive import Archive

_TABLES = ("events", "statements", "articles", "incidents", "actors", "places", "articles-per-day")
_OF_ARTICLES = frozenset({"text", "site", "published_since", "published_until"})
_CONDITIONS = {
    "articles": _OF_ARTICLES,
    "articles-per-day": _OF_ARTICLES,
    "actors": frozenset({"actor", "country", "sector"}),
    "places": frozenset({"place", "place_country", "box", "near"}),
}
"""For the tables that are of no events, the conditions that can be asked of them."""
_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}
"""Line ends that JSON allows to stand as they are, written as escapes."""
_SPACES = {ord(c): " " for c in "\t\n\r"}
"""What would end a cell or a line of tab-separated values for readers that know no quotation marks."""
_LICENCE = (
    "Codings made with whence (Apache-2.0). Titles, quotations and names are the articles', whose rights are their "
    "publishers'; places are GeoNames' (CC BY 4.0)."
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an export is asked for."""

    archive: Archive
    filters: dict[str, Any]
    table: str
    has_text: bool

    def codings(self, whole: bool = False) -> Iterator[Coding]:
        """The articles by the SHA-256 of their texts, each with the events found and their statements, or `whole`."""
        found = (coding if whole else _narrowed(coding, uids) for coding, uids in _found(self.archive, self.filters))
        if self.has_text:
            return found
        from whence.outlets import without_text

        return map(without_text, found)


@click.command()
@click.argument("text", required=False, metavar="[TEXT]")
@with_archive
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "parquet", "geojson", "polecat", "gdelt", "annotation"]),
    required=True,
    help="What is written: whole codings (jsonl), a table (csv, parquet), places (geojson), POLECAT's forty columns, a "
    "table like GDELT's with CAMEO codes, or W3C Web Annotations.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    show_default=True,
    metavar="FILE",
    help="Where to; - is standard output.",
)
@click.option(
    "--table",
    type=click.Choice(_TABLES),
    default="events",
    show_default=True,
    help="Of csv and parquet: what a row is.",
)
@click.option(
    "--without-text",
    is_flag=True,
    help="Leave out all words of the articles: offsets and codes stay, and hashes in the place of names.",
)
@with_conditions
@whence_errors
def export(
    path: Path, form: str, output: Path, table: str, without_text: bool, text: str | None, **filters: Any
) -> None:
    """Writes the events of an archive, or those for which all conditions hold, in a form for other programs.

    Conditions and TEXT are those of `whence search`. The same codings give the same bytes, whatever the order in which
    they came into the archive. A file is written whole or not at all.

    Of jsonl the conditions choose articles, which are written whole; of statements those stay in which an event that
    was found stands, and of incidents those that such an event tells of. The tables of articles and of articles per
    day take TEXT and the conditions on site and publication only, those of actors and places the ones that are named
    after them.

    \b
    Examples:
      whence export --archive news.db --format parquet --output events.parquet
      whence export --format parquet --table articles-per-day -o articles.parquet
      whence export --format polecat --country SYR --since 2016-08-01 > syria.tsv
      whence export --format annotation --without-text | gzip > annotations.jsonl.gz
    """
    from whence.archive import Archive
    from whence.outlets import check_target, writing

    wanted = conditions({"text": text, **filters})
    _check(form, table, wanted)
    to_stdout = str(output) == "-"
    if not to_stdout:
        check_target(output)
        if output.exists() and path.exists() and output.samefile(path):
            raise click.UsageError("--output names the archive itself")
    elif form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is no text for a terminal; name a file with --output")
    with Archive(path, read_only=True) as archive, _standard_output() if to_stdout else writing(output) as stream:
        _WRITERS[form](_Wanted(archive, wanted, table, not without_text), stream)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Standard output, which is left open."""
    yield sys.stdout.buffer


def _check(form: str, table: str, wanted: dict[str, Any]) -> None:
    """Ends the command where options do not go together."""
    if table != "events" and form not in ("csv", "parquet"):
        raise click.UsageError("--table goes with --format csv or parquet")
    if table in _CONDITIONS and (foreign := sorted(wanted.keys() - _CONDITIONS[table])):
        names = ", ".join("--" + name.replace("_", "-") for name in foreign)
        raise click.UsageError(f"{names}: not a condition on a table of {table}")


# -- which articles and events -------------------------------------------------------------


def _found(archive: Archive, filters: dict[str, Any]) -> Iterator[tuple[Coding, set[str] | None]]:
    """The articles by the SHA-256 of their texts, each with the uids of the events found; None where all are wanted."""
    if not filters:
        for coding in archive.codings():
            yield coding, None
        return
    uids: dict[str, set[str]] = {}
    for found in archive.find(**filters):
        uids.setdefault(found.coding.article.sha256, set()).update(event.uid for event in found.events)
    if not uids:
        complain("no events found")
    for sha256 in sorted(uids):
        for found in archive.find(uid=sorted(uids[sha256])):
            if found.coding.article.sha256 == sha256:
                yield found.coding, uids[sha256]
                break


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


# -- forms ---------------------------------------------------------------------------------


def _write_text(stream: BinaryIO, pieces: Iterable[str]) -> None:
    for piece in pieces:
        stream.write(piece.encode("utf8", "replace"))


def _line(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False).translate(_LINE_ENDS) + "\n"


def _jsonl(wanted: _Wanted, stream: BinaryIO) -> None:
    _write_text(stream, (_line(coding.to_dict()) for coding in wanted.codings(whole=True)))


def _annotation(wanted: _Wanted, stream: BinaryIO) -> None:
    from whence.outlets import to_annotations

    found = (annotation for coding in wanted.codings() for annotation in to_annotations(coding, wanted.has_text))
    _write_text(stream, map(_line, found))


def _geojson(wanted: _Wanted, stream: BinaryIO) -> None:
    from whence.outlets import Collection, to_geojson

    collection = Collection(countries() if wanted.has_text else {})  # names of countries may be stretches of the text
    for coding in wanted.codings():
        collection.add(coding)
    _write_text(stream, [to_geojson(collection)])


def _polecat(wanted: _Wanted, stream: BinaryIO) -> None:
    from whence import knowledge
    from whence.outlets import POLECAT_COLUMNS, POLECAT_STATUSES, polecat_rows

    if "status" not in wanted.filters:
        wanted = replace(wanted, filters={**wanted.filters, "status": POLECAT_STATUSES})
        complain("only what happened or is ongoing is written, for POLECAT's columns cannot say else; see --status")
    numbers = {code: country.cow for code, country in knowledge.load().countries.items()}
    _write_text(stream, map(_tabbed, (POLECAT_COLUMNS, *polecat_rows(wanted.codings(), numbers))))


def _gdelt(wanted: _Wanted, stream: BinaryIO) -> None:
    from whence.outlets import GDELT_COLUMNS, gdelt_rows

    _write_text(stream, [_tabbed(GDELT_COLUMNS)])
    _write_text(stream, map(_tabbed, gdelt_rows(wanted.codings())))


def _tabbed(cells: Iterable[object]) -> str:
    """A line of tab-separated values, in which a spreadsheet computes nothing."""
    from whence.cells import safe

    written = io.StringIO(newline="")
    kept = (safe(cell).translate(_SPACES) if isinstance(cell, str) else cell for cell in cells)
    csv.writer(written, delimiter="\t", lineterminator="\n").writerow(kept)
    return written.getvalue()


def _csv(wanted: _Wanted, stream: BinaryIO) -> None:
    from whence.cells import joined, record
    from whence.search import csv_records

    if wanted.table == "events":
        _write_text(stream, csv_records(wanted.codings()))
        return
    schema, tables = _tables(wanted)
    _write_text(stream, [record(schema.names)])
    for table in tables:
        _write_text(stream, (record(map(joined, row.values())) for row in table.to_pylist()))


def _parquet(wanted: _Wanted, stream: BinaryIO) -> None:
    from whence.outlets import write_parquet

    schema, tables = _tables(wanted)
    write_parquet(stream, schema, tables, _metadata(wanted))


def _metadata(wanted: _Wanted) -> dict[str, str]:
    """What the file says of itself: what made it, of how many articles, what was asked, and whose the words are."""
    articles = wanted.archive.articles(copies=True).to_pylist()
    coded = [row for row in articles if row["copy_of"] is None]
    names = ("whence", "model", "codebook", "knowledge")
    versions = sorted({tuple(row[name] or "" for name in names) for row in coded})
    return {
        "whence": __version__,
        "whence.table": wanted.table,
        "whence.versions": json.dumps([dict(zip(names, each, strict=True)) for each in versions]),
        "whence.articles": str(len(coded)),
        "whence.copies": str(len(articles) - len(coded)),
        "whence.conditions": json.dumps(wanted.filters, sort_keys=True, ensure_ascii=False),
        "whence.text": "yes" if wanted.has_text else "no",
        "whence.licence": _LICENCE,
    }


def _tables(wanted: _Wanted) -> tuple[pa.Schema, Iterable[pa.Table]]:
    """The schema of the table that is asked for, and its rows as tables one below the other."""
    from whence.archive import tables
    from whence.outlets import articles_per_day, event_rows, listed, statement_rows, tables_of, without_words

    if wanted.table in ("events", "statements"):
        is_of_events = wanted.table == "events"
        schema = tables.event_schema() if is_of_events else tables.statement_schema()
        schema = schema.remove(schema.get_field_index("row"))
        rows_of = event_rows if is_of_events else statement_rows
        return schema, tables_of((row for coding in wanted.codings() for row in rows_of(coding)), schema)
    ask: dict[str, Callable[[], pa.Table]] = {
        "articles": lambda: listed(wanted.archive.articles(copies=True, **wanted.filters), "articles"),
        "articles-per-day": lambda: articles_per_day(wanted.archive.articles(copies=True, **wanted.filters)),
        "incidents": lambda: listed(wanted.archive.incidents(**wanted.filters), "incidents"),
        "actors": lambda: listed(wanted.archive.actors(**wanted.filters), "actors"),
        "places": lambda: listed(wanted.archive.places(**wanted.filters), "places"),
    }
    table = ask[wanted.table]()
    table = table if wanted.has_text else without_words(table)
    return table.schema, [table]


_WRITERS: dict[str, Callable[[_Wanted, BinaryIO], None]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "geojson": _geojson,
    "polecat": _polecat,
    "gdelt": _gdelt,
    "annotation": _annotation,
}
