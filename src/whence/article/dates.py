"""Publication days: what a source declares, or what a page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from itertools import islice

_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")
_UTC = re.compile(r" ?(?:Z|UTC|GMT)$", re.IGNORECASE)
_APART = re.compile(r" (?=[+-]\d{2}:?\d{2}$)")
"""A space before an offset, which many sites write and ISO 8601 does not allow."""
_LONGEST = 64
"""Characters of an instant; no form of one is as long."""
_TOP_LINES = 6
"""Lines at the top in which a text may say when it was published."""
_LONGEST_LINE = 120
_LONGEST_ADDRESS = 2_000
"""Characters of a line, and of an address, that may have a day."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_YEAR = r",? (?P<y>(?:19|20)\d\d)(?!\d)"
_DAY_FIRST = re.compile(rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}{_YEAR}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}", re.IGNORECASE)
_SAID = re.compile(
    r"(?P<verb>(?:first )?published|posted|(?:last )?updated|last modified|modified|date|issued)?"
    r"(?: (?:on|at))?\s?:?\s?(?P<day>(?:[a-z]{3,9}\.?,? )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}\.?|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?),? \d{4}"
    r"|\d{4}-\d{2}-\d{2})(?P<rest>[\s,T(].{0,40})?$",
    re.IGNORECASE,
)
"""A line, or a piece of one, that is a day with or without a verb before it, and at most a clock time after it."""
_PIECES = re.compile(r"\s*[|•·]\s*|\s+[–—]\s+|(?<=\d)\s+(?=(?:last )?updated|modified)", re.IGNORECASE)
_IN_PATH = re.compile(
    r"^[a-z]+://[^/?#]+/(?:[^?#]*/)?(?P<y>(?:19|20)\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/|$)", re.IGNORECASE
)
"""A year, a month and a day as parts of a path of their own."""


def day(value: str | None, zone: tzinfo | None = None) -> str | None:
    """`YYYY-MM-DD` of a declared date (ISO 8601, `YYYYMMDD`, or an e-mail's form); None where it is no date.

    With a `zone`, an instant (a clock time that says how far it is from UTC) has the day that it was there:
    `2016-08-16T23:30:00Z` is 2016-08-17 in Asia/Tehran. Without a zone or an offset, the day is the one written.
    """
    if not value:
        return None
    for pattern in (_ISO, _COMPACT):
        if found := pattern.match(value):
            try:
                written = date(*map(int, found.groups()))
            except ValueError:
                return None
            return (_there(_instant(value), zone) or written).isoformat()
    try:
        sent = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return (_there(sent, zone) or sent.date()).isoformat()


def _instant(value: str) -> datetime | None:
    """The date and clock time that ISO 8601 gives, or None where there is no such time."""
    try:
        return datetime.fromisoformat(_APART.sub("", _UTC.sub("+00:00", value[:_LONGEST].strip())))
    except ValueError:
        return None


def _there(instant: datetime | None, zone: tzinfo | None) -> date | None:
    """The day of an instant in a zone; None where there is no zone, or the time has no offset and so is no instant."""
    if instant is None or zone is None or instant.tzinfo is None:
        return None
    try:
        return instant.astimezone(zone).date()
    except (ValueError, OverflowError):  # before the year 1 or after 9999
        return None


@dataclass(frozen=True, slots=True)
class Days:
    """When a text says at its top that it was published, and when last changed."""

    published: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The days of publication and of the last change, each with where it was read."""

    published: str | None
    published_from: str | None
    """`given`, `meta`, `url` or `text`."""
    modified: str | None
    modified_from: str | None
    """`meta` or `text`."""


def when(
    given: str | None, meta: str | None, url: str | None, lines: Iterable[str], modified: str | None = None
) -> When:
    """The surest day there is: declared by the source, by the page's metadata, by its address, by its first lines.

    A change before the publication is none, and is left out.
    """
    top = days_at_top(lines)
    sources = (("given", day(given)), ("meta", meta), ("url", day_in_address(url)), ("text", top.published))
    place, published = next(((place, told) for place, told in sources if told), (None, None))
    changes = (("meta", modified), ("text", top.modified))
    change_place, change = next(
        ((place, told) for place, told in changes if told and (published is None or told >= published)), (None, None)
    )
    return When(published, place, change, change_place)


def days_at_top(lines: Iterable[str]) -> Days:
    """The days that the first lines of a text tell in so many words: "Published: 3 March 2021", "Updated 4 March 2021".

    A line has to be nothing else, or a date alone, and a day has to be whole, with its year; 03/04/2021 is no day, for
    nobody knows whether it is in March or in April.
    """
    published = modified = None
    for line in islice(filter(None, map(str.strip, lines)), _TOP_LINES):
        if len(line) > _LONGEST_LINE:
            continue
        for piece in _PIECES.split(line):
            found = _SAID.match(piece.strip())
            told = _written(found["day"]) if found else None
            if found is None or told is None:
                continue
            if (found["verb"] or "").lower().startswith(("updated", "last", "modified")):
                modified = modified or told
            else:
                published = published or told
    return Days(published, modified)


def day_in_address(url: str | None) -> str | None:
    """The day that an address has in its path, as in `/2016/08/16/`."""
    found = _IN_PATH.search((url or "")[:_LONGEST_ADDRESS])
    return _date(found["y"], found["m"], found["d"]) if found else None


def _written(words: str) -> str | None:
    """`YYYY-MM-DD` of "3 March 2021", "March 3rd, 2021" or "2021-03-03"."""
    if found := _ISO.match(words):
        return _date(*found.groups())
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if found := pattern.match(words):
            month = next((n for n, name in enumerate(_MONTHS, 1) if found["m"].lower().startswith(name)), 0)
            return _date(found["y"], str(month), found["d"])
    return None


def _date(year: str, month: str, number: str) -> str | None:
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        return None
