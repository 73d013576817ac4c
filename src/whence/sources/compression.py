"""Compressed inputs: gzip, bzip2, xz and zstd, told by their first bytes and read as streams."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import Any, BinaryIO, cast

from whence.sources import limits

SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
BROKEN = (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError)
"""What reading a broken one raises, beside `OSError` and `ValueError`."""
_GZIP, _BZIP2, _XZ, _ZSTD = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"
_CHUNK = 1 << 16


def unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    """The bytes inside, or the stream itself where it is not compressed. Nothing is read ahead of what is wanted."""
    head = stream.peek(6)[:6]
    if head.startswith(_GZIP):
        return io.BufferedReader(cast(Any, gzip.GzipFile(fileobj=stream)))
    if head.startswith(_BZIP2):
        return io.BufferedReader(_Unpacked(stream, is_xz=False))
    if head.startswith(_XZ):
        return io.BufferedReader(_Unpacked(stream, is_xz=True))
    if head.startswith(_ZSTD):
        import pyarrow as pa  # slow to import, and wanted for nothing else here

        return io.BufferedReader(cast(Any, _Zstd(pa.CompressedInputStream(pa.PythonFile(stream, "r"), "zstd"))))
    return stream


class _Unpacked(io.RawIOBase):
    """bzip2 or xz: one stream, or several one after the other, with a cap on the memory that xz may want."""

    def __init__(self, stream: BinaryIO, is_xz: bool) -> None:
        self._stream, self._is_xz = stream, is_xz
        self._decompressor = self._new()
        self._rest = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer as far as there are bytes. Raises `EOFError` where they are cut off."""
        while True:
            if self._decompressor.eof:
                self._rest = self._decompressor.unused_data or self._stream.read(_CHUNK)
                if not self._rest:
                    return 0
                self._decompressor = self._new()
            elif self._decompressor.needs_input and not self._rest:
                self._rest = self._stream.read(_CHUNK)
                if not self._rest:
                    raise EOFError("compressed data end before they should")
            data = self._decompressor.decompress(self._rest, len(buffer))
            self._rest = b""
            if data:
                buffer[: len(data)] = data
                return len(data)

    def _new(self) -> Any:
        if self._is_xz:
            return lzma.LZMADecompressor(memlimit=int(limits.DICTIONARY_BYTES))
        return bz2.BZ2Decompressor()


class _Zstd(io.RawIOBase):
    """zstd, through pyarrow."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer as far as there are bytes."""
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
