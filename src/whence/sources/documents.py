"""Documents read whole: HTML pages and plain texts, which may also be exports of many articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from whence.errors import EmptyInput, InputError, TooLarge
from whence.records import Page
from whence.sources import exports, limits
from whence.sources.sniffing import decode, refuse_binary


def read_html(stream: BinaryIO, name: str) -> Iterator[Page | InputError]:
    """The page, or the articles of an export of Nexis or Factiva in HTML."""
    data = whole(stream, name)
    if exports.is_likely(data):
        lines = exports.html_lines(decode(data, name, is_html=True))
        if found := exports.split(lines, name):
            yield from found
            return
    yield Page(data, name, "text/html")


def read_text(stream: BinaryIO, name: str) -> Iterator[Page | InputError]:
    """The text, or the articles of an export of Nexis or Factiva in plain text."""
    data = whole(stream, name)
    if exports.is_likely(data) and (found := exports.split(exports.text_lines(decode(data, name)), name)):
        yield from found
        return
    yield Page(data, name, "text/plain")


def whole(stream: BinaryIO, name: str) -> bytes:
    """All bytes of a text. Raises `TooLarge`, `EmptyInput` or, for what is no text, `UnreadableInput`."""
    most = int(limits.DOCUMENT_BYTES)
    data = stream.read(most + 1)
    if len(data) > most:
        raise TooLarge(f"more than {most:,} bytes; split it, or give JSONL with an object a line", name)
    if not data.strip():
        raise EmptyInput("nothing but white space", name)
    refuse_binary(data, name)
    return data


def whole_binary(stream: BinaryIO, name: str, limit: str = "export_bytes") -> bytes:
    """All bytes of a PDF, DOCX or RTF. Raises `TooLarge` beyond the cap of that name."""
    most = int(getattr(limits, limit.upper()))
    data = stream.read(most + 1)
    if len(data) > most:
        raise TooLarge(f"more than {most:,} bytes; split it, or raise --limit {limit}", name)
    return data
