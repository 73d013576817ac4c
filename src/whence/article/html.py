"""HTML to body, title, site and day, through trafilatura and htmldate."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from whence.errors import NotAnArticle, TooLarge
from whence.sources.limits import HTML_DEPTH

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_UNCLOSED = frozenset(
    b"area base br col embed hr img input link meta source track wbr "
    b"p li td th tr dt dd option thead tbody tfoot".split()
)
"""Elements that are empty or whose end tag HTML lets one leave out: they do not nest."""
_FEWEST_WORDS = 5
"""Words below which what is left of a page is a menu or a headline, and no article."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a page holds of an article."""

    text: str
    """Paragraphs, separated by blank lines."""
    title: str | None
    site: str | None
    url: str | None
    published: str | None


def extract(data: bytes, name: str, url: str | None) -> Extract:
    """The article of a page. Raises `TooLarge` for a page nested too deeply, `NotAnArticle` where there is none."""
    if _depth(data) > HTML_DEPTH:
        raise TooLarge(f"its elements are nested more than {HTML_DEPTH:,} deep", name)
    import trafilatura  # both are slow to import, and wanted only for HTML

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(data)
    if tree is None:
        raise NotAnArticle("nothing in it can be read as HTML", name)
    published = _published(data, url)
    document = trafilatura.bare_extraction(
        tree, url=url, favor_precision=True, include_comments=False, include_tables=False, with_metadata=True
    )
    if document is None or isinstance(document, dict):
        raise NotAnArticle("no article's text was found in the page", name)
    paragraphs = [line.strip() for line in (document.text or "").split("\n") if line.strip()]
    if paragraphs and document.title and paragraphs[0] == document.title.strip():
        paragraphs = paragraphs[1:]  # the headline, which stands as the title
    if sum(len(p.split()) for p in paragraphs) < _FEWEST_WORDS:
        raise NotAnArticle("no article's text was found in the page", name)
    return Extract(
        "\n\n".join(paragraphs), document.title or None, document.sitename or None, document.url or None, published
    )


def _published(data: bytes, url: str | None) -> str | None:
    """The first publication by htmldate: metadata, URL, time elements; no guess from the text's own dates."""
    from htmldate import find_date
    from htmldate.utils import load_html

    tree = load_html(data)
    if tree is None:
        return None
    try:
        found: str | None = find_date(tree, original_date=True, extensive_search=False, url=url)
    except (ValueError, RecursionError):
        return None
    return found


def _depth(data: bytes) -> int:
    """How deep elements stand inside each other, in one pass over the tags."""
    depth = deepest = 0
    for match in _TAG.finditer(data):
        closing, tag = match.groups()
        if tag.lower() in _UNCLOSED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest
