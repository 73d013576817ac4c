"""Which point a toponym stands for, by what stands beside it, the article's other places, and population."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from whence.coding.toponyms import Candidate, has_division_noun, unknown_grain
from whence.coding.tree import Tree
from whence.knowledge import Knowledge, Point
from whence.knowledge.normal import key

UNLISTED = 0.4
"""Confidence of a country that is only guessed."""

_KNOWN = 100_000
"""Inhabitants from which a namesake elsewhere may win over an authored place."""

_DIVISION = 60
"""How much more a place weighs if all divisions that the article surely names are its own."""


class Votes(Counter[str | None]):
    """How often the article speaks of a country, by alpha-3, and (`divisions`) of a country's division."""

    divisions: Counter[tuple[str | None, str]]


def votes(candidates: Iterable[Candidate]) -> Votes:
    """The countries of the candidates that are beyond doubt."""
    candidates = [c for c in candidates if c.points]
    found = Votes(c.points[0].country for c in candidates if _is_plain(c))
    named = [c.points for c in candidates]
    sure = (c[0] for c in named if c[0].grain == "admin1" or len({(p.country, p.division) for p in c}) == 1)
    found.divisions = Counter((p.country, p.division) for p in sure if p.division)
    return found


Choice = tuple[Point | None, float, str]
"""The point that is meant, how sure that is (0 to 1), and why."""


def choose(tree: Tree, knowledge: Knowledge, candidate: Candidate, spoken_of: Votes) -> Choice:
    """The point that a candidate stands for."""
    if not candidate.points:
        return _unlisted(tree, knowledge, candidate, spoken_of)
    best = candidate.points[0]
    if len(candidate.points) == 1:
        return best, 0.9, "the only place of that name"
    if (told := _told(tree, knowledge, candidate, spoken_of)) is not None:
        return told
    if (rival := _rival(candidate, spoken_of)) is not None:
        return rival, 0.8, "the article's other places"
    if best.grain in ("country", "region", "other") or best.population == 0:
        return best, 0.9, "a well-known place of that name"
    total = sum(spoken_of.values()) or 1
    text = tree.words(candidate.first, candidate.last)
    scored = [(_weight(p, text, spoken_of, total, knowledge), -n, p) for n, p in enumerate(candidate.points)]
    score, _, chosen = max(scored, key=lambda s: s[:2])
    rest = sum(s for s, _, _ in scored) or 1.0
    reason = "the article's other places" if spoken_of[chosen.country] else "the most populous of that name"
    return chosen, min(0.95, max(0.3, score / rest)), reason


def _told(tree: Tree, knowledge: Knowledge, candidate: Candidate, spoken_of: Votes) -> Choice | None:
    """What the words beside the name tell: a container after a comma, a word for a division."""
    if (inside := _container(tree, knowledge, candidate)) is not None:
        within = [p for p in candidate.points if p is not inside and p.country == inside.country]
        narrow = [p for p in within if p.division == inside.division] if inside.division else []
        if within:
            return (narrow or within)[0], 0.95, f"it stands in {inside.name}"
    if has_division_noun(tree, candidate.first, candidate.last):
        divisions = [p for p in candidate.points if p.grain == "admin1"]
        if divisions:
            return max(divisions, key=lambda p: spoken_of[p.country]), 0.9, "the text calls it a division"
    return None


def _rival(candidate: Candidate, spoken_of: Votes) -> Point | None:
    """A namesake in a country that the article speaks of far more than of the well-known place's own."""
    best = candidate.points[0]
    if best.grain == "country":
        namesake = _namesake(candidate)
        is_far_more = namesake is not None and spoken_of[namesake.country] > 2 + 3 * spoken_of[best.country]
        return namesake if is_far_more else None
    if best.population or best.country is None:
        return None
    elsewhere = (p for p in candidate.points if spoken_of[p.country] > 2 * spoken_of[best.country])
    return next((p for p in elsewhere if p.grain == "admin1" or p.population >= _KNOWN), None)


def _is_plain(candidate: Candidate) -> bool:
    """Whether the candidate's country is beyond doubt enough to speak for the article."""
    first = candidate.points[0]
    if first.grain == "country":
        return _namesake(candidate) is None
    return len({p.country for p in candidate.points}) == 1


def _namesake(candidate: Candidate) -> Point | None:
    """A division of another country with a country's name: Georgia."""
    first, *others = candidate.points
    same = (p for p in others if p.grain == "admin1" and key(p.name) == key(first.name) and p.country != first.country)
    return next(same, None)


def _unlisted(tree: Tree, knowledge: Knowledge, candidate: Candidate, spoken_of: Votes) -> Choice:
    """A place that no file knows is put, without a point, into what stands after it or the article's main country."""
    name, grain = tree.words(candidate.first, candidate.last), unknown_grain(tree, candidate)
    inside = _container(tree, knowledge, candidate) or _named_within(tree, knowledge, candidate)
    if inside is not None:
        return Point(name, grain, inside.country, "", None, None, 0, None), 0.6, f"it stands in {inside.name}"
    country = max((c for c in spoken_of if c is not None), key=spoken_of.__getitem__, default=None)
    if country is None:
        return None, 0.3, "not in the gazetteer"
    return (
        Point(name, grain, country, "", None, None, 0, None),
        UNLISTED,
        "not in the gazetteer; the article's main country",
    )


def _named_within(tree: Tree, knowledge: Knowledge, candidate: Candidate) -> Point | None:
    """The country that a place's own name tells: "US Capitol"."""
    for word in range(candidate.first, candidate.last + 1):
        form = tree.form[word]
        country = knowledge.country(form) or knowledge.nationality(form)
        if country is not None:
            return knowledge.country_point(country)
    return None


def _weight(point: Point, text: str, spoken_of: Votes, total: int, knowledge: Knowledge) -> float:
    """Population times how much the article speaks of the country; capitals gain, divisions and other names lose."""
    base = float(max(point.population, 1000))
    if point.grain == "admin1":
        base *= 0.3
    capital = knowledge.capital(text)
    if capital is not None and capital.code == point.country and point.grain == "city":
        base *= 10
    elif point.grain == "city" and key(point.name) != key(text):
        base *= 0.1
    own = spoken_of.divisions[point.country, point.division] if point.division else 0
    base *= 1 + _DIVISION * own / (spoken_of.divisions.total() or 1)
    return base * (1 + 40 * spoken_of[point.country] / total)


def _container(tree: Tree, knowledge: Knowledge, candidate: Candidate) -> Point | None:
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
    if tree.relation[tree.head_of(comma + 1, last)] == "conj":
        return None
    text = tree.words(comma + 1, last)
    if (country := knowledge.country(text)) is not None:
        return knowledge.country_point(country)
    region = knowledge.region(text)
    if region is not None and region.grain == "admin1":
        own = [p for p in knowledge.gazetteer.find(region.name) if p.grain == "admin1" and p.country == region.country]
        return own[0] if own else region
    return next((p for p in knowledge.points(text) if p.grain == "admin1"), None) if text[:1].isupper() else None
