"""Tables of an archive in an order of their own, whatever the order in which articles came into it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from whence.outlets.wordless import hashed, shortened, shortened_id

if TYPE_CHECKING:
    import pyarrow as pa

KEYS = {
    "actors": ("name", "label", "country", "sector"),
    "places": ("name", "label", "grain", "country", "geonames", "lat", "lon"),
    "articles": ("sha256", "id", "url"),
    "incidents": ("id",),
}
"""For each table the columns that tell its rows apart, by which they are sorted; null comes last."""
_ROW = "row"
_NAMES = frozenset({"name", "actors", "recipients", "origins", "place"})
"""Columns that hold names as articles write them, alone or in lists."""
_GONE = frozenset({"title", "url"})
_LONG = frozenset({"label", "site", "credit", "outlets"})
_DAY, _SITE = "published", "site"
_ROWS = 10_000
"""Rows that are put in order at once."""


def listed(pages: Iterable[pa.Table], schema: pa.Schema, name: str) -> Iterator[pa.Table]:
    """The rows of an archive's table in the order of `KEYS`, without the numbers that the archive gave them.

    `pages` are parts of the table, whose schema is `schema`. They wait for their order in a temporary file, so that
    memory holds a few thousand rows and a number for each.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    schema = schema.remove(schema.get_field_index(_ROW))
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/rows.arrow"
        with pa.OSFile(path, "wb") as stream, pa.ipc.new_file(stream, schema) as writer:
            for page in pages:
                writer.write_table(page.drop_columns([_ROW]))
        with pa.memory_map(path) as mapped:
            table = pa.ipc.open_file(mapped).read_all()
            order = pc.sort_indices(table, sort_keys=[(key, "ascending") for key in KEYS[name]])
            for begin in range(0, len(order), _ROWS):
                yield table.take(order.slice(begin, _ROWS))


def articles_per_day(pages: Iterable[pa.Table]) -> pa.Table:
    """How much each outlet printed each day: the denominator of every count of events.

    Of tables of articles, near-copies among them: `published` and `site` (null where unknown), `articles` printed,
    how many of them are `copies` of others, and the `events` and `statements` read in the rest.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = [_DAY, _SITE, "copy_of", "sha256", "events", "statements"]
    articles = pa.concat_tables(page.select(wanted) for page in pages)
    is_copy = pc.cast(pc.is_valid(articles["copy_of"]), pa.int64())
    counted = articles.append_column("copies_here", is_copy).group_by([_DAY, _SITE], use_threads=False)
    sums = [("sha256", "count"), ("copies_here", "sum"), ("events", "sum"), ("statements", "sum")]
    found = counted.aggregate(sums).select([_DAY, _SITE, *(f"{column}_{how}" for column, how in sums)])
    found = found.rename_columns([_DAY, _SITE, "articles", "copies", "events", "statements"])
    return found.sort_by([(_DAY, "ascending"), (_SITE, "ascending")])


def without_words(table: pa.Table) -> pa.Table:
    """The table without the articles' own words: names are hashed, titles and addresses null."""
    import pyarrow as pa

    for i, field in enumerate(table.schema):
        if field.name in _GONE:
            table = table.set_column(i, field, pa.nulls(table.num_rows, field.type))
        elif field.name in _NAMES:
            table = table.set_column(i, field, _each(hashed, table[field.name]))
        elif field.name in _LONG:
            table = table.set_column(i, field, _each(shortened, table[field.name]))
        elif field.name == "id":
            table = table.set_column(i, field, _each(shortened_id, table[field.name]))
    return table


def _each(change: Callable[[str], str | None], column: pa.ChunkedArray) -> pa.Array:
    """A column of strings, or of lists of them, with each of them changed."""
    import pyarrow as pa

    def one(value: str | list[str] | None) -> str | list[str | None] | None:
        if value is None:
            return None
        return change(value) if isinstance(value, str) else [change(item) for item in value]

    return pa.array([one(value) for value in column.to_pylist()], column.type)
