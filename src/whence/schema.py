"""The shape of what whence prints, read off the records: as JSON Schema, and as one Arrow schema for exchange.

Both are generated from the type hints of `whence.records`, and their descriptions from its docstrings.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import sys
import types
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from whence import errors
from whence.coding.time_values import Timex
from whence.pipeline import Failure
from whence.records import Coding, Event, Span

if TYPE_CHECKING:
    import pyarrow as pa

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one object of output: the coding of an article, or the failure of an input."""
    definitions: dict[str, Any] = {}
    coding = _definition(Coding, definitions)
    definitions["Time"]["properties"]["timex"] = _definition(Timex, definitions)  # optional: `--timeml` asks for it
    definitions["Failure"] = _failure()
    definitions["NotEnglish"] = _not_english(definitions["Coding"]["properties"])
    return {
        "$schema": DIALECT,
        "title": "whence",
        "description": "One object for each article: its coding, or why there is none.",
        "oneOf": [coding, {"$ref": "#/$defs/Failure"}, {"$ref": "#/$defs/NotEnglish"}],
        "$defs": dict(sorted(definitions.items())),
    }


def _definition(record: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to a record's definition, which is put among `definitions` with all that it needs."""
    name = record.__name__
    if name not in definitions:
        definitions[name] = {}  # holds the place while its own fields are read
        described = _docstrings(record)
        properties: dict[str, Any] = {}
        for field, hint in _fields(record):
            properties[field] = _type(hint, definitions)
            if field in described:
                properties[field]["description"] = described[field]
        definitions[name] = _closed(properties) | {"description": inspect.getdoc(record) or ""}
    return {"$ref": f"#/$defs/{name}"}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type hint."""
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _definition(hint, definitions)
    if hint == Span:
        offset = {"type": "integer", "minimum": 0}
        return {"type": "array", "prefixItems": [offset, offset], "items": False, "minItems": 2}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if _is_optional(hint):
        return _nullable(_type(_without_none(hint), definitions))
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        return {"type": "array", "items": _type(get_args(hint)[0], definitions)}
    raise TypeError(f"no JSON Schema is defined for {hint!r}")


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if isinstance(schema.get("type"), str):
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _failure() -> dict[str, Any]:
    article = _closed({"id": {"type": ["string", "null"], "description": "The id that the input came with, if any."}})
    kinds = sorted(_kinds(errors.WhenceError) | {"internal"})
    return _closed({"article": article, "error": _error(kinds)}) | {"description": inspect.getdoc(Failure) or ""}


def _not_english(of_coding: dict[str, Any]) -> dict[str, Any]:
    """What stands for an article in another language: the article, nothing read from it, and the error."""
    nothing = {name: {"type": "array", "maxItems": 0} for name in of_coding if name not in ("article", "versions")}
    fields = {"article": of_coding["article"], **nothing, "error": _error([errors.NotEnglish.kind])}
    return _closed(fields) | {"description": "An article in another language, as it was read; it was not coded."}


def _error(kinds: list[str]) -> dict[str, Any]:
    return _closed({"kind": {"enum": kinds}, "message": {"type": "string"}})


def _kinds(error: type[errors.WhenceError]) -> set[str]:
    """The stable words of an error and of all below it."""
    return {error.kind}.union(*(_kinds(below) for below in error.__subclasses__()))


def _fields(record: type) -> Iterator[tuple[str, Any]]:
    """Names and types of a record's fields, in their order."""
    hints = get_type_hints(record)
    for field in dataclasses.fields(record):
        yield field.name, hints[field.name]


def _is_optional(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)


def _without_none(hint: Any) -> Any:
    (inner,) = (part for part in get_args(hint) if part is not type(None))
    return inner


def _docstrings(record: type) -> dict[str, str]:
    """The strings that stand below fields in the source of the records, by field."""
    return _all_docstrings(record.__module__).get(record.__name__, {})


@cache
def _all_docstrings(module: str) -> dict[str, dict[str, str]]:
    """Those of all records that a module declares."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(sys.modules[module])).body:
        if not isinstance(node, ast.ClassDef):
            continue
        fields = found.setdefault(node.name, {})
        for field, below in zip(node.body, node.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and _is_string(below):
                fields[field.target.id] = inspect.cleandoc(ast.literal_eval(ast.unparse(below)))
    return found


def _is_string(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


@cache
def arrow_schema() -> pa.Schema:
    """One Arrow schema for exchange: a row for each input, its coding as JSON, its events as flat rows.

    `events` is a list of structs of plain values: a record inside an event becomes a column for
    each of its fields (`trigger_text`, `time_start`), several of them become lists side by side
    (`actors_name`, `actors_country`). DuckDB's `UNNEST`, polars' `explode` and
    `pyarrow.compute.list_flatten` make an event table of it.
    """
    import pyarrow as pa

    event = pa.struct(list(_columns(Event)))
    return pa.schema(
        [
            pa.field("id", pa.string()),
            pa.field("url", pa.string()),
            pa.field("title", pa.string()),
            pa.field("published", pa.string()),
            pa.field("sha256", pa.string()),
            pa.field("error_kind", pa.string()),
            pa.field("error_message", pa.string()),
            pa.field("coding", pa.string()),
            pa.field("events", pa.list_(event)),
        ]
    )


def arrow_text() -> str:
    """The Arrow schema for a person: a line for each column, and for each field of an event below `events`."""
    lines = []
    for field in arrow_schema():
        if field.name == "events":
            lines.append("events: list of")
            lines += [f"    {inner.name}: {inner.type}" for inner in field.type.value_type]
        else:
            lines.append(f"{field.name}: {field.type}")
    return "\n".join(lines)


def to_arrow(items: Iterable[Coding | Failure]) -> pa.Table:
    """Codings and failures as a table of `arrow_schema`, in their order."""
    import pyarrow as pa

    return pa.Table.from_pylist([_row(item) for item in items], schema=arrow_schema())


def _row(item: Coding | Failure) -> dict[str, Any]:
    """A row of the Arrow table; columns that do not apply are left out, and so null."""
    if isinstance(item, Failure):
        read = json.dumps(item.to_dict(), ensure_ascii=False) if item.article is not None else None
        return {"id": item.id, "error_kind": item.kind, "error_message": item.message, "coding": read}
    article = item.article
    told = item.to_dict()
    empty = blanks(arrow_schema().field("events").type.value_type)
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "published": article.published,
        "sha256": article.sha256,
        "coding": json.dumps(told, ensure_ascii=False),
        "events": [empty | flat(event) for event in told["events"]],
    }


def flat(part: dict[str, Any]) -> dict[str, Any]:
    """An event or statement, as its JSON has it, in flat columns; those that are null or have no records are left out.

    Of a record inside it there is a column for each field (`trigger_text`), of several a list for each (`actors_name`).
    """
    found: dict[str, Any] = {}
    for name, value in part.items():
        if isinstance(value, dict):
            found |= {f"{name}_{inner}": within for inner, within in value.items()}
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            found |= {f"{name}_{inner}": [item[inner] for item in value] for inner in value[0]}
        elif value is not None:
            found[name] = value
    return found


def blanks(fields: Iterable[pa.Field]) -> dict[str, Any]:
    """What stands in columns of which the JSON says nothing: no items in a list, else null."""
    import pyarrow as pa

    return {field.name: [] if pa.types.is_list(field.type) else None for field in fields}


def _columns(record: type) -> Iterator[tuple[str, Any]]:
    """Names and Arrow types of the flat columns of a record: its own plain fields, and those of records inside it."""
    import pyarrow as pa

    for field, hint in _fields(record):
        inner = _without_none(hint) if _is_optional(hint) else hint
        is_list = get_origin(inner) is tuple and inner != Span
        item = get_args(inner)[0] if is_list else inner
        if dataclasses.is_dataclass(item) and isinstance(item, type):
            for name, kind in _columns(item):
                yield f"{field}_{name}", pa.list_(kind) if is_list else kind
        else:
            yield field, pa.list_(_arrow(item)) if is_list else _arrow(item)


def _arrow(hint: Any) -> Any:
    """The Arrow type of a plain value."""
    import pyarrow as pa

    if _is_optional(hint):
        hint = _without_none(hint)
    if hint == Span:
        return pa.list_(pa.int32(), 2)
    if get_origin(hint) is Literal:
        return pa.string()
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[hint]
