"""RSS and Atom, through feedparser: the articles that a feed itself holds, or those that its items lead to.

feedparser is given bytes and never an address. It knows many dialects and mends much; a document type, by which
entities are declared, is refused before it sees the feed.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from whence.errors import EmptyInput, InputError, TooLarge, UnreadableInput
from whence.records import Page
from whence.sources import limits
from whence.sources.sniffing import without_surrogates

_TAGS = re.compile(r"<[^<>]*>")
_FEWEST_WORDS = 80
"""Words from which an item's text is its article and no summary. Feeds' own summaries mostly have under 60."""
_CUT = re.compile(r"(?:\[?(?:\.\.\.|…)\]?|\bread more|\bcontinue reading)\W*$", re.IGNORECASE)
"""How a text ends that goes on at the item's address."""
_SHOWN = 100
_LONGEST = 2_000
_HTML = ("text/html", "application/xhtml+xml")


def read(stream: BinaryIO, name: str, *, fetch_items: bool = False) -> Iterator[Page | InputError]:
    """A page for each item, named by its place (`feed.xml[3]`, from 0).

    An item that has no article's text is an error that says so, or with `fetch_items` the page at its address.
    Raises `TooLarge`, `UnreadableInput` for a document type and for what is no feed.
    """
    most = int(limits.FEED_BYTES)
    data = stream.read(most + 1)
    if len(data) > most:
        raise TooLarge(f"a feed of more than {most:,} bytes", name)
    if data.count(b"<") + data.count(b"&lt;") > limits.FEED_TAGS:
        raise TooLarge(f"a feed of more than {limits.FEED_TAGS:,} tags", name)
    _refuse_doctype(data, name)
    entries, site = _parsed(data, name)
    for number, entry in enumerate(entries):
        here = f"{name}[{number}]"
        if number >= limits.FEED_ITEMS:
            yield TooLarge(f"the feed has more than {limits.FEED_ITEMS:,} items; the rest is not read", here)
            return
        yield _page(entry, here, site, fetch_items)


def _refuse_doctype(data: bytes, name: str) -> None:
    """Raises `UnreadableInput` where a document type stands before the first element, and nowhere else it can."""
    head = data.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    while True:
        end = None
        if head.startswith(b"<?"):
            end = head.find(b"?>")
        elif head.startswith(b"<!--"):
            end = head.find(b"-->")
        if end is None:
            break
        head = head[end + 2 :].lstrip(b"> \t\r\n") if end >= 0 else b""
    if head[:9].upper() == b"<!DOCTYPE":
        raise UnreadableInput("the feed has a document type, by which entities are declared, and is refused", name)


def _parsed(data: bytes, name: str) -> tuple[list[Any], str | None]:
    import feedparser  # slow to import, and wanted only for feeds

    try:
        with warnings.catch_warnings(action="ignore"):
            feed = feedparser.parse(io.BytesIO(data))
    except Exception as problem:  # what a broken feed makes feedparser raise is of no one kind
        raise UnreadableInput(f"broken feed ({type(problem).__name__}: {problem})"[:200], name) from None
    if not feed.get("version") and not feed.entries:
        fault = feed.get("bozo_exception")
        told = f"this is no RSS or Atom ({fault})" if fault else "this is no RSS or Atom"
        raise UnreadableInput(told[:200], name)
    return list(feed.entries), _text(feed.feed.get("title"))


def _page(entry: Any, name: str, site: str | None, fetch_items: bool) -> Page | InputError:
    given: dict[str, Any] = {
        "id": _text(entry.get("id")) or _text(entry.get("link")),
        "url": _text(entry.get("link")),
        "title": _text(entry.get("title")),
        # Past feedparser's own lookup, which gives `published`, with a warning, for an `updated` that is not there.
        "published": _text(entry.get("published")) or _text(dict.get(entry, "updated")),
        "site": _text(_inner(entry.get("source"), "title")) or site,
        "authors": _authors(entry),
    }
    body, is_html = _body(entry)
    if _is_article(body):
        data = without_surrogates(body).encode("utf8")
        if len(data) > limits.DOCUMENT_BYTES:
            return TooLarge(f"the item has more than {limits.DOCUMENT_BYTES:,} bytes", name, given["id"])
        return Page(data, name, "text/html" if is_html else "text/plain", **given)
    if given["url"] is None:
        return EmptyInput("the item has no article's text and no address", name, given["id"])
    if not fetch_items:
        return EmptyInput(
            f"the feed holds only a summary of this item; --fetch-items reads it from {given['url'][:_SHOWN]}",
            name,
            given["id"],
        )
    return _fetched(given, name)


def _fetched(given: dict[str, Any], name: str) -> Page | InputError:
    """The page at an item's address, with what the feed says of it."""
    from whence.sources.web import fetch

    try:
        page = fetch(given["url"])
    except InputError as error:
        error.name, error.id = name, given["id"]
        return error
    return replace(page, name=name, **{**given, "url": page.url or given["url"]})


def _body(entry: Any) -> tuple[str, bool]:
    """The longest text that an item holds, and whether it is HTML."""
    held = [one for one in entry.get("content", ()) if isinstance(one, dict)]
    held.append(entry.get("summary_detail") or {})
    bodies = [(str(one.get("value") or ""), one.get("type") in _HTML) for one in held]
    body, is_html = max(bodies, key=lambda one: len(one[0]))
    return body, is_html or bool(_TAGS.search(body))


def _is_article(body: str) -> bool:
    bare = _TAGS.sub(" ", body).strip()
    return len(bare.split()) >= _FEWEST_WORDS and not _CUT.search(bare[-_SHOWN:])


def _authors(entry: Any) -> tuple[str, ...]:
    people = [_text(_inner(one, "name")) for one in entry.get("authors", ())]
    names = [one for one in people if one] or [one for one in [_text(entry.get("author"))] if one]
    return tuple(dict.fromkeys(names))


def _inner(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _text(value: Any) -> str | None:
    """A single line of a feed; None for what is empty, no string, or far too long."""
    if not isinstance(value, str):
        return None
    line = " ".join(without_surrogates(value).split())
    return line if 0 < len(line) <= _LONGEST else None
