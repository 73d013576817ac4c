"""Files that a command writes: whole or not at all, and an error that names the file and the reason."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from whence.errors import WhenceError


def check_target(path: Path) -> None:
    """Raises `WhenceError` if the file plainly cannot be written, so that nobody codes for an hour first."""
    folder = path.parent
    if path.is_dir():
        raise WhenceError(f"{path}: cannot be written: it is a folder; name a file in it")
    if not folder.is_dir():
        raise WhenceError(f"{path}: cannot be written: there is no folder {folder}; make it first")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise WhenceError(f"{path}: cannot be written: permission denied; name another file")


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A stream for the file's bytes, which come in its place once all are written; raises `WhenceError` if they cannot.

    If the body raises, the file stays as it was. What is no regular file (a pipe, a device) is written directly.
    """
    with _replacing(path) as target, target.open("wb") as stream:
        yield stream


def write_text(path: Path, text: str) -> None:
    """Writes the text as UTF-8, whole or not at all, as `writing` does; raises `WhenceError` if that fails."""
    with _replacing(path) as target:
        target.write_bytes(text.encode("utf8", "replace"))


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """The file to write: one beside it, which takes its place at the end."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():
            yield path
            return
        try:
            yield beside
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise WhenceError(f"{path}: cannot be written: {error.strerror or error}") from None
