"""Files and standard input: pages, texts, JSON and JSONL, plain or compressed with gzip."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whence.errors import EmptyInput, InputError, MissingInput, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import rows
from whence.sources.limits import DOCUMENT_BYTES
from whence.sources.sniffing import media_type, refuse_binary

_SUFFIXES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
}
_GZIP = b"\x1f\x8b"


def path_pages(path: Path) -> Iterator[Page | InputError]:
    """The pages of one file. Whatever is wrong with it is yielded, not raised."""
    name = str(path)
    try:
        if path.is_dir():
            raise UnreadableInput("this is a directory; name the files in it", name)
        with path.open("rb") as file:
            suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
            yield from _stream_pages(file, name, _SUFFIXES.get(suffix.lower()))
    except InputError as error:
        yield error
    except FileNotFoundError:
        yield MissingInput("no such file", name)
    except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
        yield UnreadableInput(f"its compression is broken ({problem})", name)
    except (OSError, ValueError) as problem:
        yield UnreadableInput(getattr(problem, "strerror", None) or str(problem), name)


def stdin_pages() -> Iterator[Page | InputError]:
    """The pages of standard input, whose kind is seen from its first bytes."""
    yield from _unnamed_pages(sys.stdin.buffer, "<stdin>")


def bytes_pages(data: bytes, name: str) -> Iterator[Page | InputError]:
    """The pages in bytes at hand, whose kind is seen from the first of them."""
    yield from _unnamed_pages(io.BytesIO(data), name)


def _unnamed_pages(file: Any, name: str) -> Iterator[Page | InputError]:
    try:
        yield from _stream_pages(file, name, None)
    except InputError as error:
        yield error
    except (gzip.BadGzipFile, EOFError, zlib.error, OSError) as problem:
        yield UnreadableInput(str(problem), name)


def _stream_pages(file: Any, name: str, kind: str | None) -> Iterator[Page | InputError]:
    stream: Any = file if hasattr(file, "peek") else io.BufferedReader(file)
    if stream.peek(2)[:2] == _GZIP:
        stream = io.BufferedReader(gzip.GzipFile(fileobj=stream))
    head = stream.peek(4096)[:4096]
    if not head:
        raise EmptyInput("the file is empty", name)
    refuse_binary(head, name)
    kind = kind or media_type(head)
    if kind == "application/jsonl":
        yield from rows.lines(stream, name)
    elif kind == "application/json":
        yield from rows.json_or_lines(stream, name)
    else:
        data = stream.read(DOCUMENT_BYTES + 1)
        if len(data) > DOCUMENT_BYTES:
            raise TooLarge(f"more than {DOCUMENT_BYTES:,} bytes; split it, or give JSONL with an object a line", name)
        if not data.strip():
            raise EmptyInput("nothing but white space", name)
        refuse_binary(data, name)
        yield Page(data, name, kind)
