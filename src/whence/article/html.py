"""HTML to body, title, site and day, through trafilatura and htmldate."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any

from whence.errors import NotAnArticle, TooLarge
from whence.sources.limits import HTML_DEPTH, HTML_ELEMENTS, TAG_ATTRIBUTES
from whence.sources.sniffing import decode

_TAG = re.compile(r"""<[a-zA-Z](?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>])*+""")
"""A tag; the `>` of a quoted value does not end it."""
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_DATE = {"original_date": True, "extensive_search": False}
"""htmldate looks for the first publication in metadata, URL and time elements, and does not guess from the text."""
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
    """The article of a page. Raises `TooLarge` for a page beyond the caps, `NotAnArticle` where there is none."""
    page = decode(data, name, is_html=True)
    _refuse_crowded_tags(page, name)
    import trafilatura  # slow to import, and wanted only for HTML

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(page)
    if tree is None:  # it wants a whole document, and rows of JSON often have a piece of one
        tree = trafilatura.load_html(f"<html><body>{page}</body></html>")
    if tree is None:
        raise NotAnArticle("nothing in it can be read as HTML", name)
    _refuse_large(tree, name)
    document = trafilatura.bare_extraction(
        tree,
        url=url,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_DATE,
    )
    if document is None or isinstance(document, dict):
        raise NotAnArticle("no article's text was found in the page", name)
    paragraphs = [line.strip() for line in (document.text or "").split("\n") if line.strip()]
    if paragraphs and document.title and paragraphs[0] == document.title.strip():
        paragraphs = paragraphs[1:]  # the headline, which stands as the title
    if sum(len(p.split()) for p in paragraphs) < _FEWEST_WORDS:
        raise NotAnArticle("no article's text was found in the page", name)
    return Extract(
        text="\n\n".join(paragraphs),
        title=document.title or None,
        site=document.sitename or None,
        url=document.url or None,
        published=document.date or None,
    )


def _refuse_crowded_tags(page: str, name: str) -> None:
    """Raises `TooLarge` for a tag with too many attributes, of which the parser's time is the square."""
    for tag in _TAG.finditer(page):
        if len(tag[0]) > 2 * TAG_ATTRIBUTES and len(_VALUE.sub(" ", tag[0]).replace("/", " ").split()) > TAG_ATTRIBUTES:
            raise TooLarge(f"a tag has more than {TAG_ATTRIBUTES:,} attributes", name)


def _refuse_large(tree: Any, name: str) -> None:
    """Raises `TooLarge` for a page with too many elements, or too many inside each other."""
    from lxml.etree import iterwalk

    depth = elements = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > HTML_DEPTH:
            raise TooLarge(f"its elements are nested more than {HTML_DEPTH:,} deep", name)
        if elements > HTML_ELEMENTS:
            raise TooLarge(f"it has more than {HTML_ELEMENTS:,} elements", name)
