"""The grammar of time expressions: dates (`time_dates`), what is counted from a day, parts, stretches and ranges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from whence.coding.time_dates import HYPHENS, Dates
from whence.coding.time_expressions import (
    Calendar,
    Deictic,
    Expression,
    Found,
    Named,
    Part,
    Period,
    Range,
    Shift,
    Stretch,
    Token,
    Unit,
)

_LOOK_AHEAD = 6
"""Tokens between "after" and the date it counts from: "after the failed July 15 attempt"."""
_HALVES: dict[Unit, tuple[Unit, int]] = {"year": ("month", 12), "decade": ("year", 10), "century": ("year", 100)}
"""What "a year and a half" is counted in, and how many of them the unit has."""
_HOURS_OF_DAY = 24


class Grammar(Dates):
    """Reads all time expressions of a sentence."""

    def __init__(self, sentence: list[Token]) -> None:
        super().__init__(sentence)
        self._points: dict[int, Found] = {}
        """By token: ranges, bounds and single points all ask for the point that begins there."""

    def expressions(self) -> Iterator[tuple[int, int, Expression]]:
        """First and last token (inclusive) and meaning of each expression, left to right, the longest at each place."""
        at = 0
        while at < len(self._words):
            found: Found = None
            if self._words[at] in self._lexicon.openers or self._words[at].isdigit():
                found = self._longest(at, self._range, self._bounded, self._point, self._stretch)
            if found is None:
                at += 1
                continue
            yield at, found[1] - 1, found[0]
            at = found[1]

    def _point(self, at: int) -> Found:
        if at not in self._points:
            self._points[at] = self._any_point(at)
        return self._points[at]

    def _any_point(self, at: int) -> Found:
        return self._longest(
            at,
            self._numeric,
            self._calendar,
            self._stepped,
            self._deictic,
            self._shift,
            self._told,
            self._sliced,
            self._decade,
            self._holiday,
            self._season,
            self._counted_part,
            self._counted_days,
            self._weekend,
            self._day_of_week,
        )

    def _number(self, at: int) -> tuple[int, int] | None:
        """A number in figures or words, with the index after it: `12`, `twenty-one`, `a couple of`."""
        if (figure := self._integer(at, 3)) is not None:
            return figure, at + 1
        couple = self._over(at, "a")
        if self._is(couple, "couple"):
            return 2, self._over(couple + 1, "of")
        value = self._entry("numbers", at)
        if value is None:
            return None
        if value >= 20:
            unit_at = self._over(at + 1, *HYPHENS)
            unit = self._entry("numbers", unit_at)
            if unit is not None and unit < 10 and not self._is(unit_at, "a", "an"):
                return value + unit, unit_at + 1
        return value, at + 1

    # -- counted from a day --------------------------------------------------------------

    def _deictic(self, at: int) -> Found:
        """`yesterday`, `tomorrow morning`, `the day after tomorrow`."""
        days = self._entry("deictic", at)
        if days is not None:
            return Deictic(*days), self._over(at + 1, *self._lexicon["day_parts"])
        if self._is(at, "the") and self._is(at + 1, "day"):
            if self._is(at + 2, "before") and self._is(at + 3, "yesterday"):
                return Deictic(-2, -2), at + 4
            if self._is(at + 2, "after") and self._is(at + 3, "tomorrow"):
                return Deictic(2, 2), at + 4
        return None

    def _stepped(self, at: int) -> Found:
        """`last week`, `this Friday`, `next March`, `the past year`, `last summer`, `this morning`."""
        the = self._is(at, "the")
        word_at = at + 1 if the or (self._is(at, "this") and self._is(at + 1, "past", "coming")) else at
        step = self._entry("steps", word_at)
        if step is None:
            return None
        after = word_at + 1
        if (self._listed("day_parts", after) or self._is(after, "night")) and not self._is(word_at, "past"):
            return None if the and step > 0 else (Deictic(step, step), after + 1)
        if (unit := self._unit(after)) is not None:
            if the and step < 0 and unit != "weekend":
                return (Stretch(1, unit), after + 1) if not self._is(after + 1, "of") and unit != "day" else None
            far = unit in ("day", "decade", "century") and step != 0
            return None if far or (the and step > 0) else (Period(unit, step), after + 1)
        if (weekday := self._weekday(after)) is not None:
            return Calendar(weekday=weekday[0], step=step), weekday[1]
        if (season := self._entry("seasons", after)) is not None:
            return Calendar(season=season, step=step), after + 1
        date = self._longest(after, self._month_and_day, self._holiday)
        if date is not None and isinstance(date[0], Calendar) and date[0].year is None:
            return replace(date[0], step=step), date[1]
        return None

    def _day_of_week(self, at: int) -> Found:
        """`Tuesday last week`, `Friday of next week`."""
        if (weekday := self._weekday(at)) is None:
            return None
        word_at = self._over(weekday[1], "of")
        step = self._entry("steps", word_at)
        if step is None or self._entry("units", word_at + 1) != "week":
            return None
        return Calendar(weekday=weekday[0], week_step=step), word_at + 2

    def _shift(self, at: int) -> Found:
        """`two days ago`, `three weeks earlier`, `a day after the July 15 attempt`, `the day before`, `the eve of`."""
        if self._is(at, "eve") and self._is(at + 1, "of"):
            return Shift(1, "day", -1, self._close_by(at + 2)), at + 2
        over = self._is(at, "over") or (self._is(at, "more") and self._is(at + 1, "than"))
        start = at + (2 if self._is(at, "more") else 1) if over else at
        the = self._is(start, "the") and self._is(start + 1, "day")
        number = (1, start + 1) if the else self._number(start)
        if number is None:
            return None
        count, unit_at = number[0], self._over(number[1], *HYPHENS)
        unit, after = self._entry("units", unit_at), unit_at + 1
        if unit is None or unit in ("weekend", "quarter"):
            return None
        if unit in _HALVES and [self._word(after + n) for n in range(3)] == ["and", "a", "half"]:
            unit, parts = _HALVES[unit]
            count, after = count * parts + parts // 2, after + 3
        if self._is(after, "ago"):
            if unit in ("year", "decade") and self._is(after + 1, "this") and self._is(after + 2, "month"):
                return Shift(count * (12 if unit == "year" else 120), "month", -1), after + 3
            return Shift(count, unit, -1, "publication", over), after + 1
        if self._is(after, "earlier", "previously"):
            return Shift(count, unit, -1, "told"), after + 1
        if self._is(after, "later") and not the:
            return Shift(count, unit, 1, "told"), after + 1
        if self._is(after, "before", "after"):
            sign = 1 if self._is(after, "after") else -1
            return Shift(count, unit, sign, self._counted_from(after + 1)), after + 1
        return None

    def _counted_from(self, at: int) -> Literal["told", "unknown"] | Expression:
        """What "two days before" counts from: the day told of if nothing follows, else a date close by, if any."""
        if at >= len(self._tokens) or not self._tokens[at].text[0].isalnum() or self._is(at, "and", "but"):
            return "told"
        return self._close_by(at)

    def _close_by(self, at: int) -> Literal["unknown"] | Expression:
        """The first date within a few words, short of any punctuation mark."""
        for index in range(at, min(at + _LOOK_AHEAD, len(self._tokens))):
            if not self._tokens[index].text[0].isalnum():
                break
            found = self._longest(index, self._numeric, self._calendar, self._stepped, self._holiday)
            if found is not None:
                return found[0]
        return "unknown"

    def _told(self, at: int) -> Found:
        """`the previous day`, `the following week`, `that month`, `the same day`, `the next morning`."""
        word_at = at
        if self._is(at, "in") and self._is(at + 1, "the") and self._listed("day_parts", at + 2):
            return None if self._is(at + 3, "of", "on") else (Period("day", 0, told=True), at + 3)
        if self._is(at, "that") and self._is(at + 1, "same"):
            word_at = at + 1
        elif self._is(at, "the"):
            word_at = self._over(at + 1, "very")
        elif not self._is(at, "that"):
            return None
        step = self._entry("told_steps", word_at)
        if step is None:
            return None
        if self._listed("day_parts", word_at + 1) or self._is(word_at + 1, "night"):
            return Period("day", step, told=True), word_at + 2
        unit = self._unit(word_at + 1)
        return None if unit is None else (Period(unit, step, told=True), word_at + 2)

    def _sliced(self, at: int) -> Found:
        """`late 2016`, `mid-March`, `earlier this week`, `the end of May`, `later in the day`, `late on Wednesday`."""
        word_at = self._over(at, "the")
        if self._is(word_at, "week") and self._is(word_at + 1, "of"):
            date = self._month_and_day(word_at + 2)
            dated = date is not None and isinstance(date[0], Calendar) and date[0].day is not None
            return (Part("week", date[0]), date[1]) if date is not None and dated else None
        if (end := self._year_end(at)) is not None:
            return end
        part = self._entry("parts", word_at)
        if part is None:
            return None
        after = word_at + 1
        if self._listed("part_nouns", word_at):
            if not self._is(after, "of"):
                return None
            after += 1
        else:
            after = self._over(after, "in", "on", *HYPHENS)
        found = self._longest(
            after, self._calendar, self._stepped, self._decade, self._season, self._deictic, self._told
        )
        if found is None and self._is(after, "the"):
            unit = self._unit(after + 1)
            if unit in ("day", "week", "month", "year", "decade", "century"):
                found = Period(unit, 0, told=unit == "day"), after + 2
        return None if found is None else (Part(part, found[0]), found[1])

    def _year_end(self, at: int) -> Found:
        """`year-end`, `year's end`."""
        after = self._over(self._over(at + 1, "'", "’", *HYPHENS), "s")
        return (Part("late", Period("year", 0)), after + 1) if self._is(at, "year") and self._is(after, "end") else None

    # -- stretches and ranges ------------------------------------------------------------

    def _stretch(self, at: int) -> Found:
        """`over the past four decades`, `in the last two weeks`, `in the past 48 hours`."""
        if not (self._is(at, "in", "over", "during", "within", "for") and self._is(at + 1, "the")):
            return None
        number = self._number(at + 3) if self._is(at + 2, "past", "last") else None
        if number is not None and self._is(number[1], "hours"):
            return Stretch(number[0] // _HOURS_OF_DAY, "day"), number[1] + 1
        unit = self._entry("units", number[1]) if number is not None else None
        if number is None or unit in (None, "weekend", "quarter") or self._is(number[1] + 1, "of"):
            return None
        return Stretch(number[0], unit), number[1] + 1

    def _counted_days(self, at: int) -> Found:
        """`the last ten days of July`, `the first two weeks of 2009`."""
        if not (self._is(at, "the") and self._is(at + 1, "first", "last")):
            return None
        number = self._number(at + 2)
        unit = self._entry("units", number[1]) if number is not None else None
        if number is None or unit not in ("day", "week", "month") or not self._is(number[1] + 1, "of"):
            return None
        of = self._longest(number[1] + 2, self._month_and_day, self._bare_year, self._stepped_year)
        if of is None or not isinstance(of[0], Calendar) or of[0].day is not None:
            return None
        return Stretch(number[0], unit, of[0], from_start=self._is(at + 1, "first")), of[1]

    def _bounded(self, at: int) -> Found:
        """`since 2014`, `until Friday`, `by the end of May`, `before Christmas`."""
        bound = self._entry("bounds", at)
        if bound is None:
            return None
        start = at + 1
        found = self._point(start)
        if found is None:
            start = self._over(at + 1, *bound.get("then", ()))
            found = self._point(start)
        if found is None:
            return None
        named = Named(start, found[1] - 1, found[0])
        if bound["open"] == "end":
            return Range(named, None), found[1]
        ends = isinstance(found[0], Part) and found[0].part == "late"
        return Range(None, named, without=bool(bound.get("without")) and not ends), found[1]

    def _range(self, at: int) -> Found:
        """`from 3 to 5 May`, `between March 4 and 15`, `2003-2005`, `Monday to Thursday`, `from tonight`."""
        led = self._is(at, "from", "between")
        start = at + 1 if led else at
        joins = ("and",) if self._is(at, "between") else ("to", "until", "till", "through", *HYPHENS)
        first = self._point(start)
        if first is None:
            return self._days_of_month(start, joins)
        expression, after = first
        begin = Named(start, after - 1, expression)
        if self._is(after, *joins) or self._is(after, "and", "or"):
            last = self._range_end(expression, after + 1, bare=led or self._is(after, "through", "and", "or", *HYPHENS))
            if last is not None and (self._is(after, *joins) or self._adjoin(expression, last[0])):
                begin = replace(begin, expression=self._sharing_year(expression, last[0]))
                return Range(begin, Named(after + 1, last[1] - 1, last[0])), last[1]
        if not self._is(at, "from"):
            return None
        if self._is(after, "onward", "onwards") or (self._is(after, "on") and not self._word(after + 1).isalnum()):
            return Range(begin, None), after + 1
        return Range(begin, None, if_ahead=True), after

    @staticmethod
    def _adjoin(first: Expression, last: Expression) -> bool:
        """Whether one follows the other, so that both make one stretch: `July and August`, `2019 and 2020`."""
        if not isinstance(first, Calendar) or not isinstance(last, Calendar):
            return False
        if first.day is not None and last.day is not None:
            return (last.month, last.day) == (first.month, first.day + 1)
        if first.month is not None and last.month is not None:
            months = last.month == first.month + 1 and first.year in (None, last.year)
            return months and first.day is None and last.day is None
        if first.weekday is not None and last.weekday is not None:
            return last.weekday == first.weekday + 1
        only_years = first == Calendar(year=first.year) and last == Calendar(year=last.year)
        return only_years and first.year is not None and last.year == first.year + 1

    def _range_end(self, first: Expression, at: int, *, bare: bool) -> Found:
        """The other end: a time of its own, or a bare day or short year that goes with the first.

        A bare day needs a range that is marked (`bare`) or nothing after it that it could count: "on May 3 to 5 men".
        """
        found = self._point(at)
        if found is not None:
            return found if isinstance(found[0], Deictic | Calendar | Part | Period) else None
        if not isinstance(first, Calendar):
            return None
        if first.year is not None and first.month is None:
            short = self._integer(at, 2) if self._is(at - 1, *HYPHENS) else None
            if short is None or len(self._word(at)) != 2 or short <= first.year % 100:
                return None
            return Calendar(year=first.year // 100 * 100 + short), at + 1
        day = self._day(at)
        if day is None or first.month is None or first.day is None or day[0] < first.day:
            return None
        if not bare and self._word(day[1]).isalpha():
            return None
        year = self._year(day[1]) if first.year is None else None
        date = Calendar(year=year[0] if year else first.year, month=first.month, day=day[0])
        return date, year[1] if year else day[1]

    @staticmethod
    def _sharing_year(first: Expression, last: Expression) -> Expression:
        """`from May 3 to June 5, 2008`: the year stands once."""
        if isinstance(first, Calendar) and isinstance(last, Calendar) and first.month and first.year is None:
            return replace(first, year=last.year)
        return first

    def _days_of_month(self, at: int, joins: tuple[str, ...]) -> Found:
        """`3 to 5 May 2008`: a bare day that takes month and year from the other end."""
        first = self._day(at)
        if first is None or not self._is(first[1], *joins):
            return None
        after = first[1] + 1
        last = self._month_and_day(after) if self._month(after) is None else None
        if last is None or not isinstance(last[0], Calendar) or last[0].day is None:
            return None
        begin = Named(at, first[1] - 1, replace(last[0], day=first[0], weekday=None))
        return Range(begin, Named(after, last[1] - 1, last[0])), last[1]
