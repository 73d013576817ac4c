"""Publication days: what a source declares, or what a page says of itself."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")
_UTC = re.compile(r" ?(?:Z|UTC|GMT)$", re.IGNORECASE)
_APART = re.compile(r" (?=[+-]\d{2}:?\d{2}$)")
"""A space before an offset, which many sites write and ISO 8601 does not allow."""
_LONGEST = 64
"""Characters of an instant; no form of one is as long."""


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
