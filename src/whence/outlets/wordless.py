"""Codings without the words of their articles, for corpora whose licence forbids passing the text on.

What stays are offsets, codes, and the article's SHA-256, with which whoever has the text finds every stretch again.
In the place of a name stands the beginning of its SHA-256: the same name is the same hash in every article, so actors
can still be counted. It tells a name to whoever guesses it, and hides no secret.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from typing import Any, TypeVar

from whence.records import Coding

T = TypeVar("T")

_KEPT = frozenset(
    {
        # which article, and what made its coding
        "published", "published_from", "modified", "modified_from", "site", "language", "sha256", "credit",
        "whence", "model", "codebook", "knowledge", "profiles",
        # codes, days and references
        "country", "sector", "grain", "use", "start", "end", "what", "form", "commitment", "holders", "within",
        "uid", "type", "mode", "status", "statement", "same_as", "contexts", "cameo",
    }
)  # fmt: skip
"""Fields of text that hold none of the article's words. Any other that a record may come to have is emptied."""
_NAMES = frozenset({"name", "chain"})
"""Fields that hold names as the article writes them."""
_LONG = frozenset({"label", "site", "credit", "id"})
"""Fields that come from elsewhere, and may yet be so long that they repeat a stretch of the article."""
_RUN = 5
"""Words in a row from which on they count as a stretch of the article."""
_HASH = 16
"""Hexadecimal digits of a name's hash: with 100 million names, two of the same are improbable."""


def without_text(coding: Coding) -> Coding:
    """The coding without the words of its article: texts are empty, names `hashed`, title and excluded lines gone.

    Its address goes too, for most addresses repeat the title.
    """
    article = dataclasses.replace(coding.article, url=None, title=None, excluded=(), authors=())
    return _emptied(dataclasses.replace(coding, article=article))


def hashed(name: str) -> str:
    """`sha256:` and the first 16 hexadecimal digits of the name's SHA-256 in UTF-8."""
    return f"sha256:{hashlib.sha256(name.encode('utf8', 'replace')).hexdigest()[:_HASH]}"


def shortened(value: str | None) -> str | None:
    """What somebody or something is called outside the article, `hashed` if it has five words or more."""
    return value if value is None or len(_WORDS.findall(value)) < _RUN else hashed(value)


def shortened_id(id: str) -> str:
    """An article's id, `hashed` if it is an address or has five words or more; figures are no words."""
    return hashed(id) if "://" in id or len(_LETTERS.findall(id)) >= _RUN else id


_WORDS = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")


def _emptied(record: T) -> T:
    """The record, and those within, without words."""
    fields = dataclasses.fields(record)  # type: ignore[arg-type]
    return dataclasses.replace(record, **{f.name: _field(f.name, getattr(record, f.name)) for f in fields})  # type: ignore[type-var]


def _field(name: str, value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return _emptied(value)
    if isinstance(value, tuple):
        return tuple(_field(name, item) for item in value)
    if not isinstance(value, str) or name in _KEPT:
        return value
    if name in _LONG:
        return shortened_id(value) if name == "id" else shortened(value)
    return hashed(value) if name in _NAMES else ""
