"""Scores the incidents that come out of the sixty articles against the key that was written for them.

A telling of the key is found if an event of one of the incident's types has been coded at its trigger. Joins are
scored over found tellings alone; origins and discrepancies as they stand, so that what coding misses counts there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from whence.incidents.names import bare
from whence.records import Coding, Discrepancy, Incident, Span

HALVES = ("a", "b")
Where = tuple[str, Span]
"""An article's id, and begin and end in it."""


@dataclass(slots=True)
class Scores:
    """What was counted over one half of the incidents."""

    tellings: int = 0
    found: int = 0
    joins: Counter[str] = field(default_factory=Counter)
    """Pairs of tellings: `both`, `key` alone, `whence` alone."""
    origins: int = 0
    """Origins of found tellings that are the key's."""
    incidents: int = 0
    exact: int = 0
    """Incidents whose origins are those of the key, each of them once."""
    party_only: int = 0
    """Incidents whose `party_only` is the key's."""
    sides: Counter[bool] = field(default_factory=Counter)
    """Whether an origin that the key knows is rightly marked as a party or as none."""
    discrepancies: int = 0
    discrepancies_found: int = 0
    grades: int = 0
    """Of those found, with the key's grade."""
    shown: int = 0
    shown_right: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares from 0 to 1, by name; those that `FLOORS` names are among them."""
        both, key, whence = (self.joins[side] for side in ("both", "key", "whence"))
        return {
            "tellings found": _share(self.found, self.tellings),
            "joins F1": _share(2 * both, 2 * both + key + whence),
            "joins precision": _share(both, both + whence),
            "joins recall": _share(both, both + key),
            "origins of tellings": _share(self.origins, self.found),
            "origins exact": _share(self.exact, self.incidents),
            "parties marked": _share(self.sides[True], self.sides.total()),
            "party only": _share(self.party_only, self.incidents),
            "discrepancies recall": _share(self.discrepancies_found, self.discrepancies),
            "discrepancies precision": _share(self.shown_right, self.shown),
            "grades": _share(self.grades, self.discrepancies_found),
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


class Outcome:
    """The incidents that were made, to be asked by article and span."""

    def __init__(self, codings: Iterable[Coding], incidents: Iterable[Incident]) -> None:
        self.codings = {coding.article.id: coding for coding in codings}
        self.id_of = {coding.article.sha256: coding.article.id for coding in self.codings.values()}
        self.incident_of = {telling.event: incident for incident in incidents for telling in incident.tellings}

    def event(self, article: str, at: Span, types: Sequence[str]) -> str | None:
        """Uid of the first event of one of the types whose trigger meets a span; None if there is none."""
        meeting = (e for e in self.codings[article].events if e.type in types and _meet(e.trigger.at, at))
        return next((e.uid for e in meeting), None)

    def sides(self, discrepancy: Discrepancy) -> tuple[Where, Where]:
        """Where the two stretches of a discrepancy stand."""
        a, b = discrepancy.a, discrepancy.b
        return (self.id_of[a.article], a.at), (self.id_of[b.article], b.at)


def score(key: Mapping[str, Any], texts: Mapping[str, str], outcome: Outcome) -> dict[str, Scores]:
    """Scores by half, and over `all`, where joins between the halves count too. `texts` has all articles by id."""
    scores = {half: Scores() for half in (*HALVES, "all")}
    placed: list[_Placed] = []
    for given in key["incidents"]:
        found = _tellings(given, texts, outcome)
        made = [outcome.incident_of[uid] for _, uid in found if uid is not None]
        placed += [_Placed(given["half"], given["name"], incident) for incident in made]
        wanted = _wanted(given, texts)
        for total in (scores[given["half"]], scores["all"]):
            _count_tellings(total, given, found, outcome)
            _count_incident(total, given, made)
            _count_wanted(total, given["name"], wanted, made, outcome)
    _count_joins(scores, placed)
    everything = [one for given in key["incidents"] for one in _wanted(given, texts)]
    _count_shown(scores, everything, placed, outcome)
    return scores


@dataclass(frozen=True, slots=True)
class _Placed:
    """A found telling of the key, and the incident that it came to be of."""

    half: str
    name: str
    incident: Incident


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A discrepancy of the key; either side has all stretches that show its value."""

    slot: str
    grade: str
    first: Sequence[Where]
    second: Sequence[Where]
    words: str


def _wanted(given: Mapping[str, Any], texts: Mapping[str, str]) -> list[_Wanted]:
    def side(stretches: Iterable[Mapping[str, Any]]) -> list[Where]:
        return [(s["article"], span(texts[s["article"]], s["text"], s.get("nth", 1))) for s in stretches]

    return [
        _Wanted(
            one["slot"],
            one["grade"],
            side(one["a"]),
            side(one["b"]),
            f"{one['slot']} {one['a'][0]['text']!r} / {one['b'][0]['text']!r}",
        )
        for one in given["discrepancies"]
    ]


def _tellings(
    given: Mapping[str, Any], texts: Mapping[str, str], outcome: Outcome
) -> list[tuple[Mapping[str, Any], str | None]]:
    """The key's tellings in articles that are no copies, each with the uid of its event."""
    kept = [telling for telling in given["tellings"] if telling["article"] in outcome.codings]
    places = [span(texts[t["article"]], t["trigger"], t["nth"]) for t in kept]
    return [(t, outcome.event(t["article"], at, given["types"])) for t, at in zip(kept, places, strict=True)]


def _count_tellings(
    scores: Scores,
    given: Mapping[str, Any],
    found: Sequence[tuple[Mapping[str, Any], str | None]],
    outcome: Outcome,
) -> None:
    for telling, uid in found:
        scores.tellings += 1
        here = f"{given['name']}: {telling['article']} {telling['trigger']!r}"
        if uid is None:
            scores.misses.append(f"{here}: no event")
            continue
        scores.found += 1
        said = next(t.origin for t in outcome.incident_of[uid].tellings if t.event == uid)
        if _canonical(said, given) == telling["origin"]:
            scores.origins += 1
        else:
            scores.misses.append(f"{here}: origin {said!r}, not {telling['origin']!r}")


def _count_incident(scores: Scores, given: Mapping[str, Any], made: Sequence[Incident]) -> None:
    """Origins of the incident that has most of the tellings."""
    scores.incidents += 1
    main = _main(made)
    if main is None:
        scores.misses.append(f"{given['name']}: not found at all")
        return
    wanted = {origin["name"] for origin in given["origins"]}
    names = Counter(_canonical(origin.name, given) for origin in main.origins)
    scores.party_only += main.party_only == given["party_only"]
    scores.exact += names == Counter(wanted)
    is_party = {origin["name"]: origin["party"] for origin in given["origins"]}
    marked = [(_canonical(origin.name, given), origin.is_party) for origin in main.origins]
    scores.sides.update(is_party[name] == mark for name, mark in marked if name in is_party)
    if names != Counter(wanted):
        lacking, other = sorted(wanted - names.keys()), sorted((names - Counter(wanted)).elements())
        scores.misses.append(f"{given['name']}: origins lacking {lacking}, too many {other}")
    if len({incident.id for incident in made}) > 1:
        sizes = sorted(Counter(incident.id for incident in made).values(), reverse=True)
        scores.misses.append(f"{given['name']}: in pieces of {sizes} tellings")


def _main(made: Sequence[Incident]) -> Incident | None:
    counted = Counter(incident.id for incident in made)
    return max(made, key=lambda incident: (counted[incident.id], incident.id), default=None)


def _canonical(name: str, given: Mapping[str, Any]) -> str:
    """The key's name of an origin; its own if the key does not know it."""
    known = (o["name"] for o in given["origins"] if bare(name) in {bare(n) for n in (o["name"], *o["names"])})
    return next(known, name)


def _count_wanted(
    scores: Scores, name: str, wanted: Sequence[_Wanted], made: Sequence[Incident], outcome: Outcome
) -> None:
    """What of the key the incidents show that have its tellings."""
    shown = [d for incident in {i.id: i for i in made}.values() for d in incident.discrepancies]
    scores.discrepancies += len(wanted)
    for one in wanted:
        fitting = [d for d in shown if _fits(d, one, outcome)]
        scores.discrepancies_found += bool(fitting)
        scores.grades += any(d.grade == one.grade for d in fitting)
        if not fitting:
            scores.misses.append(f"{name}: {one.words}: not shown")
        elif all(d.grade != one.grade for d in fitting):
            scores.misses.append(f"{name}: {one.words}: graded {fitting[0].grade}, not {one.grade}")


def _count_shown(
    scores: Mapping[str, Scores], wanted: Sequence[_Wanted], placed: Sequence[_Placed], outcome: Outcome
) -> None:
    """Whether what the incidents show is in the key; an incident counts for the half that has most of its tellings."""
    halves: dict[str, Counter[tuple[str, str]]] = {}
    for one in placed:
        halves.setdefault(one.incident.id, Counter())[one.half, one.name] += 1
    for incident in {one.incident.id: one.incident for one in placed}.values():
        half, name = max(halves[incident.id], key=lambda k: (halves[incident.id][k], k))
        for d in incident.discrepancies:
            is_right = any(_fits(d, one, outcome) for one in wanted)
            for total in (scores[half], scores["all"]):
                total.shown += 1
                total.shown_right += is_right
                if not is_right:
                    articles = " / ".join(article for article, _ in outcome.sides(d))
                    total.misses.append(f"{name}: {d.slot} {d.a.text!r} / {d.b.text!r} ({articles}): not in the key")


def _fits(shown: Discrepancy, wanted: _Wanted, outcome: Outcome) -> bool:
    """Whether it is of the slot and its stretches meet one of each side of the key, whichever comes first."""
    if shown.slot != wanted.slot:
        return False
    a, b = outcome.sides(shown)
    one, other = wanted.first, wanted.second
    return (_is_in(a, one) and _is_in(b, other)) or (_is_in(a, other) and _is_in(b, one))


def _is_in(stretch: Where, side: Sequence[Where]) -> bool:
    return any(stretch[0] == article and _meet(stretch[1], at) for article, at in side)


def _count_joins(scores: Mapping[str, Scores], placed: Sequence[_Placed]) -> None:
    for a, b in combinations(placed, 2):
        is_key, is_made = a.name == b.name, a.incident.id == b.incident.id
        if not is_key and not is_made:
            continue
        side = "both" if is_key and is_made else "key" if is_key else "whence"
        scores["all"].joins[side] += 1
        if a.half == b.half:
            scores[a.half].joins[side] += 1


def span(text: str, words: str, nth: int) -> Span:
    """Begin and end of the nth occurrence of words, from 1. Raises `ValueError` if there are fewer."""
    begin = -1
    for _ in range(nth):
        begin = text.index(words, begin + 1)
    return begin, begin + len(words)


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def table(scores: Mapping[str, Scores]) -> str:
    """The figures, a line each, a column for each half and for all."""
    columns = {half: one.figures() for half, one in scores.items()}
    lines = [f"{'':26}" + "".join(f"{half:>8}" for half in columns)]
    lines += [f"{name:26}" + "".join(f"{c[name]:8.3f}" for c in columns.values()) for name in columns["all"]]
    return "\n".join(lines)
