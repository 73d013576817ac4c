"""When two names of one article mean the same: surnames, longer forms, acronyms."""

from __future__ import annotations

import re
from functools import lru_cache

from whence.coding import wordlists

_WORD = re.compile(r"\w+")
_IGNORED = frozenset({"the", "of", "and", "for"})


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without titles, possessive marks and what stands in brackets."""
    ignored = _IGNORED | set(wordlists.load("coreference.yaml")["titles"])
    bare = re.sub(r"[’']s\b", "", re.sub(r"\([^()]*\)", " ", name))
    return tuple(w for w in (x.lower() for x in _WORD.findall(bare)) if w not in ignored)


def same_name(a: str, b: str, kind: str) -> bool:
    """Persons share a first or last word and one's words are the other's; others are equal, or one holds the other."""
    short, long = sorted((name_words(a), name_words(b)), key=len)
    if not short:
        return False
    if kind == "person":
        return set(short) <= set(long) and (short[-1] == long[-1] or len(short) > 1 or short[0] == long[0])
    return short == long or (len(short) > 1 and set(short) <= set(long))


def is_acronym(a: str, b: str) -> bool:
    """One is made of the first letters of the other's words ("SNSC", "Supreme National Security Council")."""
    short, long = sorted((a.strip(), b.strip()), key=len)
    letters = short.replace(".", "")
    if not (2 <= len(letters) <= 7 and letters.isupper()):
        return False
    every = _WORD.findall(long)
    capitals = [w for w in every if w[0].isupper()]
    return letters in ("".join(w[0] for w in capitals).upper(), "".join(w[0] for w in every).upper())
