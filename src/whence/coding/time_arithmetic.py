"""Calendar arithmetic for time expressions, on the proleptic Gregorian calendar with ISO 8601 weeks (Monday to Sunday).

Functions raise ValueError or OverflowError where a day would fall before the year 1 or after 9999.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta

from whence.coding.time_expressions import lexicon

DAY = timedelta(1)
_UNLIKELY = 4
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_OF = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "weekend": 7}


def month_days(year: int, month: int, count: int = 1) -> tuple[date, date]:
    """First and last day of the `count` months from `month` (which may run beyond 12)."""
    first_index = year * 12 + month - 1
    after = first_index + count
    first = date(first_index // 12, first_index % 12 + 1, 1)
    if after // 12 > MAXYEAR:
        return first, date.max
    return first, date(after // 12, after % 12 + 1, 1) - DAY


def easter(year: int) -> date:
    """Easter Sunday of the western churches (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, leap_rest = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, last = divmod(rest, 4)
    week = (32 + 2 * leap_rest + 2 * quarter - moon - last) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holiday(name: str, year: int) -> date:
    """The holiday's day in that year; `name` as in `Lexicon.holidays` (KeyError where it is not there)."""
    entry = lexicon().holidays[name]
    if entry.easter is not None:
        return easter(year) + entry.easter * DAY
    month = entry.month or 1
    if entry.day is not None:
        return date(year, month, entry.day)
    weekday, nth = entry.weekday or 0, entry.nth or 1
    first, last = month_days(year, month)
    if nth < 0:
        return last - ((last.weekday() - weekday) % 7) * DAY
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY


def move(day: date, count: int, unit: str) -> date:
    """The day `count` units later; a day that its month lacks becomes the month's last."""
    if unit in DAYS_OF:
        return day + count * DAYS_OF[unit] * DAY
    index = day.year * 12 + day.month - 1 + count * MONTHS_OF[unit]
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def around(day: date, unit: str) -> tuple[date, date]:
    """First and last day of the unit that holds the day."""
    match unit:
        case "week":
            return day - day.weekday() * DAY, day + (6 - day.weekday()) * DAY
        case "fortnight":
            return day - day.weekday() * DAY, day + (13 - day.weekday()) * DAY
        case "weekend":
            saturday = day + (5 - day.weekday()) * DAY
            return saturday, saturday + DAY
        case "month":
            return month_days(day.year, day.month)
        case "quarter":
            return month_days(day.year, (day.month - 1) // 3 * 3 + 1, 3)
        case "year":
            return month_days(day.year, 1, 12)
        case "decade":
            return month_days(day.year // 10 * 10, 1, 120)
        case "century":
            return month_days(day.year // 100 * 100, 1, 1200)
        case _:
            return day, day


def closest(spans: Iterable[tuple[date, date]], today: date, direction: int) -> tuple[date, date]:
    """Of rival readings the first that ends from today on (`direction` 1), or the nearest (0).

    Under a verb in the past (-1) longer stretches must have begun, and a day to come counts as `_UNLIKELY` times as
    far: "the deadline was set for Nov. 6", said in October, is close ahead all the same.
    """
    rivals = sorted(spans)
    if direction > 0:
        return next((span for span in rivals if span[1] >= today), rivals[-1])
    if direction < 0 and rivals[0][0] != rivals[0][1]:
        rivals = [span for span in rivals if span[0] <= today] or rivals[:1]
    ahead = _UNLIKELY if direction < 0 else 1
    return min(rivals, key=lambda span: (max(ahead * (span[0] - today).days, (today - span[1]).days, 0), span[0]))


def third(first: date, last: date, number: int) -> tuple[date, date]:
    """The third (0, 1 or 2) of a month, of a stretch of whole months, or of any other stretch."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months == 1 and first.day == 1:
        cuts = [first, first + 10 * DAY, first + 20 * DAY, last + DAY]
    elif first.day == 1 and months % 3 == 0:
        cuts = [move(first, n * months // 3, "month") for n in range(3)] + [last + DAY]
    else:
        length = (last - first).days + 1
        cuts = [first + n * length // 3 * DAY for n in range(3)] + [last + DAY]
    return cuts[number], cuts[number + 1] - DAY
