"""Files that a command writes: whole or not at all, and an error that names the file and the reason."""

from __future__ import annotations

import os
from pathlib import Path

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


def write_text(path: Path, text: str) -> None:
    """Writes the text as UTF-8, first beside the file and then in its place; raises `WhenceError` if that fails.

    What is no regular file (a pipe, a device) is written directly.
    """
    data = text.encode("utf8", "replace")
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise WhenceError(f"{path}: cannot be written: {error.strerror or error}") from None
