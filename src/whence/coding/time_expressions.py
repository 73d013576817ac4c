"""What time expressions are made of: the kinds of expression, the tokens they are read from, the words of `times.yaml`.

Expressions are plain values that say no more than the text does. The grammar (`time_grammar`) makes them, and what
days they are is settled afterwards (`time_days`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import yaml

Unit = Literal["day", "night", "week", "fortnight", "weekend", "month", "quarter", "year", "decade", "century"]
Slice = Literal["early", "mid", "late", "earlier", "later", "week"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Fields of a date as far as they stand in the text; `step` is -1, 0 or 1 for "last", "this", "next"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 for Monday."""
    season: int | None = None
    """First month of the season."""
    quarter: int | None = None
    holiday: str | None = None
    step: int | None = None
    year_step: int | None = None
    """As `step`, said of the year: "May this year"."""
    told_year: bool = False
    """The year told of last: "August 27 that year"."""
    week_of_month: int | None = None
    week_step: int | None = None
    """As `step`, said of the weekday's week: "Tuesday of last week"."""
    half: int | None = None
    """First or second half of the month, or of the year where there is no month."""

    @property
    def full(self) -> bool:
        """Whether day, month and year all stand there."""
        return None not in (self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years from `year`."""

    year: int


@dataclass(frozen=True, slots=True)
class Deictic:
    """Days counted from the day of publication: "yesterday" is -1 to -1."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Period:
    """The day, week, month … `step` away from the one of publication, or of the day told of last (`told`)."""

    unit: Unit
    step: int
    told: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """`count` units before or after (`sign`) the day of publication, the day told of last, or another expression."""

    count: int
    unit: Unit
    sign: int
    anchor: Literal["publication", "told", "unknown"] | Expression = "publication"
    over: bool = False
    """More than that long ago."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The `count` units up to the day of publication ("over the past four decades"), or the first or last of `of`."""

    count: int
    unit: Unit
    of: Calendar | None = None
    from_start: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a longer stretch ("late 2016", "earlier this week"), or the week that holds a day."""

    part: Slice
    of: Expression


@dataclass(frozen=True, slots=True)
class Named:
    """An end of a range: the expression and its tokens `first` to `last` (inclusive)."""

    first: int
    last: int
    expression: Expression


@dataclass(frozen=True, slots=True)
class Range:
    """From one expression to another; None leaves that end open."""

    first: Named | None
    last: Named | None
    without: bool = False
    """The stretch ends the day before `last` begins: "before Christmas"."""
    if_ahead: bool = False
    """Open to the end only if it lies ahead ("will strike from Monday"); else no more than its first day."""


Expression = Calendar | Decade | Deictic | Period | Shift | Stretch | Part | Range
Found = tuple[Expression, int] | None
"""An expression and the index after its last token."""


class Token(NamedTuple):
    """A run of letters, a run of digits, or one other character, at `begin` to `end` of the text (code points)."""

    text: str
    lower: str
    begin: int
    end: int
    glued: bool
    """No white space before it."""


_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")


def may_tell(text: str, begin: int, end: int) -> bool:
    """Whether `text[begin:end]` has a figure or a telling word; nothing else has a time expression in it."""
    words = [word.lower() for word in _TOKEN.findall(text, begin, end)]
    return not lexicon().telling.isdisjoint(words) or any(map(str.isdigit, words))


def tokens(text: str, begin: int, end: int) -> list[Token]:
    """The tokens of `text[begin:end]`."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, begin, end):
        glued = bool(found) and found[-1].end == match.start()
        found.append(Token(match[0], match[0].lower(), match.start(), match.end(), glued))
    return found


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day of every year: month and day, days from Easter, or the n-th weekday of a month (-1: the last)."""

    month: int | None = None
    day: int | None = None
    easter: int | None = None
    weekday: int | None = None
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`times.yaml`, ready to be asked."""

    words: dict[str, Any]
    holidays: dict[str, Holiday]
    """By name, tokens joined by spaces."""
    holiday_words: frozenset[str]
    """First words of those names."""
    openers: frozenset[str]
    """Words that a time expression can begin with; figures can too."""
    telling: frozenset[str]
    """Words of which every time expression has one, unless it has a figure."""

    def __getitem__(self, key: str) -> Any:
        return self.words[key]


_TELLING = frozenset({"eve", "hours", "nineteen"})
"""Telling words of the grammar that stand in no table: "the eve of", "the past two hours", "nineteen ninety-six"."""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists of `times.yaml`."""
    words = yaml.safe_load(files(__package__).joinpath("times.yaml").read_text(encoding="utf-8"))
    holidays: dict[str, Holiday] = {}
    for row in words["holidays"]:
        day = Holiday(**{key: value for key, value in row.items() if key != "names"})
        holidays.update((name, day) for name in row["names"])
    holiday_words = frozenset(name.split()[0] for name in holidays)
    openers = holiday_words | set(words["openers"])
    for table in ("months", "weekdays", "seasons", "deictic", "steps", "told_steps", "numbers", "ordinals", "decades"):
        openers |= words[table].keys()
    telling = holiday_words | _TELLING
    for table in ("months", "weekdays", "seasons", "units", "day_parts", "deictic", "decades"):
        telling = telling.union(words[table])
    words["tense"] = {key: frozenset(row) for key, row in words["tense"].items()}
    openers |= words["parts"].keys() | words["bounds"].keys()
    return Lexicon(words, holidays, holiday_words, frozenset(openers), telling)
