"""What days a time expression means, once the day of publication, the tense and the days told before are known.

All arithmetic is on the proleptic Gregorian calendar; weeks are those of ISO 8601 (Monday to Sunday). Conventions
that a reader could settle otherwise are those of the annotation guide: "last week" is the Monday to Sunday before,
"earlier this week" runs from Monday to the day before publication, early, mid and late are thirds of what they divide
(of a month days 1 to 10, 11 to 20, and the rest).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from whence.coding.time_arithmetic import DAY, DAYS_OF, MONTHS_OF, around, closest, holiday, month_days, move, third
from whence.coding.time_expressions import (
    Calendar,
    Decade,
    Deictic,
    Expression,
    Part,
    Period,
    Range,
    Shift,
    Stretch,
)


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, inclusive; None leaves that end open. `rule` says how they were found."""

    first: date | None
    last: date | None
    rule: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """The expression is a time, but the text does not say of which days; `rule` says why."""

    rule: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is read against."""

    today: date | None
    """Day of publication."""
    direction: int = 0
    """-1 where the governing verb speaks of the past, 1 where of the future, 0 where of neither."""
    told: Days | None = None
    """The days told of last."""
    years: tuple[int, ...] = ()
    """Years that stand in the text, for articles without a day of publication; those of full dates first."""
    full_dates: tuple[date, ...] = ()


Answer = Days | Unresolved
_COUNTED = "counted from the day of publication"
_WEEKDAY_YEARS = 3
"""A weekday with day and month fixes the year up to so many years away; farther off it is more likely a slip."""
_NO_TODAY = Unresolved("no day of publication to count from")
_NOT_TOLD = Unresolved("counted from a day that the text does not date")
_NO_YEAR = Unresolved("nothing fixes the year")
_NO_SUCH_DAY = Unresolved("no such day in the calendar")


def resolve(expression: Expression, setting: Setting) -> Answer:
    """The days that the expression means, or why they cannot be known.

    Days before the year 1 or after 9999 are `Unresolved` too.
    """
    try:
        return _resolve(expression, setting)
    except (ValueError, OverflowError):
        return _NO_SUCH_DAY


def _resolve(expression: Expression, setting: Setting) -> Answer:
    match expression:
        case Calendar():
            return _calendar(expression, setting)
        case Decade(year):
            return Days(date(year, 1, 1), date(year + 9, 12, 31), "the ten years")
        case Deictic(first, last):
            if setting.today is None:
                return _NO_TODAY
            return Days(setting.today + first * DAY, setting.today + last * DAY, _COUNTED)
        case Period():
            return _period(expression, setting)
        case Shift():
            return _shift(expression, setting)
        case Stretch():
            return _stretch(expression, setting)
        case Part(part, of):
            return _part(part, of, setting)
        case Range():
            return _range(expression, setting)


# -- calendar fields -----------------------------------------------------------------------


def _calendar(fields: Calendar, setting: Setting) -> Answer:
    if fields.weekday is not None and fields.week_step is not None:
        return _in_week(fields.weekday, fields.week_step, setting)
    if fields.weekday is not None and fields.month is None:
        return _weekday(fields.weekday, fields.step, setting)
    year = fields.year
    if year is None and fields.year_step is not None:
        if setting.today is None:
            return _NO_TODAY
        year = setting.today.year + fields.year_step
    if year is None and fields.told_year:
        if setting.told is None or setting.told.first is None:
            return _NOT_TOLD
        year = setting.told.first.year
    if year is not None:
        first, last = _in_year(fields, year)
        return Days(first, last, "as it stands" if fields.year is not None else _COUNTED)
    if fields.weekday is not None and fields.day is not None:
        return _year_by_weekday(fields, setting)
    return _without_year(fields, setting)


def _in_year(fields: Calendar, year: int) -> tuple[date, date]:
    """First and last day of the fields in that year."""
    if fields.holiday is not None:
        day = holiday(fields.holiday, year)
        return day, day
    if fields.season is not None:
        return month_days(year, fields.season, 3)
    if fields.quarter is not None:
        return month_days(year, 3 * fields.quarter - 2, 3)
    if fields.month is None:
        return month_days(year, 1, 12) if fields.half is None else month_days(year, 6 * fields.half - 5, 6)
    first, last = month_days(year, fields.month)
    if fields.half is not None:
        middle = first.replace(day=15)
        return (first, middle) if fields.half == 1 else (middle + DAY, last)
    if fields.week_of_month is not None:
        begin = first + 7 * (fields.week_of_month - 1) * DAY
        return begin, min(begin + 6 * DAY, last)
    if fields.day is not None:
        day = date(year, fields.month, fields.day)
        return day, day
    return first, last


def _in_week(weekday: int, step: int, setting: Setting) -> Answer:
    if setting.today is None:
        return _NO_TODAY
    day = setting.today + (7 * step + weekday - setting.today.weekday()) * DAY
    return Days(day, day, "weekday of a week counted from publication's")


def _weekday(weekday: int, step: int | None, setting: Setting) -> Answer:
    today = setting.today
    if today is None:
        return _NO_TODAY
    back, ahead = (today.weekday() - weekday) % 7, (weekday - today.weekday()) % 7
    if step == -1:
        day, rule = today - (back or 7) * DAY, "the last such weekday before publication"
    elif step == 1:
        day, rule = today + (ahead or 7) * DAY, "the next such weekday after publication"
    elif setting.direction > 0 or (step == 0 and setting.direction == 0):
        day, rule = today + ahead * DAY, "weekday ahead, by the tense"
    else:
        day, rule = today - back * DAY, "weekday up to the day of publication"
    return Days(day, day, rule if back else "the day of publication's own weekday" if step is None else rule)


def _year_by_weekday(fields: Calendar, setting: Setting) -> Answer:
    """The year in which day and month fall on the weekday: nearest to publication, or among those of the text."""
    if setting.today is not None:
        near = sorted(range(-6, 7), key=lambda offset: (abs(offset), offset))
        years = [setting.today.year + offset for offset in near]
        fitting = [year for year in years if _falls_on(fields, year)]
        if fitting and (away := abs(fitting[0] - setting.today.year)) <= _WEEKDAY_YEARS:
            years = [year for year in fitting if abs(year - setting.today.year) <= max(away, 1)]
            first, last = closest((_in_year(fields, year) for year in years), setting.today, setting.direction)
            return Days(first, last, "weekday and day fix the year")
        return _without_year(fields, setting)
    fitting = [year for year in dict.fromkeys(setting.years) if _falls_on(fields, year)]
    if len(fitting) == 1 or (fitting and any(day.year == fitting[0] for day in setting.full_dates)):
        first, last = _in_year(fields, fitting[0])
        return Days(first, last, "weekday and day fix the year")
    return _NO_YEAR


def _falls_on(fields: Calendar, year: int) -> bool:
    try:
        return _in_year(fields, year)[0].weekday() == fields.weekday
    except ValueError:
        return False


def _without_year(fields: Calendar, setting: Setting) -> Answer:
    """A day, month, season, quarter or holiday whose year the time of writing gives."""
    today = setting.today
    if today is None:
        return _year_of_text(fields, setting)
    spans = []
    for year in range(today.year - 4, today.year + 5):
        try:
            spans.append(_in_year(fields, year))
        except ValueError:
            continue
    if not spans:
        return _NO_SUCH_DAY
    if fields.step == 0:
        first, last = next((span for span in spans if span[0].year == today.year), spans[0])
        return Days(first, last, _COUNTED)
    if fields.step is not None:
        beyond = [s for s in spans if (s[1] < today if fields.step < 0 else s[0] > today)]
        first, last = beyond[-1] if fields.step < 0 else beyond[0]
        return Days(first, last, _COUNTED)
    # A quarter is one of a report, and reports look back.
    first, last = closest(spans, today, setting.direction if fields.quarter is None else -1)
    rule = "nearest to publication" if not setting.direction else "before or after publication, by the tense"
    return Days(first, last, rule)


def _year_of_text(fields: Calendar, setting: Setting) -> Answer:
    if fields.step is not None:
        return _NO_TODAY
    if setting.full_dates:
        latest = max(setting.full_dates)
        first, last = _in_year(fields, latest.year)
        return Days(first, last, "year of the latest full date in the text")
    return _NO_YEAR


# -- periods, shifts, parts, ranges --------------------------------------------------------


def _period(period: Period, setting: Setting) -> Answer:
    if period.told:
        if setting.told is None or setting.told.first is None or setting.told.last is None:
            return _NOT_TOLD
        edge = setting.told.last if period.step > 0 else setting.told.first
        if (setting.told.last - setting.told.first).days >= 28 and period.unit in DAYS_OF:
            return _NOT_TOLD
        first, last = around(move(around(edge, period.unit)[0], period.step, period.unit), period.unit)
        return Days(first, last, "counted from the day told of last")
    if setting.today is None:
        return _NO_TODAY
    return _count(period, setting.today, setting.direction)


def _count(period: Period, today: date, direction: int = 0) -> Days:
    if period.unit == "weekend" and period.step <= 0 and direction <= 0:
        # "The weekend", seen from a Monday to Friday, is the one that has passed.
        begun = today - ((today.weekday() - 5) % 7) * DAY
        return Days(begun, begun + DAY, "the last weekend that has begun")
    step = max(period.step, 0) if period.unit == "weekend" and direction > 0 else period.step
    anchor = move(today.replace(day=1) if period.unit in MONTHS_OF else today, step, period.unit)
    first, last = around(anchor, period.unit)
    return Days(first, last, _COUNTED)


def _shift(shift: Shift, setting: Setting) -> Answer:
    if shift.anchor == "unknown":
        return _NOT_TOLD
    if shift.anchor == "publication":
        if setting.today is None:
            return _NO_TODAY
        base, rule = Days(setting.today, setting.today, ""), _COUNTED
    elif shift.anchor == "told":
        if setting.told is None and setting.today is None:
            return _NOT_TOLD
        base, rule = setting.told or Days(setting.today, setting.today, ""), "counted from the day told of last"
        rule = rule if setting.told is not None else "counted from the day of publication, as no other is told of"
    else:
        answer = resolve(shift.anchor, setting)
        if isinstance(answer, Unresolved):
            return answer
        base, rule = answer, "counted from the day named with it"
    edge = base.first if shift.sign < 0 else base.last
    if edge is None or base.first is None or base.last is None:
        return _NOT_TOLD
    days = DAYS_OF.get(shift.unit)
    if days is not None and (base.last - base.first).days >= 28:
        # "Two days later" after a month or a year that was told: still within it, as far as one can know.
        return replace(base, rule=rule)
    moved = move(edge, shift.sign * shift.count, shift.unit)
    if shift.over:
        return Days(None, moved, rule)
    grain = "day" if days is not None else "month" if shift.unit == "month" else "year"
    if grain == "year" and (base.first, base.last) == around(base.first, "quarter"):
        grain = "quarter"  # What is set beside a quarter is a quarter too: "in the third quarter … a year earlier".
    first, last = around(moved, grain)
    return Days(first, last, rule)


def _part(part: str, of: Expression, setting: Setting) -> Answer:
    whole = resolve(of, setting)
    if isinstance(whole, Unresolved) or whole.first is None or whole.last is None:
        return whole
    first, last = whole.first, whole.last
    if part == "week":
        return Days(*around(first, "week"), "the week of that day")
    if first == last:
        return whole
    if part in ("early", "mid", "late"):
        return Days(*third(first, last, ("early", "mid", "late").index(part)), f"{part} third")
    today = setting.today
    if today is not None and first <= today <= last and (last - first).days == 6:
        # Of a week the days are counted; "earlier this year" is no closer than the year.
        if part == "earlier" and first < today:
            return Days(first, today - DAY, "from its beginning to the day before publication")
        if part == "later" and today < last:
            return Days(today + DAY, last, "from the day after publication to its end")
    return whole


def _stretch(stretch: Stretch, setting: Setting) -> Answer:
    if stretch.of is None:
        if setting.today is None:
            return _NO_TODAY
        return Days(move(setting.today, -stretch.count, stretch.unit), setting.today, "up to the day of publication")
    whole = resolve(stretch.of, setting)
    if isinstance(whole, Unresolved) or whole.first is None or whole.last is None:
        return whole
    if stretch.from_start:
        return Days(whole.first, move(whole.first, stretch.count, stretch.unit) - DAY, "its first days")
    return Days(move(whole.last + DAY, -stretch.count, stretch.unit), whole.last, "its last days")


def _range(stretch: Range, setting: Setting) -> Answer:
    begin, end = (resolve(e.expression, setting) if e is not None else None for e in (stretch.first, stretch.last))
    if isinstance(begin, Unresolved):
        return begin
    if isinstance(end, Unresolved):
        return end
    if stretch.if_ahead and begin is not None and setting.direction <= 0:
        return begin
    if begin is not None and end is not None:
        if begin.first is None or end.last is None or end.last < begin.first:
            return Unresolved("its end comes before its beginning")
        return Days(begin.first, end.last, "from one day to the other")
    if begin is not None:
        return Days(begin.first, None, f"open at the end; {begin.rule}")
    if end is None:
        return _NOT_TOLD
    stop = end.first - DAY if stretch.without and end.first is not None else end.last
    return Days(None, stop, f"open at the beginning; {end.rule}")
