"""Pages as they come, and the articles that are made of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as they came, with where they came from.

    `media_type` says how to read them: `text/html` or `text/plain` (UTF-8). The
    metadata are what the source itself declares about the page (a JSON row's `title`,
    say) and win over anything found in the bytes.
    """

    data: bytes
    name: str
    """What messages call this input: a path, a URL, `<stdin>`, `rows.jsonl:17`."""
    media_type: str = "text/html"
    id: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    site: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExcludedLine:
    """A line of the input that is not the article's own, and why."""

    text: str
    line: int
    """Number of the line in the input's text, from 1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an article, as it says itself."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Article:
    """One news article: its own words only, paragraphs separated by line breaks."""

    id: str
    url: str | None
    title: str | None
    published: str | None
    """Publication day, `YYYY-MM-DD`, or null where nothing says it."""
    published_from: str | None
    """Where the day was read: `given`, `page`, or null."""
    site: str | None
    language: str
    """ISO 639-1 code; `und` for any other than English, which is not coded."""
    text: str
    sha256: str
    """Of the UTF-8 text."""
    excluded: tuple[ExcludedLine, ...] = ()
    modified: str | None = None
    """Day of the last change, `YYYY-MM-DD`, or null where nothing says it."""
    modified_from: str | None = None
    """Where that day was read: `meta`, `text`, or null."""
    authors: tuple[Author, ...] = ()
    credit: str | None = None
    """News agency from which the article says that it comes ("(Reuters)", "AFP contributed to this report")."""
