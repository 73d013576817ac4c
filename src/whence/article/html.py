"""HTML to body, title, site and day, through trafilatura and htmldate."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import islice
from typing import Any

from whence.article.authors import authors, declared
from whence.article.blocks import blocks, key
from whence.article.dates import day, day_in_address
from whence.article.decide import Weights, left_out
from whence.article.features import Block
from whence.article.language import is_english
from whence.errors import NotAnArticle, TooLarge
from whence.records import Author, ExcludedLine
from whence.sources import limits
from whence.sources.sniffing import decode

_TAG = re.compile(r"""<[a-zA-Z](?:=\s*+(?:"[^"]*+"|'[^']*+')|[^>])*+""")
"""A tag; the `>` of a quoted value does not end it."""
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_DATE = {"original_date": True, "extensive_search": False}
"""htmldate looks for the first publication in metadata, URL and time elements, and does not guess from the text."""
_HEADLINE_WITHIN = 3
"""Lines at the top of which one may be the headline."""
_PUBLISHED = frozenset(("article:published_time", "article:published", "og:published_time", "datepublished"))
_PUBLISHED_JSON = re.compile(r'"datePublished"\s{0,20}:\s{0,20}"([^"]{8,40})"')
_MODIFIED = frozenset(("article:modified_time", "article:modified", "og:updated_time", "datemodified", "last-modified"))
_MODIFIED_JSON = re.compile(r'"dateModified"\s{0,20}:\s{0,20}"([^"]{8,40})"')
_MOST_TIMES = 50
"""Time elements that are looked at."""
_FEWEST_WORDS = 5
"""Words below which what is left of a page is a menu or a headline, and no article."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of itself."""

    title: str | None
    site: str | None
    url: str | None
    published: str | None
    """The day, in meta elements, JSON-LD, time elements or the address."""
    modified: str | None
    authors: tuple[Author, ...]
    named: tuple[str, ...]
    """Whatever stands where authors do, be it an agency."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a page holds of an article."""

    text: str
    """Paragraphs, separated by blank lines."""
    lines: list[str]
    """All lines that were taken for the article's, those among them that are not."""
    excluded: tuple[ExcludedLine, ...]
    """Lines of those that were taken for the article's which are not; numbered among them."""
    says: Said
    """What the page says of itself."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Lines that an extractor took for the article's, and what the page says of itself."""

    lines: list[str]
    blocks: list[Block | None]
    """For each line what holds it."""
    says: Said


def extract(data: bytes, name: str, url: str | None, zone: tzinfo | None = None) -> Extract:
    """The article of a page; an instant that it gives has the day that it was in `zone`.

    Raises `TooLarge` for a page beyond the caps, `NotAnArticle` where there is none.
    """
    page = decode(data, name, is_html=True)
    _refuse_crowded_tags(page, name)
    found = candidates(page, url, name, zone)
    out = beside(found)
    kept = [line for i, line in enumerate(found.lines) if i not in out]
    return Extract(
        text="\n\n".join(kept),
        excluded=tuple(ExcludedLine(found.lines[i], i + 1, out[i]) for i in sorted(out)),
        lines=found.lines,
        says=found.says,
    )


def beside(found: Candidates, weights: Mapping[str, Mapping[str, Weights]] | None = None) -> dict[int, str]:
    """Numbers (from 0) of the lines of a page that are not its article's, with the reason for each.

    `weights` are those of `decide.left_out`.
    """
    title = found.says.title
    out = left_out(found.lines, title, found.blocks, is_english=is_english("\n".join(found.lines)), weights=weights)
    for i, line in enumerate(found.lines[:_HEADLINE_WITHIN]):
        if title and line == title.strip():
            out[i] = "headline: it stands as the title"
    return out


def candidates(page: str, url: str | None, name: str = "", zone: tzinfo | None = None) -> Candidates:
    """The lines of a page that may be its article. Raises `TooLarge` or `NotAnArticle`."""
    import trafilatura  # slow to import, and wanted only for HTML

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(page)
    if tree is None:  # it wants a whole document, and rows of JSON often have a piece of one
        tree = trafilatura.load_html(f"<html><body>{page}</body></html>")
    if tree is None:
        raise NotAnArticle("nothing in it can be read as HTML", name)
    _refuse_large(tree, name)
    held, named = blocks(tree), tuple(declared(tree))
    published = _declared_day(tree, _PUBLISHED, _PUBLISHED_JSON, zone)
    modified = _declared_day(tree, _MODIFIED, _MODIFIED_JSON, zone)
    times = [time.get("datetime") or "" for time in islice(tree.iterfind(".//time[@datetime]"), _MOST_TIMES)]
    document = trafilatura.bare_extraction(
        tree,
        url=url,
        fast=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_DATE,
    )
    if document is None or isinstance(document, dict):
        raise NotAnArticle("no article's text was found in the page", name)
    lines = [line.strip() for line in (document.text or "").split("\n") if line.strip()]
    if sum(len(line.split()) for line in lines) < _FEWEST_WORDS:
        raise NotAnArticle("no article's text was found in the page", name)
    return Candidates(
        lines=lines,
        blocks=[held.get(key(line)) for line in lines],
        says=Said(
            title=document.title or None,
            site=document.sitename or None,
            url=document.url or None,
            published=published or _there(_stated(document.date or None, page, url), times, zone),
            modified=modified,
            authors=authors((), tree, lines, document.sitename),
            named=named,
        ),
    )


def _stated(told: str | None, page: str, url: str | None) -> str | None:
    """A day that the page itself states; htmldate also takes one from the address, which counts for less."""
    return None if told and told == day_in_address(url) and told not in page else told


def _there(told: str | None, times: Sequence[str], zone: tzinfo | None) -> str | None:
    """A day, or if a time element gives the instant that it was read from, the day that this was in a zone."""
    return next((day(time, zone) for time in times if told and day(time) == told), told)


def _declared_day(tree: Any, names: frozenset[str], key: re.Pattern[str], zone: tzinfo | None) -> str | None:
    """The day that a meta element of one of some names declares, or a key of JSON-LD."""
    for meta in tree.iterfind(".//meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in names and (found := day(meta.get("content"), zone)):
            return found
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        if (said := key.search(script.text or "")) and (found := day(said[1], zone)):
            return found
    return None


def _refuse_crowded_tags(page: str, name: str) -> None:
    """Raises `TooLarge` for a tag with too many attributes, of which the parser's time is the square."""
    for tag in _TAG.finditer(page):
        if (
            len(tag[0]) > 2 * limits.TAG_ATTRIBUTES
            and len(_VALUE.sub(" ", tag[0]).replace("/", " ").split()) > limits.TAG_ATTRIBUTES
        ):
            raise TooLarge(f"a tag has more than {limits.TAG_ATTRIBUTES:,} attributes", name)


def _refuse_large(tree: Any, name: str) -> None:
    """Raises `TooLarge` for a page with too many elements, or too many inside each other."""
    from lxml.etree import iterwalk

    depth = elements = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > limits.HTML_DEPTH:
            raise TooLarge(f"its elements are nested more than {limits.HTML_DEPTH:,} deep", name)
        if elements > limits.HTML_ELEMENTS:
            raise TooLarge(f"it has more than {limits.HTML_ELEMENTS:,} elements", name)
