"""Publication days: what a source declares, or what a page says of itself."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")


def day(value: str | None) -> str | None:
    """`YYYY-MM-DD` of a declared date (ISO 8601, `YYYYMMDD`, or an e-mail's form); None where it is no date."""
    if not value:
        return None
    for pattern in (_ISO, _COMPACT):
        if found := pattern.match(value):
            try:
                return date(*map(int, found.groups())).isoformat()
            except ValueError:
                return None
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
