"""A user's category that takes in acts of built-in types: what is done to whom decides, however the act was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whence.codebook import Category, Codebook, Test
from whence.coding.roles import Roles

_ROUND = ("obj", "iobj", "obl", "nmod", "compound", "amod", "nmod:poss", "nsubj:pass")
"""Relations to the trigger of what stands round it."""
_BENEATH = ("nmod", "compound", "amod", "conj", "appos", "nmod:poss", "flat")
"""Relations by which more belongs to what stands there."""
_AIMED = frozenset({"on", "against", "at"})
"""Prepositions of what an act is aimed at, wherever the tree hangs it."""
_MAX_DEPTH = 3


def narrowed(
    roles: Roles, codebook: Codebook, type_name: str, word: int, actors: Sequence[int], recipients: Sequence[int]
) -> Category | None:
    """The category that takes in an act of the type with these sides; None if there is none."""
    filled = {"actor": _with_beneath(roles, actors), "recipient": _with_beneath(roles, recipients)}
    for category in codebook.categories.values():
        for narrowing in category.narrowings:
            if type_name not in narrowing.types:
                continue
            if "involved" not in filled:
                filled["involved"] = [*filled["recipient"], *_round(roles, word, set(filled["actor"]))]

            def holds(test: Test) -> bool:
                return roles.holds_for(filled[test.slot], test)

            if all(map(holds, narrowing.required)) and not any(map(holds, narrowing.barred)):
                return category
    return None


def _round(roles: Roles, word: int, acting: set[int]) -> list[int]:
    """What the act is done to, at or with: round the trigger, and for a carried noun round the verb that carries it."""
    carrier = None if roles.is_clause(word) else roles.carrier(word)
    places = [word] if carrier is None else [word, carrier]
    found = [c for place in places for c in roles.tree.children(place, *_ROUND) if c not in (word, *acting)]
    above = roles.tree.head[word]
    if not roles.is_clause(word) and roles.tree.relation[word] in (
        "obj",
        "nsubj",
    ):  # "condemned the raid on the clinic"
        found += [c for c in roles.tree.children(above, "obl") if c > word and roles.tree.case(c) in _AIMED]
    found += [o for o in roles.objects(word) if roles.is_clause(word) and o not in acting]
    return [w for w in _with_beneath(roles, found) if w not in acting]


def _with_beneath(roles: Roles, heads: Sequence[int]) -> list[int]:
    """The words with those that modify them, a few steps down."""
    return list(dict.fromkeys(w for head in heads for w in _down(roles, head, _MAX_DEPTH)))


def _down(roles: Roles, word: int, depth: int) -> Iterator[int]:
    yield word
    if depth:
        for child in roles.tree.children(word, *_BENEATH):
            yield from _down(roles, child, depth - 1)
