"""A user's category found by likeness to its example sentences, without training.

A word is compared with the triggers of the examples, and what stands round it (objects, phrases after prepositions,
modifiers) with what stands round those. Against it speak the near misses and all other verbs and nouns of the
examples: it is an act only if its nearest examples are near enough, and nearer than the nearest of these. The vectors
are those of words alone, whatever their sentence; the tree tells which words count.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.codebook import Category, Codebook, Example
from whence.coding import wordlists
from whence.coding.tree import Tree
from whence.records import Analysis

Array = NDArray[np.float32]
Vectors = Callable[[Sequence[str]], Array]
"""A vector for each word form, rows of one array; zeros for a word of which nothing is known."""

_CAN_NAME = frozenset({"VERB", "NOUN"})
_TELLS = frozenset({"NOUN", "PROPN", "ADJ"})
_BLOCK = 256
"""Words that are compared with all examples at once."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A word that is near a category's examples."""

    word: int
    type: str
    mode: str | None
    """The nearest example's."""
    example: Example
    likeness: float
    """From 0 to 1, to the nearest examples."""

    @property
    def reason(self) -> str:
        """The nearest example with the likeness, as an event's reason has it."""
        return f"near example '{self.example.text}' ({self.likeness:.2f})"


@dataclass(frozen=True, slots=True)
class _Known:
    """The examples of one category as vectors: [words, 2 × width], scaled so that a product is a likeness."""

    category: Category
    examples: tuple[Example, ...]
    """That of each row of `near`."""
    near: Array
    far: Array
    far_examples: tuple[Example, ...]
    """The sentence that each row of `far` stands in."""


class Nearness:
    """The categories of a codebook that have examples enough, ready to be looked for."""

    def __init__(self, codebook: Codebook, analyse: Callable[[str], Analysis], vectors: Vectors) -> None:
        """`analyse` reads an example. Types that came with whence and are learnt are left out."""
        self._vectors = vectors
        chosen = [c for name, c in codebook.categories.items() if name not in codebook.learnt and has_enough(c)]
        self._known = [self._learn(category, analyse) for category in chosen]

    def find(self, tree: Tree, acts: Collection[int], *, without: Example | None = None) -> list[Likeness]:
        """The words of a tree that are near a category's examples, each for its nearest category, in text order.

        `acts`: the words that the encoder takes for acts of any kind, for which less will do. `without`: an
        example that is left out of account, for asking whether the others find it.
        """
        if not self._known:
            return []
        words = [w for w in range(len(tree)) if tree.upos[w] in _CAN_NAME and tree.name(w) is None]
        best: dict[int, Likeness] = {}
        for begin in range(0, len(words), _BLOCK):
            block = words[begin : begin + _BLOCK]
            seen = self._seen(tree, block)
            for known in self._known:
                for one in _nearest(known, block, seen, acts, without):
                    if one.word not in best or one.likeness > best[one.word].likeness:
                        best[one.word] = one
        return [best[word] for word in sorted(best)]

    def _learn(self, category: Category, analyse: Callable[[str], Analysis]) -> _Known:
        near: list[Array] = []
        far: list[Array] = []
        examples: list[Example] = []
        others: list[Example] = []
        for example in category.examples:
            tree = Tree(analyse(example.text))
            trigger = _trigger(tree, example)
            words = [w for w in range(len(tree)) if tree.upos[w] in _CAN_NAME and w != trigger]
            if trigger is not None:
                near.append(self._seen(tree, [trigger])[0])
                examples.append(example)
            far += list(self._seen(tree, words))
            others += [example] * len(words)
        return _Known(category, tuple(examples), _rows(near), _rows(far), tuple(others))

    def _seen(self, tree: Tree, words: Sequence[int]) -> Array:
        """The words and what stands round each, as rows."""
        if not words:
            return _rows([])
        around = [list(_round(tree, word)) for word in words]
        forms = dict.fromkeys(tree.form[w].lower() for w in (*words, *(w for some in around for w in some)))
        row = {form: number for number, form in enumerate(forms)}
        vectors = self._vectors(list(forms))
        own = vectors[[row[tree.form[w].lower()] for w in words]]
        beside = np.stack(
            [
                vectors[[row[tree.form[w].lower()] for w in some]].mean(axis=0) if some else np.zeros_like(vectors[0])
                for some in around
            ]
        )
        share = float(_settings()["around"])
        whole = 1 + share
        return np.hstack([_unit(own) * (1 / whole) ** 0.5, _unit(beside) * (share / whole) ** 0.5]).astype(np.float32)


def has_enough(category: Category) -> bool:
    """Whether the category has examples enough to be looked for by likeness."""
    return sum(example.trigger is not None for example in category.examples) >= int(_settings()["examples"])


def _nearest(
    known: _Known, words: Sequence[int], seen: Array, acts: Collection[int], without: Example | None
) -> Iterator[Likeness]:
    settings = _settings()
    kept = [n for n, example in enumerate(known.examples) if example is not without]
    against = [n for n, example in enumerate(known.far_examples) if example is not without]
    if not kept:
        return
    scores = seen @ known.near[kept].T
    likeness = _mean_of_greatest(scores, settings["nearest"])
    opposed = _mean_of_greatest(seen @ known.far[against].T, 1) if against else np.zeros(len(words))
    for number, word in enumerate(words):
        least = settings["least" if word in acts else "least_otherwise"]
        if likeness[number] >= least and likeness[number] - opposed[number] >= settings["margin"]:
            example = known.examples[kept[int(scores[number].argmax())]]
            yield Likeness(word, known.category.type, example.mode, example, float(min(likeness[number], 1.0)))


def _mean_of_greatest(scores: Array, count: int) -> Array:
    """[words, examples] to the mean of each row's greatest scores."""
    count = min(count, scores.shape[1])
    greatest: Array = np.partition(scores, -count, axis=1)[:, -count:].mean(axis=1)
    return greatest


def _trigger(tree: Tree, example: Example) -> int | None:
    """The head word of the example's trigger, or None where it has none."""
    if example.trigger is None:
        return None
    begin = example.text.index(example.trigger)
    end = begin + len(example.trigger)
    words = [w for w in range(len(tree)) if tree.span(w, w)[0] < end and begin < tree.span(w, w)[1]]
    return tree.head_of(words[0], words[-1]) if words else None


def _round(tree: Tree, word: int) -> Iterator[int]:
    """The words that stand round a trigger and tell what it is about."""
    settings = _settings()
    for child in tree.children(word):
        if tree.deprel[child] not in settings["round"] and tree.relation[child] not in settings["round"]:
            continue
        if tree.upos[child] in _TELLS:
            yield child
        for below in tree.children(child, *settings["beneath"]):
            if tree.upos[below] in _TELLS:
                yield below


def _unit(rows: Array) -> Array:
    """Rows of length one; those of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    made: Array = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return made


def _rows(vectors: Sequence[Array]) -> Array:
    return np.stack(vectors) if vectors else np.zeros((0, 0), np.float32)


@cache
def _settings() -> dict[str, Any]:
    settings: dict[str, Any] = wordlists.load("nearness.yaml")
    return settings
