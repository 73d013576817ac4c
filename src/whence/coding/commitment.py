"""How far the cue itself stands by the words: plain, hedged, distanced, denied, or said to be unverified."""

from __future__ import annotations

from bisect import bisect_right

from whence.coding.cues import Cues
from whence.coding.tree import Tree
from whence.records import Commitment, Span

_NEAR = 2
"""Words before a cue in which a hedge counts ("reportedly then told")."""
_LONGEST = 1_000
"""Code points of a sentence that are searched for words that say that nobody could verify it."""


def of_cue(verb: int, cue: tuple[int, int], content_begin: int, tree: Tree, cues: Cues) -> Commitment:
    """What the reporting verb or noun, or an adverb beside it, says about the truth of the words.

    `content_begin` is a code point. A negated denial denies nothing: "did not deny that …" is plain.
    """
    around = {*range(max(0, cue[0] - _NEAR), cue[1] + 1), *tree.children(verb, "advmod")}
    if any(tree.form[w].lower() in cues.words["hedges"] for w in around):
        return "hedged"
    for word in sorted({verb, *range(cue[0], cue[1] + 1)}, key=lambda w: (w != verb, w)):
        commitment = _of_word(word, content_begin, tree, cues)
        if commitment != "plain":
            return "plain" if _is_negated(word, tree, cues) else commitment
    return "plain"


def _of_word(word: int, content_begin: int, tree: Tree, cues: Cues) -> Commitment:
    lemma = tree.lemma[word].lower()
    if tree.upos[word] == "NOUN":
        for commitment in ("denied", "distanced", "hedged"):
            if lemma in cues.words[f"{commitment}_nouns"]:
                return commitment
        return "plain"
    if lemma in cues.words["rejecting"] and _rejects_claim(word, content_begin, tree, cues):
        return "denied"
    return cues.verbs.get(lemma, "plain") if tree.upos[word] == "VERB" else "plain"


def _rejects_claim(verb: int, content_begin: int, tree: Tree, cues: Cues) -> bool:
    """ "Rejected reports that …": the words are the report's; not "rejected the report as …"."""
    claim = tree.child(verb, "obj")
    if claim is None or tree.lemma[claim].lower() not in cues.words["nouns"] | cues.words["documents"]:
        return False
    first = bisect_right(tree.analysis.begin, content_begin) - 1
    before = tree.form[first - 1].lower() if first > 0 else ""
    return claim < first and before not in ("as", "by") and tree.analysis.begin[claim] < content_begin


def _is_negated(word: int, tree: Tree, cues: Cues) -> bool:
    """ "Did not deny", "never claimed", "neither confirmed nor denied", "refused to deny"."""
    children = tree.children(word, "advmod", "det", "cc", "mark", "aux")
    if any(tree.form[c].lower() in cues.words["negations"] for c in children):
        return True
    above = tree.head[word]
    return tree.relation[word] == "xcomp" and tree.lemma[above].lower() in cues.words["refusing"]


def is_unverified(anchor: int, tree: Tree, cues: Cues) -> bool:
    """Whether the sentence, or the next one of the paragraph, says that nobody could verify the words."""
    sentence = tree.sentence(anchor)
    begin, end = tree.span(sentence.first, sentence.last)
    if _says_unverified((max(begin, end - _LONGEST), end), tree, cues):
        return True
    if sentence.last + 1 >= len(tree):
        return False
    following = tree.sentence(sentence.last + 1)
    begin, last = tree.span(following.first, following.last)
    is_near = "\n" not in tree.text[end:begin]
    return is_near and _says_unverified((begin, min(last, begin + _LONGEST)), tree, cues)


def _says_unverified(span: Span, tree: Tree, cues: Cues) -> bool:
    text = tree.text[slice(*span)].lower()
    return any(words in text for words in cues.unverified)
