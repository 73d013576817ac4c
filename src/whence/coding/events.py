"""What was done: event drafts with trigger, type, sides, place, time and status.

The codebook's cues over the tree and the encoder's heads each have their say (`weighing`). Drafts name
words of the tree; who the words stand for is settled later, by coreference.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import get_args

from whence.codebook import Category, Codebook
from whence.coding import candidates, modes, participants, status, vocabulary, weighing
from whence.coding.candidates import Candidate
from whence.coding.clauses import Surroundings
from whence.coding.narrowing import narrowed
from whence.coding.nearness import Nearness
from whence.coding.roles import Roles
from whence.coding.status import StatusReader
from whence.coding.tree import Tree
from whence.coding.weighing import Features
from whence.records import Count, Status

_STATUSES: tuple[Status, ...] = get_args(Status)
_NO_MODE = ""
_SCARCE = 0.001
"""Probability of a mode that the encoder did not list."""


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


class Scene:
    """One tree with what its acts are read by."""

    def __init__(
        self,
        tree: Tree,
        codebook: Codebook,
        dates: Collection[tuple[int, int]],
        toponyms: Collection[tuple[int, int]],
        near: Nearness | None = None,
    ) -> None:
        """`dates` and `toponyms` are ranges of words, first and last inclusive, found beforehand."""
        self.near = near
        self.tree = vocabulary.repaired(tree, codebook.words | status.governing_words())
        self.codebook = codebook
        self.roles = Roles(self.tree, codebook)
        self.surroundings = Surroundings(self.roles, dates, toponyms)
        self.reader = StatusReader(self.roles)

    def candidates(self) -> list[Candidate]:
        """The words that name acts."""
        return candidates.find(self.roles, self.codebook, self.surroundings, self.near)


def find(
    tree: Tree,
    codebook: Codebook,
    dates: Collection[tuple[int, int]],
    toponyms: Collection[tuple[int, int]],
    near: Nearness | None = None,
) -> list[EventDraft]:
    """The events of an article, in text order; arguments as for `Scene`."""
    scene = Scene(tree, codebook, dates, toponyms, near)
    return [_draft(one, scene) for one in scene.candidates()]


def _draft(one: Candidate, scene: Scene) -> EventDraft:
    roles, category = scene.roles, scene.codebook.categories[one.type]
    act = one.act if one.features else None
    actors, recipients = participants.sides(roles, one.word, one.slots, act)
    presented, because = _status(one, scene, category)
    why = _why(one, category)
    mode = _mode(one, scene, category)
    own = narrowed(roles, scene.codebook, one.type, one.word, actors, recipients)
    if own is not None:
        why = f"{one.type} as {own.source} takes it in; {why}"
        category, mode = own, modes.choose(scene.tree, own, None, one.word, one.first, one.last)
    return EventDraft(
        trigger=(one.first, one.last),
        type=category.type,
        mode=mode,
        actors=tuple(actors),
        recipients=tuple(recipients),
        places=participants.places(roles, scene.surroundings, one.word, one.slots, act),
        time=scene.surroundings.time(one.word),
        instruments=participants.instruments_of(roles, one.word, act),
        counts=participants.counted(roles, one.word, one.cue, actors, recipients),
        status=presented,
        reason=f"{why}; {presented}: {because}",
        confidence=one.chance,
    )


def _why(one: Candidate, category: Category) -> str:
    """What speaks for the type: the cue and the encoder's probability."""
    if one.near is not None:
        return one.near.reason
    told = [] if one.cue is None else [f"cue '{one.cue.text}' ({category.source})"]
    if one.act is not None and one.features:
        told.append(f"trigger head {one.act.types.get(one.type, 0.0):.2f}")
    return ", ".join(told)


def _status(one: Candidate, scene: Scene, category: Category) -> tuple[Status, str]:
    by_rule, because = scene.reader.read(one.word, one.cue, category)
    options = status_options(one, by_rule)
    if not options:
        return by_rule, because
    chosen, share = weighing.best("status", options)
    presented = next(s for s in _STATUSES if s == chosen)
    return presented, because if presented == by_rule else f"status head {share:.2f}, against {by_rule} ({because})"


def status_options(one: Candidate, by_rule: Status) -> dict[str, Features]:
    """The statuses with what speaks for each; none where the encoder is silent or the cue fixes one."""
    if one.act is None or (one.cue is not None and one.cue.status is not None):
        return {}
    return {
        name: {"head": weighing.log_odds(p), name: 1.0, f"rule {name}": float(name == by_rule)}
        for name, p in zip(_STATUSES, one.act.statuses, strict=True)
    }


def _mode(one: Candidate, scene: Scene, category: Category) -> str | None:
    if one.near is not None and one.near.mode is not None:
        return one.near.mode
    by_rule = modes.choose(scene.tree, category, one.cue, one.word, one.first, one.last)
    options = mode_options(one, category, by_rule)
    return weighing.best("mode", options)[0] or None if options else by_rule


def mode_options(one: Candidate, category: Category, by_rule: str | None) -> dict[str, Features]:
    """The modes (empty for none) with what speaks for each; none where only cues speak, or the type has no modes."""
    if one.act is None or not one.features or not category.modes:
        return {}
    names = [_NO_MODE, *(mode.name for mode in category.modes)]
    listed = {name: one.act.modes.get(f"{one.type} {name}".strip(), _SCARCE) for name in names}
    total = sum(listed.values())
    named = one.cue is not None and one.cue.mode is not None
    return {
        name: {
            "head": weighing.log_odds(p / total),
            "none": float(name == _NO_MODE),
            "cue": float(named and name == by_rule),
            "hint": float(not named and by_rule is not None and name == by_rule),
            "rule has none": float(by_rule is None and name == _NO_MODE),
        }
        for name, p in listed.items()
    }
