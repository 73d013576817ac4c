"""CSV and TSV: a row an article. Which column is what is guessed from the header, or said by the user."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from whence.errors import EmptyInput, InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import fields, limits
from whence.sources.options import silent
from whence.sources.sniffing import encoding_of

_DELIMITERS = (",", ";", "\t", "|")
_HEAD = 1 << 16
"""Bytes from which encoding and delimiter are guessed."""
_COLUMN_NAME = 100
"""Characters that the names of columns may have on average."""
_NOTHING: Mapping[str, str] = {}


def read(
    stream: BinaryIO, name: str, *, columns: Mapping[str, str] = _NOTHING, note: Callable[[str], None] = silent
) -> Iterator[Page | InputError]:
    """A page for each row, named by the line that it begins on (`rows.csv:17`); a bad row is its own error.

    The first row is the header. The delimiter is that of `, ; TAB |` which makes most known names of it. `columns`
    says field to column; `note` is told what was guessed. Wants a peekable stream.
    """
    encoding = encoding_of(stream.peek(_HEAD)[:_HEAD], name)  # type: ignore[attr-defined]
    wrapped = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    try:
        yield from _table(_Lines(wrapped, name), name, columns, note)
    finally:
        wrapped.detach()  # else it would close the stream, which belongs to whoever opened it


def _table(
    text: _Lines, name: str, columns: Mapping[str, str], note: Callable[[str], None]
) -> Iterator[Page | InputError]:
    csv.field_size_limit(int(limits.DOCUMENT_BYTES))
    try:
        first = next(text, "").removeprefix("\ufeff")
        if len(first) > limits.TABLE_COLUMNS * _COLUMN_NAME:
            raise TooLarge(f"its first line has {len(first):,} characters, and should name the columns", name)
        text.again = first
        rows = csv.reader(text, delimiter=_delimiter(first, columns))
        header = [column.strip() for column in next(rows, [])]
    except csv.Error as problem:
        raise UnreadableInput(f"its header cannot be read ({problem})", name) from None
    if not any(header):
        raise EmptyInput("the first line, which should name the columns, is empty", name)
    if len(header) > limits.TABLE_COLUMNS:
        raise TooLarge(f"it has more than {limits.TABLE_COLUMNS:,} columns", name)
    found = fields.choose(header, columns)
    fields.require_body(found, header, name)
    note(f"{name}: reads {fields.described(found)}")
    yield from _pages(rows, header, found, name)


def _pages(rows: Any, header: list[str], found: Mapping[str, list[str]], name: str) -> Iterator[Page | InputError]:
    while True:
        here = f"{name}:{rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except InputError as error:
            error.name = here
            yield error
            continue
        except csv.Error as problem:
            yield UnreadableInput(f"the row cannot be read ({problem}); is a quotation mark left open?", here)
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            yield UnreadableInput(
                f"the row has {len(row)} fields and the header {len(header)}; a field that holds the delimiter, or a "
                "quotation mark, stands in quotation marks",
                here,
            )
            continue
        yield fields.page(dict(zip(header, row, strict=False)), found, here)


class _Lines:
    """The lines of a text, each up to a cap; the rest of a longer one is passed over, and the line is an error."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self._text, self._name = text, name
        self.again: str | None = None
        """A line that was looked at and is to come again."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line, with its end. Raises `TooLarge` for one beyond the cap."""
        if self.again is not None:
            line, self.again = self.again, None
            return line
        most = int(limits.DOCUMENT_BYTES)
        line = self._text.readline(most + 1)
        if not line:
            raise StopIteration
        if len(line) > most:
            while line and not line.endswith(("\n", "\r")):
                line = self._text.readline(most)
            raise TooLarge(f"the line has more than {most:,} characters", self._name)
        return line


def _delimiter(header: str, columns: Mapping[str, str]) -> str:
    def fitness(delimiter: str) -> tuple[int, int]:
        names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
        return sum(len(known) for known in fields.choose(names, columns).values()), len(names)

    return max(_DELIMITERS, key=fitness)
