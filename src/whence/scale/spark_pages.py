"""Pages to articles in Spark's workers, and articles without the lines of their sites: the first half of a run.

What a worker does stands in functions from rows to rows; they run in a Python process of Spark's, and hand each
document to a child of it, the same as that of the local pool, with the same caps on time and memory.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from whence import copies
from whence.article.profiles import HOSTS, PAGES, ProfileBuilder, Profiles, hashed, host_of
from whence.errors import InputError
from whence.ingest import Settings, digest_of
from whence.pipeline import failure
from whence.records import Page
from whence.scale import beginnings, function
from whence.scale.pool import Pool
from whence.scale.spark_rows import Row, grouped, mapped
from whence.sources import Options, fields, limits
from whence.sources.files import kind_by_name, stream_pages

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

UNDATED = "9999-99-99"
"""Stands for an unknown day: such an article comes after all others of its text."""
_APART = "\x1f"


@dataclass(frozen=True, slots=True)
class How:
    """How documents are read and coded, as Spark's workers are told."""

    codebook: str | None = None
    """A path that every worker can read."""
    timezone: str | None = None
    published: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Field to column, for tables whose columns are not named as usual."""
    caps: Mapping[str, float] = field(default_factory=dict)
    """Limits other than the usual ones, by name."""

    @property
    def settings(self) -> Settings:
        """The same for the local run, whose digests an input has here too."""
        return Settings(codebook=self.codebook, timezone=self.timezone, published=self.published)


def article_schema() -> pa.Schema:
    """The columns of inputs, each with its article or with why there is none."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("name", pa.string(), False),
            pa.field("digest", pa.string(), False),
            *(pa.field(n, pa.string()) for n in ("fate", "id", "kind", "message")),
            pa.field("article", pa.binary()),
            *(pa.field(n, pa.string()) for n in ("text", "day", "twin", "host", "site")),
            pa.field("sketch", pa.list_(pa.int64())),
        ]
    )


# -- inputs ----------------------------------------------------------------------------------


def of_tables(spark: SparkSession, path: str, how: How) -> DataFrame:
    """The inputs in the rows of Parquet files, named by file and number of row as the local run names them.

    Which column is which is guessed as everywhere, or said in `how.columns`. Raises an `InputError` where none is
    named like a text.
    """
    from pyspark.sql import functions as f

    table = spark.read.parquet(path)
    found = fields.choose(table.columns, how.columns)
    fields.require_body(found, table.columns, path)
    wanted = [f.col(f"`{column}`") for names in found.values() for column in names]
    place = [f.col("_metadata.file_path").alias("_file"), f.col("_metadata.row_index").alias("_row")]

    def pages(rows: Iterator[Row]) -> Iterator[Page | InputError]:
        for row in rows:
            yield fields.page(row, found, f"{_path(row.pop('_file'))}:{row.pop('_row') + 1}")

    return _articles(table.select(*wanted, *place), pages, how)


def of_files(spark: SparkSession, path: str, how: How) -> DataFrame:
    """The inputs in whole files: WARC, HTML, JSONL and whatever else the local run reads."""
    found = spark.read.format("binaryFile").load(path).select("path", "content")
    return _articles(found, lambda rows: _of_files(rows, how), how)


def _of_files(rows: Iterator[Row], how: How) -> Iterator[Page | InputError]:
    import io
    from pathlib import Path

    for row in rows:
        name = _path(row["path"])
        options = Options(columns=how.columns)
        is_bare = True
        for page in stream_pages(io.BytesIO(row["content"]), name, options, kind_by_name(Path(name))):
            is_bare = False
            yield page
        if is_bare:
            yield InputError("there is no article in it", name)


def _path(address: str) -> str:
    """A local file by its path, as the local run calls it; any other by its address."""
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(address)
    return unquote(parts.path) if parts.scheme == "file" else address


def _articles(frame: DataFrame, pages: Callable[[Iterator[Row]], Iterator[Page | InputError]], how: How) -> DataFrame:
    """The articles of pages, read in the workers' children."""

    def read(rows: Iterator[Row]) -> Iterator[Row]:
        with limits.override(how.caps):
            yield from _read(pages(rows), how)

    return mapped(frame, read, article_schema())


def _read(pages: Iterator[Page | InputError], how: How) -> Iterator[Row]:
    broken: list[Row] = []

    def requests() -> Iterator[tuple[tuple[str, str], bytes]]:
        for page in pages:
            if isinstance(page, InputError):
                broken.append(_failed(page.name or "", "", failure(page, page.name or "", page.id)))
                continue
            batch = function.page_batch([page])
            yield (_storable(page.name), digest_of(page, how.settings)), function.to_bytes(batch)

    pool = _pool("reading", how)
    for (name, digest), result in pool.map(requests()):
        yield from _taken(broken)
        yield _of_result(name, digest, result)
    yield from _taken(broken)


def _taken(rows: list[Row]) -> Iterator[Row]:
    while rows:
        yield rows.pop(0)


def _of_result(name: str, digest: str, result: bytes | InputError) -> Row:
    if isinstance(result, InputError):
        return _failed(name, digest, failure(result, name, result.id))
    (row,) = function.from_bytes(result).to_pylist()
    if row["data"] is None:
        told = {"id": row["id"], "kind": row["error_kind"], "message": row["error_message"]}
        return {"name": name, "digest": digest, "fate": function.fate_of(row["error_kind"]), **told}
    article = function.load(row["data"])
    return {
        "name": name,
        "digest": digest,
        "article": row["data"],
        "text": article.sha256,
        "host": host_of(article),
    }


def _failed(name: str, digest: str, found: Any) -> Row:
    told = {"id": found.id, "kind": found.kind, "message": found.message}
    plain = {key: _storable(value) for key, value in told.items()}
    return {"name": _storable(name), "digest": digest, "fate": function.fate_of(found.kind), **plain}


def _storable(text: Any) -> Any:
    return text.encode("utf8", "replace").decode("utf8") if isinstance(text, str) else text


# -- what repeats over a site ----------------------------------------------------------------


def profiles(inputs: DataFrame) -> Profiles:
    """The profiles of the sites of inputs; they are bounded, and all that comes to the driver of the inputs."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    pages = inputs.where("host is not null").select("host", "text", "article").dropDuplicates(["host", "text"])
    first = Window.partitionBy("host").orderBy("text")
    compared = pages.withColumn("number", f.row_number().over(first)).where(f.col("number") <= PAGES)
    made = grouped(compared.select("host", "text", "article"), "host", ["text"], _profile, _profile_schema())
    lowest = made.orderBy("order", "host").limit(HOSTS).where("lines is not null")
    found = {row["host"]: json.loads(row["lines"]) for row in lowest.collect()}
    return Profiles({host: {int(line): int(n) for line, n in lines.items()} for host, lines in found.items()})


def _profile_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("host", pa.string()), ("order", pa.int64()), ("lines", pa.string())])


def _profile(host: str, pages: Iterator[Row]) -> Iterator[Row]:
    builder = ProfileBuilder()
    for page in pages:
        builder.add(function.load(page["article"]))
    lines = builder.build().lines.get(host)
    yield {"host": host, "order": hashed(host), "lines": json.dumps(dict(lines)) if lines else None}


def settled(inputs: DataFrame, found: Profiles) -> DataFrame:
    """The inputs with what their articles have become, and the sketches of their texts."""
    packed = inputs.sparkSession.sparkContext.broadcast(zlib.compress(found.to_bytes()))

    def settle(rows: Iterator[Row]) -> Iterator[Row]:
        known = Profiles.from_bytes(zlib.decompress(packed.value))
        return (row if row["article"] is None else _settled(row, known) for row in rows)

    return mapped(inputs, settle, article_schema())


def _settled(row: Row, known: Profiles) -> Row:
    article = known.apply(function.load(row["article"]))
    row = {"name": row["name"], "digest": row["digest"], "id": _storable(article.id)}
    if article.language != "en":
        return {**row, "fate": "not English", "kind": "not English", "message": "its text is not English"}
    return {
        **row,
        "article": function.dump(article),
        "text": article.sha256,
        "day": article.published or UNDATED,
        "twin": f"{_storable(article.id)}{_APART}{_storable(article.url or '')}",
        "site": _storable(article.site),
        "sketch": list(copies.sketch(article.text)),
    }


# -- the children of Spark's workers -----------------------------------------------------------

_held: dict[str, Pool] = {}
"""The pool of this Python process, of one child; Spark uses the process again, and the child with it."""


def _pool(start: str, how: How, **more: Any) -> Pool:
    """The child of this process that begins as asked for; one that began otherwise ends."""
    wanted = json.dumps([start, how.codebook, how.timezone, how.published, dict(how.caps), more], sort_keys=True)
    if wanted not in _held:
        for name in list(_held):
            _held.pop(name).close()
        begin = {"reading": beginnings.reading, "coding": beginnings.coding}[start]
        _held[wanted] = beginnings.pool(
            begin, 1, codebook=how.codebook, timezone=how.timezone, published=how.published, **more
        )
    return _held[wanted]


def coded(rows: Iterator[Row], how: How, profiles_version: str) -> Iterator[Row]:
    """Codes the articles of rows (`name`, `article`), each in the child; rows of `function.coded_schema`."""
    with limits.override(how.caps):
        pool = _pool("coding", how, profiles=profiles_version)
        requests = (
            ((row["name"], row["article"]), function.to_bytes(function.article_batch([(row["name"], row["article"])])))
            for row in rows
        )
        for (name, article), result in pool.map(requests):
            if isinstance(result, InputError):
                known_as = function.load(article).id
                told = {"id": known_as, "error_kind": result.kind, "error_message": result.reason}
                yield {"name": name, "fate": function.fate_of(result.kind), **told}
            else:
                (row,) = function.from_bytes(result).to_pylist()
                yield row
