"""What speaks for two accounts being of one happening, and what against: points of `joining.yaml`, with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

from whence.incidents.account import STEM, Account, is_process
from whence.incidents.names import bare
from whence.incidents.parties import (
    Sameness,
    are_described_alike,
    are_two_persons,
    is_person,
    is_same_name,
    is_single,
    is_state,
    sameness,
)
from whence.incidents.settings import settings
from whence.incidents.stories import Point, story, words
from whence.incidents.whereabouts import beside, place_likeness
from whence.records import Actor, Count

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
_PRESS = "JRN"
_LEADING = 3
"""Parties of a side that are compared."""


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
    where = place_likeness(a.where, b.where) if a.where and b.where else beside(a, b)
    if where.is_apart and not _is_singular(a, b):
        return None
    found = [*_kinds(a, b), days, (where.points, where.reason)]
    found += [*_sides(a, b), *_fate(a, b), *_counts(a, b), *_instruments(a, b), *words(a, b), *story(a, b)]
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
    if _is_one_word(a.event.trigger.text.casefold(), b.event.trigger.text.casefold()):
        yield given["trigger"], f"the word {a.event.trigger.text!r}"


def _is_one_word(a: str, b: str) -> bool:
    """Whether two triggers are of one stem and one number: "resigned", "resignation", but not "attack", "attacks"."""
    return a[:STEM] == b[:STEM] and a.endswith("s") == b.endswith("s")


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
        if _told_apart(a, b) > settings()["farthest_told"]:
            return None
        return _undated(a, b)
    gap = days_apart((a.start, a.end), (b.start, b.end))
    if gap > settings()["farthest_days"]:
        return None
    if gap > 1:
        return given["apart" if a.is_dated and b.is_dated else "stale"], ""
    if gap == 1:
        return given["next"], ""
    if any(x.is_dated and _length(x) == inf for x in (a, b)):
        return given["unknown"], ""
    if max(_length(a), _length(b)) > given["wide_days"] and (a.start, a.end) != (b.start, b.end):
        return 0.0, ""
    is_day = a.is_dated and b.is_dated and a.start == a.end == b.start == b.end
    return (given["same"], f"on {a.start}") if is_day else (given["meets"], "days that meet")


def _told_apart(a: Account, b: Account) -> float:
    """Days between two publications; 0 where one is not known."""
    try:
        first, second = (date.fromisoformat(account.article.published or "") for account in (a, b))
    except ValueError:
        return 0
    return abs((first - second).days)


def _undated(a: Account, b: Account) -> Point:
    """What is to be said of the days of two accounts of which one at least has none that are known."""
    given = settings()["day"]
    if a.is_dated or b.is_dated:
        return given["one"], ""
    said = _said_day(a)
    if said and said == _said_day(b):
        return given["unknown"] + given["said" if any(map(str.isdigit, said)) else "weekday"], f"both say {said!r}"
    return given["unknown"], ""


def _said_day(account: Account) -> str:
    """The day as the article says it, where nothing tells which one it is: "July 8", "Friday"."""
    time = account.event.time
    if time is None or time.start or time.end:
        return ""
    return " ".join(word for word in bare(time.text).split() if word[0].isdigit() or word in settings()["days"])


def _length(account: Account) -> float:
    """Days of an account's window; without end if one is open."""
    return (account.end - account.start).days + 1 if account.start and account.end else inf


def _is_singular(a: Account, b: Account) -> bool:
    """Whether two accounts are of one happening though they put it at two places: then one of them is wrong.

    What the same two parties agree or talk about, what befalls one person, or the same number of people, on one
    day is not told of two places by chance. Attacks and protests at two places on one day are two.
    """
    gap = days_apart((a.start, a.end), (b.start, b.end))
    if is_mutual(a, b) and not (a.is_dated or b.is_dated):
        return True
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
    if best == Sameness.ALIKE and all(are_two_persons(x, y) for x in a for y in b):
        best = Sameness.OTHER
    points = settings()["side"].get(_SIDE_POINTS.get(best, ""), 0.0)
    return points, x.name if best >= Sameness.COUNTRY else ""


def _fate(a: Account, b: Account) -> Iterator[Point]:
    """What one person by name does or suffers once: to be killed, to be convicted, to resign."""
    for kind in settings()["fates"]:
        mine, theirs = ((x.who if kind["side"] == "who" else x.whom) for x in (a, b))
        if all(_is_of_kind(x, kind) for x in (a, b)) and any(
            is_same_name(x, y) and (is_state(x) if kind.get("of") == "state" else is_single(x))
            for x in mine
            for y in theirs
        ):
            yield kind["points"], ""


def _is_of_kind(account: Account, kind: Mapping[str, Any]) -> bool:
    """Whether an account is of a kind that `joining.yaml` gives by mode or by the stems of triggers."""
    event = account.event
    return event.mode in kind.get("modes", ()) or event.trigger.text.casefold()[:STEM] in kind.get("stems", ())


def _mutual(a: Sequence[Actor], b: Sequence[Actor]) -> Iterator[Point]:
    """Both sides at once: those that the shorter list has find themselves in the other, and so does who leads it.

    A paper talks with many, so that to talk with the same says little.
    """
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    given = settings()["side"]
    same = 0
    for party in shorter[:_LEADING]:
        points, reason = _side([party], longer)
        is_press = party.sector == _PRESS
        same += points >= given["country"] and not is_press
        yield (min(points, given["alike"]), "") if is_press else (points, reason)
    if same > 1:
        yield given["pair"], ""
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


def is_like(a: Actor, b: Actor) -> bool:
    """Whether two actors are to be one party of an incident."""
    return is_same_name(a, b) or (a.name == b.name and sameness(a, b) >= Sameness.ALIKE)
