"""Titles that stand before a person's name in the text, wherever the tree hangs them.

"The Minister of Agriculture, Ana Ruiz": a common noun for a person, its complement, perhaps a
comma, and the name. Long titles are where trees err most.
"""

from __future__ import annotations

from collections.abc import Callable

from whence.coding.tree import Tree
from whence.records import Name

_LONGEST = 18
"""Words of the longest title that is looked for."""
_INSIDE = frozenset({"of", "for", "and", "the", "&", "-", "'s", "’s"})
"""Words that a title may hold beside its nouns and adjectives."""
_BRACKET = 4
"""Words that an acronym in brackets between title and name takes up at most."""


def find(tree: Tree, is_role: Callable[[int], bool]) -> dict[int, Name]:
    """By the head word of a title the name that follows it; `is_role` tells nouns for single persons."""
    found: dict[int, Name] = {}
    for name in tree.analysis.names:
        if name.kind == "PER":
            for title in _before(tree, name, is_role):
                found.setdefault(title, name)
    return found


def _before(tree: Tree, name: Name, is_role: Callable[[int], bool]) -> list[int]:
    """The nouns of the titles that lead up to a name, the nearest first."""
    lowest = max(tree.sentence(name.first).first, name.first - _LONGEST)
    word = name.first - 1
    if word > lowest and tree.form[word] == ",":
        if not _is_apposed(tree, name):
            return []
        word -= 1
    word = _over_bracket(tree, word, lowest)
    if word >= lowest and tree.form[word].lower() in _INSIDE:
        return []  # "the governor of Tolima": whatever kind of name it was taken for, it is no apposition
    found: list[int] = []
    while word >= lowest and _may_belong(tree, word):
        if is_role(word) and (not found or _is_chained(tree, word, found[-1])):
            found.append(word)
        elif found and tree.form[word].lower() == "the":
            if (over := _over(tree, word, lowest, is_role)) is not None:
                found = [over]
            break
        word -= 1
    return [w for w in found if w == name.first - 1 or _has_complement(tree, w, name.first)]


def _is_apposed(tree: Tree, name: Name) -> bool:
    """Whether a name behind a comma can close what went before: no verb of its own follows."""
    following = name.last + 1
    return following < len(tree) and tree.upos[following] not in ("VERB", "AUX", "PART", "CCONJ")


def _over_bracket(tree: Tree, word: int, lowest: int) -> int:
    """The word before an acronym in brackets, where one ends here."""
    if tree.form[word] != ")":
        return word
    for begin in range(word - 1, max(lowest, word - _BRACKET), -1):
        if tree.form[begin] == "(":
            return begin - 1
    return word


def _may_belong(tree: Tree, word: int) -> bool:
    name = tree.name(word)
    if name is not None and name.kind == "PER":
        return False
    return tree.upos[word] in ("NOUN", "PROPN", "ADJ") or tree.form[word].lower() in _INSIDE


def _over(tree: Tree, article: int, lowest: int, is_role: Callable[[int], bool]) -> int | None:
    """The noun whose complement begins with an article: "spokesperson for | the Commissioner, Ana Ruiz" is she."""
    noun = article - 2
    joined = noun >= lowest and tree.form[article - 1].lower() in ("of", "for", "to")
    return noun if joined and is_role(noun) else None


def _is_chained(tree: Tree, word: int, later: int) -> bool:
    """ "Minister of State and Head of the Committee": two titles of one, neither with an article."""
    if any(tree.child(w, "det") is not None or not tree.form[w][:1].isupper() for w in (word, later)):
        return False
    return later > 0 and tree.form[later - 1].lower() in ("and", "&")


def _has_complement(tree: Tree, word: int, end: int) -> bool:
    """Whether a title is followed by what it is the title of, or by its acronym, up to the name."""
    following = word + 1
    return following >= end or tree.form[following].lower() in ("of", "for", ",", "(")
