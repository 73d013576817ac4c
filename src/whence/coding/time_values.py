"""Times as TIMEX3 gives them, the tag for times of TimeML 1.2.1 (ISO 24617-1): a type and a value.

A value names a stretch of the calendar, so only a `Time` that is such a stretch has a short one. Any other is written
as an interval of ISO 8601, with `..` for an end left open (ISO 8601-2), which TIMEX3 itself has no form for. Where the
days are not known, the words still give what they say of them (`XXXX-08-16`), by the grammar that found them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from whence.coding.time_arithmetic import DAY, around, month_days
from whence.coding.time_expressions import (
    Calendar,
    Deictic,
    Expression,
    Part,
    Period,
    Range,
    Shift,
    Stretch,
    Unit,
    lexicon,
    tokens,
)
from whence.coding.time_grammar import Grammar
from whence.records import Coding, Time

_UNKNOWN = "XXXX-XX-XX"
_REFERENCES = ("PRESENT_REF", "FUTURE_REF", "PAST_REF")
"""By the sign of the step from the time of writing: 0, 1, -1."""
_DURATIONS: dict[Unit, str] = {
    "day": "D", "night": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
}  # fmt: skip
"""What stands after the number of a length of time."""
_UNKNOWN_UNITS: dict[Unit, str] = {
    "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "year": "XXXX",
    "decade": "XXX", "century": "XX",
}  # fmt: skip
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
"""By first month."""


@dataclass(frozen=True, slots=True)
class Timex:
    """The attributes `type` and `value` of a TIMEX3 tag; a time has them with `whence read --timeml`."""

    type: Literal["DATE", "TIME", "DURATION"]
    value: str


def with_timex(coding: Coding) -> dict[str, Any]:
    """The JSON of a coding, with `timex` at the end of each of its times: `{"type": "DATE", "value": "2016-W33"}`."""
    plain = coding.to_dict()
    values = {time.id: timex(time) for time in coding.times}
    for told in (*plain["times"], *(event["time"] for event in plain["events"] if event["time"] is not None)):
        value = values[told["id"]]
        told["timex"] = {"type": value.type, "value": value.value}
    return plain


def timex(time: Time) -> Timex:
    """The TIMEX3 of a time: `2016-08-16`, `2016-08-16TEV`, `2016-W33`, `2016-W33-WE`, `2016-08`, `2016-Q3`, `2016-H1`,
    `2016-SU`, `2016`, `201` (a decade), `20` (a century). A stretch of other days is an interval
    (`2016-08-01/2016-08-10`), as is one open at an end (`2014-01-01/..`).

    Lengths of time are of type DURATION ("the past two weeks": `P2W`). Where the days are not known: `XXXX-08-16`,
    `XXXX-WXX-2` (a Tuesday), `PAST_REF`, `PRESENT_REF` or `FUTURE_REF` for what is counted from an unknown day of
    publication, else `XXXX-XX-XX`. Raises ValueError for a `start` or `end` that is no ISO date.
    """
    first, last = (date.fromisoformat(day) if day else None for day in (time.start, time.end))
    expression = _expression(time.text)
    if isinstance(expression, Stretch) and expression.of is None and expression.unit in _DURATIONS:
        return Timex("DURATION", f"P{expression.count}{_DURATIONS[expression.unit]}")
    if first is None and last is None:
        return Timex("DATE", _UNKNOWN if expression is None else _undated(expression))
    if first is None or last is None:
        return Timex("DATE", f"{time.start or '..'}/{time.end or '..'}")
    if first == last:
        part = _day_part(time.text)
        return Timex("TIME", f"{first}T{part}") if part else Timex("DATE", str(first))
    return Timex("DATE", _stretch(first, last) or f"{first}/{last}")


def _expression(text: str) -> Expression | None:
    """What the grammar reads in the words of a time."""
    row = tokens(text, 0, len(text))
    return next((found for _, _, found in Grammar(row).expressions()), None)


def _undated(expression: Expression) -> str:
    """The value of a time whose days are not known: the fields that the words give, or past, present, future."""
    match expression:
        case Calendar():
            return _fields(expression)
        case Deictic(first, last):
            return _REFERENCES[_sign(first + last)]
        case Period(unit, step, told):
            return _UNKNOWN_UNITS.get(unit, _UNKNOWN) if told else _REFERENCES[_sign(step)]
        case Shift(anchor="publication", sign=sign):
            return _REFERENCES[sign]
        case Shift(unit=unit):
            return _UNKNOWN_UNITS.get(unit, _UNKNOWN)
        case Part(_, of):
            return _undated(of)
        case Range(first_end, last_end):
            ends = [_undated(end.expression) for end in (first_end, last_end) if end is not None]
            return "/".join(ends) if len(ends) == 2 else ends[0]
        case _:
            return _UNKNOWN


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _fields(fields: Calendar) -> str:
    """A date with X for each figure that the words do not give."""
    year = "XXXX" if fields.year is None else f"{fields.year:04}"
    if fields.holiday is not None:
        known = lexicon().holidays[fields.holiday]
        return f"{year}-{known.month:02}-{known.day:02}" if known.month and known.day else f"{year}-XX-XX"
    if fields.month is not None:
        return f"{year}-{fields.month:02}" + (f"-{fields.day:02}" if fields.day is not None else "")
    if fields.weekday is not None:
        return f"{year}-WXX-{fields.weekday + 1}"
    if fields.season is not None:
        return f"{year}-{_SEASONS[fields.season]}"
    if fields.quarter is not None:
        return f"{year}-Q{fields.quarter}"
    return f"{year}-H{fields.half}" if fields.half is not None else year


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
