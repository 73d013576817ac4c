"""The measures: what is compared of two readings of an article, and what counts as right.

Statements pair where their contents share half of their characters, events where their triggers are one mention; pairs
are one to one, the likest first. What is right of an event's slots is asked where trigger and type are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from whence.scoring.marks import Days, Done, Marks, Party, Said, Spot
from whence.scoring.naming import same_name
from whence.scoring.spans import Span, likeness, neighbours, pairs, same_mention, shared, union
from whence.sphere import kilometres

_CONTENT = 0.5
"""Share of the characters of two statements' contents that both must have; the usual bound for reported speech."""
_TYPED = 0.1
"""What a like type adds, so that of several triggers in one place those of one type pair."""
_NEAR_KM = 161.0
"""A hundred miles, within which a located toponym is right: the usual measure of toponym resolution."""


@dataclass(slots=True)
class Tally:
    """Counts of one article, by measure: how many are right, in gold, found. A choice counts once in gold and found."""

    counts: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, measure: str, right: int, gold: int, found: int) -> None:
        """Adds to a measure; nothing where there is nothing to count."""
        if gold or found:
            before = self.counts.get(measure, (0, 0, 0))
            self.counts[measure] = (before[0] + right, before[1] + gold, before[2] + found)

    def choose(self, measure: str, is_right: bool) -> None:
        """One choice, right or wrong."""
        self.add(measure, int(is_right), 1, 1)


def tally(gold: Marks, found: Marks) -> Tally:
    """Compares what was found in an article with what is marked in it."""
    counts = Tally()
    if gold.statements is not None:
        _statements(counts, gold.statements, found.statements or ())
    if gold.events is not None:
        _events(counts, gold, found)
    if gold.places is not None:
        _toponyms(counts, gold.places, found.places or ())
    if gold.times is not None:
        _times(counts, gold.times, found.times or ())
    return counts


# -- statements ----------------------------------------------------------------------------


def _statements(counts: Tally, gold: Sequence[Said], found: Sequence[Said]) -> None:
    joined = _paired_statements(gold, found)
    counts.add("statement", len(joined), len(gold), len(found))
    for measure, key, is_right in (
        ("statement and source", "source", _is_same_source),
        ("statement and chain", "chain", _is_same_chain),
    ):
        marked = [(g, f) for g, f in joined if key in g.keys]
        unmarked = sum(key not in g.keys for g in gold)
        right = sum(is_right(g, f) for g, f in marked)
        counts.add(measure, right, len(gold) - unmarked, len(found) - (len(joined) - len(marked)))
    for g, f in joined:
        if "cue" in g.keys:
            counts.choose("cue", g.cue == f.cue if g.cue is None else same_mention(g.cue, f.cue))
        if "source" in g.keys:
            counts.choose("source", _is_same_source(g, f))
        if "form" in g.keys:
            counts.choose("form", g.form == f.form)
        if "chain" in g.keys:
            counts.choose("originator", _is_same_originator(g.chain, f.chain))
            counts.choose("chain", _is_same_chain(g, f))
            if len(g.chain) > 1:
                counts.choose("chain of two or more", _is_same_chain(g, f))


def _paired_statements(gold: Sequence[Said], found: Sequence[Said]) -> list[tuple[Said, Said]]:
    ours, theirs = [union(said.content) for said in gold], [union(said.content) for said in found]
    near = list(neighbours(ours, theirs))
    joined = pairs(range(len(gold)), range(len(found)), lambda i, j: likeness(ours[i], theirs[j]), _CONTENT, near)
    return [(gold[i], found[j]) for i, j in joined]


def _is_same_source(gold: Said, found: Said) -> bool:
    if gold.source is None or found.source is None:
        return gold.source is found.source
    return same_mention(gold.source, found.source)


def _is_same_originator(gold: Sequence[str], found: Sequence[str]) -> bool:
    return same_name(gold[-1], found[-1]) if gold and found else gold == found


def _is_same_chain(gold: Said, found: Said) -> bool:
    return len(gold.chain) == len(found.chain) and all(map(same_name, gold.chain, found.chain))


# -- events --------------------------------------------------------------------------------


def _events(counts: Tally, gold: Marks, found: Marks) -> None:
    ours, theirs = gold.events or (), found.events or ()
    near = neighbours([_span(event.trigger) for event in ours], [_span(event.trigger) for event in theirs])
    joined = pairs(ours, theirs, _trigger_score, 0.5, near)
    typed = [(g, f) for g, f in joined if g.type == f.type]
    counts.add("trigger", len(joined), len(ours), len(theirs))
    counts.add("event", len(typed), len(ours), len(theirs))
    for type in sorted({event.type for event in (*ours, *theirs)}):
        right = sum(g.type == type for g, _ in typed)
        sides = (sum(event.type == type for event in side) for side in (ours, theirs))
        counts.add(f"type {type}", right, *sides)
    whole = whole_marked = 0
    for g, f in typed:
        are_right = [_parties(counts, g, f, side) for side in ("actors", "recipients") if side in g.keys]
        if len(are_right) == 2:
            whole_marked += 1
            whole += all(are_right)
        _choices(counts, g, f)
        _time(counts, g, f)
        _places(counts, g, f)
        _others(counts, g, f)
    marked = sum({"actors", "recipients"} <= event.keys for event in ours)
    counts.add("event, actors and recipients", whole, marked, len(theirs) - (len(typed) - whole_marked))
    if gold.statements is not None:
        _attributed(counts, typed, gold.statements, found.statements or ())


def _span(trigger: Span | None) -> list[Span]:
    return [] if trigger is None else [trigger]


def _trigger_score(gold: Done, found: Done) -> float:
    return same_mention(gold.trigger, found.trigger) + _TYPED * (gold.type == found.type)


def _choices(counts: Tally, gold: Done, found: Done) -> None:
    if "mode" in gold.keys and (gold.mode or found.mode):
        counts.choose("mode", gold.mode == found.mode)
    if "status" in gold.keys:
        counts.choose("status", gold.status == found.status)
        for status in sorted({s for s in (gold.status, found.status) if s is not None}):
            is_right = gold.status == found.status
            counts.add(
                f"status of event {status}", int(is_right), int(gold.status == status), int(found.status == status)
            )


def _parties(counts: Tally, gold: Done, found: Done, side: str) -> bool:
    """Compares those on one side of an event; whether all of them are right, and no others."""
    ours, theirs = ([party for party in getattr(event, side) if party.at or party.name] for event in (gold, found))
    joined = pairs(ours, theirs, _party_score, 1.0)
    counts.add(side, len(joined), len(ours), len(theirs))
    for g, f in joined:
        for key in ("country", "sector"):
            value, other = getattr(g, key), getattr(f, key)
            if key in g.keys and (value or other):
                counts.choose(key, value == other)
        if g.name:
            counts.choose("name", same_name(g.name, f.name))
    return len(joined) == len(ours) == len(theirs)


def _party_score(gold: Party, found: Party) -> float:
    if same_mention(gold.at, found.at):
        return 1.0
    return float(bool(gold.name and found.name and same_name(gold.name, found.name)))


def _time(counts: Tally, gold: Done, found: Done) -> None:
    """An event's days, first and last. Where gold says no first day, any that are found are too many."""
    if "time" not in gold.keys:
        return
    days, other = ((event.time.start, event.time.end) if event.time else None for event in (gold, found))
    if gold.time is not None and gold.time.start:
        counts.add("time", int(days == other), 1, int(other is not None))
    elif other is not None:
        counts.add("time", 0, 0, 1)


def _places(counts: Tally, gold: Done, found: Done) -> None:
    if "places" not in gold.keys:
        return
    joined = pairs(gold.places, found.places, _place_score, 1.0)
    counts.add("places", len(joined), len(gold.places), len(found.places))
    for g, f in joined:
        if g.country:
            counts.choose("place country", g.country == f.country)


def _place_score(gold: Spot, found: Spot) -> float:
    return float(same_mention(gold.at, found.at) or same_name(gold.name, found.name))


def _others(counts: Tally, gold: Done, found: Done) -> None:
    if "counts" in gold.keys:
        joined = pairs(gold.counts, found.counts, lambda g, f: float((g.what, g.low) == (f.what, f.low)), 1.0)
        counts.add("counts", len(joined), len(gold.counts), len(found.counts))
    if "instruments" in gold.keys:
        means = pairs(gold.instruments, found.instruments, lambda g, f: float(same_mention(g, f)), 1.0)
        counts.add("instruments", len(means), len(gold.instruments), len(found.instruments))


def _attributed(
    counts: Tally, typed: Iterable[tuple[Done, Done]], ours: Sequence[Said], theirs: Sequence[Said]
) -> None:
    """Whether events stand in the statements in which they ought to, or in none."""
    of_gold, of_found = ({said.id: said for said in side} for side in (ours, theirs))
    for g, f in typed:
        if "statement" not in g.keys:
            continue
        said, other = of_gold.get(g.statement or ""), of_found.get(f.statement or "")
        if said is None or other is None:
            counts.choose("attributed", said is other)
        else:
            counts.choose("attributed", likeness(union(said.content), union(other.content)) > 0)
        if said is not None:
            is_right = other is not None and _is_same_originator(said.chain, other.chain)
            counts.choose("originator of event", is_right)


# -- what stands anywhere in the text --------------------------------------------------------


def _toponyms(counts: Tally, gold: Sequence[Spot], found: Sequence[Spot]) -> None:
    ours, theirs = ([spot for spot in side if spot.at is not None] for side in (gold, found))
    joined = _overlapping(ours, theirs)
    counts.add("toponym", len(joined), len(ours), len(theirs))
    unlocated = sum(g.lat is None or g.lon is None for g, _ in joined)
    located = [(g, f) for g, f in joined if g.lat is not None and g.lon is not None]
    told = sum(f.lat is not None and f.lon is not None for f in theirs)
    right = sum(_apart(g, f) <= _NEAR_KM for g, f in located)
    marked = sum(g.lat is not None and g.lon is not None for g in ours)
    if marked:
        counts.add("toponym within 161 km", right, marked, max(right, told - unlocated))


def _overlapping(ours: Sequence[Spot], theirs: Sequence[Spot]) -> list[tuple[Spot, Spot]]:
    near = neighbours([_span(spot.at) for spot in ours], [_span(spot.at) for spot in theirs])
    return pairs(ours, theirs, lambda g, f: float(shared(g.at or (0, 0), f.at or (0, 0))), 1.0, near)


def _apart(a: Spot, b: Spot) -> float:
    """How far apart two places are; infinite where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    return kilometres(a.lat, a.lon, b.lat, b.lon)


def _times(counts: Tally, gold: Sequence[Days], found: Sequence[Days]) -> None:
    """Date expressions with their days; those of which the text does not say the days are nobody's fault."""
    near = neighbours([_span(days.at) for days in gold], [_span(days.at) for days in found])
    joined = pairs(gold, found, lambda g, f: float(shared(g.at or (0, 0), f.at or (0, 0))), 1.0, near)
    settled = [(g, f) for g, f in joined if g.start or g.end]
    right = sum((g.start, g.end) == (f.start, f.end) for g, f in settled)
    marked = sum(bool(days.start or days.end) for days in gold)
    told = sum(bool(days.start or days.end) for days in found)
    idle = sum(bool(f.start or f.end) for g, f in joined if not (g.start or g.end))
    counts.add("date", right, marked, max(right, told - idle))
