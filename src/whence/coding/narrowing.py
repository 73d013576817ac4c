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
_WHERE = frozenset({"in", "at", "inside", "from"})
"""Prepositions that only tell where: of what follows the head alone counts;"""
_BESIDE = frozenset({"near", "outside", "to", "by", "around", "behind", "beside", "along", "after", "before"})
"""and those that tell what lies on the way, which does not count."""
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
                around = _round(roles, word, set(filled["actor"]), elsewhere=bool(recipients))
                filled["involved"] = [*filled["recipient"], *around]

            def holds(test: Test) -> bool:
                return roles.holds_for(filled[test.slot], test)

            if all(map(holds, narrowing.required)) and not any(map(holds, narrowing.barred)):
                return category
    return None


def _round(roles: Roles, word: int, acting: set[int], *, elsewhere: bool) -> list[int]:
    """What the act is done to, at or with: round the trigger, and for a carried noun round the verb that carries it.

    What is done to somebody (`elsewhere`) is not done to the place that a phrase only names on the way
    ("arrested him in the car park of the hospital"): of such a phrase the head alone counts.
    """
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
    if elsewhere:
        found = [w for w in found if roles.tree.case(w) not in _BESIDE]
    return [w for w in _with_beneath(roles, found, elsewhere=elsewhere) if w not in acting]


def _with_beneath(roles: Roles, heads: Sequence[int], *, elsewhere: bool = True) -> list[int]:
    """The words with those that modify them, a few steps down; `elsewhere` as for `_round`."""
    return list(dict.fromkeys(w for head in heads for w in _down(roles, head, _MAX_DEPTH, elsewhere)))


def _down(roles: Roles, word: int, depth: int, elsewhere: bool) -> Iterator[int]:
    yield word
    if depth and not (elsewhere and roles.tree.case(word) in _WHERE):
        for child in roles.tree.children(word, *_BENEATH):
            if roles.tree.case(child) not in _BESIDE:
                yield from _down(roles, child, depth - 1, elsewhere)
