"""Days as numbers, so that spans of them can be searched."""

from __future__ import annotations

from datetime import date

from whence.errors import ArchiveError

EARLIEST, LATEST = 0, 4_000_000
"""Stand for an open beginning and end; Python's last day, 9999-12-31, is number 3,652,059."""


def number(day: str) -> int:
    """The number of a day, YYYY-MM-DD, counted from 0001-01-01. Raises `ArchiveError` for what is no day."""
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        raise ArchiveError(f"{day!r} is no day; write it as YYYY-MM-DD") from None


def span(start: str | None, end: str | None) -> tuple[int, int] | None:
    """First and last day as numbers, an open end as the farthest day; None where both are open."""
    if start is None and end is None:
        return None
    first = EARLIEST if start is None else number(start)
    last = LATEST if end is None else number(end)
    return first, max(first, last)
