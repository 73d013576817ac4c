"""Whose words a document holds: "the statement" is by whoever issued it."""

from __future__ import annotations

from whence.coding import wordlists
from whence.coding.actors import Identifier
from whence.coding.cues import load as load_cues
from whence.coding.tree import Tree


class Documents:
    """The statements, letters and posts of one article with their authors."""

    def __init__(self, tree: Tree, identifier: Identifier) -> None:
        self.tree = tree
        self.identifier = identifier
        rules = wordlists.load("coreference.yaml")
        self._nouns = frozenset(rules["documents"])
        self._definite = frozenset(rules["definite"])
        self._reporting = load_cues().verbs
        self._last: dict[str, int] = {}
        """By noun, the last document whose author is told."""

    def author(self, head: int) -> int | None:
        """Head word of whoever speaks in the document that a phrase means: told with it, or with the last so called."""
        noun = self.tree.lemma[head].lower()
        if noun not in self._nouns or self.tree.xpos[head] not in ("NN", "NNP"):
            return None
        told = self._told(head)
        if told is not None:
            self._last[noun] = told
        elif self._is_definite(head):
            told = self._last.get(noun)
        return told

    def _is_definite(self, head: int) -> bool:
        determiner = self.tree.child(head, "det")
        return determiner is not None and self.tree.form[determiner].lower() in self._definite

    def _told(self, head: int) -> int | None:
        """The author as the clause tells: agent, possessor, "by" or "from" whom, who said it in it."""
        tree = self.tree
        agents = (tree.agent(c) for c in tree.children(head, "acl"))
        if (agent := next((a for a in agents if a is not None), None)) is not None:
            return agent
        for child in tree.children(head, "nmod", "compound"):
            owned = tree.deprel[child] == "nmod:poss" or tree.case(child) in ("by", "from")
            if owned or (tree.relation[child] == "compound" and self._is_somebody(child)):
                return child
        verb = tree.head[head]
        if tree.relation[head] == "obj" and tree.lemma[verb] in self._reporting and self._before_comma(head):
            return None  # "Keta, said the statement, was shelled": the tree takes it for what is said
        if tree.relation[head] in ("obl", "obj") and tree.upos[verb] == "VERB" and not tree.is_passive(verb):
            found = tree.subjects_through(verb)
            return found[0] if found is not None else None
        return None

    def _before_comma(self, head: int) -> bool:
        last = self.tree.phrase(head).last
        return self.tree.form[last + 1 : last + 2] == (",",)

    def _is_somebody(self, word: int) -> bool:
        """Whether a noun before "statement" is who makes it ("a ministry statement"), not what it is about."""
        return self.tree.name(word) is not None or self.identifier.identify(word).kind in ("organisation", "person")
