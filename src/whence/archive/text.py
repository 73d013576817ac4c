"""Text as SQLite can hold it, and words as its index can be asked for them."""

from __future__ import annotations

import re
from typing import overload

_PARTS = re.compile(r'"([^"]*)"?|([^\s"]+)')
"""A phrase in quotation marks, closed or not, or a word."""
_PARTS_ASKED = 32
"""Words and phrases of a question that count; FTS5's expressions may nest 256 deep."""


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: None) -> None: ...
def storable(text: str | None) -> str | None:
    """The text without lone surrogates, which UTF-8 cannot hold; question marks stand for them."""
    return None if text is None else text.encode("utf8", "replace").decode("utf8")


def match(query: str) -> str:
    """An FTS5 expression for what a person types: all words, “phrases” in quotation marks, `begin*` for a beginning.

    Nothing else has a meaning, so that no text is a syntax error. Without any word it finds nothing.
    """
    parts = []
    for phrase, word in _PARTS.findall(query.replace("\0", " "))[:_PARTS_ASKED]:
        bare = (phrase or word).rstrip("*")
        is_beginning = word.endswith("*") and bare != ""
        parts.append(f'"{storable(bare)}"' + ("*" if is_beginning else ""))
    return " ".join(parts) or '""'
