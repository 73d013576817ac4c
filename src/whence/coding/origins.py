"""Which country a noun phrase names: by possessive, adjective, place or complement."""

from __future__ import annotations

from dataclasses import dataclass

from whence.coding.toponyms import rules
from whence.coding.tree import Tree
from whence.knowledge import Knowledge, Point
from whence.knowledge.normal import key

LONGEST = 5
"""Words of the longest name of a country or seat that is looked for."""
COMPLEMENTS = frozenset({"of", "in", "from", "at"})
"""Prepositions whose complement says whose or where somebody is ("police in Zimbabwe")."""
_ARTICLES = frozenset({"the", "a", "an"})
"""Words that open an apposition which says what somebody is: "its former partner, the Russian lender Sibinvest"."""
_TYPICAL = 50_000
"""Inhabitants from which a town counts, where only its name speaks for a country."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A country (alpha-3) and the words that say so."""

    country: str
    words: str


def within(tree: Tree, knowledge: Knowledge, first: int, last: int) -> Origin | None:
    """The first country that the words name, longest names first; else that of a known town or region."""
    fallback: Origin | None = None
    word = first
    while word <= last:
        step = 1
        if tree.capital[word] and not _is_against(tree, word, first):
            for end in range(min(last, word + LONGEST - 1), word - 1, -1):
                text = tree.words(word, end)
                country = knowledge.state(text) or knowledge.nationality(text) or knowledge.people(text)
                if country is not None:
                    return Origin(country.code, text)
                place = _place(tree, knowledge, word, end, text)
                if place is not None:
                    if place.country is not None:
                        fallback = fallback or Origin(place.country, text)
                    step = end - word + 1
                    break
        word += step
    return fallback


def _is_against(tree: Tree, word: int, first: int) -> bool:
    """Whether the word is what somebody is against: "anti-American"."""
    return word - 2 >= first and tree.form[word - 1] == "-" and tree.form[word - 2].lower() == "anti"


def _place(tree: Tree, knowledge: Knowledge, first: int, last: int, text: str) -> Point | None:
    """A region, or a town that the encoder marked as a place."""
    region = knowledge.region_adjective(text) or knowledge.region(text)
    if region is not None:
        return region
    name = tree.name(first)
    if name is None or name.kind not in ("LOC", "FAC") or last != name.last or text.lower() in rules()["directions"]:
        return None
    found = [p for p in knowledge.points(text) if p.population >= _TYPICAL and key(p.name) == key(text)]
    return found[0] if found else None


def of_phrase(tree: Tree, knowledge: Knowledge, head: int) -> Origin | None:
    """The country of a noun phrase: before its head, in its possessor, then in complements with "of", "in", "from"."""
    phrase = tree.phrase(head)
    if (before := within(tree, knowledge, phrase.first, head)) is not None:
        return before
    for child in tree.children(head, "nmod"):
        if child > head and tree.case(child) in COMPLEMENTS:
            inner = tree.phrase(child)
            if (found := within(tree, knowledge, inner.first, inner.last)) is not None:
                return found
    for child in tree.children(head, "flat", "appos"):
        inner = tree.phrase(child)
        if tree.upos[child] == "PROPN" and tree.name(child) is None:
            if (found := within(tree, knowledge, inner.first, inner.last)) is not None:
                return found
        elif tree.relation[child] == "appos" and tree.form[inner.first].lower() in _ARTICLES:
            adjective = knowledge.nationality(tree.form[inner.first + 1]) if inner.first + 1 < child else None
            if adjective is not None:
                return Origin(adjective.code, tree.form[inner.first + 1])
    return None
