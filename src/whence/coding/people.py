"""The actors of a coding: one record for each phrase that acts, is acted on or speaks."""

from __future__ import annotations

from collections.abc import Iterable

from whence.coding.coreference import Coreference
from whence.coding.tree import Tree
from whence.records import Actor


class People:
    """The actors behind the head words of noun phrases, with ids `a1`, `a2` … in text order."""

    def __init__(self, tree: Tree, coreference: Coreference, heads: Iterable[int]) -> None:
        self._tree = tree
        self._coreference = coreference
        phrases = sorted((tree.phrase(head) for head in set(heads)), key=lambda p: (p.first, p.last, p.head))
        self._made: dict[int, Actor] = {}
        for number, phrase in enumerate(phrases, 1):
            identity = coreference.who(phrase.head)
            mention = tree.mention(phrase.first, phrase.last)
            self._made[phrase.head] = Actor(
                id=f"a{number}",
                text=mention.text,
                at=mention.at,
                name=identity.name,
                label=identity.label,
                country=identity.country,
                sector=identity.sector,
                reason=identity.reason,
                confidence=round(identity.confidence, 2),
            )

    def __getitem__(self, head: int) -> Actor:
        return self._made[head]

    def all(self) -> tuple[Actor, ...]:
        """Every actor, in text order."""
        return tuple(self._made.values())

    def joint_name(self, head: int) -> str:
        """The name of a holder; those of a coordination together ("A, B and C" speak as one)."""
        names = [self._coreference.who(h).name for h in self._tree.conjuncts(self._named(head))]
        return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]

    def _named(self, head: int) -> int:
        """The first of those who are named behind the noun for them: "institutions such as the court and the council"
        are these, and so are "lawyers Asha Rao and Li Wei"."""
        tree = self._tree
        examples = [c for c in tree.children(head, "nmod") if tree.case(c) == "such as"]
        titled = [c for c in tree.children(head, "appos") if c == head + 1 and len(tree.conjuncts(c)) > 1]
        return next(iter(examples + titled), head)
