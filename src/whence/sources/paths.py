"""Folders and patterns: which files are meant by what the user named."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from whence.errors import EmptyInput, InputError, MissingInput, TooLarge, UnreadableInput
from whence.sources import limits
from whence.sources.compression import SUFFIXES
from whence.sources.files import kind_by_name
from whence.sources.options import Options

_WILD = re.compile(r"[*?]|\[[^\]]+\]")
_SHOWN = 8
"""Kinds of files that the note on those passed over names."""


def files(target: str, options: Options) -> Iterator[Path | InputError]:
    """The files of a path, of a folder with all below it, or of a pattern (`news/**/*.html`), sorted by name.

    Hidden files and folders are passed over, except where the user named them. Of a folder, files of a kind that
    whence reads are taken, and those without a suffix; the others are told in one note.
    """
    path = Path(target)
    try:
        if path.is_dir():
            yield from _folder(path, options)
        elif _WILD.search(target) and not path.exists():
            yield from _pattern(target, options)
        else:
            yield path
    except (OSError, ValueError) as problem:  # a NUL in the name, or a pattern that is none
        yield UnreadableInput(getattr(problem, "strerror", None) or str(problem), target)


def _pattern(target: str, options: Options) -> Iterator[Path | InputError]:
    parts = Path(target).parts
    first = next((i for i, part in enumerate(parts) if _WILD.search(part)), len(parts))
    base = Path(*parts[:first])
    found = sorted(path for path in base.glob("/".join(parts[first:])) if not _is_hidden(path.relative_to(base)))
    chosen = [path for path in found if path.is_file()]
    folders = [] if "**" in parts else [path for path in found if path.is_dir()]
    if not chosen and not folders:
        yield MissingInput("no file fits this pattern", target)
    yield from chosen
    for folder in folders:
        yield from _folder(folder, options)


def _folder(folder: Path, options: Options) -> Iterator[Path | InputError]:
    passed: Counter[str] = Counter()
    is_bare = True
    for found in _walk(folder, passed, set()):
        is_bare = False
        yield found
    if passed:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in passed.most_common(_SHOWN))
        options.note(
            f"{folder}: passes over {sum(passed.values()):,} files of other kinds ({kinds}); name one to read it"
        )
    if is_bare:
        yield EmptyInput("there is no file in this folder that whence reads", str(folder))


def _walk(
    folder: Path, passed: Counter[str], seen: set[tuple[int, int]], depth: int = 1
) -> Iterator[Path | InputError]:
    """Files below a folder in the order of their names. `seen` are device and inode of the folders that were read."""
    try:
        status = folder.stat()
        here = (status.st_dev, status.st_ino)
        if here in seen:
            yield UnreadableInput("this link leads to a folder that was read already", str(folder))
            return
        seen.add(here)
        if depth > limits.FOLDER_DEPTH:
            yield TooLarge(f"more than {limits.FOLDER_DEPTH:,} folders inside each other", str(folder))
            return
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as problem:
        yield UnreadableInput(problem.strerror or str(problem), str(folder))
        return
    for name in names:
        path = folder / name
        if path.is_dir():
            yield from _walk(path, passed, seen, depth + 1)
        elif not path.is_file():
            passed["broken link or device"] += 1
        elif _is_for_us(path):
            yield path
        else:
            passed[path.suffix.lower()] += 1


def _is_for_us(path: Path) -> bool:
    bare = path.with_suffix("") if path.suffix.lower() in SUFFIXES else path
    return not bare.suffix or bare.suffix.lower() == ".xml" or kind_by_name(path) is not None


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts if part not in (".", ".."))
