"""What was done: event drafts with trigger, type, sides, place, time and status, by the codebook's cues.

Drafts name words of the tree; who the words stand for is settled later, by coreference.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from whence.codebook import Category, Codebook
from whence.coding import counts, instruments, modes, status, triggers, vocabulary
from whence.coding.clauses import Surroundings
from whence.coding.roles import Roles
from whence.coding.status import StatusReader
from whence.coding.tree import Tree
from whence.records import Count, Status

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "another"})


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event before its participants, places and times are resolved; numbers are words of the tree."""

    trigger: tuple[int, int]
    """First and last word, inclusive."""
    type: str
    mode: str | None
    actors: tuple[int, ...]
    """Head words of noun phrases: coordinations split, passives turned, pronouns as they stand."""
    recipients: tuple[int, ...]
    places: tuple[int, ...]
    """Words of toponyms in the event's own clause or phrase."""
    time: int | None
    """A word of the date expression in the event's own clause or phrase."""
    instruments: tuple[tuple[int, int], ...]
    counts: tuple[Count, ...]
    status: Status
    reason: str
    confidence: float


def find(
    tree: Tree, codebook: Codebook, dates: Collection[tuple[int, int]], toponyms: Collection[tuple[int, int]]
) -> list[EventDraft]:
    """The events that the codebook's cues find, in text order.

    `dates` and `toponyms` are ranges of words, first and last inclusive, found beforehand.
    """
    tree = vocabulary.repaired(tree, codebook.words | status.governing_words())
    roles = Roles(tree, codebook)
    surroundings = Surroundings(roles, dates, toponyms)
    reader = StatusReader(roles)
    drafts = (
        (hit, _draft(hit, roles, codebook.categories[hit.cue.category], surroundings, reader))
        for hit in triggers.find(roles, codebook)
    )
    return [draft for hit, draft in drafts if _is_somebodys(hit, draft, tree)]


def _is_somebodys(hit: triggers.Hit, draft: EventDraft, tree: Tree) -> bool:
    """Whether a cue that asks for a particular act finds one: a bare noun with nobody taking part ("war") is none."""
    if not hit.cue.particular or draft.actors or draft.recipients or draft.places or draft.counts:
        return True
    return any(tree.lemma[d].lower() in _DEFINITE for d in tree.children(hit.word, "det"))


def _draft(
    hit: triggers.Hit, roles: Roles, category: Category, surroundings: Surroundings, reader: StatusReader
) -> EventDraft:
    cue, word = hit.cue, hit.word
    actors, recipients = roles.sides(word, cue)
    presented, because = reader.read(word, cue, category.quad)
    named_places = [w for slot in cue.place for w in roles.fill(word, slot)]
    return EventDraft(
        trigger=(hit.first, hit.last),
        type=cue.category,
        mode=modes.choose(roles.tree, category, cue, word, hit.first, hit.last),
        actors=tuple(actors),
        recipients=tuple(recipients),
        places=surroundings.places(word, named_places),
        time=surroundings.time(word),
        instruments=instruments.find(roles, word),
        counts=_counts(hit, roles, actors, recipients),
        status=presented,
        reason=f"cue '{cue.text}' ({category.source}); {presented}: {because}",
        confidence=cue.confidence,
    )


def _counts(hit: triggers.Hit, roles: Roles, actors: list[int], recipients: list[int]) -> tuple[Count, ...]:
    """How many people act or are acted on, where the cue says what their number counts."""
    found: list[Count] = []
    for role, what in hit.cue.counts:
        slots = {"actor": hit.cue.actor, "recipient": hit.cue.recipient}.get(role, (role,))
        people = {"actor": actors, "recipient": recipients}.get(role) or [
            word for slot in slots for word in roles.fill(hit.word, slot)
        ]
        found += [count for head in people if (count := counts.read(roles.tree, head, what)) is not None]
    return tuple(dict.fromkeys(found))
