"""Page -> Article: the article's own words, who published them when, and what was left out."""

from __future__ import annotations

import hashlib
import re
from datetime import tzinfo
from itertools import islice
from urllib.parse import urlsplit

from whence.article.authors import authors as names_of_authors
from whence.article.credits import credit
from whence.article.dates import When, day, when
from whence.article.html import extract
from whence.article.language import is_english
from whence.article.lines import body
from whence.errors import EmptyInput, NotEnglish, TooLarge
from whence.records import Article, Author, ExcludedLine, Page
from whence.sources import limits
from whence.sources.sniffing import decode, without_surrogates

__all__ = ["day", "from_page", "from_text", "require_codable"]

_OTHER = "und"
"""ISO 639 for a language that is not determined."""
_WORD = re.compile(r"\w+|[^\w\s]")
"""A word or a sign."""
_EDGE = 20_000
"""Code points at the beginning and at the end of a text in which its day, authors and credit are looked for."""


def from_page(page: Page, zone: tzinfo | None = None) -> Article:
    """The article of a page. What the source declares (title, date, URL, site, authors) wins over what the page says.

    With a `zone`, an instant of publication or change that the source or the page gives has the day that it was there.

    Raises `NotAnArticle`, `EmptyInput`, `TooLarge` or `UnreadableInput`.
    """
    published = day(page.published, zone)
    try:
        if page.media_type != "text/html":
            return from_text(
                decode(page.data, page.name),
                id=page.id,
                title=page.title,
                published=published,
                url=page.url,
                site=page.site,
                authors=page.authors,
            )
        found = extract(page.data, page.name, page.url, zone)
        says = found.says
        url = page.url or says.url
        return _article(
            found.text,
            found.excluded,
            when(published, says.published, url, found.lines, says.modified),
            id=page.id,
            url=url,
            title=page.title or says.title,
            site=page.site or says.site,
            authors=names_of_authors(page.authors) or says.authors,
            agency=credit(found.lines, (*page.authors, *says.named)),
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
    site: str | None = None,
    authors: tuple[str, ...] = (),
) -> Article:
    """The article of a plain text. Kept lines stay verbatim, lone surrogates aside. Raises `EmptyInput`."""
    clean = without_surrogates(text)
    found = body(clean, title)
    top = clean[:_EDGE].splitlines()
    address = url or found.url
    return _article(
        found.text,
        found.excluded,
        when(published, None, address, top),
        id=id,
        url=address,
        title=title,
        site=site,
        authors=names_of_authors(authors, None, top),
        agency=credit([*top, *clean[_EDGE:][-_EDGE:].splitlines()], authors),
    )


def require_codable(article: Article, name: str = "") -> Article:
    """The article itself. Raises `NotEnglish` for one in another language, `TooLarge` for one with too many words."""
    if article.language != "en":
        raise NotEnglish("its text is not English", name, article.id)
    most = int(limits.DOCUMENT_WORDS)
    if next(islice(_WORD.finditer(article.text), most, None), None) is not None:
        reason = f"it has more than {most:,} words and signs; split it, or raise the cap: --limit document_words=…"
        raise TooLarge(reason, name, article.id)
    return article


def _article(
    text: str,
    excluded: tuple[ExcludedLine, ...],
    days: When,
    *,
    id: str | None,
    url: str | None,
    title: str | None,
    site: str | None,
    authors: tuple[Author, ...],
    agency: str | None,
) -> Article:
    if not text.strip():
        raise EmptyInput("no text is left in it", "", id)
    digest = hashlib.sha256(text.encode("utf8")).hexdigest()
    return Article(
        id=id if id is not None else digest[:16],
        url=url,
        title=title,
        published=days.published,
        published_from=days.published_from,
        site=site or _host(url),
        language="en" if is_english(text) else _OTHER,
        text=text,
        sha256=digest,
        excluded=excluded,
        modified=days.modified,
        modified_from=days.modified_from,
        authors=authors,
        credit=agency,
    )


def _host(url: str | None) -> str | None:
    """The host of an address without its `www.`."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
