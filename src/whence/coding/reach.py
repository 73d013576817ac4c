"""How far a trigger's own clause or phrase reaches: the words whose dependents count as the trigger's own."""

from __future__ import annotations

from collections.abc import Callable

from whence.coding.roles import Roles

BOUNDARIES = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
"""Relations of clauses that begin a reach of their own."""
MAX_STEPS = 8
"""Edges followed on the way up from a word."""


class Reach:
    """The clauses and phrases of one tree."""

    def __init__(self, roles: Roles) -> None:
        self.roles = roles
        self.tree = roles.tree

    def bases(self, trigger: int) -> list[int]:
        """Words whose dependents count as the trigger's own, the nearest first."""
        tree, roles = self.tree, self.roles
        bases = [trigger]
        if not roles.is_clause(trigger):
            first = tree.first_conjunct(trigger)
            above = tree.head[first]
            if (carrier := roles.carrier(trigger)) is not None:
                bases.append(carrier)
            elif tree.relation[first] == "nsubj" and above != first:
                bases.append(above)
        verb = bases[-1]
        if not roles.is_clause(verb):
            return bases
        first = verb
        if tree.relation[verb] == "conj" and tree.child(verb, "nsubj") is None:
            first = tree.first_conjunct(verb)
            bases.append(first)
        bases += [c for c in tree.children(verb, "conj") if roles.is_clause(c) and tree.child(c, "nsubj") is None]
        if tree.relation[first] == "advcl" and tree.xpos[first] == "VBG" and tree.child(first, "mark") is None:
            bases.append(tree.head[first])
        return bases

    def rank(
        self,
        word: int,
        bases: list[int],
        *,
        until: int | None = None,
        above: int | None = None,
        passes: Callable[[int], bool] = lambda noun: True,
    ) -> int | None:
        """Which of the bases the word belongs to without a clause boundary between, or None.

        Coordinated verbs share what stands before the first of them, or `until` a later word. `above` is what the word
        hangs on where the tree is wrong; `passes` says of each word on the way up whether to go on through it.
        """
        tree = self.tree
        for _ in range(MAX_STEPS):
            above = tree.head[word] if above is None else above
            if above in bases:
                shared = above == bases[0] or self._is_shared(word, above, bases[0], until)
                return bases.index(above) if shared and tree.relation[word] not in BOUNDARIES else None
            if above == word or tree.relation[word] in BOUNDARIES or not passes(above):
                return None
            if tree.relation[word] == "conj" and self.roles.is_clause(word):
                return None
            word, above = above, None
        return None

    def _is_shared(self, word: int, base: int, trigger: int, until: int | None) -> bool:
        """Whether coordinated verbs share the word: it stands before the first or after the last of them."""
        tree = self.tree
        if tree.first_conjunct(trigger) == base:
            return word < (base if until is None else until)
        if tree.relation[base] == "conj" and tree.head[base] == trigger:
            return word > base
        return True
