"""Files, standard input and bytes: opened, unpacked, and handed to the reader of their kind."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whence.errors import EmptyInput, InputError, MissingInput, UnreadableInput
from whence.records import Page
from whence.sources import compression, readers
from whence.sources.options import Options
from whence.sources.sniffing import kind_of

_HEAD = 4_096
"""Bytes from which the kind of an input is seen."""


def file_pages(path: Path, options: Options) -> Iterator[Page | InputError]:
    """The pages of one file. Whatever is wrong with it is yielded, not raised."""
    name = str(path)
    try:
        with path.open("rb") as file:
            yield from stream_pages(file, name, options, kind_by_name(path))
    except FileNotFoundError:
        yield MissingInput("no such file", name)
    except (OSError, ValueError) as problem:
        yield UnreadableInput(getattr(problem, "strerror", None) or str(problem), name)


def stdin_pages(options: Options) -> Iterator[Page | InputError]:
    """The pages of standard input, whose kind is seen from its first bytes."""
    yield from stream_pages(sys.stdin.buffer, "<stdin>", options)


def bytes_pages(data: bytes, name: str, options: Options | None = None) -> Iterator[Page | InputError]:
    """The pages in bytes at hand, whose kind is seen from the first of them."""
    yield from stream_pages(io.BytesIO(data), name, options or Options())


def stream_pages(file: Any, name: str, options: Options, kind: str | None = None) -> Iterator[Page | InputError]:
    """The pages of a stream of bytes; what is wrong with it is yielded. Without a `kind`, its first bytes tell it."""
    try:
        packed = file if hasattr(file, "peek") else io.BufferedReader(file)
        if kind == "warc" or (kind is None and _is_warc(packed.peek(_HEAD)[:_HEAD])):
            yield from readers.find("warc", options, name)(packed, name)  # it unpacks record by record
            return
        stream = compression.unpacked(packed)
        head = stream.peek(_HEAD)[:_HEAD]
        if not head:
            raise EmptyInput("the file is empty", name)
        yield from readers.find(kind or kind_of(head), options, name)(stream, name)
    except InputError as error:
        error.name = error.name or name
        yield error
    except compression.BROKEN as problem:
        yield UnreadableInput(f"its compression is broken ({problem})", name)
    except (OSError, ValueError) as problem:
        yield UnreadableInput(getattr(problem, "strerror", None) or str(problem), name)


def _is_warc(head: bytes) -> bool:
    if not head.startswith((b"WARC/1", b"\x1f\x8b")):
        return False
    from whence.sources.warc import is_warc  # wanted only for what may be one

    return is_warc(head)


def kind_by_name(path: Path) -> str | None:
    """The suffix that says what is in a file, in lower case, that of its compression aside; None for one unknown."""
    bare = path.with_suffix("") if path.suffix.lower() in compression.SUFFIXES else path
    suffix = bare.suffix.lower().removeprefix(".")
    return suffix if suffix in readers.suffixes() else None
