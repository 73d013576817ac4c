"""Words by which lines beside an article give themselves away (`cues.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TOKEN = re.compile(r"[\w'’]+|[©:/]")
_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """The phrases of `cues.yaml`, by their first word."""

    start: Mapping[str, tuple[tuple[_Phrase, str], ...]]
    within: Mapping[str, tuple[tuple[_Phrase, str], ...]]
    headings: frozenset[str]
    """Kinds of which a short line may be a heading."""

    def starting(self, words: Sequence[str]) -> set[str]:
        """Kinds of the phrases with which a line begins."""
        if not words:
            return set()
        return {kind for phrase, kind in self.start.get(words[0], ()) if _stands(phrase, words, 0)}

    def inside(self, words: Sequence[str]) -> set[str]:
        """Kinds of the phrases that a line has somewhere."""
        within = self.within
        return {
            kind
            for i, word in enumerate(words)
            if word in within
            for phrase, kind in within[word]
            if _stands(phrase, words, i)
        }


def tokens(text: str) -> list[str]:
    """Words of a line in lower case, with the few signs that phrases of the list have."""
    return _TOKEN.findall(text.lower().replace("’", "'"))


@cache
def cues() -> Cues:
    """The list that comes with whence."""
    import yaml

    read = yaml.safe_load(files("whence.article").joinpath("cues.yaml").read_text(encoding="utf8"))
    return Cues(
        start=_by_first_word((phrase, kind) for kind, entry in read.items() for phrase in entry.get("start", ())),
        within=_by_first_word((phrase, kind) for kind, entry in read.items() for phrase in entry.get("within", ())),
        headings=frozenset(kind for kind, entry in read.items() if entry.get("heading") == "yes"),
    )


def _by_first_word(phrases: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[_Phrase, str], ...]]:
    found: dict[str, tuple[tuple[_Phrase, str], ...]] = {}
    for phrase, kind in phrases:
        words = tuple(tokens(phrase))
        found[words[0]] = (*found.get(words[0], ()), (words, kind))
    return found


def _stands(phrase: _Phrase, words: Sequence[str], at: int) -> bool:
    return tuple(words[at : at + len(phrase)]) == phrase
