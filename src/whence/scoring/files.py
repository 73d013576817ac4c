"""Files of marked articles: a JSON object, a JSON array of them, or JSONL, compressed or not."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from whence.errors import InputError, MissingInput, TooLarge, UnreadableInput
from whence.scoring.marks import Marks, Move
from whence.scoring.marks import read as read_marks
from whence.sources import compression, limits

_ENDINGS = (".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with its marks, as it stands in a file."""

    name: str
    """What messages call it: `gold.jsonl:17`."""
    id: str | None
    title: str | None
    published: str | None
    url: str | None
    site: str | None
    text: str
    sha256: str
    """Of the UTF-8 text, in hexadecimal."""
    loaded: Mapping[str, Any]
    """The object whose keys are the marks."""

    def marks(self, move: Move = lambda span: span) -> Marks:
        """Its marks, moved to another text. Raises `UnreadableInput` where they do not fit its own."""
        return read_marks(self.loaded, self.text, self.name, move)


def read(path: str) -> Iterator[Marked | InputError]:
    """The articles of a file, of a folder's .json and .jsonl files, or with `-` of standard input.

    What cannot be read is an error that names it, and the next goes on. An object that says why an article could not
    be coded (`error`) is left out.
    """
    if path == "-":
        yield from _articles(_objects(io.BufferedReader(cast(Any, sys.stdin.buffer)), "<stdin>"))
        return
    place = Path(path)
    files = sorted(f for f in place.iterdir() if _is_named(f)) if place.is_dir() else [place]
    if not files:
        yield MissingInput("there is no .json or .jsonl file in this folder", path)
    for file in files:
        try:
            with file.open("rb") as stream:
                yield from _articles(_objects(stream, str(file)))
        except FileNotFoundError:
            yield MissingInput("there is no such file", str(file))
        except (OSError, *compression.BROKEN) as error:
            yield UnreadableInput(str(error), str(file))


def _is_named(path: Path) -> bool:
    bare = path.name
    for suffix in compression.SUFFIXES:
        bare = bare.removesuffix(suffix)
    return bare.endswith(_ENDINGS)


def _objects(stream: io.BufferedReader, name: str) -> Iterator[tuple[str, Any] | InputError]:
    """The values of JSONL, if the first line is a whole object, else those of one JSON value."""
    stream = compression.unpacked(stream)
    first = stream.readline(int(limits.DOCUMENT_BYTES) + 1)
    try:
        is_row = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        is_row = False
    yield from (_lines if is_row else _whole)(first, stream, name)


def _lines(line: bytes, stream: io.BufferedReader, name: str) -> Iterator[tuple[str, Any] | InputError]:
    number, most = 0, int(limits.DOCUMENT_BYTES)
    while line:
        number += 1
        if len(line) > most:
            yield TooLarge(f"the line has more than {most:,} bytes; what follows it is not read", f"{name}:{number}")
            return
        if line.strip():
            yield from _loaded(line, f"{name}:{number}")
        line = stream.readline(most + 1)


def _whole(first: bytes, stream: io.BufferedReader, name: str) -> Iterator[tuple[str, Any] | InputError]:
    data = first + stream.read(limits.JSON_BYTES + 1 - len(first))
    if len(data) > limits.JSON_BYTES:
        yield TooLarge(f"a .json file of more than {limits.JSON_BYTES:,} bytes; as JSONL it can have any length", name)
        return
    for found in _loaded(data, name):
        if isinstance(found, tuple) and isinstance(found[1], list):
            yield from ((f"{name}[{n}]", value) for n, value in enumerate(found[1]))
        else:
            yield found


def _loaded(data: bytes, name: str) -> Iterator[tuple[str, Any] | InputError]:
    try:
        yield name, json.loads(data)
    except RecursionError:
        yield TooLarge("its JSON is nested too deeply", name)
    except (ValueError, UnicodeDecodeError) as problem:
        yield UnreadableInput(f"broken JSON ({problem})", name)


def _articles(objects: Iterable[tuple[str, Any] | InputError]) -> Iterator[Marked | InputError]:
    for found in objects:
        if isinstance(found, InputError):
            yield found
            continue
        name, value = found
        if isinstance(value, Mapping) and "error" in value:
            continue
        try:
            yield _article(name, value)
        except InputError as error:
            yield error


def _article(name: str, value: Any) -> Marked:
    if not isinstance(value, Mapping):
        raise UnreadableInput(f"an object with an article is wanted, not {value!r:.60}", name)
    article = value.get("article", value)
    text = article.get("text") if isinstance(article, Mapping) else None
    if not isinstance(text, str) or not text.strip():
        raise UnreadableInput("it has no text: `article.text`, or `text` beside its marks", name)
    fields = {key: article.get(key) for key in ("id", "title", "published", "url", "site")}
    if isinstance(fields["id"], int):
        fields["id"] = str(fields["id"])
    for key, field in fields.items():
        if field is not None and not isinstance(field, str):
            raise UnreadableInput(f"`{key}` is a string or null, not {field!r:.60}", name)
    digest = hashlib.sha256(text.encode("utf8", "replace")).hexdigest()
    return Marked(name, **fields, text=text, sha256=digest, loaded=value)
