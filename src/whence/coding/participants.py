"""Who acts, who is acted on and where: the tree's slots and the encoder's links, weighed together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from whence.codebook import Cue
from whence.coding import counts, instruments, weighing
from whence.coding.clauses import Surroundings
from whence.coding.roles import Roles
from whence.coding.weighing import Features
from whence.records import Act, Count, Part

_OTHER = {"actor": "recipient", "recipient": "actor"}


def sides(roles: Roles, word: int, cue: Cue | None, act: Act | None) -> tuple[list[int], list[int]]:
    """Head words of the actors and of the recipients, in text order, nobody on both sides."""
    by_tree = by_tree_alone(roles, word, cue)
    if act is None:
        return by_tree["actor"], by_tree["recipient"]
    general = cue is None or cue.general
    chances = {
        role: {
            w: weighing.chance(role, features)
            for w, features in propose(roles, role, by_tree, act, general=general).items()
        }
        for role in _OTHER
    }
    found = []
    for role, other in _OTHER.items():
        least = weighing.least(role)
        mine, theirs = chances[role], chances[other]
        found.append(sorted(w for w, p in mine.items() if p >= least and p >= theirs.get(w, 0.0)))
    return found[0], [w for w in found[1] if w not in found[0]]


def by_tree_alone(roles: Roles, word: int, cue: Cue | None) -> dict[str, list[int]]:
    """Actors and recipients by the cue's slots; none without a cue."""
    actors, recipients = roles.sides(word, cue) if cue is not None else ([], [])
    return {"actor": actors, "recipient": recipients}


def propose(
    roles: Roles, role: str, by_tree: Mapping[str, Sequence[int]], act: Act, *, general: bool
) -> dict[int, Features]:
    """The words that tree or encoder give for a role of an act, with what speaks for each.

    `general`: the tree was asked by what the codebook says of the type in general, not by a cue.
    """
    parts = [part for part in act.parts if part.role in _OTHER]
    heads = {part: _head(roles, part, [w for words in by_tree.values() for w in words]) for part in parts}
    mine = {heads[p]: p.confidence for p in parts if p.role == role}
    theirs = {heads[p] for p in parts if p.role != role}
    return {
        word: {
            "bias": 1.0,
            "tree": float(word in by_tree[role]),
            "tree in general": float(general and word in by_tree[role]),
            "tree, other side": float(word in by_tree[_OTHER[role]]),
            "tree has another": float(bool(by_tree[role]) and word not in by_tree[role]),
            "head": weighing.log_odds(mine[word]) if word in mine else 0.0,
            "head silent": float(word not in mine and word not in theirs),
            "head, other side": float(word in theirs),
            "head has another": float(bool(mine) and word not in mine),
            "can act": float(roles.is_actor(word)),
        }
        for word in {*by_tree[role], *mine}
    }


def _head(roles: Roles, part: Part, known: Collection[int]) -> int:
    """The word that stands for a part: one that the tree gives too, or the head of its words."""
    inside = [w for w in known if part.first <= w <= part.last]
    head = roles.tree.head_of(part.first, part.last)
    return head if head in inside or not inside else inside[0]


def places(roles: Roles, surroundings: Surroundings, word: int, cue: Cue | None, act: Act | None) -> tuple[int, ...]:
    """Words of the toponyms where the act took place, in text order."""
    named = [w for slot in (cue.place if cue is not None else ()) for w in roles.fill(word, slot)]
    by_tree = surroundings.places(word, named)
    if act is None:
        return by_tree
    found = propose_places(surroundings, by_tree, act, word)
    return tuple(
        sorted(w for w, features in found.items() if weighing.chance("place", features) >= weighing.least("place"))
    )


def propose_places(surroundings: Surroundings, by_tree: Collection[int], act: Act, word: int) -> dict[int, Features]:
    """The toponyms that tree or encoder give, with what speaks for each; none of an act some days before or after."""
    near = surroundings.toponyms(word)
    head = {w: p.confidence for p in act.parts if p.role == "place" for w in near if p.first <= w <= p.last}
    return {
        w: {
            "bias": 1.0,
            "tree": float(w in by_tree),
            "head": weighing.log_odds(head[w]) if w in head else 0.0,
            "head silent": float(w not in head),
        }
        for w in {*by_tree, *head}
        if not surroundings.is_days_apart(w, word)
    }


def instruments_of(roles: Roles, word: int, act: Act | None) -> tuple[tuple[int, int], ...]:
    """Ranges of the words that name the means: those that the tree gives, and what else the encoder gives."""
    found = list(instruments.find(roles, word))
    for part in act.parts if act is not None else ():
        apart = all(part.last < first or last < part.first for first, last in [*found, (word, word)])
        if part.role == "instrument" and apart:
            found.append((part.first, part.last))
    return tuple(sorted(found))


def counted(
    roles: Roles, word: int, cue: Cue | None, actors: Sequence[int], recipients: Sequence[int]
) -> tuple[Count, ...]:
    """How many people act or are acted on, where the cue says what their number counts."""
    found: list[Count] = []
    for role, what in cue.counts if cue is not None else ():
        assert cue is not None
        slots = {"actor": cue.actor, "recipient": cue.recipient}.get(role, (role,))
        people = {"actor": actors, "recipient": recipients}.get(role) or [
            w for slot in slots for w in roles.fill(word, slot)
        ]
        found += [count for head in people if (count := counts.read(roles.tree, head, what)) is not None]
    return tuple(dict.fromkeys(found))
