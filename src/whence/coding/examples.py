"""Whether a codebook finds what its own example sentences say it should."""

from __future__ import annotations

from collections.abc import Callable

from whence.codebook import Category, Codebook, Example
from whence.coding import events
from whence.coding.tree import Tree
from whence.records import Analysis


def misses(codebook: Codebook, analyse: Callable[[str], Analysis], types: frozenset[str] | None = None) -> list[str]:
    """A line for each example sentence that is coded otherwise than its category's file says.

    `analyse` reads a sentence; `types` restricts the check to those types (None: all).
    """
    return [
        f"{category.source}: {example.text!r}: {problem}"
        for category in codebook.categories.values()
        if types is None or category.type in types
        for example in category.examples
        if (problem := _problem(example, category, codebook, analyse)) is not None
    ]


def _problem(
    example: Example, category: Category, codebook: Codebook, analyse: Callable[[str], Analysis]
) -> str | None:
    """What is wrong with how the example is coded, or None."""
    tree = Tree(analyse(example.text))
    found = [draft for draft in events.find(tree, codebook, [], []) if draft.type == category.type]
    if example.trigger is None:
        return f"finds {tree.mention(*found[0].trigger).text!r}, and should find no {category.type}" if found else None
    begin = example.text.index(example.trigger)
    end = begin + len(example.trigger)
    spans = [(draft, tree.span(*draft.trigger)) for draft in found]
    at = next((draft for draft, span in spans if span[0] < end and begin < span[1]), None)
    if at is None:
        return f"finds no {category.type} at {example.trigger!r}"
    if example.mode is not None and at.mode != example.mode:
        return f"mode {at.mode}, and should be {example.mode}"
    if example.status is not None and at.status != example.status:
        return f"status {at.status}, and should be {example.status}"
    return None
