"""Which reader reads what: by suffix, those of whence and those that other packages register.

A plug-in is an entry point in the group `whence.readers`: its name is a suffix without the dot, its value a function
`read(stream, name)` like those of whence. `docs/sources.md` shows one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import BinaryIO, TypeAlias

from whence.errors import InputError, UnreadableInput
from whence.records import Page
from whence.sources.options import Options

Reader: TypeAlias = Callable[[BinaryIO, str], Iterator[Page | InputError]]
"""Makes pages of a stream that can be peeked into, which is called by a name in messages. An input that cannot be
read may be yielded or raised as an `InputError`."""

GROUP = "whence.readers"
_BUILT_IN = {
    "html": ("documents", "read_html"),
    "htm": ("documents", "read_html"),
    "xhtml": ("documents", "read_html"),
    "txt": ("documents", "read_text"),
    "json": ("rows", "read"),
    "jsonl": ("rows", "read_lines"),
    "ndjson": ("rows", "read_lines"),
    "csv": ("tables", "read"),
    "tsv": ("tables", "read"),
    "parquet": ("parquet", "read"),
    "rss": ("feeds", "read"),
    "atom": ("feeds", "read"),
    "pdf": ("pdf", "read"),
    "docx": ("docx", "read"),
    "rtf": ("rtf", "read"),
    "warc": ("warc", "read"),
}
"""Suffix to module and function. `.xml` is none of them: its first bytes say whether it is a feed."""
_OF_ROWS = {"rows", "tables", "parquet"}


def suffixes() -> frozenset[str]:
    """Every suffix that has a reader, without dots."""
    return frozenset(_BUILT_IN) | frozenset(_plug_ins())


def find(kind: str, options: Options, name: str) -> Reader:
    """The reader of a suffix, with what the user said that concerns it. A plug-in goes before a reader of whence.

    Raises `UnreadableInput` where a plug-in cannot be loaded, `KeyError` where there is no such reader.
    """
    if plug_in := _plug_ins().get(kind):
        try:
            loaded: Reader = plug_in.load()
        except Exception as problem:  # a package of somebody else's: anything can be wrong with it
            raise UnreadableInput(
                f"the reader for .{kind}, {plug_in.value}, cannot be loaded ({problem}); mend or uninstall it", name
            ) from None
        return loaded
    module, function = _BUILT_IN[kind]
    reader = getattr(import_module(f"whence.sources.{module}"), function)
    if module in _OF_ROWS:
        return partial(reader, columns=options.columns, note=options.note)
    if module == "feeds":
        return partial(reader, fetch_items=options.fetch_items)
    if module == "warc":
        return partial(reader, note=options.note)
    return partial(reader)


@cache
def _plug_ins() -> dict[str, EntryPoint]:
    return {point.name.lower().removeprefix("."): point for point in entry_points(group=GROUP)}
