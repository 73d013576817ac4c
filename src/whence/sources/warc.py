"""WARC files, such as those of Common Crawl's CC-NEWS: the pages among their records.

A page is a record of type `response` with HTTP status 200 and a content type of HTML. Other records are passed over;
how many is noted once. The day on which a page was crawled is not that of its publication, and is not used.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from whence.errors import EmptyInput, InputError, UnreadableInput
from whence.records import Page
from whence.sources import compression, limits
from whence.sources.inflate import dechunked, decoded
from whence.sources.options import Options
from whence.sources.sniffing import media_type
from whence.sources.warc_records import GZIP, Record, records

_TYPES = ("text/html", "application/xhtml+xml")
_SNIFFED = 4_096
_TO_NOBODY = Options().note


def read(stream: BinaryIO, name: str, *, note: Callable[[str], None] = _TO_NOBODY) -> Iterator[Page | InputError]:
    """The pages of a WARC file, plain or compressed. Wants a peekable stream of the file as it is, not unpacked.

    A page is called by its place in the file, `news.warc.gz:2048`, and so is the error that a broken record is: the
    next record goes on.
    """
    if stream.peek(len(GZIP))[: len(GZIP)] != GZIP:  # type: ignore[attr-defined]
        stream = compression.unpacked(stream)  # type: ignore[arg-type]
    passed = 0
    for record in records(stream, name):
        found = record if isinstance(record, InputError) else _page(record)
        if found is None:
            passed += 1
        else:
            yield found
    if passed:
        note(f"{name}: passes over {passed:,} records that are no pages (requests, pictures, redirects and the like)")


def is_warc(head: bytes) -> bool:
    """Whether the first bytes of an input, gzipped or not, are those of a WARC file."""
    if head.startswith(GZIP):
        import zlib

        try:
            head = zlib.decompressobj(31).decompress(head, _SNIFFED)
        except zlib.error:
            return False
    return head.startswith(b"WARC/1.")


def _page(record: Record) -> Page | InputError | None:
    """The page of a record, why it cannot be read, or None for what is none."""
    if record.kind != "response":
        return None
    try:
        return _of_response(record)
    except InputError as error:
        return error


def _of_response(record: Record) -> Page | None:
    from fastwarc.warc import ArchiveIterator  # wanted only for WARC files

    try:
        parsed: Any = next(ArchiveIterator(io.BytesIO(record.data), parse_http=True, fsspec_args=False))
        headers = parsed.http_headers
        if headers is None or headers.status_code != 200:
            return None
        kind = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        if kind and kind not in _TYPES:
            return None
        body: bytes = parsed.reader.read()
        address = (parsed.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
        codings, transfer = headers.get("Content-Encoding") or "", headers.get("Transfer-Encoding") or ""
    except (StopIteration, OSError, ValueError) as problem:
        raise UnreadableInput(f"the record cannot be read ({problem or 'it is none'})", record.name) from None
    if "chunked" in transfer.lower():
        body = dechunked(body, record.name)
    body = decoded(body, codings, int(limits.DOCUMENT_BYTES), record.name)
    if not kind and media_type(body[:_SNIFFED]) != "text/html":
        return None
    if not body.strip():
        raise EmptyInput("the page is empty", record.name)
    return Page(body, record.name, "text/html", url=address or None)
