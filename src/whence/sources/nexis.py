"""Exports of Nexis (Lexis+, Nexis Uni): headline, publication, day, labelled fields, `Body`, text, `Load-Date`, end.

The layout is that of the service's own delivery as one document, with or without its cover page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whence.sources.exported import PAGE_NUMBER, Exported, day, is_day, names

_END = "end of document"
_BODY = "body"
_LOADED = re.compile(r"load-date\s*:", re.IGNORECASE)
_FIELD = re.compile(r"(section|length|byline|dateline|highlight|edition|series|distribution)\s*:\s*(.*)", re.IGNORECASE)
"""What stands between the day and the text, beside the copyright."""
_COPYRIGHT = re.compile(r"(?:copyright\b|©|\(c\) )", re.IGNORECASE)
_BEFORE_BODY = 30
"""Lines after the day in which `Body`, or the last labelled field, is looked for."""
_AFTER_TEXT = frozenset({"classification", "graphic", "notes"})
"""Headings of what follows the text: classification, captions, the editors' notes on the record."""


def fits(lines: Sequence[str]) -> bool:
    """Whether the lines are such an export."""
    is_ended = any(line.casefold() == _END for line in lines)
    return is_ended and any(line.casefold() == _BODY or _LOADED.match(line) for line in lines)


def articles(lines: Sequence[str]) -> Iterator[Exported]:
    """The articles, in their order; what comes after the last end is one too if it has a day and a text."""
    part: list[str] = []
    for line in lines:
        if line.casefold() == _END:
            if part:
                yield _article(part)
            part = []
        else:
            part.append(line)
    if any(line.casefold() == _BODY for line in part) and any(is_day(line) for line in part):
        yield _article(part)


def _article(part: Sequence[str]) -> Exported:
    lines = [line for line in part if not PAGE_NUMBER.fullmatch(line)]
    dated = next((i for i, line in enumerate(lines) if is_day(line)), None)
    if dated is None:
        dated, title, site, published = 0, lines[0] if lines else None, None, None
    else:
        title = lines[dated - 2] if dated > 1 else lines[0] if dated else None
        site = lines[dated - 1] if dated > 1 else None
        published = day(lines[dated])
    begin = _begin(lines, dated + 1)
    fields = _fields(lines[dated + 1 : begin])
    text = [line for line in lines[begin : _end(lines, begin)] if line != title]
    if text and (place := fields.get("dateline")) and not text[0].casefold().startswith(place.casefold()):
        text[0] = f"{place} — {text[0]}"
    return Exported(title, site, published, names(fields.get("byline", "")), tuple(text))


def _begin(lines: Sequence[str], after: int) -> int:
    """Where the text begins: after `Body`, or where that lacks after the last labelled field."""
    head = range(after, min(after + _BEFORE_BODY, len(lines)))
    marked = next((i for i in head if lines[i].casefold() == _BODY), None)
    if marked is not None:
        return marked + 1
    labelled = [i for i in head if _FIELD.match(lines[i]) or _COPYRIGHT.match(lines[i])]
    return labelled[-1] + 1 if labelled else after


def _end(lines: Sequence[str], begin: int) -> int:
    """Where the text ends: before the load date, and before the headings of what else the record holds."""
    end = next((i for i in range(len(lines) - 1, begin - 1, -1) if _LOADED.match(lines[i])), len(lines))
    for i in range(end - 1, begin - 1, -1):
        if lines[i].casefold() in _AFTER_TEXT:
            end = i
    return end


def _fields(lines: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for i, line in enumerate(lines):
        if label := _FIELD.match(line):
            value = label[2] or (lines[i + 1] if i + 1 < len(lines) and not _FIELD.match(lines[i + 1]) else "")
            found.setdefault(label[1].casefold(), value.strip())
    return found
