"""The word lists of reported speech (`attribution.yaml`), checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from whence.coding import wordlists
from whence.errors import KnowledgeError
from whence.records import Commitment


@dataclass(frozen=True, slots=True)
class Cues:
    """All that `attribution.yaml` says, ready to ask."""

    verbs: Mapping[str, Commitment]
    """Reporting verbs, by lemma, with what they say about the truth of the words."""
    words: Mapping[str, frozenset[str]]
    """The plain lists of the file: nouns, occasions, carried, documents, hearers, quoting, ..."""
    unverified: tuple[str, ...]
    """What a sentence says of words that nobody could check, in lower case."""


@cache
def load() -> Cues:
    """Reads the lists that come with the package.

    Raises `KnowledgeError` where the file does not hold.
    """
    data = dict(wordlists.load("attribution.yaml"))
    verbs: dict[str, Commitment] = {}
    for commitment, lemmas in data.pop("verbs").items():
        if commitment not in get_args(Commitment):
            raise KnowledgeError(f"attribution.yaml: there is no commitment {commitment!r}")
        verbs.update(dict.fromkeys(lemmas, commitment))
    unverified = tuple(data.pop("unverified"))
    return Cues(verbs, {name: frozenset(words) for name, words in data.items()}, unverified)
