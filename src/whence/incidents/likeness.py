"""What speaks for two accounts being of one happening, and what against: points of `joining.yaml`, with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from whence.incidents.account import Account, bare, is_process
from whence.incidents.parties import Sameness, are_described_alike, is_person, is_same_name, sameness
from whence.incidents.settings import settings
from whence.records import Actor, Count, Place
from whence.sphere import kilometres

_SIDE_POINTS = {
    Sameness.KNOWN: "known",
    Sameness.COUNTRY: "country",
    Sameness.ALIKE: "alike",
    Sameness.SECTOR: "sector",
    Sameness.OTHER: "other",
    Sameness.CONFLICT: "conflict",
}
_MUTUAL = frozenset({"AGREE", "COOPERATE", "CONSULT"})
"""Types whose sides are one: who calls on whom may be told either way."""
_LEADING = 3
"""Parties of a side that are compared."""
_DIRECTION = re.compile(r"\b((north|south)?(east|west)|north|south|central|upper|lower)(ern)?\b", re.IGNORECASE)
"""In the name of a part of a country, whose point says little: "western Sudan"."""
Point = tuple[float, str]
"""Points, and what they are for."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """How two tellings' places go together."""

    points: float = 0.0
    reason: str = ""
    is_apart: bool = False
    """Whether none of the one can be in or at any of the other."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The sum of all points, and the reasons that spoke for it, the weightiest first."""

    points: float
    reasons: tuple[str, ...]


def compare(a: Account, b: Account) -> Likeness | None:
    """How like two accounts are; None if they cannot be of one happening."""
    if a.family != b.family or not _can_meet(a, b) or is_process(a) != is_process(b):
        return None
    days = _days(a, b)
    if days is None:
        return None
    where = place_likeness(a.where, b.where) if a.where and b.where else _beside(a, b)
    if where.is_apart and not _is_singular(a, b):
        return None
    found = [*_kinds(a, b), days, (where.points, where.reason)]
    found += [*_sides(a, b), *_counts(a, b), *_instruments(a, b), *_words(a, b), *_story(a, b)]
    reasons = sorted(((p, why) for p, why in found if p > 0 and why), key=lambda r: (-r[0], r[1]))
    return Likeness(sum(points for points, _ in found), tuple(why for _, why in reasons))


def _can_meet(a: Account, b: Account) -> bool:
    return a.reality == b.reality or "wanted" not in (a.reality, b.reality)


def _kinds(a: Account, b: Account) -> Iterator[Point]:
    given = settings()
    is_same = a.event.type == b.event.type
    yield (given["type"]["same" if is_same else "compatible"], f"both {a.event.type}" if is_same else "")
    if is_same:
        yield given["once"].get(a.event.type, 0.0), ""
    if is_same and a.event.mode and b.event.mode:
        is_one = a.event.mode == b.event.mode
        yield (given["mode"]["same" if is_one else "other"], f"mode {a.event.mode}" if is_one else "")
    if is_process(a):
        yield given["type"]["process"], ""
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
        return given["one" if a.is_dated or b.is_dated else "unknown"], ""
    gap = days_apart((a.start, a.end), (b.start, b.end))
    if gap > settings()["farthest_days"]:
        return None
    if gap > 1:
        return given["apart" if a.is_dated and b.is_dated else "stale"], ""
    if gap == 1:
        return given["next"], ""
    if max(_length(a), _length(b)) > given["wide_days"] and (a.start, a.end) != (b.start, b.end):
        return 0.0, ""
    is_day = a.is_dated and b.is_dated and a.start == a.end == b.start == b.end
    return (given["same"], f"on {a.start}") if is_day else (given["meets"], "days that meet")


def _length(account: Account) -> float:
    """Days of an account's window; without end if one is open."""
    return (account.end - account.start).days + 1 if account.start and account.end else inf


def place_likeness(a: Sequence[Place], b: Sequence[Place]) -> Whereabouts:
    """The best pair of places; apart if all pairs are. Nothing where one side has none."""
    if not a or not b:
        return Whereabouts()
    return max((_pair(x, y) for x in a for y in b), key=lambda w: (not w.is_apart, w.points, w.reason))


def _pair(a: Place, b: Place) -> Whereabouts:
    given = settings()["place"]
    if (a.geonames is not None and a.geonames == b.geonames) or bare(a.name) == bare(b.name):
        grade = "contains" if is_area(a) else "division" if a.grain == "admin1" else "same"
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


def _beside(a: Account, b: Account) -> Whereabouts:
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


def _is_singular(a: Account, b: Account) -> bool:
    """Whether two accounts are of one happening though they put it at two places: then one of them is wrong.

    What the same two parties agree or talk about, what befalls one person, or the same number of people, on one
    day is not told of two places by chance. Attacks and protests at two places on one day are two.
    """
    gap = days_apart((a.start, a.end), (b.start, b.end))
    if not (a.is_dated and b.is_dated) or gap > 1:
        return False
    if is_mutual(a, b):
        return True
    if gap:
        return False
    if a.family not in settings()["manifold"]:
        return True
    is_personal = any(is_same_name(x, y) and is_person(x) for x in a.whom for y in b.whom)
    return is_personal or any(_is_telling(x, y) for x in a.event.counts for y in b.event.counts)


def distance(a: Place, b: Place) -> float | None:
    """Kilometres between two places' points; None where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return kilometres(a.lat, a.lon, b.lat, b.lon)


def is_mutual(a: Account, b: Account) -> bool:
    """Whether who acts and who is acted on may be told either way."""
    return a.family in _MUTUAL or b.family in _MUTUAL


def _sides(a: Account, b: Account) -> Iterator[Point]:
    if is_mutual(a, b):
        yield from _mutual(a.parties, b.parties)
        return
    yield _side(a.who, b.who)
    points, reason = _side(a.whom, b.whom)
    is_slip = points < 0 and any(are_described_alike(x, y) for x in a.whom for y in b.whom)
    yield (0.0, "") if is_slip else (points, reason)


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
                elif _is_telling(x, y):
                    yield given["same"], f"{x.low:,} {x.what}"
                else:
                    yield given["meets"], ""
                return


def _is_telling(a: Count, b: Count) -> bool:
    """Whether two counts are of as many, and of so many that this says something."""
    return a.what == b.what and (a.low, a.high) == (b.low, b.high) and (a.low or 0) >= settings()["telling_count"]


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
    names = sorted((a.names & b.names) - a.filled - b.filled)[: given["most_names"]]
    yield from ((given["name"], name.title()) for name in names)
    both = len(a.words & b.words)
    share = both / len(a.words | b.words) if both else 0.0
    if share > given["fewest_words"]:
        points = given["words"] * (share - given["fewest_words"])
        yield min(given["most_words"], points), "like words"


def _story(a: Account, b: Account) -> Iterator[Point]:
    """Names that both articles have, where nothing says the days: the same people and places make one story."""
    if (a.start or a.end) and (b.start or b.end):
        return
    given = settings()["story"]
    shared = (a.story & b.story) - a.filled - b.filled
    if shared:
        yield (
            min(given["most"], given["name"] * len(shared)),
            f"both articles name {max(sorted(shared), key=len).title()}",
        )


def is_like(a: Actor, b: Actor) -> bool:
    """Whether two actors are to be one party of an incident."""
    return is_same_name(a, b) or (a.name == b.name and sameness(a, b) >= Sameness.ALIKE)
