"""Are two actors one? Across articles there are labels of the knowledge files, names, countries and sectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from whence.incidents.names import bare, is_made_of_offices
from whence.records import Actor

_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
"""Sectors that speak and act for a state."""
_FORCES = frozenset({"GOV", "MIL", "COP", "SPY"})
_IRREGULAR = frozenset({"REB", "PRM", "UAF", "CRM"})
_SHARED = 0.5
"""Share of the longer name's words that two names of one body have in common ("defence ministry")."""
_SPELT = {"defense": "defence", "center": "centre", "organization": "organisation", "labor": "labour"}
_LINKS = frozenset({"of", "for", "and", "in", "on"})
_STEM = 6
_SPOKEN = re.compile(r"\b(spokes(man|woman|person|people)|officials?|sources?|statement|authorities)\b")


class Sameness(IntEnum):
    """How far two actors are one, from two that cannot be to one."""

    CONFLICT = 0
    OTHER = 1
    """Of one country and two sectors, each with a name of its own."""
    SECTOR = 2
    """Of one country, and of two sectors."""
    UNKNOWN = 3
    ALIKE = 4
    """Of one country, one sector open, or under two names."""
    COUNTRY = 5
    """Of one country and sector, one of them unnamed; one state as a whole; or described by one and the same word."""
    KNOWN = 6
    """One person, group or body."""


def sameness(a: Actor, b: Actor) -> Sameness:
    """How far two actors of different articles are one."""
    if is_same_name(a, b):
        is_general = (is_state(a) and is_state(b)) or (_is_word(a) and _is_word(b))
        return Sameness.COUNTRY if is_general else Sameness.KNOWN
    if a.country is not None and b.country is not None:
        if a.country != b.country:
            return Sameness.UNKNOWN if _is_guess(a) or _is_guess(b) else Sameness.CONFLICT
        if a.sector == b.sector and a.sector is not None:
            return Sameness.ALIKE if is_named(a) and is_named(b) else Sameness.COUNTRY
        if a.sector is None or b.sector is None or {a.sector, b.sector} <= _STATE:
            return Sameness.ALIKE
        if are_opposed(a, b):
            return Sameness.SECTOR
        if _is_guess(a) or _is_guess(b):
            return Sameness.UNKNOWN
        return Sameness.OTHER if are_two_named([a], [b]) else Sameness.SECTOR
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
    if a.country is None or a.country != b.country or a.sector != b.sector or _are_of_two_heads(a, b):
        return False
    return len(first & second) > _SHARED * max(len(first), len(second))


def _are_of_two_heads(a: Actor, b: Actor) -> bool:
    """Whether each name begins with a word that the other lacks: two persons of one house, "Nawaf" and "Mishal"."""
    first, second = bare(a.name)[:_STEM].split()[:1], bare(b.name)[:_STEM].split()[:1]
    return name_words(b.name).isdisjoint(first) and name_words(a.name).isdisjoint(second)


def _is_word(actor: Actor) -> bool:
    """A description by a single word, which many share: "soldiers", "voters"."""
    return actor.label is None and actor.name.islower() and " " not in actor.name


def is_of_one_side(a: Actor, b: Actor) -> bool:
    """Whether the one speaks for the side of the other: itself, one of its own, or two organs of one state."""
    if is_same_name(a, b):
        return True
    if a.country is None or a.country != b.country:
        return False
    if a.sector in _STATE:
        return b.sector in _STATE or (b.sector is None and not _is_guess(b))
    return a.sector == b.sector and not _is_guess(b) and name_words(b.name) <= name_words(a.name)


@lru_cache(maxsize=100_000)
def name_words(name: str) -> frozenset[str]:
    """Stems of the words that tell a name from others."""
    words = [_SPELT.get(w, w) for w in _SPOKEN.sub(" ", bare(name)).split()]
    return frozenset(w[:_STEM] for w in words if w not in _LINKS)


def are_opposed(a: Actor, b: Actor) -> bool:
    """Whether one bears arms for a state and the other outside of it."""
    return (a.sector in _FORCES and b.sector in _IRREGULAR) or (b.sector in _FORCES and a.sector in _IRREGULAR)


def are_described_alike(a: Actor, b: Actor) -> bool:
    """Whether only a word tells two descriptions apart: "ten Belarusian judges", "ten Russian judges"."""
    first, second = name_words(a.name), name_words(b.name)
    return len(first & second) > _SHARED * max(len(first), len(second))


def are_two_named(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Whether two sides of one article have proper names alone, and no word in common: the article means two."""
    if not a or not b or not all(is_named(actor) and _is_proper(actor.name) for actor in (*a, *b)):
        return False
    return not any(is_same_name(x, y) or name_words(x.name) & name_words(y.name) for x in a for y in b)


def is_person(actor: Actor) -> bool:
    """Whether a name is one that a single person can bear: of two words or more, and no armed group's or service's."""
    is_one = actor.label is None and " " in actor.name and _is_proper(actor.name)
    return is_one and actor.sector not in _FORCES - {"GOV"} | _IRREGULAR


def are_two_persons(a: Actor, b: Actor) -> bool:
    """Whether both are persons by names that have no word in common."""
    if not (is_person(a) and is_person(b)) or name_words(a.name) & name_words(b.name):
        return False
    return not any(is_made_of_offices(bare(actor.name)) for actor in (a, b))


def is_single(actor: Actor) -> bool:
    """Whether a name can be a single person's, be he known to the knowledge files or not."""
    is_armed = actor.sector in _FORCES - {"GOV"} | _IRREGULAR
    return " " in actor.name and _is_proper(actor.name) and not is_armed and not is_state(actor)


def _is_proper(name: str) -> bool:
    return all(word[:1].isupper() or word in _LINKS or word == "the" for word in name.split())


def _is_guess(actor: Actor) -> bool:
    """A description ("the rebels") whose country is none that it names, but that of its clause or article."""
    return actor.label is None and not any(word[:1].isupper() for word in actor.name.split())


def is_named(actor: Actor) -> bool:
    """Somebody in particular, and no state as a whole, whose organs go by many names."""
    return actor.name[:1].isupper() and not is_state(actor)


def is_state(actor: Actor) -> bool:
    """A country as a whole, or its government."""
    return actor.label is not None and actor.label.endswith(", government")
