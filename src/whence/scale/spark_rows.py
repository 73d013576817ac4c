"""Rows between Spark and Python: batches of Arrow in, rows as dicts, batches out, group by group where rows are sorted.

Nothing here holds more than one group, and a function may say how much of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

Row = dict[str, Any]
RECORDS = 64
"""Rows of a batch between Spark and Python. A row may be a page of the greatest size."""


def mapped(frame: DataFrame, function: Callable[[Iterator[Row]], Iterator[Row]], schema: pa.Schema) -> DataFrame:
    """The rows that a function makes of those of each partition, of an Arrow schema."""
    from pyspark.sql.pandas.types import from_arrow_schema

    def turn(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return batched(function(rows(batches)), schema)

    return frame.mapInArrow(turn, from_arrow_schema(schema))


def grouped(
    frame: DataFrame,
    by: str,
    order: Sequence[str],
    function: Callable[[Any, Iterator[Row]], Iterator[Row]],
    schema: pa.Schema,
) -> DataFrame:
    """The rows that a function makes of each group: of its key, and its rows in an order.

    Groups are brought together by Spark's shuffle and its sort, which spills to disk, and are not held in memory.
    """

    def each(found: Iterator[Row]) -> Iterator[Row]:
        for key, group in groupby(found, key=lambda row: row[by]):
            yield from function(key, group)

    return mapped(frame.repartition(by).sortWithinPartitions(by, *order), each, schema)


def rows(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    """The rows of batches."""
    for batch in batches:
        yield from batch.to_pylist()


def batched(found: Iterable[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Rows as batches of a schema."""
    import pyarrow as pa

    waiting = iter(found)
    while some := list(islice(waiting, RECORDS)):
        yield pa.RecordBatch.from_pylist(some, schema=schema)
