"""Which column of a table, or field of a JSON object, is which field of a page: by name, from a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from whence.errors import EmptyInput, InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import limits
from whence.sources.sniffing import media_type, without_surrogates

FIELDS = ("text", "html", "id", "title", "published", "url", "site", "authors")
"""What a row can say of an article."""
_APART = re.compile(r"[\s.\-]+")
_QUOTED = re.compile(r"'([^']{1,200})'|\"([^\"]{1,200})\"")
_ONE_OF_SEVERAL = re.compile(r"[;|]")
_SHOWN = 30
"""Columns that an error lists."""
_MOST_AUTHORS = 50
_LONGEST = 2_000
"""Characters of a title, address, day or name; what is longer is none."""


def choose(columns: Iterable[str], chosen: Mapping[str, str]) -> dict[str, list[str]]:
    """For each field the columns that may hold it, the likelier first; a column serves one field.

    `chosen` is what the user said, field to column, and wins. Raises `ValueError` for a field that is none.
    """
    usual = _usual()
    free = {_plain(column): column for column in reversed(list(columns))}
    found: dict[str, list[str]] = {}
    for field, column in chosen.items():
        if field not in FIELDS:
            raise ValueError(f"there is no field {field!r}; there are {', '.join(FIELDS)}")
        found[field] = [column]
        if free.get(_plain(column)) == column:
            del free[_plain(column)]
    for field in FIELDS:
        if field not in found and not (field in ("text", "html") and {"text", "html"} & set(chosen)):
            found[field] = [free.pop(name) for name in usual[field] if name in free]
    return {field: names for field, names in found.items() if names}


def require_body(found: Mapping[str, list[str]], columns: Iterable[str], name: str) -> None:
    """Raises `UnreadableInput`, which lists the columns, where none of them holds a text or a page."""
    have = list(columns)
    for field, wanted in found.items():
        if wanted[0] not in have:
            raise UnreadableInput(f"it has no column {wanted[0]!r} for {field}; it has {_listed(have)}", name)
    if not {"text", "html"} & set(found):
        raise UnreadableInput(
            f"no column is named like a text; say which one is, as in --column text={have[0] if have else 'BODY'}; "
            f"it has {_listed(have)}",
            name,
        )


def described(found: Mapping[str, list[str]]) -> str:
    """What was guessed, for people: `text from "body", title from "headline"`."""
    return ", ".join(f'{field} from "{names[0]}"' for field, names in found.items())


def page(row: Mapping[str, Any], found: Mapping[str, list[str]], name: str) -> Page | InputError:
    """A page of one row, or what is wrong with it."""
    given = {
        field: value for field in FIELDS[2:-1] if (value := _string(_first(row, found.get(field, ())))) is not None
    }
    identity = given.get("id")
    held = {field: _first(row, found.get(field, ())) for field in ("text", "html")}
    bodies = {field: value for field, value in held.items() if isinstance(value, str)}
    if not bodies:
        return UnreadableInput("the object has no string `text` or `html`", name, identity)
    field = next((key for key, value in bodies.items() if value.strip()), None)
    if field is None:
        return EmptyInput(f"`{next(iter(bodies))}` is empty", name, identity)
    data = without_surrogates(bodies[field]).encode("utf8")
    if len(data) > limits.DOCUMENT_BYTES:
        return TooLarge(f"`{field}` has more than {limits.DOCUMENT_BYTES:,} bytes", name, identity)
    is_html = field == "html" or ("text" not in row and media_type(data[:4096]) == "text/html")
    authors = _authors(_first(row, found.get("authors", ())))
    return Page(data, name, "text/html" if is_html else "text/plain", authors=authors, **given)


@cache
def _usual() -> dict[str, list[str]]:
    import yaml  # slow to import, and wanted only for rows

    lists = yaml.safe_load(resources.files(__package__).joinpath("fields.yaml").read_text(encoding="utf8"))
    return {field: [str(name) for name in lists[field]] for field in FIELDS}


def _plain(column: str) -> str:
    return _APART.sub("_", column.strip().casefold())


def _listed(columns: list[str]) -> str:
    more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return ", ".join(json.dumps(column[:60], ensure_ascii=False) for column in columns[:_SHOWN]) + more


def _first(row: Mapping[str, Any], columns: Iterable[str]) -> Any:
    """The first value that says something; else the first that is there."""
    values = [row[column] for column in columns if row.get(column) is not None]
    return next(
        (value for value in values if not (isinstance(value, str) and not value.strip())), next(iter(values), None)
    )


def _string(value: Any) -> str | None:
    """A value as a field of a page; None for what is no single value, or far too long."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if value is None or isinstance(value, (dict, list, tuple, bytes)):
        return None
    try:
        text = without_surrogates(str(value)).strip()
    except ValueError:  # a number of more digits than Python writes out
        return None
    return text if 0 < len(text) <= _LONGEST else None


def _authors(value: Any) -> tuple[str, ...]:
    """Names from a list, a list written as text, or names with semicolons between them."""
    if isinstance(value, str):
        value = value[:_LONGEST].strip()
        if value.startswith("[") and value.endswith("]"):
            value = [one or other for one, other in _QUOTED.findall(value)]
        else:
            value = _ONE_OF_SEVERAL.split(value)
    if not isinstance(value, (list, tuple)):
        return ()
    names = (_string(name) for name in value[:_MOST_AUTHORS])
    return tuple(name for name in names if name)
