"""Datelines: the place, day and agency that newspapers set before a report's first sentence.

"KABUL, March 15 (Reuters) - A convoy …": the dateline is a sentence of its own, or its place
becomes the subject of what follows.
"""

from __future__ import annotations

import re

_REACH = 200
"""Code points of a paragraph in which its dateline must end."""
_PLACE = r"[A-Z\u00c0-\u00de][\w.'’-]{1,24}(?:[ /][A-Z\u00c0-\u00de][\w.'’-]{0,24}){0,3}"
_DAY = (
    r"(?:,? (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?"
    r"(?:,? \d{1,2})?(?:,? (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?)?"
    r"(?: \d{1,2})?(?:,? \d{4})?"
)
_DATELINE = re.compile(
    rf"\s{{0,4}}\(?(?P<place>{_PLACE}(?:, {_PLACE}){{0,2}}){_DAY}(?: \([^()\n]{{2,40}}\))?,?\)?"
    r"(?P<mark>\s{0,2}[—–]\s{0,2}|\s{1,2}--?\s{1,2}|:\s{1,2}|\)\s{1,2})"
    r"(?=[\"“'‘«]?[A-Z0-9\u00c0-\u00de])"
)


def end_of_dateline(text: str, begin: int, end: int) -> int | None:
    """Where the first sentence begins behind the dateline of the paragraph `text[begin:end]`; None if it has none.

    Before a colon, or in brackets, only a place in capitals or with a day counts: "Kofi Annan: …" is a speaker.
    """
    found = _DATELINE.match(text, begin, min(end, begin + _REACH))
    if found is None:
        return None
    place, mark = found["place"], found["mark"].strip()
    if mark in (":", ")") and not place.isupper() and not any(c.isdigit() for c in found.group()):
        return None
    return found.end()
