"""Whether two names are of one holder or actor."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIGNS = re.compile(r"[^\w\s]+")
_ARTICLES = {"a", "an", "the", "and", "for", "in", "of"}
_TITLES = {"dr", "mr", "mrs", "ms", "general", "minister", "president", "prime", "secretary"}
_SPEAKERS = {"official", "officials", "spokesman", "spokesperson", "spokeswoman"}
_LITTLE = frozenset(_ARTICLES | _TITLES | _SPEAKERS)
"""Words that do not tell two names apart: coders give or leave out titles and offices."""


def words(name: str | None) -> list[str]:
    """What counts of a name, in order: its words in lower case without possessives, brackets, titles and articles."""
    bare = _BRACKETS.sub(" ", (name or "").lower().replace("’s", "").replace("'s", ""))
    return [word for word in _SIGNS.sub(" ", bare).split() if word not in _LITTLE]


def same_name(a: str | None, b: str | None) -> bool:
    """Whether two names are equal, one shortens the other and keeps its last word, or one is the other's initials.

    Names of nothing but titles are one if they are spelt alike.
    """
    shorter, longer = sorted((words(a), words(b)), key=len)
    if not shorter:
        return (a or "").strip().lower() == (b or "").strip().lower()
    if shorter == longer or (set(shorter) <= set(longer) and longer[-1] in shorter):
        return True
    return len(shorter) == 1 and len(longer) > 1 and shorter[0] == "".join(word[0] for word in longer)
