"""Plain text to the article's own lines. Lines are kept verbatim or left out whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whence.article.decide import left_out
from whence.article.language import is_english
from whence.records import ExcludedLine
from whence.sources import limits

_BREAK = re.compile("\r\n|\r|\n")
_URL = re.compile(r"https?://[^\s<>\"]{1,2000}")
_ELLIPSES = ("…", "...")
_SHORTEST_RUN = 2
"""Truncated lines at the end from which they are taken for teasers."""
TEASER = "teaser: run of truncated lines at the end"
ADDRESS = "url line: read as the article's address"


@dataclass(frozen=True, slots=True)
class Body:
    """A text without what is not its own."""

    text: str
    """Kept lines, joined by single line feeds; equal to the input where nothing is left out."""
    url: str | None
    """The address that stood in the first line, if one did."""
    excluded: tuple[ExcludedLine, ...]


def body(text: str, title: str | None = None) -> Body:
    """Sorts out the lines of a plain text.

    A first line that is only a URL is the article's address (scrapes put it there). A run of
    two or more lines at the end that break off with an ellipsis is other stories' teasers. What else is left
    out, `decide.left_out` says.
    """
    lines = _BREAK.split(text)
    excluded = {line.line - 1: line.reason for line in _teasers(lines)} if len(lines) <= limits.SORTED_LINES else {}
    url = None
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is not None and _URL.fullmatch(lines[first].strip()):
        url = lines[first].strip()
        excluded[first] = ADDRESS
    rest = [i for i, line in enumerate(lines) if line.strip() and i not in excluded]
    out = left_out([lines[i] for i in rest], title, is_english=is_english(text))
    excluded |= {rest[n]: why for n, why in out.items()}
    if not excluded:
        return Body("\n".join(lines), None, ())
    kept = [line for i, line in enumerate(lines) if i not in excluded]
    gone = tuple(ExcludedLine(lines[i], i + 1, excluded[i]) for i in sorted(excluded))
    return Body("\n".join(_without_blank_edges(kept)), url, gone)


def _teasers(lines: list[str]) -> list[ExcludedLine]:
    """The run of truncated lines at the end, blank lines between them passed over; empty if it is too short."""
    found: list[ExcludedLine] = []
    for i in range(len(lines) - 1, -1, -1):
        bare = lines[i].strip()
        if not bare:
            continue
        if not bare.endswith(_ELLIPSES):
            break
        found.append(ExcludedLine(lines[i], i + 1, TEASER))
    is_all = len(found) == sum(bool(line.strip()) for line in lines)
    return found[::-1] if len(found) >= _SHORTEST_RUN and not is_all else []


def _without_blank_edges(lines: list[str]) -> list[str]:
    """Blank lines that only set off what was left out go with it."""
    begin, end = 0, len(lines)
    while begin < end and not lines[begin].strip():
        begin += 1
    while end > begin and not lines[end - 1].strip():
        end -= 1
    return lines[begin:end]
