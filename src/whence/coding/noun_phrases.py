"""What is asked again and again of the noun phrases of one article, worked out once for each head word."""

from __future__ import annotations

from whence.coding import phrase_names
from whence.coding.nearby import noun_of
from whence.coding.origins import Origin, of_phrase
from whence.coding.tree import Tree
from whence.knowledge import Knowledge


class NounPhrases:
    """The noun phrases of one article by their head words."""

    def __init__(self, tree: Tree, knowledge: Knowledge) -> None:
        self._tree = tree
        self._knowledge = knowledge
        self._nouns: dict[int, str] = {}
        self._cores: dict[int, tuple[int, int]] = {}
        self._origins: dict[int, Origin | None] = {}

    def noun(self, head: int) -> str:
        """The noun as `agents.yaml` writes it (`nearby.noun_of`)."""
        if head not in self._nouns:
            self._nouns[head] = noun_of(self._tree, self._knowledge.agents, head)
        return self._nouns[head]

    def core(self, head: int) -> tuple[int, int]:
        """First and last word without determiners and a possessive mark (`phrase_names.core`)."""
        if head not in self._cores:
            self._cores[head] = phrase_names.core(self._tree, head, self._knowledge.agents)
        return self._cores[head]

    def origin(self, head: int) -> Origin | None:
        """The country that the phrase names (`origins.of_phrase`)."""
        if head not in self._origins:
            self._origins[head] = of_phrase(self._tree, self._knowledge, head)
        return self._origins[head]
