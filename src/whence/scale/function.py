"""The function from Arrow to Arrow that the local pool and Spark run: pages in, codings out, a row for each.

It has two halves, for between them stands what no document knows alone: which lines repeat over a site, and which
texts are copies. `read_batch` makes articles of pages; its rows are pages again, whose data are the article as JSON.
`code_batch` codes pages of either kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from whence.archive.documents import from_plain
from whence.errors import InputError
from whence.pipeline import Failure, failure
from whence.records import Article, Coding, Fate, Page, to_plain
from whence.schema import arrow_schema, to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLE = "application/vnd.whence.article+json"
"""Media type of an article as JSON."""
_FATES: dict[str, Fate] = {"not English": "not English", "not an article": "not an article"}
"""Kinds of failure that are fates of their own; every other is `failed`."""


class Reader(Protocol):
    """What `read_batch` wants of a coder."""

    def article(self, page: Page) -> Article:
        """The article of a page. Raises an `InputError`."""


class Coder(Reader, Protocol):
    """What `code_batch` wants of a coder."""

    def code(self, article: Article) -> Coding:
        """Codes an article. Raises an `InputError`."""


@cache
def page_schema() -> pa.Schema:
    """The columns of pages: the fields of `Page`, and why there is none, for what `read_batch` could not read."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("name", pa.string(), False),
            pa.field("data", pa.large_binary()),
            *(pa.field(n, pa.string()) for n in ("media_type", "id", "url", "title", "published", "site")),
            pa.field("authors", pa.list_(pa.string())),
            pa.field("error_kind", pa.string()),
            pa.field("error_message", pa.string()),
        ]
    )


@cache
def coded_schema() -> pa.Schema:
    """The schema of exchange, and before it the columns of outcome: `name` and `fate`."""
    import pyarrow as pa

    return pa.schema([pa.field("name", pa.string(), False), pa.field("fate", pa.string(), False), *arrow_schema()])


def page_batch(pages: list[Page]) -> pa.RecordBatch:
    """Pages as a batch of `page_schema`. Lone surrogates, which Arrow cannot hold, become question marks."""
    return _batch([{**_storable(to_plain(page)), "data": page.data} for page in pages])


def article_batch(articles: list[tuple[str, bytes]]) -> pa.RecordBatch:
    """Names, and articles as JSON, as a batch of `page_schema`."""
    return _batch([{"name": _storable(name), "data": data, "media_type": ARTICLE} for name, data in articles])


def read_batch(batch: pa.RecordBatch, reader: Reader) -> pa.RecordBatch:
    """Pages to articles, row by row: `page_schema` to `page_schema`. A page that cannot be read is a row without data.

    An article in another language is an article, for the lines of its site repeat on it too.
    """
    return _batch([_read(page, reader) for page in _pages(batch)])


def _read(page: Page, reader: Reader) -> dict[str, Any]:
    try:
        return {"name": page.name, "media_type": ARTICLE, "data": dump(_article(page, reader))}
    except Exception as error:
        found = failure(error, page.name, page.id)
        told = {"name": page.name, "id": found.id, "error_kind": found.kind, "error_message": found.message}
        return {column: _storable(value) for column, value in told.items()}


def code_batch(batch: pa.RecordBatch, coder: Coder) -> pa.RecordBatch:
    """Pages, or articles, to codings and failures, row by row: `page_schema` to `coded_schema`."""
    import pyarrow as pa

    names, fates, tables = [], [], []
    for page in _pages(batch):
        item = _code(page, coder)
        try:
            table = to_arrow([item])
        except (UnicodeError, pa.ArrowException) as error:  # something in it that Arrow cannot hold
            item = failure(error, page.name, page.id)
            table = to_arrow([item])
        names.append(page.name)
        fates.append(fate_of(item.kind) if isinstance(item, Failure) else "coded")
        tables.append(table)
    table = pa.concat_tables(tables) if tables else to_arrow([])
    (coded,) = table.combine_chunks().to_batches() or (pa.RecordBatch.from_pylist([], schema=arrow_schema()),)
    return pa.RecordBatch.from_arrays(
        [pa.array(names, pa.string()), pa.array(fates, pa.string()), *coded.columns], schema=coded_schema()
    )


def fate_of(kind: str) -> Fate:
    """The fate of an input that failed in that way."""
    return _FATES.get(kind, "failed")


def _code(page: Page, coder: Coder) -> Coding | Failure:
    article = None
    try:
        article = _article(page, coder)
        return coder.code(article)
    except Exception as error:
        return failure(error, page.name, article.id if article is not None else page.id, article)


def _article(page: Page, reader: Reader) -> Article:
    return load(page.data) if page.media_type == ARTICLE else reader.article(page)


def dump(article: Article) -> bytes:
    """An article as JSON."""
    return json.dumps(to_plain(article)).encode()


def load(data: bytes) -> Article:
    """The article of its JSON."""
    return from_plain(Article, json.loads(data))


def _pages(batch: pa.RecordBatch) -> Iterator[Page]:
    for row in batch.to_pylist():
        if row["data"] is None:
            raise InputError("a row without data", row["name"])
        del row["error_kind"], row["error_message"]
        yield Page(**{**row, "authors": tuple(row["authors"] or ())})


def _batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist(rows, schema=page_schema())


def _storable(value: Any) -> Any:
    """Plain values without lone surrogates."""
    if isinstance(value, str):
        return value.encode("utf8", "replace").decode("utf8")
    if isinstance(value, dict):
        return {key: _storable(inner) for key, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def to_bytes(batch: pa.RecordBatch) -> bytes:
    """A batch as an Arrow stream."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def from_bytes(data: bytes) -> pa.RecordBatch:
    """The batch of an Arrow stream."""
    import pyarrow as pa

    with pa.ipc.open_stream(data) as stream:
        return stream.read_next_batch()
