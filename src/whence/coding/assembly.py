"""Event drafts become events: ids, actors, places and times filled in, retellings linked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from whence.codebook import Codebook
from whence.coding import retellings
from whence.coding.contexts import Contexts
from whence.coding.events import EventDraft
from whence.coding.people import People
from whence.coding.places import PlaceMention
from whence.coding.statements import innermost
from whence.coding.times import TimeMention
from whence.coding.tree import Tree
from whence.records import Actor, Article, Event, Place, Statement, Time

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Assembled:
    """What `assemble_events` makes: numbered in text order."""

    places: tuple[Place, ...]
    times: tuple[Time, ...]
    events: tuple[Event, ...]


def assemble_events(
    drafts: Sequence[EventDraft],
    article: Article,
    tree: Tree,
    codebook: Codebook,
    people: People,
    toponyms: Sequence[PlaceMention],
    dates: Sequence[TimeMention],
    statements: Sequence[Statement],
) -> Assembled:
    """Numbers places, times and events in text order and links what belongs together."""
    places = {(p.first, p.last): replace(p.place, id=f"p{n}") for n, p in enumerate(toponyms, 1)}
    every_time = sorted((time for d in dates for time in (d.time, *d.ends)), key=lambda t: t.at)
    times = {time.at: replace(time, id=f"t{n}") for n, time in enumerate(every_time, 1)}
    of_words = {(d.first, d.last): times[d.time.at] for d in dates}
    ordered = sorted(drafts, key=lambda d: (d.trigger, d.type))
    contexts = Contexts(tree)
    events: list[Event] = []
    for number, draft in enumerate(ordered, 1):
        trigger = tree.mention(*draft.trigger)
        category = codebook.categories[draft.type]
        mode = category.mode(draft.mode)
        event = Event(
            id=f"e{number}",
            uid=_uid(article, trigger.at, draft.type),
            trigger=trigger,
            type=draft.type,
            mode=draft.mode,
            actors=_distinct([people[h] for h in draft.actors]),
            recipients=_distinct([people[h] for h in draft.recipients]),
            instruments=tuple(tree.mention(*words) for words in draft.instruments),
            places=tuple(p for p in (_at(places, w) for w in draft.places) if p is not None and p.use == "literal"),
            time=_at(of_words, draft.time) if draft.time is not None else None,
            counts=draft.counts,
            status=draft.status,
            statement=innermost(statements, trigger.at[0]),
            same_as=None,
            contexts=(),
            quad=category.quad,
            intensity=mode.intensity if mode is not None and mode.intensity is not None else category.intensity,
            cameo=None,
            confidence=round(draft.confidence, 2),
            reason=draft.reason,
        )
        about = contexts.of(event, draft.trigger, category.contexts)
        events.append(replace(event, contexts=about, cameo=codebook.cameo(draft.type, draft.mode, about)))
    again = retellings.find(events, tree)
    return Assembled(
        places=tuple(places.values()),
        times=tuple(times.values()),
        events=tuple(replace(event, same_as=again.get(event.id)) for event in events),
    )


def _at(found: dict[tuple[int, int], T], word: int) -> T | None:
    """The item whose words hold the word."""
    return next((item for (first, last), item in found.items() if first <= word <= last), None)


def _uid(article: Article, at: tuple[int, int], event_type: str) -> str:
    """Hash of article, trigger span and type: sixteen hex digits of SHA-256."""
    return hashlib.sha256(f"{article.sha256}:{at[0]}:{at[1]}:{event_type}".encode()).hexdigest()[:16]


def _distinct(actors: list[Actor]) -> tuple[Actor, ...]:
    """Each actor once; those of one name and label, such as two kinds of a force's aircraft, are one."""
    return tuple({(a.name, a.label): a for a in reversed(actors)}.values())[::-1]
