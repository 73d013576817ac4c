"""Page -> Article: the article's own words, when they were published, and what was left out."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from whence.article.dates import day
from whence.article.html import extract
from whence.article.language import is_english
from whence.article.lines import body
from whence.errors import EmptyInput, NotEnglish
from whence.records import Article, ExcludedLine, Page
from whence.sources.sniffing import decode, without_surrogates

__all__ = ["day", "from_page", "from_text", "require_english"]

_OTHER = "und"
"""ISO 639 for a language that is not determined."""


def from_page(page: Page) -> Article:
    """The article of a page. What the source declares (title, date, URL) wins over what the page says.

    Raises `NotAnArticle`, `EmptyInput`, `TooLarge` or `UnreadableInput`.
    """
    try:
        if page.media_type != "text/html":
            return from_text(
                decode(page.data, page.name), id=page.id, title=page.title, published=page.published, url=page.url
            )
        found = extract(page.data, page.name, page.url)
        return _article(
            found.text,
            id=page.id,
            url=page.url or found.url,
            title=page.title or found.title,
            given=page.published,
            in_page=found.published,
            site=found.site,
            excluded=found.excluded,
        )
    except EmptyInput as error:
        error.name, error.id = page.name, page.id
        raise


def from_text(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Article:
    """The article of a plain text. Kept lines stay verbatim, lone surrogates aside. Raises `EmptyInput`."""
    found = body(without_surrogates(text), title)
    return _article(found.text, id=id, url=url or found.url, title=title, given=published, excluded=found.excluded)


def _article(
    text: str,
    *,
    id: str | None,
    url: str | None,
    title: str | None,
    given: str | None,
    in_page: str | None = None,
    site: str | None = None,
    excluded: tuple[ExcludedLine, ...] = (),
) -> Article:
    if not text.strip():
        raise EmptyInput("no text is left in it", "", id)
    digest = hashlib.sha256(text.encode("utf8")).hexdigest()
    declared = day(given)
    return Article(
        id=id if id is not None else digest[:16],
        url=url,
        title=title,
        published=declared or in_page,
        published_from="given" if declared else "page" if in_page else None,
        site=site or _host(url),
        language="en" if is_english(text) else _OTHER,
        text=text,
        sha256=digest,
        excluded=excluded,
    )


def require_english(article: Article, name: str = "") -> Article:
    """The article itself. Raises `NotEnglish` for one in a language that whence does not code."""
    if article.language != "en":
        raise NotEnglish("its text is not English", name, article.id)
    return article


def _host(url: str | None) -> str | None:
    """The host of an address without its `www.`."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
