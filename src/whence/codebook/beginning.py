"""The file with which a user begins a category: a commented template, or a copy of a built-in category."""

from __future__ import annotations

from pathlib import Path

from whence.codebook.loader import BUILT_IN
from whence.codebook.reading import TYPE_NAME
from whence.errors import CodebookError

_TEMPLATE = Path(__file__).parent / "template.yaml"
_COPY = Path(__file__).parent / "copied.txt"
"""What stands above a copy of a built-in category."""
_NAME, _CLASS = "TYPE_NAME", "TYPE_CLASS"
"""What the template has in place of the type's name, and of a word class named after it."""


def begin(type_name: str) -> str:
    """The text of a codebook file for the type, in YAML, which holds as it stands.

    A type of the built-in codebook begins as it is there. Raises `CodebookError` for what cannot be a type's name.
    """
    name = type_name.upper()
    if not TYPE_NAME.fullmatch(name):
        raise CodebookError(f"{type_name!r} is no name for a type; use letters, digits, - and _, such as ATTACK-HEALTH")
    built_in = BUILT_IN / f"{name}.yaml"
    if built_in.exists():
        return _COPY.read_text(encoding="utf-8").replace(_NAME, name) + built_in.read_text(encoding="utf-8")
    letters = "".join(letter if letter.isalpha() else "_" for letter in name)
    template = _TEMPLATE.read_text(encoding="utf-8")
    return template.replace(_NAME, name).replace(_CLASS, f"OF_{letters}".rstrip("_"))
