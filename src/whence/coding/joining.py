"""Names are phrases: where the tree hangs the words of one on different heads, they are joined.

The encoder finds names and trees independently of each other. Where they disagree, names are the surer:
"on Radio | Goma" with two obliques is one oblique, and in "the newspaper | Zorya" the name belongs to the noun.
"""

from __future__ import annotations

from dataclasses import replace

from whence.records import Analysis, Name

_ONE_PHRASE = frozenset({"PER", "ORG", "LOC", "FAC", "PRODUCT"})
_CALLED = frozenset({"PER", "ORG", "PRODUCT"})
"""Kinds of name that may stand right behind the noun that says what they are."""
_SLOTS = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "conj", "nsubj:pass", "obl:agent"})


def joined(analysis: Analysis) -> Analysis:
    """The analysis with every name one phrase. Words keep their order and offsets, sentences their roots."""
    head, deprel = list(analysis.head), list(analysis.deprel)
    for name in analysis.names:
        if name.kind in _ONE_PHRASE:
            _join_words(name, head, deprel)
            if name.kind in _CALLED:
                _join_to_noun(name, analysis, head, deprel)
    if tuple(head) == analysis.head:
        return analysis
    return replace(analysis, head=tuple(head), deprel=tuple(deprel))


def _join_words(name: Name, head: list[int], deprel: list[str]) -> None:
    """Words of the name that hang on the same word outside it in the same way: the later ones go to the first."""
    outside = [w for w in range(name.first, name.last + 1) if not name.first <= head[w] <= name.last and head[w] != w]
    for word in outside[1:]:
        if (head[word], deprel[word]) == (head[outside[0]], deprel[outside[0]]):
            head[word], deprel[word] = outside[0], "flat"


def _join_to_noun(name: Name, analysis: Analysis, head: list[int], deprel: list[str]) -> None:
    """A name right behind a common noun that fills the same slot of the same word is that noun's apposition."""
    noun = name.first - 1
    if noun < 0 or analysis.upos[noun] != "NOUN" or deprel[noun] not in _SLOTS or head[noun] == noun:
        return
    outside = [w for w in range(name.first, name.last + 1) if not name.first <= head[w] <= name.last]
    if len(outside) == 1 and head[outside[0]] == head[noun] and deprel[outside[0]] in _SLOTS:
        head[outside[0]], deprel[outside[0]] = noun, "appos"
