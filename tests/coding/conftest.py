"""Hand-made analyses: a sentence as compact CoNLL-U, so that coding is tested without a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from whence.coding.tree import Tree
from whence.records import Analysis, Name, Sentence

_NO_SPACE_BEFORE = frozenset({".", ",", "'s", "’s", "n't", ";", ":", "?", "!", ")", "”", "%"})


def build(compact: str, names: Sequence[tuple[str, int, int]] = ()) -> Analysis:
    """An analysis from lines of `form lemma upos xpos head relation`.

    Heads count from 1 within their sentence, 0 is the root; an empty line parts sentences.
    `names` are kinds with first and last word (from 0, inclusive).
    """
    text = ""
    rows: list[list[str]] = []
    begin: list[int] = []
    heads: list[int] = []
    sentences: list[Sentence] = []
    for block in compact.strip().split("\n\n"):
        first = len(rows)
        for number, line in enumerate(block.strip().splitlines(), 1):
            form, lemma, upos, xpos, head, relation = line.split()
            if text and form not in _NO_SPACE_BEFORE:
                text += " "
            begin.append(len(text))
            text += form
            rows.append([form, lemma, upos, xpos, relation])
            heads.append(first + (int(head) or number) - 1)
        sentences.append(Sentence(first, len(rows) - 1, 0))
    forms, lemmas, upos_, xpos_, relations = (tuple(row[i] for row in rows) for i in range(5))
    return Analysis(
        text=text,
        begin=tuple(begin),
        end=tuple(b + len(f) for b, f in zip(begin, forms, strict=True)),
        form=forms,
        lemma=lemmas,
        upos=upos_,
        xpos=xpos_,
        feats=tuple("_" for _ in rows),
        head=tuple(heads),
        deprel=relations,
        sentences=tuple(sentences),
        names=tuple(Name(*name) for name in names),
    )


@pytest.fixture
def analysis() -> Callable[..., Analysis]:
    """Builds an `Analysis` from compact CoNLL-U."""
    return build


@pytest.fixture
def tree() -> Callable[..., Tree]:
    """Builds a `Tree` from compact CoNLL-U."""

    def grow(compact: str, names: Sequence[tuple[str, int, int]] = ()) -> Tree:
        return Tree(build(compact, names))

    return grow
