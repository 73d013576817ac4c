"""Parquet: a row an article, read batch by batch through pyarrow."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from whence.errors import InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import fields, limits
from whence.sources.options import silent

_BATCH = 32
"""Rows read at a time: few, for each may hold a document of the greatest size."""
_NOTHING: Mapping[str, str] = {}


def read(
    stream: BinaryIO, name: str, *, columns: Mapping[str, str] = _NOTHING, note: Callable[[str], None] = silent
) -> Iterator[Page | InputError]:
    """A page for each row, named by its number from 1 (`rows.parquet:17`).

    Columns of text, large text, dictionaries, days and instants, lists of names; the others are not read. A stream
    that cannot be sought in is held whole.
    """
    import pyarrow as pa
    from pyarrow import parquet

    number = 0
    try:
        with parquet.ParquetFile(_seekable(stream, name)) as file:
            top = file.schema_arrow.names
            found = fields.choose(top, columns)
            fields.require_body(found, top, name)
            wanted = [column for one in found.values() for column in one]
            _refuse_large(file.metadata, name)
            note(f"{name}: reads {fields.described(found)}")
            for batch in file.iter_batches(_BATCH, columns=wanted):
                for row in _rows(batch):
                    number += 1
                    yield fields.page(row, found, f"{name}:{number}")
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as problem:
        told = " ".join(str(problem).split())[:200]
        yield UnreadableInput(f"broken Parquet, after row {number} ({told})", name)


def _seekable(stream: BinaryIO, name: str) -> BinaryIO:
    if stream.seekable() and isinstance(getattr(stream, "raw", None), io.FileIO):
        return stream
    data = stream.read(limits.PARQUET_BYTES + 1)
    if len(data) > limits.PARQUET_BYTES:
        raise TooLarge(
            f"a Parquet file of more than {limits.PARQUET_BYTES:,} bytes that is no file on disk; give its path", name
        )
    return io.BytesIO(data)


def _refuse_large(metadata: Any, name: str) -> None:
    """Raises `TooLarge` where a group of rows says that it holds more than the cap.

    Not asked of each column: pyarrow ends the process where a column's record is damaged.
    """
    for number in range(metadata.num_row_groups):
        if metadata.row_group(number).total_byte_size > limits.PARQUET_GROUP_BYTES:
            raise TooLarge(
                f"a group of rows has more than {limits.PARQUET_GROUP_BYTES:,} bytes; write the file with smaller ones",
                name,
            )


def _rows(batch: Any) -> Iterator[dict[str, Any]]:
    """The rows of a batch, one at a time, as Python values."""
    columns = list(zip(batch.schema.names, batch.columns, strict=True))
    for index in range(batch.num_rows):
        yield {column: _value(values[index]) for column, values in columns}


def _value(scalar: Any) -> Any:
    """A value for Python; None for what Python cannot hold, such as a day in the year 20000 or nanoseconds."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError, UnicodeDecodeError):
        return _day(scalar)


def _day(scalar: Any) -> str | None:
    """The day of an instant that is finer than Python's."""
    import pyarrow as pa

    if not pa.types.is_timestamp(scalar.type):
        return None
    try:
        return str(scalar.cast(pa.timestamp("us", scalar.type.tz), safe=False).as_py().isoformat())
    except (pa.ArrowException, ValueError, OverflowError):
        return None
