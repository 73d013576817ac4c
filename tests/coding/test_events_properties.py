"""Whatever tree a parser makes, drafts are found without an error and speak of words that exist."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from whence import codebook
from whence.coding import events
from whence.coding.tree import Tree
from whence.records import Analysis, Name, Sentence

_RELATIONS = [
    *(
        "nsubj",
        "nsubj:pass",
        "obj",
        "iobj",
        "obl",
        "obl:agent",
        "nmod",
        "nmod:poss",
        "acl",
        "acl:relcl",
        "advcl",
        "xcomp",
    ),
    *(
        "ccomp",
        "conj",
        "cc",
        "case",
        "mark",
        "aux",
        "aux:pass",
        "cop",
        "det",
        "amod",
        "compound",
        "appos",
        "punct",
        "flat",
    ),
]
_TAGS = [
    ("VERB", "VBD"),
    ("VERB", "VBN"),
    ("VERB", "VBG"),
    ("NOUN", "NN"),
    ("PROPN", "NNP"),
    ("PRON", "WP"),
    ("ADP", "IN"),
]
_WORDS = [
    *sorted(codebook.load().words),
    "to",
    "by",
    "not",
    "no",
    "will",
    "would",
    "if",
    "at",
    "least",
    "40",
    "who",
    "that",
]
_KINDS = ["PER", "ORG", "LOC", "NORP", "DATE", "MISC"]


def _random_analysis(seed: int, size: int) -> Analysis:
    chance = random.Random(seed)
    words = [chance.choice(_WORDS) for _ in range(size)]
    tags = [chance.choice(_TAGS) for _ in range(size)]
    heads = [0] * size
    order = list(range(size))
    chance.shuffle(order)
    for rank, word in enumerate(order):
        heads[word] = word if rank == 0 else chance.choice(order[:rank])
    begin = [sum(len(w) + 1 for w in words[:i]) for i in range(size)]
    return Analysis(
        text=" ".join(words),
        begin=tuple(begin),
        end=tuple(b + len(w) for b, w in zip(begin, words, strict=True)),
        form=tuple(words),
        lemma=tuple(words),
        upos=tuple(t[0] for t in tags),
        xpos=tuple(t[1] for t in tags),
        feats=tuple("_" for _ in words),
        head=tuple(heads),
        deprel=tuple("root" if heads[i] == i else chance.choice(_RELATIONS) for i in range(size)),
        sentences=(Sentence(0, size - 1, 0),),
        names=tuple(Name(chance.choice(_KINDS), i, i) for i in range(0, size, 5)),
    )


@given(seed=st.integers(0, 10**9), size=st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_any_tree_is_read(seed: int, size: int) -> None:
    analysis = _random_analysis(seed, size)
    ranges = [(name.first, name.last) for name in analysis.names]
    for draft in events.find(Tree(analysis), codebook.load(), ranges, ranges):
        words = [*draft.trigger, *draft.actors, *draft.recipients, *draft.places]
        assert all(0 <= word < size for word in words)
        assert not set(draft.actors) & set(draft.recipients)
        for count in draft.counts:
            assert analysis.text[count.at[0] : count.at[1]] == count.text


def test_a_long_sentence_takes_little_time() -> None:
    analysis = _random_analysis(7, 3000)
    assert isinstance(events.find(Tree(analysis), codebook.load(), [], []), list)
