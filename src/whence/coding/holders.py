"""Who stands in each statement's own part of the chain, by name: what one statement takes over from those before it."""

from __future__ import annotations

from collections.abc import Sequence

from whence.coding.cues import Cues
from whence.coding.drafts import Draft
from whence.coding.people import People
from whence.coding.tree import Tree

Holder = tuple[str, str]
"""Name and actor id of one link of a chain."""
_FILLED = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "NUM"})
"""Parts of speech of words that make a phrase say more than its noun."""


class Holders:
    """Goes through the statements of one article in text order."""

    def __init__(self, tree: Tree, people: People, cues: Cues) -> None:
        self._tree = tree
        self._people = people
        self._words = cues.words
        self._before: list[Holder] = []
        """Those of the last statement that stood by itself."""
        self._carried: dict[tuple[int, int | None, str], list[Holder]] = {}
        """By sentence, statement around and originator: through whom somebody's words come in that sentence."""
        self._written: dict[str, Holder] = {}
        """By noun: who was last told of to have made a document."""
        self._outlet: Holder | None = None
        """The last outlet that carried something, as it was named."""

    def of_all(self, drafts: Sequence[Draft], outer: Sequence[int | None]) -> list[list[Holder]]:
        """For each draft its own part of the chain, outermost first; `outer` are the drafts around them."""
        found = []
        for draft, around in zip(drafts, outer, strict=True):
            found.append(self._of(draft, around, drafts[around] if around is not None else None))
            if around is None:
                self._before = found[-1] or self._before
        return found

    def _of(self, draft: Draft, around: int | None, outer: Draft | None) -> list[Holder]:
        """A quotation without a cue has those of the last statement that stood by itself.

        "The statement" is that of whoever was last told of to have made one. What somebody also says in the sentence
        in which an outlet carries his words comes through that outlet ("told Reuters that …, adding that …").
        """
        if draft.goes_on:
            return self._before
        holders = _up_to_originator([self._holder(h) for h in draft.holders if self._is_inside(h, draft, outer)])
        if not holders:
            return []
        author = self._author(draft)
        if author is not None:
            holders = [*holders[:-1], author]
        else:
            self._written.update((noun, holders[-1]) for noun in self._documents(draft))
        key = (self._tree.sentence_of[draft.anchor], around, holders[-1][0])
        holders = self._carried.get(key, holders) if len(holders) == 1 else self._carried.setdefault(key, holders)
        self._outlet = next((h for h in reversed(holders[:-1]) if h[0][:1].isupper()), self._outlet)
        return holders

    def _holder(self, head: int) -> Holder:
        """By name; "the paper", "the same station" is the outlet that carried words before."""
        if self._outlet is not None and self._tree.lemma[head].lower() in self._words["kinds"] and self._is_bare(head):
            return self._outlet
        return self._people.joint_name(head), self._people[head].id

    def _is_inside(self, holder: int, draft: Draft, outer: Draft | None) -> bool:
        """Whether a holder of a statement inside another stands inside that one too; else it carries the outer one."""
        begin = self._tree.analysis.begin[holder]
        return outer is None or holder == draft.originator or any(b <= begin < e for b, e in outer.content)

    def _author(self, draft: Draft) -> Holder | None:
        """Who made the document where the source is no more than "the statement"."""
        head = draft.originator
        return self._written.get(self._tree.lemma[head].lower()) if head is not None and self._is_bare(head) else None

    def _is_bare(self, head: int) -> bool:
        """Whether a phrase is "the" or "the same" and a noun, with nothing that says which."""
        tree = self._tree
        modifiers = tree.children(head, "amod", "nmod", "compound", "appos", "acl", "flat", "nummod")
        telling = [
            c for c in modifiers if tree.upos[c] in _FILLED and tree.lemma[c].lower() not in self._words["empty"]
        ]
        definite = any(tree.form[c].lower() in self._words["definite"] for c in tree.children(head, "det"))
        return tree.upos[head] == "NOUN" and definite and not telling

    def _documents(self, draft: Draft) -> set[str]:
        """What the words stood in, as lemmas: "said in a statement", "a letter signed by the mayor says"."""
        tree, words = self._tree, self._words
        near = set(tree.children(draft.anchor, "obl", "obj"))
        near.update(w for r in (draft.cue, draft.source_words) if r is not None for w in range(r[0], r[1] + 1))
        own = tree.phrase(draft.originator) if draft.originator is not None else ()
        nouns = {tree.lemma[w].lower() for w in near if tree.upos[w] == "NOUN" and w not in own}
        return nouns & (words["documents"] | words["occasions"]) - words["origins"]


def _up_to_originator(holders: list[Holder]) -> list[Holder]:
    """Whoever also carries his own words does not, and whom he cites there does not carry them for him."""
    names = [name for name, _ in holders]
    carriers = dict(holders[: names.index(names[-1])]) if names else {}
    return [*carriers.items(), *holders[-1:]]
