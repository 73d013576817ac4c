"""Lemmas as the word lists know them: a tagger's slip ("urg" for "urged") must not lose a cue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from whence.coding import wordlists
from whence.coding.tree import Tree

_INFLECTED = frozenset({"VERB", "NOUN"})


def repaired(tree: Tree, known: frozenset[str]) -> Tree:
    """The tree with lemmas that no list knows replaced by one that is known and that the form can come from."""
    lemmas = tuple(
        _repaired(form.lower(), lemma, known) if upos in _INFLECTED else lemma
        for form, lemma, upos in zip(tree.form, tree.lemma, tree.upos, strict=True)
    )
    return tree if lemmas == tree.lemma else tree.with_lemmas(lemmas)


def _repaired(form: str, lemma: str, known: frozenset[str]) -> str:
    if lemma.lower() in known:
        return lemma
    if form.endswith("men") and lemma.lower().endswith("me"):
        return form[:-2] + "an"
    return next((base for base in _bases(form) if base in known), lemma)


@cache
def _irregular() -> Mapping[str, str]:
    """The verb of each irregular past form."""
    return {form: verb for verb, forms in wordlists.load("irregular.yaml").items() for form in forms}


def _bases(form: str) -> Iterator[str]:
    """Words that the form may be an inflection of."""
    if form in _irregular():
        yield _irregular()[form]
    if form.endswith(("ied", "ies")):
        yield form[:-3] + "y"
    if form.endswith("men"):
        yield form[:-3] + "man"
    for ending in ("ed", "ing", "es", "s"):
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < 2:
            continue
        yield stem
        yield stem + "e"
        if len(stem) > 2 and stem[-1] == stem[-2]:
            yield stem[:-1]
