"""Names of several words in running text, as capitals show them: those of people and bodies that fill no slot too.

"Interior Minister Ayelet Shaked" is "ayelet shaked": an office stands in many stories, a person in few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from whence.incidents.settings import settings

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'-]*"
_PHRASE = re.compile(rf"{_CAPITAL}(?: (?:(?:of|for|and|the|al|de|la|el|bin|von|van) ){{0,2}}{_CAPITAL})+")
"""Words with a capital in a row, small ones between them."""
_LINK = re.compile(r" (?:of|for|and)(?: the)? ")
_FEWEST = 2
"""Words of a name that is not an office's holder."""


@lru_cache(maxsize=100_000)
def bare(name: str) -> str:
    """A name for comparing: case, articles, possessives and punctuation aside."""
    folded = re.sub(r"['’]s?\b", "", name.casefold())
    return " ".join(w for w in re.findall(r"\w+", folded) if w not in ("the", "a", "an"))


def proper(text: str) -> Iterator[str]:
    """The names of several words, for comparing; without the office before a name, and no mere office."""
    titles = _titles()
    made = titles | _general()
    for phrase in _phrases(text):
        words = bare(phrase).split()
        last = max((number for number, word in enumerate(words) if word in titles), default=-1)
        name = words[last + 1 :]
        if not made.issuperset(name) and (last >= 0 or len(name) >= _FEWEST):
            yield " ".join(name)


@cache
def _titles() -> frozenset[str]:
    """Words before a person's name that tell an office or a rank."""
    return frozenset(settings()["titles"])


@cache
def _general() -> frozenset[str]:
    """Other words of which names of offices and bodies are made."""
    return frozenset(settings()["general"])


def is_made_of_offices(name: str) -> bool:
    """Whether any word of a name, for comparing, is one that stands in names of offices and bodies."""
    return not (_titles() | _general()).isdisjoint(name.split())


def _phrases(text: str) -> Iterator[str]:
    """Words with a capital in a row, and what stands before and after small words among them."""
    for match in _PHRASE.finditer(text):
        parts = _LINK.split(match.group())
        yield from dict.fromkeys((match.group(), *parts))


def apart(names: Iterable[str], taken: Iterable[str]) -> Sequence[str]:
    """The names that share no word with `taken` or with a longer one among them, in the order of the alphabet."""
    used = {word for name in taken for word in name.split()}
    chosen = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        words = set(name.split())
        if not words & used:
            chosen.append(name)
            used |= words
    return sorted(chosen)
