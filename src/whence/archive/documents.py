"""Records as the bytes that an archive keeps, and back.

A document is the JSON object that whence prints for an article: the whole coding, or of a near-copy, which has
none, `{"article": …}`. It is kept byte for byte, zlib-compressed.
"""

from __future__ import annotations

import dataclasses
import json
import types
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from whence.archive.text import storable
from whence.errors import ArchiveError
from whence.records import Article, Coding, Incident, Versions, to_plain

T = TypeVar("T")
_LEVEL = 6
"""Of zlib: a coding shrinks to a seventh; level 9 gains two per cent and takes three times as long."""


def dump(record: Coding | Article) -> bytes:
    """The document of a coding, or of an article without one."""
    plain = to_plain(record) if isinstance(record, Coding) else {"article": to_plain(record)}
    return json.dumps(plain, ensure_ascii=False).encode("utf8", "surrogatepass")


def pack(document: bytes) -> bytes:
    """The document compressed."""
    return zlib.compress(document, _LEVEL)


def unpack(packed: bytes) -> bytes:
    """The document as it was. Raises `ArchiveError` for damaged bytes."""
    try:
        return zlib.decompress(packed)
    except zlib.error as error:
        raise ArchiveError(f"a document of the archive is damaged ({error}); restore a copy of the file") from error


def load(document: bytes) -> dict[str, Any]:
    """The document as plain dicts and lists."""
    loaded: dict[str, Any] = json.loads(document.decode("utf8", "surrogatepass"))
    return loaded


def load_printable(document: bytes) -> dict[str, Any]:
    """The same, with question marks for the lone surrogates that neither Arrow nor UTF-8 can hold."""
    loaded: dict[str, Any] = json.loads(storable(document.decode("utf8", "surrogatepass")))
    return loaded


def is_same_reading(one: bytes, other: bytes) -> bool:
    """Whether two codings are one but for the versions that made them."""
    loaded = load(one), load(other)
    for found in loaded:
        found.pop("versions", None)
    return loaded[0] == loaded[1]


def coding(document: bytes) -> Coding:
    """The coding of a document; of a copy's, one in which nothing was read."""
    loaded = load(document)
    if loaded.keys() == {"article"}:
        return Coding(from_plain(Article, loaded["article"]), (), (), (), (), ())
    return from_plain(Coding, loaded)


def incident(document: bytes) -> Incident:
    """The incident of a document."""
    return from_plain(Incident, load(document))


def article(document: bytes) -> Article:
    """The article of a document."""
    return from_plain(Article, load(document)["article"])


def from_plain(record: type[T], plain: Any) -> T:
    """The record of which `to_plain` made this; fields that an older whence did not know have their defaults.

    Raises `ArchiveError` where a field without a default is missing.
    """
    try:
        made: T = _maker_of(record)(plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise ArchiveError(f"a document of the archive holds no {record.__name__} ({error!r})") from error
    return made


Maker = Callable[[Any], Any]


def _maker_of(hint: Any) -> Maker:
    return _maker(hint)


@cache
def _maker(hint: Any) -> Maker:
    """What makes a value of a type hint out of plain values."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record_maker(hint)
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (part for part in get_args(hint) if part is not type(None))
        make = _maker(inner)
        return lambda value: None if value is None else make(value)
    if get_origin(hint) is tuple:
        make = _maker(get_args(hint)[0])  # all our tuples are of one kind of value
        return lambda values: tuple([make(value) for value in values])
    return lambda value: value


def _record_maker(record: type) -> Maker:
    hints = get_type_hints(record)
    makers = [(field.name, _maker(hints[field.name])) for field in dataclasses.fields(record)]
    required = {f.name for f in dataclasses.fields(record) if _is_required(f)}

    def make(plain: Any) -> Any:
        return record(**{name: maker(plain[name]) for name, maker in makers if name in plain or name in required})

    return make


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def versions_key(versions: Versions) -> tuple[str, str, str, str, str | None]:
    """The versions in the order of the table's columns."""
    return versions.whence, versions.model, versions.codebook, versions.knowledge, versions.profiles
