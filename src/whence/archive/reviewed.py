"""A coding as users have corrected it: a pure function of the coding and of what was said of its events.

Of each slot the newest word counts, whoever gave it: a correction or a confirmation puts in what it names; a rejection
takes out what it judged, where that stands there still. A confirmation of the whole event counts for the slots that
have no word of their own. An event goes whose newest word as a whole is a rejection, and so does one whose type or
trigger was rejected and not corrected, for nothing is known in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from whence.archive.documents import from_plain
from whence.archive.review_values import LISTS, SLOTS, Slot, of_event
from whence.archive.reviews import Review, attached
from whence.records import Actor, Coding, Count, Event, Mention, Place, Time

_SURE = 1.0
"""Confidence of what a user says."""
_EMPTY: Mapping[str, Any] = {"time": None, "mode": None} | {slot: [] for slot in LISTS}
"""What stands in a slot in which nothing is; the others cannot be empty."""


@dataclass(slots=True)
class Words:
    """The newest words on one event."""

    whole: Review | None = None
    slots: dict[Slot, Review] = field(default_factory=dict)
    """On slots of their own."""

    def on(self, slot: Slot) -> Review | None:
        """What counts for a slot: a word of its own, or else a confirmation of the whole event."""
        if slot in self.slots:
            return self.slots[slot]
        return self.whole if self.whole is not None and self.whole.verdict == "confirm" else None

    def rejects(self, event: Event) -> bool:
        """Whether the event, as it is coded now, is none."""
        if self.whole is not None and self.whole.verdict == "reject":
            return True
        return any(
            word is not None and word.verdict == "reject" and word.judged.get(slot) == of_event(event, slot)
            for slot in _NEEDED
            for word in [self.on(slot)]
        )


_NEEDED: tuple[Slot, ...] = ("type", "trigger")
"""Slots without which there is no event."""


def standing(reviews: Iterable[Review]) -> dict[str, Words]:
    """The newest words by the uid of their event; `reviews` in the order in which they were given.

    Those taken back, and the orphaned, say nothing.
    """
    found: dict[str, Words] = {}
    for review in reviews:
        if review.orphaned or review.undone_by is not None:
            continue
        words = found.setdefault(review.event, Words())
        if review.slot is None:
            words.whole = review
        else:
            words.slots[review.slot] = review
    return found


def value_of(event: Event, slot: Slot, word: Review | None) -> Any:
    """A slot by the word that counts for it, as in the JSON without ids, confidence and reasons."""
    coded = of_event(event, slot)
    if word is None:
        return coded
    if word.verdict == "correct":
        return word.value
    judged = word.judged.get(slot, coded)
    if word.verdict == "confirm":
        return judged
    return _EMPTY.get(slot, coded) if judged == coded else coded


def reviewed(coding: Coding, reviews: Sequence[Review]) -> Coding:
    """The coding with the words that stand put in; `reviews` are those of its article, in the order of their times.

    Events keep id and uid whatever they become. Mentions that users added get ids of their own and stand among the
    coding's too.
    """
    words = standing(attached(reviews, coding))
    if not words:
        return coding
    book = _Mentions(coding)
    events = [
        _event(event, words[event.uid], book) if event.uid in words else event
        for event in coding.events
        if event.uid not in words or not words[event.uid].rejects(event)
    ]
    left = {event.id for event in events}
    told = tuple(e if e.same_as is None or e.same_as in left else replace(e, same_as=None) for e in events)
    return replace(coding, actors=book.actors, places=book.places, times=book.times, events=told)


def _event(event: Event, words: Words, book: _Mentions) -> Event:
    changes: dict[str, Any] = {}
    for slot in SLOTS:
        word = words.on(slot)
        value = value_of(event, slot, word)
        if word is not None and value != of_event(event, slot):
            changes[slot] = book.made(slot, value, getattr(event, slot), f"{word.who} says so")
    if not changes:
        return event
    if "type" in changes or "mode" in changes:
        changes = _classified(event, changes)
    return replace(event, **changes)


def _classified(event: Event, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with what follows from another type or mode. A mode goes that the type has not."""
    from whence import codebook

    book = codebook.load()
    type, mode = changes.get("type", event.type), changes.get("mode", event.mode)
    category = book.categories.get(type)
    if category is None:
        if type != event.type:  # a user's own, of which only the name is known here
            changes |= {"quad": None, "intensity": None, "cameo": None}
        return changes
    own = category.mode(mode)
    if own is None and "mode" not in changes:
        mode = changes["mode"] = None
    intensity = own.intensity if own is not None and own.intensity is not None else category.intensity
    cameo = book.cameo(type, mode, event.contexts)
    return changes | {"quad": category.quad, "intensity": intensity, "cameo": cameo}


class _Mentions:
    """The mentions of a coding, to which those are added that users name."""

    def __init__(self, coding: Coding) -> None:
        self._known: dict[type, list[Any]] = {
            Actor: list(coding.actors),
            Place: list(coding.places),
            Time: list(coding.times),
        }

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors."""
        return tuple(self._known[Actor])

    @property
    def places(self) -> tuple[Place, ...]:
        """All places."""
        return tuple(self._known[Place])

    @property
    def times(self) -> tuple[Time, ...]:
        """All times."""
        return tuple(self._known[Time])

    def made(self, slot: Slot, value: Any, coded: Any, reason: str) -> Any:
        """A slot's value as records: words as they are, mentions as what is coded there, with what the value says."""
        if slot in LISTS:
            return tuple(self._record(slot, one, coded, reason) for one in value)
        if slot == "time":
            return None if value is None else self._record(slot, value, (coded,) if coded else (), reason)
        return from_plain(Mention, value) if slot == "trigger" else value

    def _record(self, slot: str, value: Mapping[str, Any], coded: Iterable[Any], reason: str) -> Any:
        kind = _KINDS[slot]
        at = tuple(value["at"])
        known = self._known.get(kind, [])
        base = next((one for one in (*coded, *known) if one.at == at), None)
        if base is None:
            base = self._new(kind, value)
        given = {name: part for name, part in value.items() if name not in ("text", "at")}
        if all(getattr(base, name) == part for name, part in given.items()):
            return base
        if kind is Place and {"lat", "lon"} & given.keys():
            given["prio_grid"] = None
        told = {"confidence": _SURE, "reason": reason} if kind in (Actor, Place) else {}
        return replace(base, **given, **told)

    def _new(self, kind: type, value: Mapping[str, Any]) -> Any:
        """A record of a mention that the coding has not, as little as it says; it has an id of its own."""
        text, known = value["text"], self._known.get(kind)
        plain = _BLANK.get(kind, {}) | {"text": text, "at": value["at"]}
        if known is not None:
            taken = {one.id for one in known}
            plain["id"] = next(id for n in count(len(known) + 1) if (id := f"{_LETTERS[kind]}{n}") not in taken)
            plain.setdefault("name", text)
        made: Any = from_plain(kind, plain)
        if known is not None:
            known.append(replace(made, **{name: value[name] for name in value if name not in ("text", "at")}))
        return made


_KINDS: Mapping[str, type] = {
    "actors": Actor,
    "recipients": Actor,
    "instruments": Mention,
    "places": Place,
    "time": Time,
    "counts": Count,
}
_LETTERS = {Actor: "a", Place: "p", Time: "t"}
_SAID: dict[str, Any] = {"reason": "a reviewer named it", "confidence": _SURE}
_BLANK: Mapping[type, dict[str, Any]] = {
    Actor: {"label": None, "country": None, "sector": None, **_SAID},
    Place: {
        "label": None,
        "grain": "other",
        "country": None,
        "geonames": None,
        "lat": None,
        "lon": None,
        "use": "literal",
        **_SAID,
    },
    Time: {"start": None, "end": None, "rule": "a reviewer named it"},
    Count: {"what": None, "low": None, "high": None},
}
"""What is known of a mention that only a user named."""
