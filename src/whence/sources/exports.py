"""Exports of Nexis and Factiva: many articles in one document, known by their layout.

`nexis.py` and `factiva.py` hold the rules of the two; here is what they share. A document is a list of lines, each a
paragraph or a line of a heading; the readers of HTML, text, DOCX and RTF make it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from whence.errors import EmptyInput, InputError
from whence.records import Page
from whence.sources import factiva, limits, nexis

_LIKELY = re.compile(rb"End of Document|Document\s[A-Z]{2,}[A-Z0-9]{10,}", re.IGNORECASE)
_BLOCKS = frozenset(
    (  # noqa: SIM905
        "address article aside blockquote body br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main "
        "ol p pre section table tbody td th tr ul"
    ).split()
)
"""Elements that begin and end a line."""
_SKIPPED = frozenset({"script", "style", "head", "noscript", "template"})
_WRAPPED = 50
"""Characters of each line but the last from which the lines of a block are one wrapped paragraph."""


def is_likely(data: bytes) -> bool:
    """Whether bytes hold the words that end an article of an export; a look that costs nearly nothing."""
    return _LIKELY.search(data) is not None


def split(lines: Sequence[str], name: str) -> list[Page | InputError]:
    """The articles of an export, named `export.docx[0]` and so on; empty where the lines are none."""
    for layout in (nexis, factiva):
        if layout.fits(lines):
            made: list[Page | InputError] = []
            for found in layout.articles(lines):
                here = f"{name}[{len(made)}]"
                if not found.text:
                    made.append(
                        EmptyInput(f"the article {found.title or ''!r} of this export has no text", here, found.id)
                    )
                    continue
                data = "\n\n".join(" ".join(line.split()) for line in found.text).encode("utf8", "replace")
                made.append(
                    Page(
                        data,
                        here,
                        "text/plain",
                        id=found.id,
                        title=found.title,
                        published=found.published,
                        site=found.site,
                        authors=found.authors,
                    )
                )
            return made
    return []


def text_lines(text: str) -> list[str]:
    """The lines of a plain text that say something; where a block of lines is one wrapped paragraph, it is one line."""
    lines: list[str] = []
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        bare = line.strip()
        if bare:
            block.append(bare)
        elif block:
            lines.extend([" ".join(block)] if _is_wrapped(block) else block)
            block = []
    return lines


def _is_wrapped(block: Sequence[str]) -> bool:
    if len(block) < 2 or any(len(line) < _WRAPPED for line in block[:-1]):
        return False
    return len(block) > 2 or block[1][0].islower()


def html_lines(page: str) -> list[str]:
    """The lines of a page, a block element one. Empty for a page without any text."""
    from lxml import etree, html

    try:
        root = html.fromstring(page.encode("utf8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return []
    pieces: list[str] = []
    skipped = elements = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("start", "end"):
            elements += 1
            if elements > 2 * limits.HTML_ELEMENTS:
                return []
            if element.tag in _BLOCKS:
                pieces.append("\n")
            if element.tag in _SKIPPED:
                skipped += 1 if event == "start" else -1
        words = element.text if event == "start" else element.tail
        if words and not skipped:
            pieces.append(" ".join(f".{words}.".split())[1:-1])
    return [bare for line in "".join(pieces).split("\n") if (bare := " ".join(line.split()))]
