"""Whether a codebook finds what its own example sentences say it should."""

from __future__ import annotations

from collections.abc import Callable

from whence.codebook import Category, Codebook, Example, load
from whence.coding import events
from whence.coding.nearness import Nearness, has_enough
from whence.coding.tree import Tree
from whence.records import Analysis

Analyse = Callable[[str], Analysis]


def misses(
    codebook: Codebook, analyse: Analyse, types: frozenset[str] | None = None, near: Nearness | None = None
) -> list[str]:
    """A line for each example sentence that is coded otherwise than its category's file says.

    `analyse` reads a sentence; `types` restricts the check to those types (None: all). An example that no cue
    finds is no miss if it is like the others, as `near` tells.
    """
    return [
        f"{category.source}: {example.text!r}: {problem}"
        for category in codebook.categories.values()
        if types is None or category.type in types
        for example in category.examples
        if (problem := _problem(example, category, codebook, analyse, near)) is not None
    ]


def notes(codebook: Codebook) -> list[str]:
    """A line for what is no problem of the files that a user brings, but good to know."""
    few = [
        f"{category.source}: {category.type} has few examples with a trigger; from six on, what is like them is found "
        "as well"
        for name, category in codebook.categories.items()
        if name not in codebook.learnt and not has_enough(category)
    ]
    built_in = load().classes
    taken = [name for name, words in codebook.classes.items() if name in built_in and words != built_in[name]]
    return few + [
        f"words.{name}: replaces the built-in class of that name, in the built-in cues too; rename yours to keep both"
        for name in taken
    ]


def _problem(
    example: Example, category: Category, codebook: Codebook, analyse: Analyse, near: Nearness | None
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
        is_near = near is not None and _is_near(near, tree, example, category, (begin, end))
        return None if is_near else f"finds no {category.type} at {example.trigger!r}"
    if example.mode is not None and at.mode != example.mode:
        return f"mode {at.mode}, and should be {example.mode}"
    if example.status is not None and at.status != example.status:
        return f"status {at.status}, and should be {example.status}"
    return None


def _is_near(near: Nearness, tree: Tree, example: Example, category: Category, at: tuple[int, int]) -> bool:
    """Whether the other examples of the category find the trigger that stands at these characters."""
    acts = {word for act in tree.analysis.acts or () for word in range(act.trigger[0], act.trigger[1] + 1)}
    spans = [tree.span(o.word, o.word) for o in near.find(tree, acts, without=example) if o.type == category.type]
    return any(begin < at[1] and at[0] < end for begin, end in spans)
