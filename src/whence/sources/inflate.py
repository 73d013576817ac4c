"""Bodies as they travel by HTTP: in chunks, and compressed. Undone here with a limit on what comes out.

Only `warc.py` and `web.py` want it. Archives often keep the header of a coding that the crawler has already undone,
so a body that plainly is not coded as its header says is taken as it stands.
"""

from __future__ import annotations

import io
import zlib
from typing import Any, cast

from whence.errors import TooLarge, UnreadableInput

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_MOST_CODINGS = 3
"""Codings on top of each other; servers use one."""
_LONGEST_SIZE = 16
"""Hexadecimal digits of a chunk's size, with what may follow them up to `;`."""
_LONGEST_SIZE_LINE = 1_024


def decoded(body: bytes, codings: str, most: int, name: str) -> bytes:
    """A body without its content codings (the value of `Content-Encoding`), at most `most` bytes.

    Raises `TooLarge` for one that unfolds into more, `UnreadableInput` where it is broken or coded in an unknown way.
    """
    listed = [coding.strip().lower() for coding in codings.split(",") if coding.strip()]
    if len(listed) > _MOST_CODINGS:
        raise UnreadableInput(f"its body has {len(listed)} codings on top of each other", name)
    for coding in reversed(listed):
        body = _without(body, coding, most, name)
    if len(body) > most:
        raise TooLarge(f"its body has more than {most:,} bytes", name)
    return body


def dechunked(body: bytes, name: str) -> bytes:
    """A body without the marks of chunked transfer; one that has none is given back.

    Raises `UnreadableInput` where the chunks break off or make no sense.
    """
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + _LONGEST_SIZE_LINE)
        digits = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            size = int(digits, 16) if 0 < len(digits) <= _LONGEST_SIZE and digits.isalnum() else -1
        except ValueError:
            size = -1
        if size < 0:
            if not parts:
                return body
            raise UnreadableInput("its chunked body is broken", name)
        begin = end + 1
        if size == 0:
            return b"".join(parts)
        if begin + size > len(body):
            raise UnreadableInput("its chunked body is cut off", name)
        parts.append(body[begin : begin + size])
        at = begin + size
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)


def _without(body: bytes, coding: str, most: int, name: str) -> bytes:
    try:
        if coding in ("gzip", "x-gzip"):
            return _inflated(body, 31, most) if body.startswith(_GZIP) else body
        if coding == "deflate":
            return _deflated(body, most)
        if coding == "br":
            return _unbrotlied(body, most, name)
        if coding == "zstd":
            return _unzstd(body, most) if body.startswith(_ZSTD) else body
    except _TooMuch:
        raise TooLarge(f"its body, coded with {coding}, unfolds into more than {most:,} bytes", name) from None
    except (zlib.error, EOFError, OSError) as problem:
        raise UnreadableInput(f"its body, coded with {coding}, is broken ({problem})", name) from None
    if coding == "identity":
        return body
    raise UnreadableInput(f"its body is coded with {coding[:40]!r}, which whence does not undo", name)


class _TooMuch(Exception):
    """More comes out than may."""


def _inflated(body: bytes, window: int, most: int) -> bytes:
    """What zlib makes of a body; `window` is its `wbits`. Several gzip members are one text."""
    parts: list[bytes] = []
    room = most + 1
    while True:
        unfolding = zlib.decompressobj(window)
        parts.append(unfolding.decompress(body, room))
        room -= len(parts[-1])
        if room <= 0:
            raise _TooMuch
        if not unfolding.eof:
            raise EOFError("it is cut off")
        body = unfolding.unused_data
        if window != 31 or not body.startswith(_GZIP):
            return b"".join(parts)


def _deflated(body: bytes, most: int) -> bytes:
    """`deflate` is zlib's form by the standard, and without its head by many servers."""
    try:
        return _inflated(body, 15, most)
    except zlib.error:
        return _inflated(body, -15, most)


def _unbrotlied(body: bytes, most: int, name: str) -> bytes:
    try:
        # no dependency, for few archives need it
        import brotli  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        raise UnreadableInput("its body is coded with br; install the package brotli to read it", name) from None
    unfolding: Any = brotli.Decompressor()
    parts: list[bytes] = []
    room = most + 1
    try:
        parts.append(unfolding.process(body, output_buffer_limit=room))
        while room > 0 and not unfolding.is_finished():
            room -= len(parts[-1])
            if unfolding.can_accept_more_data() or room <= 0:
                break
            parts.append(unfolding.process(b"", output_buffer_limit=room))
    except brotli.error as problem:
        raise EOFError(str(problem) or "no brotli") from None
    if sum(map(len, parts)) > most:
        raise _TooMuch
    if not unfolding.is_finished():
        raise EOFError("it is cut off")
    return b"".join(parts)


def _unzstd(body: bytes, most: int) -> bytes:
    import pyarrow as pa  # slow to import, and few bodies want it

    text = cast(bytes, pa.CompressedInputStream(pa.PythonFile(io.BytesIO(body), "r"), "zstd").read(most + 1))
    if len(text) > most:
        raise _TooMuch
    return text
