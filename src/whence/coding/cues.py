"""The reporting cues of `attribution.yaml`, checked and indexed by lemma."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from whence.errors import KnowledgeError
from whence.records import Commitment

_FORMS = frozenset({"quote", "clause", "infinitive", "gerund", "object", "as", "complement"})


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """How the verbs of a group take their content."""

    content: tuple[str, ...]
    commitment: Commitment
    subject: str | None
    needs: str | None


@dataclass(frozen=True, slots=True)
class Cues:
    """All that `attribution.yaml` says, ready to ask."""

    verbs: dict[str, tuple[VerbGroup, ...]]
    """By lemma, particle included ("point out"), in the order of the file."""
    prepositions: frozenset[str]
    words: dict[str, frozenset[str]]
    """The plain lists of the file: nouns, occasions, carried, documents, hearers, quoting, ..."""
    unverified: tuple[str, ...]


@cache
def load() -> Cues:
    """Reads the cues that come with the package.

    Raises `KnowledgeError` where the file does not hold.
    """
    source = files("whence.coding").joinpath("attribution.yaml")
    data = cast(
        dict[str, Any], yaml.load(source.read_text(encoding="utf8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    )
    verbs: dict[str, list[VerbGroup]] = defaultdict(list)
    for group in data["verbs"]:
        made = VerbGroup(tuple(group["content"]), group["commitment"], group.get("subject"), group.get("needs"))
        unknown = [c for c in made.content if c not in _FORMS and not c.islower()]
        if unknown or not group["lemmas"]:
            raise KnowledgeError(f"attribution.yaml: group of {group['lemmas'][:3]} has unknown content {unknown}")
        for lemma in dict.fromkeys(group["lemmas"]):
            verbs[lemma].append(made)
    lists = {k: frozenset(v) for k, v in data.items() if k not in ("verbs", "unverified", "prepositions")}
    return Cues(
        {k: tuple(v) for k, v in verbs.items()}, frozenset(data["prepositions"]), lists, tuple(data["unverified"])
    )


def is_form(content: str) -> bool:
    """Whether a content word of the file names a construction rather than a preposition."""
    return content in _FORMS
