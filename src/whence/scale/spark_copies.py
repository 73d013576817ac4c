"""Near-copies among texts of any number, by Spark's shuffle: the clusters that a local run finds.

Texts that share a looked-up shingle meet in its group, the earlier first, and each is compared with those of the
group that are no copies of one another, as the local index compares it with the first of each cluster. Whatever is a
copy of another hangs together by such pairs, and what hangs together is clustered by the local index itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from whence import copies
from whence.ingest import CLUSTERED
from whence.scale.spark_graph import components
from whence.scale.spark_rows import Row, grouped, mapped

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


def firsts(texts: DataFrame, folder: str) -> DataFrame:
    """For each `text` that is a near-copy the `first` of its cluster; `texts` have `text`, `day` and `sketch`.

    `folder` is for what is found on the way.
    """
    from pyspark.sql import functions as f

    shared = mapped(texts.select("text", "sketch"), _shingles, _shingle_schema())
    several = shared.groupBy("hash").count().where("count > 1").select("hash")
    met = shared.join(several, "hash").join(texts, "text").select("hash", "text", "day", "sketch")
    pairs = grouped(met, "hash", ["day", "text"], _pairs, _pair_schema()).distinct()
    together = components(pairs, folder)
    chunks = _chunks(texts.select("day", "text"))
    members = (
        together.withColumnRenamed("node", "text")
        .join(texts, "text")
        .join(chunks, "text")
        .select("label", "chunk", "day", "text", "sketch")
    )
    return grouped(members, "label", ["chunk", "day", "text"], _clustered, _first_schema()).where(
        f.col("text") != f.col("first")
    )


def _chunks(texts: DataFrame) -> DataFrame:
    """The number of the chunk in which a local run would look for copies of each text."""
    from pyspark.sql import functions as f

    numbered = texts.orderBy("day", "text").rdd.map(lambda row: row["text"]).zipWithIndex()
    frame = numbered.toDF("text string, number long")
    return frame.select("text", f.floor(f.col("number") / CLUSTERED).alias("chunk"))


def _shingles(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        yield from ({"hash": hash, "text": row["text"]} for hash in copies.indexed(row["sketch"]))


def _pairs(_: Any, texts: Iterator[Row]) -> Iterator[Row]:
    """Each text of a group with those of which it is a copy, among the first that are no copies of one another."""
    leaders: list[Row] = []
    for text in texts:
        found = [leader for leader in leaders if copies.likeness(text["sketch"], leader["sketch"]).is_copy]
        yield from ({"a": leader["text"], "b": text["text"]} for leader in found)
        if not found:
            leaders.append(text)
        if len(leaders) > copies.FREQUENT:
            return


def _clustered(_: Any, texts: Iterator[Row]) -> Iterator[Row]:
    """The clusters of texts that hang together, chunk by chunk, as a local run finds them."""
    from itertools import groupby

    index = copies.Index(copies.MemoryPostings())
    for _, chunk in groupby(texts, key=lambda row: row["chunk"]):
        found = index.cluster((row["text"], row["day"], row["sketch"]) for row in chunk)
        yield from ({"text": text, "first": first} for text, first in found.items())


def _shingle_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("hash", pa.int64()), ("text", pa.string())])


def _pair_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("a", pa.string()), ("b", pa.string())])


def _first_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("text", pa.string()), ("first", pa.string())])
