"""Tables as Parquet files whose bytes depend on their rows and metadata alone: no time, no path, no random number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from whence.schema import blanks

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP = 10_000
"""Rows of a row group: a reader may skip a group by its statistics, and the writer holds no more than one."""
_LEVEL = 3
"""Of zstd: its own default."""


class _Counted:
    """A stream that knows how much was written, as pipes do not, and is left open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._written = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        self._stream.write(data)
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        self.closed = True


def write_parquet(stream: BinaryIO, schema: pa.Schema, tables: Iterable[pa.Table], metadata: Mapping[str, str]) -> None:
    """Writes tables of one schema one below the other, zstd-compressed; `metadata` stands in the schema's."""
    import pyarrow.parquet as pq

    described = schema.with_metadata(dict(sorted(metadata.items())))
    with pq.ParquetWriter(
        _Counted(stream), described, compression="zstd", compression_level=_LEVEL, version="2.6"
    ) as writer:
        for table in tables:
            writer.write_table(table.replace_schema_metadata(described.metadata), row_group_size=_GROUP)


def tables_of(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows as tables of as many as make a row group. A column that a row lacks is null there, a list empty."""
    import pyarrow as pa

    empty = blanks(schema)
    rest = iter(rows)
    while part := [
        empty | {n: v for n, v in row.items() if n in empty and v is not None} for row in islice(rest, _GROUP)
    ]:
        yield pa.Table.from_pylist(part, schema=schema)
