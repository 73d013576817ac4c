"""Exports of Factiva: as it displays an article, or with its two-letter codes for fields; each ends in `Document …`.

Displayed: section, headline, byline, "512 words", day, time, publication, its code, page, language, copyright, text.
With codes: SE section, HD headline, BY byline, WC words, PD day, ET time, SN publication, SC its code, LA language,
CY copyright, LP first paragraphs, TD the others, and after the text what the article is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whence.sources.exported import PAGE_NUMBER, Exported, day, is_day, names

_END = re.compile(r"(?:AN\s{1,20}|AN\|)?Document ([A-Z]{2,}[A-Za-z0-9]{8,60})\|?", re.ASCII)
"""The accession number: the code of the publication, the day, and what tells it from others."""
_WORDS = re.compile(r"\d[\d,.]{0,10} words?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?(?: [A-Z]{2,5})?", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:\(c\)|©|copyright\b|all rights reserved)", re.IGNORECASE)
_BYLINE = re.compile(r"by\s", re.IGNORECASE)
_LANGUAGE = "english"
_CODES = tuple(
    "CLM SE HD CR BY WC PD ET SN SC ED PG VOL LA CY LP TD ART CT RF CO IN NS RE IPC IPD PUB AN".split()  # noqa: SIM905
)
"""In the order in which an article has them."""
_CODE = re.compile(rf"({'|'.join(_CODES)})(?:\||\t|\s{{2,40}}|$)(.*)", re.DOTALL)
_BEFORE_TEXT = 14
"""Lines after the count of words in which language and copyright stand."""
_NAME_WORDS = 5
"""Most words of a byline without a "By"."""
_TITLE_WORDS = 4
"""Fewest words of the headline above such a byline, for else the two lines may be section and headline."""


def fits(lines: Sequence[str]) -> bool:
    """Whether the lines are such an export: an accession number, and above it a count of words or a field's code."""
    return any(_END.fullmatch(line) for line in lines) and any(
        _WORDS.fullmatch(line) or (line.startswith(("HD", "WC")) and _CODE.fullmatch(line)) for line in lines
    )


def articles(lines: Sequence[str]) -> Iterator[Exported]:
    """The articles, in their order. What stands after the last accession number is the search, and none."""
    part: list[str] = []
    is_coded_end = False
    for line in lines:
        if found := _END.fullmatch(line):
            if is_coded_end:
                part.pop()
            yield _article(part, found[1])
            part = []
        elif not PAGE_NUMBER.fullmatch(line):
            part.append(line)
        is_coded_end = line == "AN"


def _article(part: Sequence[str], identity: str) -> Exported:
    if any(line.startswith("HD") and _CODE.fullmatch(line) for line in part):
        return _coded(part, identity)
    return _displayed(part, identity)


def _coded(part: Sequence[str], identity: str) -> Exported:
    fields: dict[str, list[str]] = {}
    code, last = "", -1
    for line in part:
        found = _CODE.fullmatch(line)
        # codes come in one order: a line of the text that begins like an earlier one is text
        if found and _CODES.index(found[1]) > last:
            code, last = found[1], _CODES.index(found[1])
            line = found[2]
        if bare := line.strip(" \t|"):
            fields.setdefault(code, []).append(bare)
    return Exported(
        title=" ".join(fields.get("HD", ())) or None,
        site=" ".join(fields.get("SN", ())) or None,
        published=day(" ".join(fields.get("PD", ()))),
        authors=names(" ".join(fields.get("BY", ()))),
        text=tuple(fields.get("LP", []) + fields.get("TD", [])),
        id=identity,
    )


def _displayed(lines: Sequence[str], identity: str) -> Exported:
    counted = next((i for i, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if counted is None:
        return Exported(lines[0] if lines else None, None, None, (), tuple(lines[1:]), identity)
    title, authors = _head(lines[:counted])
    head = lines[counted + 1 : counted + 1 + _BEFORE_TEXT]
    dated = next((i for i, line in enumerate(head) if is_day(line)), None)
    rest = head[dated + 1 :] if dated is not None else head
    site = next((line for line in rest if not _CLOCK.fullmatch(line)), None)
    marked = next((i for i, line in enumerate(head) if _COPYRIGHT.match(line)), None)
    if marked is None:
        marked = next((i for i, line in enumerate(head) if line.casefold() == _LANGUAGE), dated or 0)
    begin = counted + 2 + marked
    return Exported(
        title, site, day(head[dated]) if dated is not None else None, authors, tuple(lines[begin:]), identity
    )


def _head(lines: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """Headline and authors of the lines above the count of words."""
    if not lines:
        return None, ()
    if len(lines) > 1 and (_BYLINE.match(lines[-1]) or _is_name(lines[-1], lines[-2])):
        return lines[-2], names(lines[-1])
    return lines[-1], ()


def _is_name(line: str, above: str) -> bool:
    words = line.split()
    is_capital = all(word[0].isupper() or word in ("and", "de", "van", "von", "al") for word in words)
    return 2 <= len(words) <= _NAME_WORDS and is_capital and len(above.split()) >= _TITLE_WORDS
