"""What speaks for two accounts being of one happening, and what against: points of `joining.yaml`, with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt

from whence.incidents.account import Account, bare
from whence.incidents.parties import Sameness, is_same_name, sameness
from whence.incidents.settings import settings
from whence.records import Actor, Count, Place

_EARTH_KM = 6371.0
"""Mean radius."""
_SIDE_POINTS = {
    Sameness.KNOWN: "known",
    Sameness.COUNTRY: "country",
    Sameness.ALIKE: "alike",
    Sameness.SECTOR: "sector",
    Sameness.CONFLICT: "conflict",
}
_MUTUAL = frozenset({"AGREE", "COOPERATE", "CONSULT"})
"""Types whose sides are one: who calls on whom may be told either way."""
_LEADING = 3
"""Parties of a side that are compared."""
Point = tuple[float, str]
"""Points, and what they are for."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The sum of all points, and the reasons that spoke for it, the weightiest first."""

    points: float
    reasons: tuple[str, ...]


def compare(a: Account, b: Account) -> Likeness | None:
    """How like two accounts are; None if they cannot be of one happening."""
    if a.family != b.family or not _can_meet(a, b):
        return None
    where = places(a.event.places, b.event.places)
    days = _days(a, b)
    if where is None or days is None:
        return None
    found = [*_kinds(a, b), days, where, *_sides(a, b), *_counts(a, b), *_instruments(a, b), *_words(a, b)]
    reasons = sorted(((p, why) for p, why in found if p > 0 and why), key=lambda r: (-r[0], r[1]))
    return Likeness(sum(points for points, _ in found), tuple(why for _, why in reasons))


def _can_meet(a: Account, b: Account) -> bool:
    return a.reality == b.reality or "wanted" not in (a.reality, b.reality)


def _kinds(a: Account, b: Account) -> Iterator[Point]:
    given = settings()
    is_same = a.event.type == b.event.type
    yield given["type"]["same" if is_same else "compatible"], f"both {a.event.type}" if is_same else ""
    if is_same:
        yield given["once"].get(a.event.type, 0.0), ""
    if is_same and a.event.mode and b.event.mode:
        is_one = a.event.mode == b.event.mode
        yield given["mode"]["same" if is_one else "other"], f"mode {a.event.mode}" if is_one else ""
    if a.reality != b.reality:
        yield given["status"]["coming"], ""
    if a.event.trigger.text.casefold() == b.event.trigger.text.casefold():
        yield given["trigger"], f"the word {a.event.trigger.text!r}"


def days_apart(a: tuple[date | None, date | None], b: tuple[date | None, date | None]) -> int:
    """Days between two windows; 0 if they meet. Open ends reach as far as it takes."""
    if a[1] is not None and b[0] is not None and a[1] < b[0]:
        return (b[0] - a[1]).days
    if b[1] is not None and a[0] is not None and b[1] < a[0]:
        return (a[0] - b[1]).days
    return 0


def _days(a: Account, b: Account) -> Point | None:
    given = settings()["day"]
    if not all((a.start or a.end, b.start or b.end)):
        return given["unknown"], ""
    gap = days_apart((a.start, a.end), (b.start, b.end))
    if gap > settings()["farthest_days"]:
        return None
    if gap > 1:
        return given["apart"], ""
    if gap == 1:
        return given["next"], ""
    is_day = a.is_dated and b.is_dated and a.start == a.end == b.start == b.end
    return (given["same"], f"on {a.start}") if is_day else (given["meets"], "days that meet")


def places(a: Sequence[Place], b: Sequence[Place]) -> Point | None:
    """Points for the best pair of places; None if all are too far apart. Nothing where one side has none."""
    if not a or not b:
        return 0.0, ""
    pairs = [_pair(x, y) for x in a for y in b]
    possible = [pair for pair in pairs if pair is not None]
    return max(possible, key=lambda p: (p[0], p[1]), default=None)


def _pair(a: Place, b: Place) -> Point | None:
    given = settings()["place"]
    if (a.geonames is not None and a.geonames == b.geonames) or bare(a.name) == bare(b.name):
        grade = "division" if a.grain == "admin1" else "contains" if a.grain in ("country", "region") else "same"
        return given[grade], f"in {a.name}"
    if a.country and b.country and a.country != b.country:
        return None
    coarse = next((p for p in (a, b) if p.grain in ("country", "region")), None)
    if coarse is not None:
        return given["contains"], f"{(b if coarse is a else a).name} lies in {coarse.name}"
    gap = distance(a, b)
    if gap is None:
        return 0.0, ""
    if gap <= given["near_km"]:
        return given["near"], f"{a.name} is near {b.name}"
    if "admin1" in (a.grain, b.grain) and gap <= given["far_km"] / 2:
        return 0.0, ""  # a town may lie in the division: its middle is not far
    return None if gap > given["far_km"] else (given["apart"], "")


def distance(a: Place, b: Place) -> float | None:
    """Kilometres between two places' points (haversine formula); None where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    south, north = radians(a.lat), radians(b.lat)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))


def is_mutual(a: Account, b: Account) -> bool:
    """Whether who acts and who is acted on may be told either way."""
    return a.family in _MUTUAL or b.family in _MUTUAL


def _sides(a: Account, b: Account) -> Iterator[Point]:
    if is_mutual(a, b):
        yield from _mutual(a.parties, b.parties)
        return
    yield _side(a.event.actors, b.event.actors)
    yield _side(a.event.recipients, b.event.recipients)


def _side(a: Sequence[Actor], b: Sequence[Actor]) -> Point:
    if not a or not b:
        return 0.0, ""
    best, x = max(((sameness(x, y), x) for x in a for y in b), key=lambda p: (p[0], p[1].name))
    points = settings()["side"].get(_SIDE_POINTS.get(best, ""), 0.0)
    return points, x.name if best >= Sameness.COUNTRY else ""


def _mutual(a: Sequence[Actor], b: Sequence[Actor]) -> Iterator[Point]:
    """Both sides at once: those that the shorter list has find themselves in the other, and so does who leads it."""
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    yield from (_side([party], longer) for party in shorter[:_LEADING])
    if shorter and all(sameness(longer[0], party) <= Sameness.SECTOR for party in shorter):
        yield settings()["side"]["conflict"], ""


def _counts(a: Account, b: Account) -> Iterator[Point]:
    given = settings()["count"]
    for x in a.event.counts:
        for y in b.event.counts:
            if x.what == y.what:
                if not meet(x, y):
                    yield given["apart"], ""
                elif (x.low, x.high) == (y.low, y.high) and (x.low or 0) >= settings()["telling_count"]:
                    yield given["same"], f"{x.low:,} {x.what}"
                else:
                    yield given["meets"], ""
                return


def meet(a: Count, b: Count) -> bool:
    """Whether two numbers can both be right: their intervals meet."""
    return (a.low or 0) <= (b.high if b.high is not None else float("inf")) and (b.low or 0) <= (
        a.high if a.high is not None else float("inf")
    )


def _instruments(a: Account, b: Account) -> Iterator[Point]:
    first = {bare(m.text): m.text for m in a.event.instruments}
    shared = sorted(first.keys() & {bare(m.text) for m in b.event.instruments})
    if shared:
        yield settings()["instrument"], first[shared[0]]


def _words(a: Account, b: Account) -> Iterator[Point]:
    given = settings()
    filling = [m.name for account in (a, b) for m in account.parties]
    filling += [m.name for account in (a, b) for m in account.event.places]
    counted = {bare(name) for name in filling}
    names = sorted((a.names & b.names) - counted)[: given["most_names"]]
    yield from ((given["name"], name.title()) for name in names)
    both = len(a.words & b.words)
    share = both / len(a.words | b.words) if both else 0.0
    if share > given["fewest_words"]:
        points = given["words"] * (share - given["fewest_words"])
        yield min(given["most_words"], points), "like words"


def is_like(a: Actor, b: Actor) -> bool:
    """Whether two actors are to be one party of an incident."""
    return is_same_name(a, b) or (a.name == b.name and sameness(a, b) >= Sameness.ALIKE)
