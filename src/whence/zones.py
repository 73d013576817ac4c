"""Time zones by their IANA names, as the system or the package `tzdata` has them."""

from __future__ import annotations

from datetime import tzinfo
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from whence.errors import WhenceError


def zone(name: str) -> tzinfo:
    """The zone of an IANA name such as `Asia/Tehran`. Raises `WhenceError` for a name that is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not there; no name but a path; a folder of zones
        raise WhenceError(f"there is no time zone {name!r}: {_way_out(name)}") from None


def _way_out(name: str) -> str:
    """What to write instead."""
    known = {key.casefold(): key for key in available_timezones()}
    if not known:
        return "this system has no list of them; install the Python package tzdata"
    near = get_close_matches(name.casefold(), known, n=1)
    return f"did you mean {known[near[0]]}?" if near else "write it as the IANA database does, such as Europe/Kyiv"
