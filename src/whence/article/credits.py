"""The news agency that an article is credited to: only where it is a credit, and not where somebody "told Reuters"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

_TOP = 3
"""Lines at the top among which a dateline or a byline may be."""
_BOTTOM = 6
"""Lines at the end in which an agency is thanked."""
_LONGEST = 600
"""Characters of a line's beginning and end that are looked at."""
_DASH = r"\s*(?:--?|–|—|―|:)\s"
_DATELINE = re.compile(
    rf"^[A-Z][^\s()]*(?: (?:[A-Z\d/][^\s()]*|de|la|el|al-[^\s()]*|--?|–|—)){{0,7}} \((?P<who>[^()\n]{{2,60}})\){_DASH}"
)
"""KABUL, March 15 (Reuters) - …"""
_DATELINE_SLASH = re.compile(rf"^[A-Z][^()\n]{{1,60}}, \w{{3,9}}\.? \d{{1,2}} ?/(?P<who>[A-Za-z -]{{2,30}})/{_DASH}")
"""BEIJING, March 15 /Xinhua/ -- …"""
_ALONE = re.compile(r"^\(?(?:by |source: ?|credit: ?|via )?(?:the )?(?P<who>[^()\n]{2,60}?)\)?\.?$", re.IGNORECASE)
"""A line that is nothing but an agency's name."""
_AT_END = re.compile(r"[.!?”\"’']\s*[(\[–—-]+\s*(?P<who>[^()\[\]\n]{2,40}?)\s*[)\]]?\.?$")
"""…, he said. (Reuters)"""
_THANKED = re.compile(
    r"(?:^|[\s(])(?P<who>[^.()\n]{2,80}?) (?:also )?(?:contributed|helped) (?:to|with|reporting)\b[^.\n]{0,60}\.?\)?$"
    r"|\bwith (?:files|reporting|inputs?|additional reporting|agency inputs?) (?:from|by) "
    r"(?P<files>[^.()\n]{2,80}?)[.)]*$"
    r"|^[(\[]?(?:sources?|credit|agency)\s?:\s?(?P<source>[^()\n]{2,80}?)[.)\]]*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:copyright|©)\s?(?:\(c\)\s?)?(?:\d{4}\s?)?(?:by )?(?P<who>[^.\n|]{2,60})", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|/|&|\band\b|;|\|)\s*", re.IGNORECASE)
_OWNED = re.compile(r"['’]s?\b.*$| (?:writers?|correspondents?|journalists?|reporters?|staff|news agency|wire)\b.*$")


def credit(lines: Iterable[str], authors: Iterable[str] = ()) -> str | None:
    """The agency's name, from a dateline, a line of its own, a note at the end, or an author's name; None without one.

    `lines` are all lines of the input, also those that are left out of the article.
    """
    kept = [line.strip() for line in lines if line.strip()]
    for line in kept[:_TOP]:
        for pattern in (_DATELINE, _DATELINE_SLASH, _ALONE):
            if (found := pattern.search(line[:_LONGEST])) and (agency := named(found["who"])):
                return agency
    for author in authors:
        if agency := named(author):
            return agency
    for line in reversed(kept[-_BOTTOM:]):
        for pattern in (_ALONE, _AT_END, _THANKED, _COPYRIGHT):
            if found := pattern.search(line[-_LONGEST:]):
                who = next(filter(None, found.groupdict().values()), "")
                if agency := named(who):
                    return agency
    return None


def named(words: str) -> str | None:
    """The agency that a few words name, alone or beside others; None for any other words."""
    for part in _BETWEEN.split(words.strip()[:100]):
        bare = part.strip(" .()[]")
        for form in (bare, _OWNED.sub("", bare)):
            if found := _agencies().get(form) or _agencies().get(form.removeprefix("the ").removeprefix("The ")):
                return found
    return None


@cache
def _agencies() -> Mapping[str, str]:
    """Each name and short form, as written and in capitals, to the agency's name."""
    text = files("whence.article").joinpath("agencies.txt").read_text(encoding="utf8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            names = [name.strip() for name in line.split("|")]
            for name in names:
                found[name] = names[0]
                if len(name) > 3:
                    found[name.upper()] = names[0]
    return found
