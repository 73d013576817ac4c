"""JSON and JSONL: objects with `text` or `html` and optionally what else `fields.yaml` names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from whence.errors import InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import fields, limits
from whence.sources.options import silent

_SHOWN = 60
_PEEKED = 1 << 16
_NOTHING: Mapping[str, str] = {}


def read(
    stream: BinaryIO, name: str, *, columns: Mapping[str, str] = _NOTHING, note: Callable[[str], None] = silent
) -> Iterator[Page | InputError]:
    """The pages of JSON: JSONL if the first line is a whole object, else one value. Wants a peekable stream."""
    first = stream.peek(_PEEKED)[:_PEEKED].partition(b"\n")[0]  # type: ignore[attr-defined]
    try:
        is_row = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        is_row = first.lstrip().startswith(b"{") and len(first) >= _PEEKED
    yield from (read_lines if is_row else _whole)(stream, name, columns=columns, note=note)


def read_lines(
    stream: BinaryIO, name: str, *, columns: Mapping[str, str] = _NOTHING, note: Callable[[str], None] = silent
) -> Iterator[Page | InputError]:
    """A page for each line of JSONL; a bad line is its own error and the next ones go on."""
    made = _Objects(name, columns, note)
    number, most = 0, int(limits.DOCUMENT_BYTES)
    while line := stream.readline(most + 1):
        number += 1
        here = f"{name}:{number}"
        if len(line) > most:
            while not line.endswith(b"\n") and (line := stream.readline(most)):
                pass
            yield TooLarge(f"the line has more than {most:,} bytes", here)
        elif line.strip():
            yield _attempt(made, line, here)


def _whole(
    stream: BinaryIO, name: str, *, columns: Mapping[str, str], note: Callable[[str], None]
) -> Iterator[Page | InputError]:
    """The pages of one JSON value: an object, or an array of them."""
    made = _Objects(name, columns, note)
    data = stream.read(limits.JSON_BYTES + 1)
    if len(data) > limits.JSON_BYTES:
        yield TooLarge(f"a .json file of more than {limits.JSON_BYTES:,} bytes; as JSONL it can have any length", name)
        return
    try:
        value = _loads(data, name)
    except InputError as error:
        yield error
        return
    if isinstance(value, list):
        yield from (made.page(item, f"{name}[{index}]") for index, item in enumerate(value))
    else:
        yield made.page(value, name)


class _Objects:
    """Makes pages of objects, whose keys mostly are those of the object before."""

    def __init__(self, name: str, columns: Mapping[str, str], note: Callable[[str], None]) -> None:
        self._name, self._columns, self._note = name, columns, note
        self._keys: tuple[str, ...] | None = None
        self._found: dict[str, list[str]] = {}
        self._is_noted = False

    def page(self, item: Any, name: str) -> Page | InputError:
        """A page of one object, or what is wrong with it."""
        if not isinstance(item, dict):
            shown = json.dumps(item)[:_SHOWN]
            return UnreadableInput(f"a row is an object with `text` or `html`, not {shown}", name)
        keys = tuple(item)
        if keys != self._keys:
            self._keys, self._found = keys, fields.choose(keys, self._columns)
        made = fields.page(item, self._found, name)
        guessed = {field: names for field, names in self._found.items() if names[0] != field}
        if isinstance(made, Page) and not self._is_noted and guessed:
            self._is_noted = True
            self._note(f"{self._name}: reads {fields.described(guessed)}")
        return made


def _attempt(made: _Objects, line: bytes, name: str) -> Page | InputError:
    try:
        return made.page(_loads(line, name), name)
    except InputError as error:
        return error


def _loads(data: bytes, name: str) -> Any:
    try:
        return json.loads(data)
    except RecursionError:
        raise TooLarge("its JSON is nested too deeply", name) from None
    except (ValueError, UnicodeDecodeError) as problem:
        raise UnreadableInput(f"broken JSON ({problem})", name) from None
