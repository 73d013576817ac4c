"""What Nexis and Factiva have in common: an article of an export, and the ways they write days and bylines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = tuple("january february march april may june july august september october november december".split())  # noqa: SIM905
_MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in _MONTHS) + "|sept\\.?"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY = re.compile(
    rf"(?:{_WEEKDAY},? )?"
    rf"(?:(?P<m1>{_MONTH}) (?P<d1>\d{{1,2}}),? (?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH}),? (?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTH}),? (?P<y3>\d{{4}}))"
    rf"(?:,? \(?{_WEEKDAY}\)?)?"
    r"(?:,?(?: at)? \d{1,2}:\d{2}(?::\d{2})? ?(?:[ap]\.?m\.?)?)?"
    r"(?: \(?[A-Z]{1,5}(?:[+-]\d{1,4})?\)?)?",
    re.IGNORECASE,
)
"""Month, day and year in either order, or month and year; weekday, clock and time zone may stand by."""
_LONGEST = 80
"""Characters of a line that is a day."""
_BY = re.compile(r"(?:by|from)[: ]\s*", re.IGNORECASE)
_AND = re.compile(r"\s*;\s*|\s*,?\s+(?:and|&)\s+", re.IGNORECASE)
_LONGEST_BYLINE = 500
PAGE_NUMBER = re.compile(r"Page \d{1,6} of \d{1,6}(?:\s+©.{0,200})?")
"""A page's head or foot."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One article of an export."""

    title: str | None
    site: str | None
    published: str | None
    """`YYYY-MM-DD`."""
    authors: tuple[str, ...]
    text: tuple[str, ...]
    """Paragraphs."""
    id: str | None = None


def is_day(line: str) -> bool:
    """Whether a line says a day or a month and nothing else, weekday, clock and time zone aside."""
    return len(line) <= _LONGEST and _DAY.fullmatch(line) is not None


def day(line: str) -> str | None:
    """The day that a line says, `YYYY-MM-DD`: "March 15, 2020 Sunday 10:15 AM GMT". None for a mere month."""
    found = _DAY.fullmatch(line) if len(line) <= _LONGEST else None
    if found is None or found["m3"]:
        return None
    month = (found["m1"] or found["m2"]).lower()[:3]
    number = [name[:3] for name in _MONTHS].index(month) + 1
    try:
        return date(int(found["y1"] or found["y2"]), number, int(found["d1"] or found["d2"])).isoformat()
    except ValueError:
        return None


def names(byline: str) -> tuple[str, ...]:
    """The authors of a byline: "By Jane Doe and John Roe"."""
    bare = (
        _BY.sub("", byline[:_LONGEST_BYLINE].strip(), count=1)
        if _BY.match(byline.strip())
        else byline[:_LONGEST_BYLINE].strip()
    )
    return tuple(name for one in _AND.split(bare) if (name := one.strip(" ,.")))
