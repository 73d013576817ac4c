"""Quotations: the stretches of a text that stand in quotation marks.

Marks of every kind are read (straight, curly, low, angle, doubled), nested ones belong to the
outermost. A quotation that a paragraph leaves open goes on in the next one when that begins
with an opening mark, as newspapers set it; otherwise it ends with its paragraph, so that a
lost closing mark never swallows the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from whence.records import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’", '"': '"', "``": "''", "'": "'", "「": "」", "『": "』"}
"""Opening mark to the characters that may close it."""
_MARK = re.compile(r"``|''|[“”„«»‹›‘’\"'「」『』]")
_LINE = re.compile(r"[^\n\r]+")
_SHORTEST = 2
"""A quotation holds at least so many characters."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The insides of one quotation, one span for each paragraph that it runs through."""

    pieces: tuple[Span, ...]

    @property
    def begin(self) -> int:
        """First code point inside the marks."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """End of the last piece, before the closing mark."""
        return self.pieces[-1][1]

    def covers(self, begin: int, end: int) -> bool:
        """Whether a span lies inside one of the pieces."""
        return any(b <= begin and end <= e for b, e in self.pieces)

    def overlap(self, begin: int, end: int) -> int:
        """How many code points of a span the pieces hold."""
        return sum(max(0, min(e, end) - max(b, begin)) for b, e in self.pieces)


def find(text: str) -> list[Quotation]:
    """All outermost quotations of a text, in order."""
    found: list[Quotation] = []
    carried: tuple[str, list[Span]] | None = None
    for line in _LINE.finditer(text):
        begin = line.start()
        if carried and not line.group().strip():
            continue
        if carried:
            mark, pieces = carried
            opening = re.match(r"\s*(``|[“„«‹\"‘'])", line.group())
            if opening is None or opening.group(1) != mark:
                found.append(Quotation(tuple(pieces)))
                carried = None
            else:
                begin += opening.end()
        carried = _scan(text, line.start(), line.end(), begin, carried, found)
    if carried:
        found.append(Quotation(tuple(carried[1])))
    return [q for q in found if q.end - q.begin >= _SHORTEST]


def _scan(
    text: str,
    line_begin: int,
    line_end: int,
    start: int,
    carried: tuple[str, list[Span]] | None,
    found: list[Quotation],
) -> tuple[str, list[Span]] | None:
    """Quotations of one line from `start`; returns the one that the line leaves open, if any.

    `carried` is a quotation that goes on from an earlier paragraph: its opening mark and pieces.
    """
    mark, pieces = carried if carried else ("", [])
    begin = start if carried else -1
    inner: list[str] = []
    for match in _MARK.finditer(text, start, line_end):
        sign, at = match.group(), match.start()
        before = text[at - 1] if at > line_begin else " "
        after = text[match.end()] if match.end() < line_end else " "
        if begin < 0:
            if sign in _PAIRS and _may_open(sign, before, after):
                mark, begin, pieces, inner = sign, match.end(), [], []
        elif inner and sign in _PAIRS[inner[-1]] and _may_close(sign, before, after):
            inner.pop()
        elif sign in _PAIRS[mark] and _may_close(sign, before, after):
            found.append(Quotation((*pieces, (begin, at))))
            begin = -1
        elif sign in _PAIRS and sign != mark and _may_open(sign, before, after):
            inner.append(sign)
    if begin < 0:
        return None
    return mark, [*pieces, (begin, len(text[:line_end].rstrip()))]


def _may_open(sign: str, before: str, after: str) -> bool:
    """Straight and single marks open only before a word and not inside one (apostrophes)."""
    if sign in ('"', "'", "‘", "``"):
        return not before.isalnum() and not after.isspace() and before not in ".,;:!?"
    return sign not in ("”", "’")


def _may_close(sign: str, before: str, after: str) -> bool:
    """Single marks close only after a word and not before a letter (apostrophes)."""
    if sign in ("'", "’"):
        return not before.isspace() and not after.isalnum()
    if sign == '"':
        return not before.isspace() or not after.isalnum()
    return True
