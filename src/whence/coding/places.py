"""Toponyms: every place name of an article, the point it stands for, and how it is used.

Candidates are the encoder's names of places and peoples, and capitalised words outside other
names that the knowledge files know. A name that several places share is decided by what stands
beside it ("Aleppo province", "Paris, Texas", "in the provinces of A, B and C"), by the countries that the article
names elsewhere, and by population. A country or a capital that acts is its government; an
adjective ("Syrian") is no place where things happen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from whence.coding.tree import Tree
from whence.knowledge import Country, Knowledge, Point
from whence.records import Article, Grain, Name, Place, PlaceUse

LONGEST = 4
"""Words of the longest name that is looked for where the encoder saw none."""
UNLISTED = 0.4
"""Confidence of a country that is only guessed; it does not vote for the setting."""
_MISTAKABLE = frozenset({"PER", "ORG", "MISC", "PRODUCT"})
_TYPICAL = 100_000
"""Inhabitants from which a town that the encoder did not mark is believed to be meant."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym over words `first` to `last` (inclusive); the place's id is empty."""

    first: int
    last: int
    place: Place


@dataclass(frozen=True, slots=True)
class _Candidate:
    first: int
    last: int
    points: tuple[Point, ...]
    adjective: bool
    named: bool
    """Whether the encoder marked the words as a place or a people."""


@cache
def _rules() -> dict[str, Any]:
    source = files("whence.coding").joinpath("places.yaml").read_text(encoding="utf8")
    rules = yaml.load(source, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return cast(dict[str, Any], {k: v if isinstance(v, dict) else frozenset(v) for k, v in rules.items()})


def find(tree: Tree, knowledge: Knowledge, article: Article) -> list[PlaceMention]:
    """The toponyms of an article in text order, each resolved as far as the knowledge files know it."""
    candidates = _candidates(tree, knowledge)
    votes = Counter(c.points[0].country for c in candidates if c.points and _is_plain(c))
    found = []
    for candidate in candidates:
        point, confidence, reason = _choose(tree, knowledge, candidate, votes)
        use = _use(tree, knowledge, candidate)
        first, last, grain = _extent(tree, candidate, point)
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
        )
        found.append(PlaceMention(first, last, place))
    return found


def setting(places: Iterable[PlaceMention]) -> str | None:
    """The country (alpha-3) that the article is about: the commonest of its places, literal ones twice."""
    votes: Counter[str] = Counter()
    for number, mention in enumerate(places):
        if mention.place.country and mention.place.confidence > UNLISTED:
            literal = mention.place.use == "literal"
            votes[mention.place.country] += 1 + literal + (literal and number == 0)
    return votes.most_common(1)[0][0] if votes else None


def country_point(country: Country) -> Point:
    """A country as a place."""
    return Point(
        country.name, "country", country.code, "", country.lat, country.lon, country.population, country.geonames
    )


def _seat_point(knowledge: Knowledge, name: str, owner: Country) -> Point:
    """A seat of government, where its capital is."""
    capital = next((t for c in owner.capitals for t in knowledge.gazetteer.find(c) if t.country == owner.code), None)
    lat, lon = (capital.lat, capital.lon) if capital else (owner.lat, owner.lon)
    return Point(name, "other", owner.code, "", lat, lon, 0, None)


def points(knowledge: Knowledge, name: str) -> tuple[Point, ...]:
    """All that a place name may mean: a country, an authored region, towns and divisions, in this order."""
    found: list[Point] = []
    if (country := knowledge.country(name)) is not None:
        found.append(country_point(country))
    if (region := knowledge.region(name)) is not None:
        found.append(region)
    if (owner := knowledge.seat(name)) is not None:
        found.append(_seat_point(knowledge, name, owner))
    capital = knowledge.capital(name)
    towns = knowledge.gazetteer.find(name) if any(c.isupper() for c in name) and not _is_acronym(name) else ()
    ranked = sorted(
        towns, key=lambda p: (capital is None or p.country != capital.code, p.grain != "city", -p.population)
    )
    return tuple(found + ranked)


# -- candidates ------------------------------------------------------------------------------


def _is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym, which no town is ("UN" is no Indian town)."""
    letters = name.replace(".", "")
    return len(letters) <= 4 and letters.isalpha() and letters.isupper()


def _candidates(tree: Tree, knowledge: Knowledge) -> list[_Candidate]:
    found: list[_Candidate] = []
    word = 0
    while word < len(tree):
        name = tree.name(word)
        candidate = None
        if name is None:
            candidate = _unmarked(tree, knowledge, word)
        elif name.first == word and name.kind in ("LOC", "FAC", "NORP"):
            candidate = _marked(tree, knowledge, name.first, name.last, name.kind)
        elif name.first == word and name.kind in _MISTAKABLE:
            candidate = _mistaken(tree, knowledge, name)
        if candidate is None:
            word += 1
        else:
            found.append(candidate)
            word = candidate.last + 1
    return found


def _head(tree: Tree, first: int, last: int) -> int:
    """The word of the stretch that hangs outside it."""
    outside = (w for w in range(last, first - 1, -1) if tree.is_root(w) or not first <= tree.head[w] <= last)
    return next(outside, last)


def _words(tree: Tree, first: int, last: int) -> str:
    return tree.mention(first, last).text


def _adjective_points(tree: Tree, knowledge: Knowledge, first: int, last: int) -> tuple[Point, ...]:
    """What an adjective or the name of a people refers to."""
    text = _words(tree, first, last)
    country = knowledge.nationality(text) or knowledge.people(text)
    if country is not None and not (knowledge.country(text) is not None and tree.upos[last] == "PROPN"):
        return (country_point(country),)
    region = knowledge.region_adjective(text)
    return (region,) if region is not None else ()


def _marked(tree: Tree, knowledge: Knowledge, first: int, last: int, kind: str) -> _Candidate | None:
    """The place that the encoder marked; a leading "the" is left out."""
    while first < last and tree.form[first].lower() in ("the", "a"):
        first += 1
    while last > first and tree.xpos[last] == "POS":
        last -= 1
    if adjectives := _adjective_points(tree, knowledge, first, last):
        return _Candidate(first, last, adjectives, True, True)
    text = _words(tree, first, last)
    found = points(knowledge, text)
    if kind == "NORP" and not (found and (found[0].grain == "country" or _is_in(tree, first, last))):
        return None
    if not found:
        found = _without_kind(tree, knowledge, first, last)
    if not found and not _is_name(tree, knowledge, first, last):
        return None
    return _Candidate(first, last, found, False, True)


def _is_name(tree: Tree, knowledge: Knowledge, first: int, last: int) -> bool:
    """Whether unknown words that the encoder marked can be a place's name: capitals, no common noun alone, no listed body."""
    text = _words(tree, first, last)
    common = _rules()["kinds"] | _rules()["directions"] | _rules()["place_nouns"]
    proper = [w for w in range(first, last + 1) if tree.form[w][:1].isupper() and tree.form[w].lower() not in common]
    return bool(proper) and not knowledge.actors(text) and any(len(tree.form[w]) > 1 for w in proper)


def _without_kind(tree: Tree, knowledge: Knowledge, first: int, last: int) -> tuple[Point, ...]:
    """Points of "Idlib Governorate" or "Mount X" by the name without the word for its kind."""
    kinds, directions = _rules()["kinds"], _rules()["directions"]
    if first < last and tree.form[last].lower() in kinds and tree.form[last - 1].lower() not in directions:
        return points(knowledge, _words(tree, first, last - 1))
    if first < last and tree.form[first].lower() in directions:
        found = points(knowledge, _words(tree, first + 1, last))
        return tuple(replace(p, grain="other") if p.grain == "country" else p for p in found)
    return ()


def _mistaken(tree: Tree, knowledge: Knowledge, name: Name) -> _Candidate | None:
    """A place that the encoder took for something else: a country, or what stands where places stand."""
    text = _words(tree, name.first, name.last)
    if adjectives := _adjective_points(tree, knowledge, name.first, name.last):
        return _Candidate(name.first, name.last, adjectives, True, False)
    found = points(knowledge, text)
    if not found or not (found[0].grain == "country" or _is_in(tree, name.first, name.last)):
        return None
    return _Candidate(name.first, name.last, found, False, False)


def _is_in(tree: Tree, first: int, last: int) -> bool:
    """Whether the words stand after "in", "at" or "near", or are called a division."""
    head = _head(tree, first, last)
    return tree.case(head) in _rules()["inside"] or _has_division_noun(tree, first, last)


def _unmarked(tree: Tree, knowledge: Knowledge, word: int) -> _Candidate | None:
    """A place that the encoder did not mark, at a capitalised word."""
    if not tree.form[word][:1].isupper() or tree.upos[word] not in ("PROPN", "ADJ", "NOUN"):
        return None
    end = word
    while end + 1 < len(tree) and end - word < LONGEST - 1 and tree.name(end + 1) is tree.name(word):
        end += 1
    for last in range(min(end, tree.sentence(word).last), word - 1, -1):
        if adjectives := _adjective_points(tree, knowledge, word, last):
            return _Candidate(word, last, adjectives, True, False)
        if tree.upos[last] != "PROPN":
            continue
        text = _words(tree, word, last)
        if (country := knowledge.country(text)) is not None:
            return _Candidate(word, last, (country_point(country),), False, False)
        found = points(knowledge, text)
        if found and (knowledge.region(text) or knowledge.capital(text) or found[0].population >= _TYPICAL):
            return _Candidate(word, last, found, False, False)
    return None


# -- choosing --------------------------------------------------------------------------------


def _is_plain(candidate: _Candidate) -> bool:
    """Whether the candidate's country is beyond doubt enough to speak for the article."""
    first = candidate.points[0]
    return first.grain == "country" or len({p.country for p in candidate.points}) == 1


def _choose(
    tree: Tree, knowledge: Knowledge, candidate: _Candidate, votes: Counter[str | None]
) -> tuple[Point | None, float, str]:
    """The point that is meant, how sure that is, and why."""
    if not candidate.points:
        return _unlisted(tree, knowledge, candidate, votes)
    best = candidate.points[0]
    if len(candidate.points) == 1:
        return best, 0.9, "the only place of that name"
    if (inside := _container(tree, knowledge, candidate)) is not None:
        within = [p for p in candidate.points if p is not inside and p.country == inside.country]
        within = [
            p for p in within if inside.grain != "admin1" or p.division == inside.division or not inside.division
        ] or within
        if within:
            return within[0], 0.95, f"it stands in {inside.name}"
    if _has_division_noun(tree, candidate.first, candidate.last):
        divisions = [p for p in candidate.points if p.grain == "admin1"]
        if divisions:
            return max(divisions, key=lambda p: votes[p.country]), 0.9, "the text calls it a division"
    if best.grain in ("country", "region", "other") or best.population == 0:
        return best, 0.9, "a well-known place of that name"
    total = sum(votes.values()) or 1
    scored = [(_weight(p, votes, total, knowledge), -n, p) for n, p in enumerate(candidate.points)]
    score, _, chosen = max(scored, key=lambda s: s[:2])
    rest = sum(s for s, _, _ in scored) or 1.0
    reason = "the article's other places" if votes[chosen.country] else "the most populous of that name"
    return chosen, min(0.95, max(0.3, score / rest)), reason


def _unlisted(
    tree: Tree, knowledge: Knowledge, candidate: _Candidate, votes: Counter[str | None]
) -> tuple[Point | None, float, str]:
    """A place that no file knows is put, without a point, into what stands after it or the article's main country."""
    name, grain = _words(tree, candidate.first, candidate.last), _unknown_grain(tree, candidate)
    inside = _container(tree, knowledge, candidate) or _named_within(tree, knowledge, candidate)
    if inside is not None:
        return Point(name, grain, inside.country, "", None, None, 0, None), 0.6, f"it stands in {inside.name}"
    country, count = max(votes.items(), key=lambda v: v[1], default=(None, 0))
    if country is None or 2 * count < sum(votes.values()):
        return None, 0.3, "not in the gazetteer"
    return Point(name, grain, country, "", None, None, 0, None), UNLISTED, "not in the gazetteer; the article's main country"


def _named_within(tree: Tree, knowledge: Knowledge, candidate: _Candidate) -> Point | None:
    """The country that a place's own name tells: "US Capitol"."""
    for word in range(candidate.first, candidate.last + 1):
        form = tree.form[word]
        country = knowledge.country(form) or knowledge.nationality(form)
        if country is not None:
            return country_point(country)
    return None


def _weight(point: Point, votes: Counter[str | None], total: int, knowledge: Knowledge) -> float:
    """Population times how much the article speaks of the country; a town before the division of its name."""
    capital = knowledge.capital(point.name)
    base = float(max(point.population, 1000))
    if point.grain == "admin1":
        base *= 0.3
    if capital is not None and capital.code == point.country:
        base *= 3
    return base * (1 + 40 * votes[point.country] / total)


def _container(tree: Tree, knowledge: Knowledge, candidate: _Candidate) -> Point | None:
    """What follows after a comma: "Paris, Texas", "Aleppo, Syria"."""
    comma = candidate.last + 1
    if (
        comma + 1 >= len(tree)
        or tree.form[comma] != ","
        or tree.sentence_of[comma + 1] != tree.sentence_of[candidate.first]
    ):
        return None
    name = tree.name(comma + 1)
    last = name.last if name is not None and name.kind == "LOC" else comma + 1
    if tree.relation[_head(tree, comma + 1, last)] == "conj":
        return None
    text = _words(tree, comma + 1, last)
    if (country := knowledge.country(text)) is not None:
        return country_point(country)
    region = knowledge.region(text)
    if region is not None and region.grain == "admin1":
        own = [p for p in knowledge.gazetteer.find(region.name) if p.grain == "admin1" and p.country == region.country]
        return own[0] if own else region
    return next((p for p in points(knowledge, text) if p.grain == "admin1"), None) if text[:1].isupper() else None


def _has_division_noun(tree: Tree, first_word: int, last_word: int) -> bool:
    """Whether a word for a division stands in the name, after it, or governs it or its first conjunct."""
    rules = _rules()["divisions"]
    if any(tree.lemma[w].lower() in rules for w in range(first_word, last_word + 1)):
        return True
    if last_word + 1 < len(tree) and tree.lemma[last_word + 1].lower() in rules:
        return True
    head = _head(tree, first_word, last_word)
    first = tree.first_conjunct(head)
    governor = tree.head[first]
    return tree.relation[first] in ("nmod", "compound", "appos", "flat") and tree.lemma[governor].lower() in rules


def _unknown_grain(tree: Tree, candidate: _Candidate) -> Grain:
    """The grain of a place that no file knows, by the word for its kind in its name."""
    words = {tree.lemma[w].lower() for w in range(candidate.first, candidate.last + 1)}
    if words & _rules()["divisions"]:
        return "admin1"
    return "other" if words & _rules()["kinds"] else "city"


def _extent(tree: Tree, candidate: _Candidate, point: Point | None) -> tuple[int, int, Grain]:
    """First and last word and the grain, with the words that make another place of it: "southern Chile", "Hapur district"."""
    first, last = candidate.first, candidate.last
    grain = point.grain if point else _unknown_grain(tree, candidate)
    if candidate.adjective:
        return first, last, grain
    rules = _rules()
    after = last + 1
    if after < len(tree) and tree.name(after) is None and after in tree.ancestors(last):
        noun = tree.lemma[after].lower()
        if noun in rules["kinds"]:
            settled: Grain = "city" if noun in rules["settlements"] else "other"
            return first, after, "admin1" if noun in rules["divisions"] else settled
    before = first - 1
    if before >= 0 and tree.form[before].lower() in rules["directions"] and tree.head[before] in range(first, last + 1):
        return before, last, "other"
    return first, last, grain


# -- use -------------------------------------------------------------------------------------


def _use(tree: Tree, knowledge: Knowledge, candidate: _Candidate) -> PlaceUse:
    """How the toponym is used, by its place in the tree."""
    if candidate.adjective:
        return "adjective"
    text = _words(tree, candidate.first, candidate.last)
    head = _head(tree, candidate.first, candidate.last)
    is_state = knowledge.country(text) is not None or knowledge.capital(text) is not None
    return _role(tree, head, is_state)


def _role(tree: Tree, head: int, is_state: bool) -> PlaceUse:
    rules = _rules()
    first = tree.first_conjunct(head)
    governor, relation, case = tree.head[first], tree.deprel[first], tree.case(head)
    if relation in ("compound", "amod"):
        return (
            "adjective"
            if is_state and tree.upos[governor] in ("NOUN", "PROPN") and not _is_place_noun(tree, governor)
            else "literal"
        )
    if not is_state:
        return "literal"
    if case in rules["locative"]:
        return "literal"
    if relation == "nmod:poss":
        return "literal" if _is_place_noun(tree, governor) else "government"
    if case == "of":
        return "government" if tree.lemma[governor].lower() in rules["governing"] else "literal"
    if relation.startswith(("nsubj", "obj", "iobj")):
        undergoes = relation in ("obj", "nsubj:pass")
        return "literal" if undergoes and tree.lemma[governor].lower() in rules["struck"] else "government"
    moves = case in ("to", "from", "for") and tree.lemma[governor].lower() in rules["motion"]
    return "government" if case in rules["partner"] and not moves else "literal"


def _is_place_noun(tree: Tree, word: int) -> bool:
    return tree.lemma[word].lower() in _rules()["place_nouns"] or tree.lemma[word].lower() in _rules()["kinds"]
