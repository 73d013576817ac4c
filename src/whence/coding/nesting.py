"""Which statement stands inside another's reported words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whence.coding.drafts import Draft
from whence.coding.tree import Tree
from whence.records import Span

_SEVERAL = 32
"""Statements round one word that are looked at: no text nests deeper."""


def enclosing(drafts: Sequence[Draft], tree: Tree) -> list[int | None]:
    """For each draft the number of the smallest other one round it, or None.

    A statement is inside another where the other's content holds all of its content, and its cue or its source
    too: "One woman, the officer went on, had told her that …" is two pieces of the officer's, and the woman's words
    with their cue stand in the second.
    """
    found: list[int | None] = [None] * len(drafts)
    active: list[int] = []
    for index in sorted(range(len(drafts)), key=lambda i: (drafts[i].begin, -_size(drafts[i]))):
        begin = drafts[index].begin
        active = [i for i in active if drafts[i].content[-1][1] > begin][-_SEVERAL:]
        around = [i for i in active if _holds(drafts[i], drafts[index], tree)]
        found[index] = min(around, key=lambda i: _size(drafts[i]), default=None)
        active.append(index)
    return found


def _size(draft: Draft) -> int:
    return sum(end - begin for begin, end in draft.content)


def _holds(outer: Draft, inner: Draft, tree: Tree) -> bool:
    if _size(inner) >= _size(outer) or not all(_within(piece, outer.content) for piece in inner.content):
        return False
    marks = [tree.span(*words) for words in (inner.cue, inner.source_words) if words is not None]
    return not marks or any(_within(mark, outer.content) for mark in marks)


def _within(span: Span, pieces: Iterable[Span]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in pieces)
