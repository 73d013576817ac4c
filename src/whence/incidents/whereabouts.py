"""How the places of two accounts go together: one, near, one in the other, or apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whence.incidents.account import Account
from whence.incidents.names import bare
from whence.incidents.settings import settings
from whence.records import Place
from whence.sphere import kilometres

_DIRECTION = re.compile(r"\b((north|south)?(east|west)|north|south|central|upper|lower)(ern)?\b", re.IGNORECASE)
"""In the name of a part of a country, whose point says little: "western Sudan"."""
_GRADES = {"region": "region", "country": "contains", "admin1": "division"}
"""Points for one and the same place, by its grain; a town's are the most."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How two tellings' places go together."""

    points: float = 0.0
    reason: str = ""
    is_apart: bool = False
    """Whether none of the one can be in or at any of the other."""


def place_likeness(a: Sequence[Place], b: Sequence[Place]) -> Whereabouts:
    """The best pair of places; apart if all pairs are. Nothing where one side has none."""
    if not a or not b:
        return Whereabouts()
    return max((_pair(x, y) for x in a for y in b), key=lambda w: (not w.is_apart, w.points, w.reason))


def _pair(a: Place, b: Place) -> Whereabouts:
    given = settings()["place"]
    if (a.geonames is not None and a.geonames == b.geonames) or bare(a.name) == bare(b.name):
        grade = _GRADES.get(a.grain, "contains" if is_area(a) else "same")
        return Whereabouts(given[grade], f"in {a.name}")
    gap = distance(a, b)
    coarse = next((p for p in (a, b) if is_area(p)), None)
    if coarse is None and gap is not None and gap <= given["near_km"]:
        return Whereabouts(given["near"], f"{a.name} is near {b.name}")
    apart = Whereabouts(given["apart"], "", is_apart=True)
    if a.country and b.country and a.country != b.country:
        return apart
    if "region" in (a.grain, b.grain):
        return Whereabouts()  # what lies in a region larger than a country is not known here
    if coarse is not None:
        return Whereabouts(given["contains"], f"{(b if coarse is a else a).name} lies in {coarse.name}")
    if gap is None or (gap <= given["far_km"] and {"admin1", "other"} & {a.grain, b.grain}):
        return Whereabouts()  # a town may lie in the division or on the river: its middle is not far
    return apart


def beside(a: Account, b: Account) -> Whereabouts:
    """What the towns of an article say of an account that names none, beside one that does."""
    open_one, told = (a, b) if not a.where else (b, a)
    points = [place for place in told.where if not is_area(place)]
    is_known = (a.start or a.end) and (b.start or b.end)
    if not points or open_one.where or not open_one.around or not is_known:
        return Whereabouts()
    given = settings()["place"]
    near = max((_pair(x, y) for x in points for y in open_one.around), key=lambda w: w.points)
    if near.points >= given["near"]:
        return Whereabouts(given["around"], near.reason)
    return Whereabouts(given["elsewhere"] if near.is_apart else 0.0)


def is_area(place: Place) -> bool:
    """Whether a place is too wide for its point to say where in it something was."""
    return place.grain in ("country", "region") or (place.grain == "other" and bool(_DIRECTION.search(place.name)))


def distance(a: Place, b: Place) -> float | None:
    """Kilometres between two places' points; None where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return kilometres(a.lat, a.lon, b.lat, b.lon)
