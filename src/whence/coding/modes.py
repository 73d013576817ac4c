"""Which mode of its type an act has: by the cue, else by a telling word in the trigger's own clause."""

from __future__ import annotations

from whence.codebook import Category, Cue
from whence.coding.tree import Tree

_ELSEWHERE = frozenset({"parataxis", "acl:relcl", "appos", "punct"})
_LED_BY_ANOTHER = frozenset({"advcl", "conj", "acl"})
"""Relations of a verb whose means may be told with the verb above it ("opened fire, wounding two")."""
_REACH = 14
"""Words after or before the trigger within which a hint counts."""


def choose(tree: Tree, category: Category, cue: Cue | None, word: int, first: int, last: int) -> str | None:
    """The name of the mode by cue and telling words, or None where nothing tells."""
    if cue is not None and cue.mode is not None:
        return cue.mode
    found = _hinted(tree, category, {*_clause(tree, word), *range(first, last + 1)}, word)
    if found is None and tree.relation[word] in _LED_BY_ANOTHER:
        found = _hinted(tree, category, _clause(tree, tree.head[word]), word)
    return category.default_mode if found is None else found


def _hinted(tree: Tree, category: Category, words: set[int], word: int) -> str | None:
    """The mode of which a hint stands nearest to the word."""
    best: tuple[int, str] | None = None
    for candidate in words:
        distance = abs(candidate - word)
        if best is not None and distance >= best[0]:
            continue
        low = tree.lemma[candidate].lower()
        mode = next((m.name for m in category.modes if low in m.hints or tree.form[candidate].lower() in m.hints), None)
        if mode is not None:
            best = distance, mode
    return None if best is None else best[1]


def _clause(tree: Tree, word: int) -> set[int]:
    """The word with what depends on it, other sentences, coordinated verbs and relative clauses left out."""
    found, stack = {word}, [word]
    while stack:
        node = stack.pop()
        for child in tree.children(node):
            coordinated = node == word and tree.relation[child] == "conj" and tree.upos[child] == "VERB"
            if coordinated or tree.deprel[child] in _ELSEWHERE or abs(child - word) > _REACH:
                continue
            found.add(child)
            stack.append(child)
    return found
