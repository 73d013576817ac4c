"""Statements inside others' contents: "the mayor said that the rebels had told Reuters that they would leave".

The encoder has learnt them from few examples, and half of its corpora leave them out, so that it passes
over many. They are the plainest of their kind: a reporting verb with its subject and its clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from whence.coding.cues import Cues
from whence.coding.drafts import Draft
from whence.coding.reported import draft
from whence.coding.tree import Tree
from whence.records import Attribution

_CONFIDENCE = 0.6
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def find(drafts: Sequence[Draft], tree: Tree, cues: Cues) -> Iterator[Draft]:
    """Drafts of statements inside the contents of others that the encoder has not read."""
    known = {word for one in drafts if one.cue is not None for word in range(one.cue[0], one.cue[1] + 1)}
    begins = tree.analysis.begin
    for one in drafts:
        for begin, end in one.content:
            words = range(bisect_left(begins, begin), bisect_left(begins, end))
            for verb in words:
                if verb not in known and tree.upos[verb] == "VERB" and tree.lemma[verb].lower() in cues.words["inner"]:
                    known.add(verb)
                    found = _told(verb, words, tree, cues)
                    made = draft(found, tree, cues) if found is not None else None
                    if made is not None:
                        made.reason += ", inside another statement"
                        yield made


def _told(verb: int, words: range, tree: Tree, cues: Cues) -> Attribution | None:
    """The verb with its subject and its clause, all of them inside the content."""
    subject, clause = tree.subject(verb), tree.child(verb, "ccomp")
    if subject is None or clause is None or subject not in words or clause not in words:
        return None
    form = tree.form[subject].lower()
    if tree.upos[subject] not in _NOMINAL or form in cues.words["authors"] | cues.words["nobody"]:
        return None
    if tree.subject(clause) is None or any(tree.lemma[a] in cues.words["unsaid"] for a in tree.children(verb, "aux")):
        return None
    source = tree.phrase(subject, appositions=True)
    said = [w for w in tree.subtree(clause) if w in words]
    if not said or any(source.first <= w <= source.last or w == verb for w in said):
        return None
    return Attribution((verb, verb), (source.first, source.last), ((said[0], said[-1]),), _CONFIDENCE)
