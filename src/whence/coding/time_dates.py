"""The grammar of dates: days, months, years, seasons, decades, holidays, and parts of them.

One method for each kind of expression. A method takes the index of a token and returns the expression with the index
after its last token, or None. Looking ahead is bounded, so that reading a text takes linear time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from whence.coding.time_expressions import Calendar, Decade, Found, Period, Token, Unit, lexicon

HYPHENS = frozenset("-–‐‑")
_BEFORE_YEAR = frozenset("(/“\"'‘[") | HYPHENS
"""Characters that may be glued to the front of a year; after others the figures are part of a code."""


class Dates:
    """Reads dates from the tokens of a sentence."""

    def __init__(self, sentence: list[Token]) -> None:
        self._tokens = sentence
        self._words = [token.lower for token in sentence]
        self._lexicon = lexicon()

    # -- looking at tokens ---------------------------------------------------------------

    def _is(self, at: int, *words: str) -> bool:
        return 0 <= at < len(self._words) and self._words[at] in words

    def _word(self, at: int) -> str:
        return self._words[at] if 0 <= at < len(self._words) else ""

    def _capital(self, at: int) -> bool:
        return self._tokens[at].text[0].isupper()

    def _entry(self, table: str, at: int) -> Any:
        return self._lexicon[table].get(self._word(at))

    def _listed(self, table: str, at: int) -> bool:
        return self._word(at) in self._lexicon[table]

    def _over(self, at: int, *words: str) -> int:
        """The index after one of the words, or the same index."""
        return at + 1 if self._is(at, *words) else at

    def _unit(self, at: int) -> Unit | None:
        """The unit that a singular noun names."""
        unit: Unit | None = self._entry("units", at)
        return None if self._word(at).endswith("s") else unit

    def _integer(self, at: int, digits: int) -> int | None:
        word = self._word(at)
        return int(word) if word.isascii() and word.isdigit() and len(word) <= digits else None

    def _glued_figure(self, at: int) -> bool:
        """Whether a mark and a figure follow without a space: `:30`, `,000`."""
        pair = self._tokens[at : at + 2]
        return len(pair) == 2 and all(token.glued for token in pair) and pair[1].text.isdigit()

    @staticmethod
    def _longest(at: int, *methods: Callable[[int], Found]) -> Found:
        best: Found = None
        for method in methods:
            found = method(at)
            if found is not None and (best is None or found[1] > best[1]):
                best = found
        return best

    # -- fields of a date ----------------------------------------------------------------

    def _weekday(self, at: int) -> tuple[int, int] | None:
        day = self._entry("weekdays", at)
        if day is None or not self._capital(at) or self._is(at - 1, "every", "each"):
            return None
        after = at + 1
        if self._listed("doubtful_weekdays", at):
            after += self._is(after, ".") and self._tokens[after].glued
            beside = self._over(after, ",")
            if self._month(beside) is None and self._day(beside) is None:
                return None
        after = self._over(after, *self._lexicon["day_parts"])
        return None if self._is(after, "nights", "mornings", "evenings", "afternoons") else (day, after)

    def _month(self, at: int) -> tuple[int, int] | None:
        month = self._entry("months", at)
        if month is None or not self._capital(at):
            return None
        after = at + 1
        if self._listed("short_months", at):
            after += self._is(after, ".") and self._tokens[after].glued
            if self._day(after) is None and self._year(after) is None and self._integer(at - 1, 2) is None:
                return None
        return month, after

    def _day(self, at: int) -> tuple[int, int] | None:
        """A day of the month (`16`, `16th`, `sixteenth`), not the front of a longer number or a time of the day."""
        day = self._integer(at, 2)
        after = at + 1
        if day is None:
            day = self._entry("ordinals", at)
        elif self._is(after, "st", "nd", "rd", "th") and self._tokens[after].glued:
            after += 1
        elif self._is(after, "%", "am", "pm") or self._is_clock(after):
            return None
        return (day, after) if day is not None and 1 <= day <= 31 else None

    def _year(self, at: int) -> tuple[int, int] | None:
        """A year after a month, a season or a holiday: `2016`, `, 2016`, `of 2016`, `'98`."""
        if self._is(at, "'", "’") and len(self._word(at + 1)) == 2:
            short = self._integer(at + 1, 2)
            return None if short is None else (1900 + short if short > 30 else 2000 + short, at + 2)
        at = self._over(at, ",", "of", "in")
        year = self._integer(at, 4)
        if year is None or not 1000 <= year <= 2199 or self._is(at + 1, "%"):
            return None
        return None if self._glued_figure(at + 1) and not self._is(at + 1, *HYPHENS) else (year, at + 1)

    def _year_step(self, at: int) -> tuple[int, int, bool] | None:
        """`this year`, `of last year`, `that year`: the step, the index after it, whether it is the year told of."""
        at = self._over(self._over(at, ","), "of")
        step = self._entry("steps", at)
        told = step is None and self._is(at, "that")
        return (step or 0, at + 2, told) if (step is not None or told) and self._is(at + 1, "year") else None

    def _is_clock(self, at: int) -> bool:
        """Whether what follows a figure makes it a time of the day or a part of a longer number."""
        if self._is(at, "a", "p"):
            return self._is(at + 1, ".")
        return self._is(at, ":", ".", ",") and self._glued_figure(at)

    # -- dates ---------------------------------------------------------------------------

    def _numeric(self, at: int) -> Found:
        """`2016-08-16`, `16/08/2016` (where only one reading is a date), `16.08.2016`."""
        mark = self._word(at + 1)
        if mark not in ("-", "/", ".") or self._word(at + 3) != mark or len(self._tokens) < at + 5:
            return None
        if not all(token.glued for token in self._tokens[at + 1 : at + 5]):
            return None
        one, two, three = (self._integer(at + 2 * n, 4) for n in range(3))
        if one is None or two is None or three is None:
            return None
        if len(self._word(at)) == 4:
            return (Calendar(year=one, month=two, day=three), at + 5) if 1 <= two <= 12 and 1 <= three <= 31 else None
        if len(self._word(at + 4)) != 4:
            return None
        if 1 <= two <= 12 and (12 < one <= 31 or one == two or (mark == "." and 1 <= one <= 31)):
            return Calendar(year=three, month=two, day=one), at + 5
        if 1 <= one <= 12 and 12 < two <= 31:
            return Calendar(year=three, month=one, day=two), at + 5
        return None

    def _calendar(self, at: int) -> Found:
        """Weekday, month, day and year in their usual orders; each may be missing."""
        weekday = self._weekday(at)
        if weekday is None:
            return self._longest(at, self._month_and_day, self._bare_year)
        start = self._over(weekday[1], ",", "(")
        date = self._month_and_day(self._over(start, "the"))
        if date is None or not isinstance(date[0], Calendar) or date[0].day is None:
            return Calendar(weekday=weekday[0]), weekday[1]
        after = date[1] + (self._is(start - 1, "(") and self._is(date[1], ")"))
        return replace(date[0], weekday=weekday[0]), after

    def _month_and_day(self, at: int) -> Found:
        """`August 16, 2016`, `16 August`, `the sixteenth of August`, `May this year`, `Sept. 13 (Thursday)`."""
        month = day = None
        if (first := self._month(at)) is not None:
            month, after = first
            if (second := self._day(self._over(after, "the"))) is not None:
                day, after = second
        elif (first := self._day(self._over(at, "the"))) is not None:
            day = first[0]
            second = self._month(self._over(first[1], "of"))
            if second is None:
                return None
            month, after = second
        else:
            return None
        date = Calendar(month=month, day=day)
        if day is not None and self._is(after, "(") and self._is(after + 2, ")"):
            weekday = self._entry("weekdays", after + 1)
            if weekday is not None:
                date, after = replace(date, weekday=weekday), after + 3
        if (year := self._year(after)) is not None:
            return replace(date, year=year[0]), year[1]
        if (step := self._year_step(after)) is not None:
            return replace(date, year_step=None if step[2] else step[0], told_year=step[2]), step[1]
        return date, self._over(after, *self._lexicon["day_parts"])

    def _bare_year(self, at: int) -> Found:
        """Four figures that the word before, or the century, lets be a year; `nineteen ninety-six`."""
        if (spelled := self._spelled_year(at)) is not None:
            return Calendar(year=spelled[0]), spelled[1]
        year = self._integer(at, 4)
        if year is None or len(self._word(at)) != 4 or not 1000 <= year <= 2199:
            return None
        if self._is(at + 1, "%", "percent", "per"):
            return None
        if self._glued_figure(at + 1) and not self._is(at + 1, *HYPHENS, "/"):
            return None
        if self._tokens[at].glued and (self._word(at - 1) not in _BEFORE_YEAR or self._integer(at - 2, 3) is not None):
            return None
        if not self._listed("year_leads", at - 1) and not 1900 <= year <= 2099:
            return None
        quarter = self._entry("ordinals", at + 1) if self._is(at + 2, "quarter") else None
        quarter = quarter if quarter is not None and quarter <= 4 else None
        return (Calendar(year=year), at + 1) if quarter is None else (Calendar(year=year, quarter=quarter), at + 3)

    def _spelled_year(self, at: int) -> tuple[int, int] | None:
        """`nineteen ninety-six`, `the year two thousand`."""
        if self._is(at, "two") and self._is(at + 1, "thousand") and self._is(at - 1, "year"):
            return 2000, at + 2
        tens = self._entry("numbers", at + 1) if self._is(at, "nineteen") else None
        if tens is None or not 20 <= tens <= 90:
            return None
        unit_at = self._over(at + 2, *HYPHENS)
        unit = self._entry("numbers", unit_at) or 10
        return (1900 + tens + unit, unit_at + 1) if unit < 10 else (1900 + tens, at + 2)

    def _decade(self, at: int) -> Found:
        """`the 1990s`, `the '90s`, `the nineties`."""
        at = self._over(at, "the")
        the = self._is(at - 1, "the")
        quoted = self._over(at, "'", "’")
        year = self._integer(quoted, 4)
        if year is not None and year % 10 == 0 and self._is(quoted + 1, "s") and self._tokens[quoted + 1].glued:
            if len(self._word(quoted)) == 4:
                return Decade(year), quoted + 2
            return (Decade(1900 + year), quoted + 2) if len(self._word(quoted)) == 2 and the and year >= 20 else None
        named = self._entry("decades", at)
        return (Decade(1900 + named), at + 1) if named is not None and the else None

    def _holiday(self, at: int) -> Found:
        start = self._over(at, "the")
        if self._word(start) not in self._lexicon.holiday_words:
            return None
        for length in range(5, 0, -1):
            stretch = self._words[start : start + length]
            name = " ".join(stretch)
            if len(stretch) < length or name not in self._lexicon.holidays:
                continue
            if not self._capital(start) and (name != "new year" or start == at):
                return None
            year = self._year(start + length)
            return Calendar(holiday=name, year=year[0] if year else None), year[1] if year else start + length
        return None

    def _season(self, at: int) -> Found:
        """`the summer of 1996`, `spring 1992`, `the winter of 1998-99`, `in the autumn`."""
        word_at = self._over(at, "the")
        season = self._entry("seasons", word_at)
        if season is None:
            return None
        if (year := self._year(word_at + 1)) is not None:
            crossing = self._is(year[1], "/", *HYPHENS) and self._glued_figure(year[1])
            return Calendar(season=season, year=year[0]), year[1] + (2 if crossing else 0)
        if (step := self._year_step(word_at + 1)) is not None and not step[2]:
            return Calendar(season=season, year_step=step[0]), step[1]
        led = word_at > at and (not self._listed("doubtful_seasons", word_at) or self._is(at - 1, "in", "by", "since"))
        return (Calendar(season=season), word_at + 1) if led and not self._is(word_at, "fall") else None

    def _counted_part(self, at: int) -> Found:
        """`the first week of January`, `the second half of 2008`, `the third quarter of last year`, `third-quarter`."""
        start = self._over(at, "the")
        count = self._entry("ordinals", start)
        after = start + 1 + self._is(start + 1, *HYPHENS)
        if count is None or count > 5 or not self._is(after, "week", "half", "quarter"):
            return None
        kind = self._word(after)
        if self._is(after + 1, "of"):
            found = self._longest(after + 2, self._month_and_day, self._bare_year, self._stepped_year)
            date = found[0] if found is not None else None
            if found is not None and isinstance(date, Calendar) and date.day is None:
                if kind == "week" and date.month is not None:
                    return replace(date, week_of_month=count), found[1]
                if kind == "half" and count <= 2:
                    return replace(date, half=count), found[1]
                if kind == "quarter" and count <= 4 and date.month is None:
                    return replace(date, quarter=count), found[1]
        return (Calendar(quarter=count), after + 1) if kind == "quarter" and count <= 4 else None

    def _stepped_year(self, at: int) -> Found:
        step = self._year_step(at)
        return None if step is None or step[2] else (Calendar(year_step=step[0]), step[1])

    def _weekend(self, at: int) -> Found:
        start = self._over(at, "the", "all")
        return (Period("weekend", 0), start + 1) if start > at and self._is(start, "weekend") else None
