"""Times as TIMEX3 gives them, the tag for times of TimeML 1.2.1 (ISO 24617-1): a type and a value.

A value names a stretch of the calendar, so only a `Time` that is such a stretch has a short one. Any other is written
as an interval of ISO 8601, with `..` for an end left open (ISO 8601-2), which TIMEX3 itself has no form for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from whence.coding.time_arithmetic import DAY, around, month_days
from whence.coding.time_expressions import lexicon
from whence.records import Time

_UNKNOWN = "XXXX-XX-XX"
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
"""By first month."""


@dataclass(frozen=True, slots=True)
class Timex:
    """The attributes `type` and `value` of a TIMEX3 tag."""

    type: Literal["DATE", "TIME"]
    value: str


def timex(time: Time) -> Timex:
    """The TIMEX3 of a time: `2016-08-16`, `2016-08-16TEV`, `2016-W33`, `2016-W33-WE`, `2016-08`, `2016-Q3`, `2016-H1`,
    `2016-SU`, `2016`, `201` (a decade), `20` (a century), `XXXX-XX-XX` where the text does not say of which days.

    A stretch of other days is an interval (`2016-08-01/2016-08-10`), as is one open at an end (`2014-01-01/..`). Raises
    ValueError for a `start` or `end` that is no ISO date.
    """
    first, last = (date.fromisoformat(day) if day else None for day in (time.start, time.end))
    if first is None and last is None:
        return Timex("DATE", _UNKNOWN)
    if first is None or last is None:
        return Timex("DATE", f"{time.start or '..'}/{time.end or '..'}")
    if first == last:
        part = _day_part(time.text)
        return Timex("TIME", f"{first}T{part}") if part else Timex("DATE", str(first))
    return Timex("DATE", _stretch(first, last) or f"{first}/{last}")


def _day_part(text: str) -> str | None:
    """What TIMEX3 calls the part of the day that ends the expression: `Friday evening` is EV."""
    words = text.lower().split()
    code: str | None = lexicon()["timex_day_parts"].get(words[-1]) if words else None
    return code


def _stretch(first: date, last: date) -> str | None:
    """The value of a stretch that the calendar has a name for."""
    year = f"{first.year:04}"
    match next(
        (unit for unit in ("week", "month", "quarter", "year", "decade", "century") if _is(first, last, unit)), None
    ):
        case "week":
            return _week(first)
        case "month":
            return f"{year}-{first.month:02}"
        case "quarter":
            return f"{year}-Q{first.month // 3 + 1}"
        case "year":
            return year
        case "decade":
            return year[:3]
        case "century":
            return year[:2]
    if first.weekday() == 5 and last == first + DAY:
        return f"{_week(first)}-WE"
    if first.day == 1 and first.month in (1, 7) and month_days(first.year, first.month, 6) == (first, last):
        return f"{year}-H{first.month // 6 + 1}"
    if first.day == 1 and first.month in _SEASONS and month_days(first.year, first.month, 3) == (first, last):
        return f"{year}-{_SEASONS[first.month]}"
    return None


def _is(first: date, last: date, unit: str) -> bool:
    """Whether the days are one whole unit of the calendar."""
    try:
        return around(first, unit) == (first, last)
    except (ValueError, OverflowError):
        return False


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"
