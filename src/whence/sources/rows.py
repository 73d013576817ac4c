"""JSON and JSONL: objects with `text` or `html` and optionally `id`, `title`, `published`, `url`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from whence.errors import EmptyInput, InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources.limits import DOCUMENT_BYTES, JSON_BYTES
from whence.sources.sniffing import without_surrogates

_SHOWN = 60


def lines(stream: BinaryIO, name: str) -> Iterator[Page | InputError]:
    """A page for each line of JSONL; a bad line is its own error and the next ones go on."""
    number = 0
    while line := stream.readline(DOCUMENT_BYTES + 1):
        number += 1
        here = f"{name}:{number}"
        if len(line) > DOCUMENT_BYTES:
            while (rest := stream.readline(DOCUMENT_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield TooLarge(f"the line has more than {DOCUMENT_BYTES:,} bytes", here)
        elif line.strip():
            yield _attempt(line, here)


def whole(stream: BinaryIO, name: str) -> Iterator[Page | InputError]:
    """The pages of one JSON value: an object, or an array of them."""
    data = stream.read(JSON_BYTES + 1)
    if len(data) > JSON_BYTES:
        yield TooLarge(f"a .json file of more than {JSON_BYTES:,} bytes; as JSONL it can have any length", name)
        return
    try:
        value = _loads(data, name)
    except InputError as error:
        yield error
        return
    if isinstance(value, list):
        yield from (_made(item, f"{name}[{index}]") for index, item in enumerate(value))
    else:
        yield _made(value, name)


def json_or_lines(stream: Any, name: str) -> Iterator[Page | InputError]:
    """JSON of unknown kind: JSONL if the first line is a whole object, else one value. Wants a peekable stream."""
    first = stream.peek(1 << 16)[: 1 << 16].partition(b"\n")[0]
    try:
        is_row = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        is_row = first.lstrip().startswith(b"{") and len(first) >= 1 << 16
    yield from lines(stream, name) if is_row else whole(stream, name)


def _attempt(line: bytes, name: str) -> Page | InputError:
    try:
        return _made(_loads(line, name), name)
    except InputError as error:
        return error


def _loads(data: bytes, name: str) -> Any:
    try:
        return json.loads(data)
    except RecursionError:
        raise TooLarge("its JSON is nested too deeply", name) from None
    except (ValueError, UnicodeDecodeError) as problem:
        raise UnreadableInput(f"broken JSON ({problem})", name) from None


def _made(item: Any, name: str) -> Page | InputError:
    """A page of one object, or what is wrong with it."""
    if not isinstance(item, dict):
        shown = json.dumps(item)[:_SHOWN]
        return UnreadableInput(f"a row is an object with `text` or `html`, not {shown}", name)
    fields = {key: item.get(key) for key in ("id", "title", "published", "url")}
    given: dict[str, Any] = {key: without_surrogates(str(value)) for key, value in fields.items() if value is not None}
    key = "text" if isinstance(item.get("text"), str) else "html"
    body = item.get(key)
    if not isinstance(body, str):
        return UnreadableInput("the object has no string `text` or `html`", name, given.get("id"))
    if not body.strip():
        return EmptyInput(f"`{key}` is empty", name, given.get("id"))
    data = without_surrogates(body).encode("utf8")
    if len(data) > DOCUMENT_BYTES:
        return TooLarge(f"`{key}` has more than {DOCUMENT_BYTES:,} bytes", name, given.get("id"))
    return Page(data, name, "text/plain" if key == "text" else "text/html", **given)
