"""Reading the word lists that stand beside the coding modules as YAML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def load(name: str) -> dict[str, Any]:
    """The mapping of a YAML file of this folder, read once; not to be changed."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    mapping: dict[str, Any] = yaml.load(text, Loader=loader)
    return mapping


@cache
def sets(name: str) -> Mapping[str, frozenset[str]]:
    """The lists of words among them, to be asked often."""
    return {key: frozenset(words) for key, words in load(name).items() if isinstance(words, list) and _are_words(words)}


def _are_words(entries: list[Any]) -> bool:
    return all(isinstance(entry, str) for entry in entries)
