"""One happening told twice in an article: which earlier event a later one tells again.

Every earlier event of the same type is weighed (`weights.yaml`, question `same`): words, sides, places and days
that agree or clash, how far apart the two stand, and whether the later is spoken of as known ("the attack").
The best is taken if it is likely enough. Happenings of different days are different.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from whence.coding import weighing
from whence.coding.tree import Tree
from whence.coding.weighing import Features
from whence.records import Event

_MOST = 60
"""Earlier events of a type that are weighed, the latest first, and the type's first one."""
_STEM = 5
"""Letters by which words are of one family ("attack", "attacked", "attackers")."""
_KNOWN = frozenset({"the", "this", "that", "these", "those", "both", "such"})
_LEAD = 2
"""Sentences that open an article."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what its words say."""

    event: Event
    lemma: str
    is_noun: bool
    is_known: bool
    """A noun with "the", "this" and the like."""
    sentence: int


def find(events: Sequence[Event], tree: Tree) -> dict[str, str]:
    """The id of the event that each later one tells again; those that tell nothing again are left out."""
    found = {}
    for later, earlier in propose(events, tree):
        scored = [(weighing.chance("same", features), told.event.id) for told, features in earlier]
        chance, best = max(scored, key=lambda s: s[0])
        if chance >= weighing.least("same"):
            found[later.id] = best
    return found


def propose(events: Sequence[Event], tree: Tree) -> Iterator[tuple[Event, list[tuple[Told, Features]]]]:
    """Each event, in text order, with the earlier ones of its type and what speaks for their being the same."""
    by_type: dict[str, list[Told]] = {}
    for event in events:
        told = _told(event, tree)
        before = by_type.setdefault(event.type, [])
        if before:
            chosen = before[-_MOST:] if len(before) <= _MOST else [before[0], *before[-_MOST:]]
            near = len(chosen)
            weighed = [(one, _features(one, told, near - i)) for i, one in enumerate(chosen)]
            if possible := [(one, features) for one, features in weighed if not features["other days"]]:
                yield event, possible
        before.append(told)


def _told(event: Event, tree: Tree) -> Told:
    begin, end = event.trigger.at
    first = bisect_right(tree.analysis.end, begin)
    last = max(first, bisect_right(tree.analysis.begin, end - 1) - 1)
    word = tree.head_of(first, last)
    known = any(tree.form[d].lower() in _KNOWN for d in tree.children(word, "det"))
    is_noun = tree.upos[word] in ("NOUN", "PROPN")
    return Told(event, tree.lemma[word].lower(), is_noun, known and is_noun, tree.sentence_of[word])


def _features(earlier: Told, later: Told, steps: int) -> Features:
    """What speaks for one happening; `steps` counts the type's events from the later one back to the earlier."""
    a, b = earlier.event, later.event
    made = {
        "bias": 1.0,
        "same word": float(earlier.lemma == later.lemma),
        "same family": float(earlier.lemma != later.lemma and earlier.lemma[:_STEM] == later.lemma[:_STEM]),
        "known": float(later.is_known),
        "noun": float(later.is_noun),
        "noun for a verb": float(later.is_noun and not earlier.is_noun),
        "one sentence": float(earlier.sentence == later.sentence),
        "sentences": log(1 + later.sentence - earlier.sentence),
        "steps": log(steps),
        "in the lead": float(earlier.sentence < _LEAD),
        "same status": float(a.status == b.status),
        "one is denied": float((a.status == "denied") != (b.status == "denied")),
        "both happened": float(a.status in ("happened", "ongoing") and b.status in ("happened", "ongoing")),
        "one statement": float(a.statement is not None and a.statement == b.statement),
        "same mode": float(a.mode is not None and a.mode == b.mode),
        "other mode": float(a.mode is not None and b.mode is not None and a.mode != b.mode),
        "nobody": float(not (b.actors or b.recipients)),
    }
    pairs: dict[str, tuple[set[object], set[object]]] = {
        "actors": ({x.name for x in a.actors}, {x.name for x in b.actors}),
        "recipients": ({x.name for x in a.recipients}, {x.name for x in b.recipients}),
        "places": ({x.name for x in a.places}, {x.name for x in b.places}),
        "counts": ({(c.what, c.low, c.high) for c in a.counts}, {(c.what, c.low, c.high) for c in b.counts}),
        "days": ({a.time.start} if a.time else set(), {b.time.start} if b.time else set()),
    }
    for name, (mine, theirs) in pairs.items():
        made[f"same {name}"] = float(bool(mine & theirs))
        other = bool(mine) and bool(theirs) and not mine & theirs
        made[f"other {name}"] = float(other)
        made[f"verb, other {name}"] = float(other and not later.is_noun)
    return made
