"""The words that report a statement: what its sentence says round the reported words themselves.

Carriers are looked for among these words alone, so that nobody of whom the reported words speak
is taken for one who carries them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from whence.coding.cues import Cues
from whence.coding.drafts import Draft
from whence.coding.tree import CLAUSES, Tree

IsOutlet = Callable[[int], bool]
"""Whether the phrase of a head word is a news outlet."""
_REACH = 40
"""Words round cue, source and content that are read, so that no sentence is too long to be read often."""
_MARKS = 3
"""Quotation marks that may stand before a noun phrase."""
_CLIMB = 12
"""Steps up the tree in which a word's clause is found."""
_BESIDE = frozenset({"conj", "parataxis", "ccomp", "advcl"})
"""Relations of clauses that stand beside or under the one that reports."""
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X", "NUM"})
_MODIFIERS = frozenset({"compound", "amod", "det", "flat", "nummod", "case", "punct", "advmod", "cc", "goeswith"})


@dataclass(frozen=True, slots=True)
class Reporting:
    """One draft with the words that report it."""

    draft: Draft
    tree: Tree
    cues: Cues
    is_outlet: IsOutlet
    every: tuple[int, ...]
    """All words of the sentence near cue, source and content that are not content, up to the next semicolons."""
    words: tuple[int, ...]
    """Those of them that do not belong to another reporting clause."""
    source: frozenset[int]
    """Words of the source, without clauses that follow it."""

    @classmethod
    def of(cls, draft: Draft, tree: Tree, cues: Cues, is_outlet: IsOutlet) -> Reporting:
        """Reads the sentence of the draft's anchor."""
        every = _outside(draft, tree)
        inside = frozenset(every)
        upward = _clause(draft.anchor, inside, tree, cues)
        words = tuple(w for w in every if not _is_elsewhere(w, inside, upward, tree, cues))
        return cls(draft, tree, cues, is_outlet, every, words, _source(draft, tree))

    def is_source(self, word: int) -> bool:
        """Whether the word is part of the source as it stands, and not of a clause that follows it."""
        return word in self.source

    def is_cue(self, word: int) -> bool:
        """Whether the word is part of the cue."""
        return self.draft.cue is not None and self.draft.cue[0] <= word <= self.draft.cue[1]

    def lemma(self, word: int) -> str:
        """Its lemma in lower case."""
        return self.tree.lemma[word].lower()

    def subject(self, verb: int) -> int | None:
        """The verb's subject; of two, which a name torn apart makes, the one nearer to it."""
        before = [c for c in self.tree.children(verb, "nsubj") if c < verb]
        return before[-1] if before else self.tree.subject(verb)

    def listed(self, word: int, *lists: str) -> bool:
        """Whether its lemma stands in one of the lists of `attribution.yaml`."""
        return any(self.lemma(word) in self.cues.words[name] for name in lists)


def phrase_head(tree: Tree, word: int) -> int | None:
    """The head of the noun phrase that begins at a word; None where there is none."""
    marks = range(word, min(word + _MARKS, len(tree) - 1))
    word += next((n for n, w in enumerate(marks) if tree.upos[w] != "PUNCT" or tree.form[w] in ",;."), len(marks))
    first, head = word, word
    for _ in range(_CLIMB):
        modifies = tree.relation[head] in _MODIFIERS or tree.deprel[head] in ("nmod:poss", "nmod:desc")
        if tree.is_root(head) or tree.head[head] < first or not (modifies or tree.upos[head] not in _NOMINAL):
            break
        head = tree.head[head]
    is_noun = tree.upos[head] in _NOMINAL or tree.child(head, "flat", "appos") is not None
    return head if is_noun and head - first <= _CLIMB else None


def _outside(draft: Draft, tree: Tree) -> tuple[int, ...]:
    """Words of the anchor's sentence near cue, source and content, without the content's."""
    sentence = tree.sentence(draft.anchor)
    pieces = [_words_of(span, tree) for span in draft.content]
    edges = {draft.anchor, *(draft.cue or ()), *(draft.source_words or ()), *(w for piece in pieces for w in piece)}
    near: set[int] = set()
    for edge in edges:
        near.update(range(max(sentence.first, edge - _REACH), min(sentence.last, edge + _REACH) + 1))
    for first, last in pieces:
        near.difference_update(range(max(first, sentence.first), min(last, sentence.last) + 1))
    stops = [w for w in near if tree.form[w] == ";"]
    begin = max((w for w in stops if w < draft.anchor), default=sentence.first)
    end = min((w for w in stops if w > draft.anchor), default=sentence.last)
    return tuple(w for w in sorted(near) if begin <= w <= end)


def _source(draft: Draft, tree: Tree) -> frozenset[int]:
    if draft.source is None:
        return frozenset()
    phrase = tree.phrase(draft.source, appositions=True)
    first, last = draft.source_words or (phrase.first, phrase.last)
    return frozenset(w for w in range(first, last + 1) if not _in_clause(w, draft.source, (first, last), tree))


def _in_clause(word: int, source: int, within: tuple[int, int], tree: Tree) -> bool:
    """Whether a word of the source hangs on a clause that follows its noun: "a farmer who spoke to Radio Okapi"."""
    for node in (word, *_upward(word, tree)):
        if node == source or not within[0] <= node <= within[1]:
            return False
        if tree.relation[node] in CLAUSES:
            return True
    return False


def _words_of(span: tuple[int, int], tree: Tree) -> tuple[int, int]:
    """First and last word of a span of code points."""
    begin = tree.analysis.begin
    return bisect_left(begin, span[0]), bisect_left(begin, span[1]) - 1


def _upward(word: int, tree: Tree) -> list[int]:
    """The nearest heads above a word."""
    return [node for node, _ in zip(tree.ancestors(word), range(_CLIMB), strict=False)]


def _clause(anchor: int, inside: frozenset[int], tree: Tree, cues: Cues) -> set[int]:
    """The anchor and the heads above it, up to that of the clause with its subject."""
    found = {anchor}
    for node in (anchor, *_upward(anchor, tree)):
        found.add(node)
        relation, subject = tree.relation[node], tree.subject(node)
        is_clause = relation == "acl" or (relation in CLAUSES | {"conj"} and tree.head[node] in inside)
        if subject is None or not is_clause:
            continue
        if (
            relation in ("ccomp", "acl")
            and tree.upos[subject] == "PRON"
            and tree.lemma[node].lower() in cues.words["calling"]
        ):
            continue  # "condemned what it called …"
        break
    return found


def _is_elsewhere(word: int, inside: frozenset[int], upward: set[int], tree: Tree, cues: Cues) -> bool:
    """Whether a word belongs to another clause of saying, or to one with a subject of its own."""
    for node in (word, *_upward(word, tree)):
        if node in upward:
            return False
        if node in inside and tree.relation[node] in _BESIDE and tree.is_verbal(node):
            participles = tree.xpos[node] == tree.xpos[tree.head[node]] == "VBN" and tree.child(node, "aux") is None
            reports = tree.relation[node] != "advcl" and tree.lemma[node].lower() in cues.verbs
            if (reports and not participles) or tree.subject(node) is not None:
                return True
    return True
