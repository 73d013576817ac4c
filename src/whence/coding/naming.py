"""When two names of one article mean the same: surnames, longer forms, acronyms."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from whence.coding import wordlists
from whence.knowledge.normal import key

_WORD = re.compile(r"\w+")
_IGNORED = frozenset({"the", "of", "and", "for"})
_PREPOSITIONS = frozenset({"of", "for", "on", "in", "against", "de", "to", "from"})
_SHORT = 10
"""Letters of the longest short form."""
_TELLING = 3
"""Letters from which a word in the middle of a person's name may stand for it."""


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case and without accents, titles, possessive marks and what stands in brackets."""
    ignored = _IGNORED | wordlists.sets("coreference.yaml")["titles"]
    bare = re.sub(r"[’']s\b", "", re.sub(r"\([^()]*\)", " ", name))
    return tuple(w for w in (key(x) for x in _WORD.findall(bare)) if w and w not in ignored)


def same_name(a: str, b: str, kind: str) -> bool:
    """Persons share a first or last word and one's words are the other's; others are equal, or one holds the other.

    One word is enough of an outlet's name: "NBC" is "NBC News".
    """
    short, long = sorted((name_words(a), name_words(b)), key=len)
    if not short:
        return False
    if kind == "person":
        return set(short) <= set(long) and (short[-1] == long[-1] or len(short) > 1 or short[0] == long[0])
    if short == long:
        return True
    lists = wordlists.sets("coreference.yaml")
    if long[: len(short)] == short and not lists["organs"].isdisjoint(long[len(short) :]):
        return False  # "United Nations High Commissioner" is another than "United Nations"
    if len(short) > 1 and set(short) <= set(long):
        return True
    more = set(long) - set(short)
    return len(more) == len(long) - len(short) and more <= lists["kinds_of_outlet"]


def is_within(a: str, b: str) -> bool:
    """Whether a person's one-word name stands in the middle of another's: "Zameer" in "B Z Zameer Ahmed Khan"."""
    short, long = name_words(a), name_words(b)
    return len(short) == 1 < len(long) and len(short[0]) >= _TELLING and short[0] in long


def is_initials(name: str) -> bool:
    """Whether a name is written as an acronym is: two to seven capitals."""
    letters = name.strip().replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isupper() and letters.isalpha()


def is_short(name: str) -> bool:
    """Whether a name may be another's short form: one word with two capitals at least, as "IISc"."""
    return name.isalnum() and len(name) <= _SHORT and sum(c.isupper() for c in name) > 1


@lru_cache(maxsize=20_000)
def initials(name: str) -> tuple[str, ...]:
    """What a name's first letters make, in lower case: of its capitalised words, and of all."""
    every = _WORD.findall(name)
    capitals = [w for w in every if w[0].isupper()]
    made = {"".join(w[0] for w in words).lower() for words in (capitals, every) if len(words) > 1}
    return tuple(sorted(made))


def is_acronym(a: str, b: str) -> bool:
    """One is made of the first letters of the other's words ("SNSC", "Supreme National Security Council")."""
    short, long = sorted((a.strip(), b.strip()), key=len)
    return is_initials(short) and short.replace(".", "").lower() in initials(long)


@lru_cache(maxsize=20_000)
def head_words(name: str) -> tuple[str, ...]:
    """The nouns that say what a body is, in lower case: a name's last word, and its first before a preposition."""
    words = [w.lower() for w in _WORD.findall(name)]
    before = [a for a, b in pairwise(words) if b in _PREPOSITIONS]
    return tuple(dict.fromkeys([*before[:1], *words[-1:]]))
