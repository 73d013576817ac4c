"""Are two actors one? Across articles there are labels of the knowledge files, names, countries and sectors."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from whence.incidents.account import bare
from whence.records import Actor

_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
"""Sectors that speak and act for a state."""
_SHARED = 0.5
"""Share of the longer name's words that two names of one body have in common ("defence ministry")."""
_SPELT = {"defense": "defence", "center": "centre", "organization": "organisation", "labor": "labour"}
_LINKS = frozenset({"of", "for", "and", "in", "on"})
_STEM = 6
_SPOKEN = re.compile(r"\b(spokes(man|woman|person|people)|officials?|sources?|statement|authorities)\b")


class Sameness(IntEnum):
    """How far two actors are one, from two that cannot be to one."""

    CONFLICT = 0
    SECTOR = 1
    """Of one country, and of two sectors."""
    UNKNOWN = 2
    ALIKE = 3
    """Of one country, one sector open, or under two names."""
    COUNTRY = 4
    """Of one country and sector, one of them unnamed; or one state as a whole."""
    KNOWN = 5
    """One person, group or body."""


def sameness(a: Actor, b: Actor) -> Sameness:
    """How far two actors of different articles are one."""
    if is_same_name(a, b):
        return Sameness.COUNTRY if _is_state(a) and _is_state(b) else Sameness.KNOWN
    if a.country is not None and b.country is not None:
        if a.country != b.country:
            return Sameness.UNKNOWN if _is_guess(a) or _is_guess(b) else Sameness.CONFLICT
        if a.sector == b.sector and a.sector is not None:
            return Sameness.ALIKE if _is_named(a) and _is_named(b) else Sameness.COUNTRY
        if a.sector is None or b.sector is None or {a.sector, b.sector} <= _STATE:
            return Sameness.ALIKE
        return Sameness.UNKNOWN if _is_guess(a) or _is_guess(b) else Sameness.SECTOR
    if a.label is not None and b.label is not None:
        return Sameness.CONFLICT
    return Sameness.ALIKE if a.sector == b.sector and a.sector is not None else Sameness.UNKNOWN


def is_same_name(a: Actor, b: Actor) -> bool:
    """Whether label or name say that two actors are one: "Russian Defence Ministry", "Russia's Ministry of Defence"."""
    if a.label is not None and a.label == b.label:
        return True
    if a.country is not None and b.country is not None and a.country != b.country:
        return False
    first, second = name_words(a.name), name_words(b.name)
    if not first or not second or not (a.name[:1].isupper() and b.name[:1].isupper()):
        return first == second and a.country == b.country and a.country is not None
    if first == second:
        return True
    if a.country is None or a.country != b.country or a.sector != b.sector:
        return False
    return len(first & second) > _SHARED * max(len(first), len(second))


def is_of_one_side(a: Actor, b: Actor) -> bool:
    """Whether the one speaks for the side of the other: itself, or two organs of one state."""
    if is_same_name(a, b):
        return True
    if a.country is None or a.country != b.country:
        return False
    return a.sector in _STATE and (b.sector in _STATE or b.sector is None)


@lru_cache(maxsize=100_000)
def name_words(name: str) -> frozenset[str]:
    """Stems of the words that tell a name from others."""
    words = [_SPELT.get(w, w) for w in _SPOKEN.sub(" ", bare(name)).split()]
    return frozenset(w[:_STEM] for w in words if w not in _LINKS)


def _is_guess(actor: Actor) -> bool:
    """A description ("the rebels") whose country is none that it names, but that of its clause or article."""
    return actor.label is None and not actor.name[:1].isupper()


def _is_named(actor: Actor) -> bool:
    """Somebody in particular, and no state as a whole, whose organs go by many names."""
    return actor.name[:1].isupper() and not _is_state(actor)


def _is_state(actor: Actor) -> bool:
    """A country as a whole, or its government."""
    return actor.label is not None and actor.label.endswith(", government")
