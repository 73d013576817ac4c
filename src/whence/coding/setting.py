"""Where an article plays: the country to which those belong of whom it says no country ("the police").

Places, governments, adjectives, and the listed persons and bodies vote, the early ones most. Within one sentence
what stands nearer goes before: "In Paris, the foreign ministry …" is France's wherever the article plays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from whence.coding.places import PlaceMention
from whence.coding.placing import UNLISTED
from whence.coding.tree import Tree
from whence.knowledge import Knowledge
from whence.records import Name, Place

Evidence = Literal["place", "government", "adjective", "organisation", "body", "medium", "person"]

WEIGHTS: dict[Evidence, float] = {
    "place": 3.0,
    "government": 1.0,
    "adjective": 1.0,
    "organisation": 1.0,
    "body": 1.0,
    "medium": 0.5,
    "person": 0.5,
}
"""How much each kind of mention says of the setting: a place where things happen most, a paper or a person (who may
be abroad) least. Chosen on three fifths of the training articles: of their actors with a common noun for a name, the
setting is the country of 90 % (87 % by places alone), and of 87 % (82 %) on the other two fifths."""
HALF = 150
"""Words after which a mention says half as much of the setting: news begins with where it plays."""

HOME = 1.5
"""How much the outlet's country counts: half a place at the very beginning. On the training articles 87.8 % of the
countries are right with it, 87.5 % without, 86.8 % with twice as much: papers report from abroad as well."""
_LARGE = 1_000_000
"""Inhabitants of a division whose name within a body's speaks for its country."""
_INSIDE = frozenset({"in", "at", "across", "inside"})
"""Prepositions before a place where what the sentence tells of happens."""
_BREAK = 3
"""Code points before a sentence among which a line break begins a paragraph."""
_SHORT = 3
"""Letters of a division's abbreviation at most."""


def country(places: Iterable[PlaceMention], tree: Tree, knowledge: Knowledge, home: str | None = None) -> str | None:
    """The country (alpha-3) where the article plays: named most and first, as a place above all; None if none is.

    `home` is the country of the outlet that prints it, which news is about unless it names others more.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    if home is not None:
        votes[home] += HOME
    for mention in places:
        if mention.place.country and _counts(mention.place, knowledge):
            kind: Evidence = "place" if mention.place.use == "literal" else mention.place.use
            votes[mention.place.country] += WEIGHTS[kind] * _fading(mention.first)
    for name in tree.analysis.names:
        for kind, code in _of_name(tree, knowledge, name):
            votes[code] += WEIGHTS[kind] * _fading(name.first)
    return max(votes, key=votes.__getitem__) if votes else None


def _counts(place: Place, knowledge: Knowledge) -> bool:
    """Whether a place is known, no abbreviation ("SC" is a court as well) and no body's name ("Congress")."""
    if place.confidence <= UNLISTED or (place.grain == "admin1" and len(place.text.rstrip(".")) <= _SHORT):
        return False
    return place.grain == "country" or not knowledge.actors(place.text)


def _fading(word: int) -> float:
    return float(0.5 ** (word / HALF))


def _of_division(tree: Tree, knowledge: Knowledge, name: Name) -> str | None:
    """The country of a large division in a body's name: "Lagos State Electoral Commission"."""
    words = (tree.form[w] for w in range(name.first, name.last + 1))
    tops = (points[0] for points in map(knowledge.points, words) if points)
    large = (p.country for p in tops if p.grain == "admin1" and p.population >= _LARGE)
    return next(large, None)


def _of_name(tree: Tree, knowledge: Knowledge, name: Name) -> list[tuple[Evidence, str]]:
    """The countries for which a name speaks: by a word in a body's name, and by the actors' files."""
    found: list[tuple[Evidence, str]] = []
    entries = knowledge.actors(tree.words(name.first, name.last))
    if name.kind == "ORG" and not any(e.sector == "JRN" for e in entries):
        forms = (tree.form[w] for w in range(name.first, name.last + 1))
        named = (knowledge.state(form) or knowledge.nationality(form) for form in forms)
        within = next((c.code for c in named if c is not None), None) or _of_division(tree, knowledge, name)
        found += [("organisation", within)] if within is not None else []
    codes = {e.country for e in entries if e.country in knowledge.countries}
    if len(codes) == 1:  # a name of several countries ("Congress") tells nothing
        kinds = {"medium" if e.sector == "JRN" else "person" if e.kind == "person" else "body" for e in entries}
        kind = kinds.pop() if len(kinds) == 1 else "body"
        found.append((kind, codes.pop() or ""))  # type: ignore[arg-type]
    return found


def local(places: Iterable[PlaceMention], tree: Tree, knowledge: Knowledge) -> dict[int, str]:
    """By number of sentence the country (alpha-3) where it plays, if it or one before in its paragraph says "in" one.

    "Meanwhile, in the West Bank, hundreds protested. They clashed with police." In capitals things are also said of
    elsewhere.
    """
    said: defaultdict[int, set[str]] = defaultdict(set)
    for mention in places:
        place = mention.place
        inside = tree.case(tree.head_of(mention.first, mention.last)) in _INSIDE
        inside = inside and knowledge.capital(place.text) is None
        if inside and place.use == "literal" and place.country is not None and place.confidence > UNLISTED:
            said[tree.sentence_of[mention.first]].add(place.country)
    found: dict[int, str] = {}
    before: str | None = None
    for number, sentence in enumerate(tree.analysis.sentences):
        begin = tree.analysis.begin[sentence.first]
        if "\n" in tree.text[max(0, begin - _BREAK) : begin]:
            before = None
        if countries := said[number]:
            before = next(iter(countries)) if len(countries) == 1 else None
        if before is not None:
            found[number] = before
    return found
