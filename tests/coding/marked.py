"""Texts whose reported speech is marked in them: "{S The mayor} {K said} {C that it rained}."

`S` is a source, `K` a cue, `C` a piece of content; digits tell several statements apart ("{S2 …}"; "{S12 …}" is
the source of two). Marks nest. Drafts are built from them as from what the encoder finds, so that a test looks at
chains, forms and nesting alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from whence import coding
from whence.coding.cues import load
from whence.coding.drafts import Draft
from whence.coding.reported import draft
from whence.coding.tree import Tree
from whence.records import Attribution, Span

_MARK = re.compile(r"\{([SKC])(\d*) |\}")


@dataclass(slots=True)
class Marked:
    """A text without its marks, and what they marked: code points, by statement and kind."""

    text: str = ""
    spans: dict[str, dict[str, list[Span]]] = field(default_factory=dict)


def read(text: str) -> Marked:
    """Takes the marks out of a text."""
    marked = Marked()
    opened: list[tuple[str, str, int]] = []
    end = 0
    for mark in _MARK.finditer(text):
        marked.text += text[end : mark.start()]
        end = mark.end()
        if mark.group() == "}":
            kind, numbers, begin = opened.pop()
            for number in numbers or "1":
                kinds = marked.spans.setdefault(number, {"S": [], "K": [], "C": []})
                kinds[kind].append((begin, len(marked.text)))
        else:
            opened.append((mark[1], mark[2], len(marked.text)))
    marked.text += text[end:]
    return marked


def drafts(marked: Marked, tree: Tree) -> list[Draft]:
    """The drafts of the marked statements, in text order."""

    def words(span: Span) -> tuple[int, int]:
        begin, end = tree.analysis.begin, tree.analysis.end
        inside = [w for w in range(len(tree)) if begin[w] < span[1] and end[w] > span[0]]
        return inside[0], inside[-1]

    found = []
    for kinds in marked.spans.values():
        source = words(kinds["S"][0]) if kinds["S"] else None
        cue = words(kinds["K"][0])
        made = draft(Attribution(cue, source, tuple(words(c) for c in kinds["C"]), 1.0), tree, load())
        assert made is not None
        found.append(made)
    return sorted(found, key=lambda d: (d.begin, -d.content[-1][1]))


@contextmanager
def given(marked: Marked) -> Iterator[None]:
    """Within it the marked statements are those that are found in any text."""

    def find(tree: Tree, *_: object) -> list[Draft]:
        return drafts(marked, tree)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coding, "find_attributions", find)
        yield
