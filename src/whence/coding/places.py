"""Toponyms: every place name of an article, the point it stands for, and how it is used.

Candidates are the encoder's names of places and peoples, and capitalised words outside other
names that the knowledge files know (`toponyms`). A name that several places share is decided by
what stands beside it, by the countries that the article names elsewhere, and by population
(`placing`). A country or a capital that acts is its government; an
adjective ("Syrian") is no place where things happen.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from whence.coding.placing import choose, votes
from whence.coding.toponyms import Candidate, candidates, rules, unknown_grain
from whence.coding.tree import Tree
from whence.knowledge import Knowledge, Point
from whence.knowledge.grid import prio_grid
from whence.records import Article, Grain, Place, PlaceUse

_MOTION_REACH = 2
"""How many words above what a place depends on may be of moving: "deployed bombers and fighters to Iran"."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym over words `first` to `last` (inclusive); the place's id is empty."""

    first: int
    last: int
    place: Place


def find(tree: Tree, knowledge: Knowledge, article: Article) -> list[PlaceMention]:
    """The toponyms of an article in text order, each resolved as far as the knowledge files know it."""
    all_candidates = candidates(tree, knowledge)
    spoken_of = votes(all_candidates)
    found = []
    for candidate in all_candidates:
        point, confidence, reason = choose(tree, knowledge, candidate, spoken_of)
        first, last, grain = _extent(tree, candidate, point)
        is_part = (first, last) != (candidate.first, candidate.last)
        use: PlaceUse = "literal" if is_part else _use(tree, knowledge, candidate)
        text = tree.mention(first, last)
        place = Place(
            id="",
            text=text.text,
            at=text.at,
            name=text.text if point is None or not candidate.adjective else point.name,
            label=point.name if point else None,
            grain=grain,
            country=point.country if point else None,
            geonames=point.geonames if point else None,
            lat=point.lat if point else None,
            lon=point.lon if point else None,
            use=use,
            confidence=round(confidence, 2),
            reason=reason,
            prio_grid=_cell(point),
        )
        found.append(PlaceMention(first, last, place))
    return found


def _cell(point: Point | None) -> int | None:
    """The cell of PRIO-GRID of a point that has degrees on Earth."""
    if point is None or point.lat is None or point.lon is None:
        return None
    return prio_grid(point.lat, point.lon) if abs(point.lat) <= 90 and abs(point.lon) <= 180 else None


# -- candidates ------------------------------------------------------------------------------


# -- choosing --------------------------------------------------------------------------------


def _extent(tree: Tree, candidate: Candidate, point: Point | None) -> tuple[int, int, Grain]:
    """First and last word and the grain, with words that make another place of it: "southern Chile", "Malian soil"."""
    first, last = candidate.first, candidate.last
    grain = point.grain if point else unknown_grain(tree, candidate)
    lists = rules()
    after = last + 1
    if after < len(tree) and tree.name(after) is None and tree.head[tree.head_of(first, last)] == after:
        noun = tree.lemma[after].lower()
        if candidate.adjective and noun in lists["territory"]:
            return first, after, "other"
        if not candidate.adjective and noun in lists["kinds"]:
            settled: Grain = "city" if noun in lists["settlements"] else "other"
            return first, after, "admin1" if noun in lists["divisions"] else settled
    before = first - 1
    if (
        before >= 0
        and not candidate.adjective
        and tree.form[before].lower() in lists["directions"]
        and tree.head[before] in range(first, last + 1)
    ):
        return before, last, "other"
    return first, last, grain


# -- use -------------------------------------------------------------------------------------


def _use(tree: Tree, knowledge: Knowledge, candidate: Candidate) -> PlaceUse:
    """How the toponym is used, by its place in the tree: only states and capitals are ever governments."""
    if candidate.adjective:
        return "adjective"
    text = tree.words(candidate.first, candidate.last)
    if knowledge.country(text) is None and knowledge.capital(text) is None:
        return "literal"
    head = tree.head_of(candidate.first, candidate.last)
    first = tree.first_conjunct(head)
    governor, relation = tree.head[first], tree.deprel[first]
    if relation in ("compound", "amod"):
        noun = tree.lemma[governor].lower()
        is_owner = knowledge.nationality(text) is not None or knowledge.agents.knows(noun)
        return "adjective" if is_owner and not _is_place_noun(tree, governor) else "literal"
    if relation == "nmod:poss":
        return "literal" if _is_place_noun(tree, governor) else "government"
    if relation.startswith(("nsubj", "obj", "iobj")):
        undergoes = relation in ("obj", "nsubj:pass")
        return "literal" if undergoes and tree.lemma[governor].lower() in rules()["struck"] else "government"
    return _use_after(tree, tree.case(head), governor)


def _use_after(tree: Tree, case: str, governor: int) -> PlaceUse:
    """The use of a state after a preposition, by what it depends on."""
    lists = rules()
    if case == "of":
        return "government" if tree.lemma[governor].lower() in lists["governing"] else "literal"
    if case not in lists["partner"]:
        return "literal"
    chain = [governor, *islice(tree.ancestors(governor), _MOTION_REACH)]
    moves = case in ("to", "from") and any(tree.lemma[w].lower() in lists["motion"] for w in chain)
    return "literal" if moves else "government"


def _is_place_noun(tree: Tree, word: int) -> bool:
    return tree.lemma[word].lower() in rules()["place_nouns"] or tree.lemma[word].lower() in rules()["kinds"]
