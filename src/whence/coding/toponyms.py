"""Candidates for toponyms: the encoder's names of places and peoples, and capitalised words that are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from whence.coding.tree import Tree
from whence.knowledge import Knowledge, Point
from whence.records import Grain, Name

LONGEST = 4
"""Words of the longest name that is looked for where the encoder saw none."""
_MISTAKABLE = frozenset({"PER", "ORG", "MISC", "PRODUCT"})
_LIST_REACH = 60
"""Words that a list of names is followed back."""
_IN_LISTS = frozenset({",", "and", "or", "’", "'", "al", "el", "ez"})
_TYPICAL = 100_000
"""Inhabitants from which a town that the encoder did not mark is believed to be meant."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words `first` to `last` (inclusive) that may name a place, and all points that may be meant."""

    first: int
    last: int
    points: tuple[Point, ...]
    adjective: bool
    named: bool
    """Whether the encoder marked the words as a place or a people."""


@cache
def rules() -> dict[str, Any]:
    """The word lists of `places.yaml` as sets."""
    source = files("whence.coding").joinpath("places.yaml").read_text(encoding="utf8")
    lists = yaml.load(source, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return cast(dict[str, Any], {k: v if isinstance(v, dict) else frozenset(v) for k, v in lists.items()})


def candidates(tree: Tree, knowledge: Knowledge) -> list[Candidate]:
    """The candidates of an article in text order; they do not overlap."""
    found: list[Candidate] = []
    word = 0
    end = len(tree)
    while word < end:
        name = tree.name(word)
        candidate = None
        if name is None:
            candidate = _unmarked(tree, knowledge, word) if tree.capital[word] else None
        elif name.kind in ("LOC", "FAC", "NORP") and (name.first == word or tree.xpos[word - 1] == "POS"):
            candidate = _marked(tree, knowledge, word, _piece_end(tree, word, name.last), name.kind)
        elif name.first == word and name.kind in _MISTAKABLE:
            candidate = _mistaken(tree, knowledge, name)
        if candidate is None:
            word += 1
        else:
            found.append(candidate)
            word = candidate.last + 1
    return found


def _piece_end(tree: Tree, first: int, last: int) -> int:
    """Where a name's piece ends: "Rajshahi's Mohonpur" is two places."""
    return next((w - 1 for w in range(first + 1, last + 1) if tree.xpos[w] == "POS"), last)


def _marked(tree: Tree, knowledge: Knowledge, first: int, last: int, kind: str) -> Candidate | None:
    """The place that the encoder marked; a leading "the" is left out."""
    while first < last and tree.form[first].lower() in ("the", "a"):
        first += 1
    while last > first and tree.xpos[last] == "POS":
        last -= 1
    if adjectives := _adjective_points(tree, knowledge, first, last):
        return Candidate(first, last, adjectives, True, True)
    text = tree.words(first, last)
    found = knowledge.points(text)
    if kind == "NORP" and not (found and _stands_as_place(tree, found[0], first, last)):
        return None
    if not found:
        found = _without_kind(tree, knowledge, first, last)
    well_known = knowledge.country(text) is not None or knowledge.region(text) is not None
    if not well_known and not _is_name(tree, knowledge, first, last):
        return None
    return Candidate(first, last, found, False, True)


def _adjective_points(tree: Tree, knowledge: Knowledge, first: int, last: int) -> tuple[Point, ...]:
    """What an adjective or the name of a people refers to."""
    text = tree.words(first, last)
    country = knowledge.nationality(text) or knowledge.people(text)
    if country is not None and not (knowledge.country(text) is not None and tree.upos[last] == "PROPN"):
        return (knowledge.country_point(country),)
    region = knowledge.region_adjective(text)
    return (region,) if region is not None else ()


def _is_name(tree: Tree, knowledge: Knowledge, first: int, last: int) -> bool:
    """Whether unknown words that the encoder marked can be a place's name: capitals, no common noun, no listed body."""
    text = tree.words(first, last)
    common = rules()["kinds"] | rules()["directions"] | rules()["place_nouns"]
    proper = [w for w in range(first, last + 1) if tree.form[w][:1].isupper() and tree.form[w].lower() not in common]
    listed = knowledge.actors(text)
    towns = knowledge.gazetteer.find(text) if listed else ()
    is_town = bool(towns) and towns[0].population >= _TYPICAL and all(e.kind != "person" for e in listed)
    return bool(proper) and (not listed or is_town) and any(len(tree.form[w]) > 1 for w in proper)


def _without_kind(tree: Tree, knowledge: Knowledge, first: int, last: int) -> tuple[Point, ...]:
    """Points of "Idlib Governorate" or "Mount X" by the name without the word for its kind."""
    kinds, directions = rules()["kinds"], rules()["directions"]
    if first < last and tree.form[last].lower() in kinds and tree.form[last - 1].lower() not in directions:
        return knowledge.points(tree.words(first, last - 1))
    if first < last and tree.form[first].lower() in directions:
        found = knowledge.points(tree.words(first + 1, last))
        return tuple(replace(p, grain="other") if p.grain == "country" else p for p in found)
    return ()


def _mistaken(tree: Tree, knowledge: Knowledge, name: Name) -> Candidate | None:
    """A place that the encoder took for something else: a country, or what stands where places stand."""
    text = tree.words(name.first, name.last)
    if adjectives := _adjective_points(tree, knowledge, name.first, name.last):
        return Candidate(name.first, name.last, adjectives, True, False)
    found = knowledge.points(text)
    if not found or not _stands_as_place(tree, found[0], name.first, name.last):
        return None
    return Candidate(name.first, name.last, found, False, False)


def _stands_as_place(tree: Tree, point: Point, first: int, last: int) -> bool:
    """Whether words that were not marked as a place stand like one: a country, "in Khowst", "the Khowst attack"."""
    head = tree.head_of(first, last)
    if point.grain == "country" or tree.case(head) in rules()["inside"] or has_division_noun(tree, first, last):
        return True
    return tree.relation[head] == "compound" and point.population >= _TYPICAL


def _unmarked(tree: Tree, knowledge: Knowledge, word: int) -> Candidate | None:
    """A place that the encoder did not mark, at a capitalised word."""
    if tree.upos[word] not in ("PROPN", "ADJ", "NOUN"):
        return None
    end = word
    while end + 1 < len(tree) and end - word < LONGEST - 1 and tree.name(end + 1) is tree.name(word):
        end += 1
    for last in range(min(end, tree.sentence(word).last), word - 1, -1):
        if adjectives := _adjective_points(tree, knowledge, word, last):
            return Candidate(word, last, adjectives, True, False)
        if tree.upos[last] != "PROPN":
            continue
        text = tree.words(word, last)
        if text.lower() in rules()["place_nouns"] | rules()["directions"] | rules()["kinds"]:
            continue
        if (country := knowledge.country(text)) is not None:
            return Candidate(word, last, (knowledge.country_point(country),), False, False)
        found = knowledge.points(text)
        if found and (knowledge.region(text) or knowledge.capital(text) or found[0].population >= _TYPICAL):
            return Candidate(word, last, found, False, False)
    return None


def has_division_noun(tree: Tree, first_word: int, last_word: int) -> bool:
    """Whether a word for a division stands in the name, after it, or governs it or its first conjunct."""
    divisions = rules()["divisions"]
    if any(tree.lemma[w].lower() in divisions for w in range(first_word, last_word + 1)):
        return True
    if last_word + 1 < len(tree) and tree.lemma[last_word + 1].lower() in divisions:
        return True
    if _ends_list(tree, first_word):
        return True
    head = tree.head_of(first_word, last_word)
    first = tree.first_conjunct(head)
    governor = tree.head[first]
    return tree.relation[first] in ("nmod", "compound", "appos", "flat") and tree.lemma[governor].lower() in divisions


def _ends_list(tree: Tree, first: int) -> bool:
    """Whether the words before are a list of names after a plural: "in the provinces of A, B and"."""
    start = max(tree.sentence(first).first, first - _LIST_REACH)
    word = first - 1
    while word > start and (tree.form[word][:1].isupper() or tree.form[word] in _IN_LISTS or "-" in tree.form[word]):
        word -= 1
    return word > start and tree.form[word].lower() == "of" and tree.lemma[word - 1].lower() in rules()["divisions"]


def unknown_grain(tree: Tree, candidate: Candidate) -> Grain:
    """The grain of a place that no file knows, by the word for its kind in its name."""
    words = {tree.lemma[w].lower() for w in range(candidate.first, candidate.last + 1)}
    if words & rules()["divisions"]:
        return "admin1"
    return "other" if words & rules()["kinds"] else "city"
