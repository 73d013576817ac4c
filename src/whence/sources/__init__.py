"""Sources: where pages come from. One function, `pages`, whatever the user named."""

from __future__ import annotations

from collections.abc import Iterator

from whence.errors import EmptyInput, InputError
from whence.records import Page
from whence.sources.fields import FIELDS
from whence.sources.files import bytes_pages, file_pages, stdin_pages
from whence.sources.options import Options
from whence.sources.paths import files
from whence.sources.sniffing import kind_of
from whence.sources.web import fetch

__all__ = ["FIELDS", "Options", "bytes_pages", "fetch", "is_url", "pages"]

_HEAD = 4_096
"""Bytes of a fetched page from which its kind is seen."""


def is_url(target: str) -> bool:
    """Whether the user named an address rather than a path."""
    return target.partition("://")[0].lower() in ("http", "https") and "://" in target


def pages(target: str, options: Options | None = None) -> Iterator[Page | InputError]:
    """The pages of a file, a folder, a pattern, a URL, or `-` (standard input), in their order.

    An input that cannot be read is yielded as the error that says why; the next ones go on. There is
    always one page or error at least, for each file too.
    """
    said = options or Options()
    if target == "-":
        yield from _never_bare(stdin_pages(said), target)
    elif is_url(target):
        yield from _never_bare(_fetched(target, said), target)
    else:
        for file in files(target, said):
            if isinstance(file, InputError):
                yield file
            else:
                yield from _never_bare(file_pages(file, said), str(file))


def _never_bare(found: Iterator[Page | InputError], name: str) -> Iterator[Page | InputError]:
    is_bare = True
    for page in found:
        is_bare = False
        yield page
    if is_bare:
        yield EmptyInput("there is no article in it", name)


def _fetched(url: str, options: Options) -> Iterator[Page | InputError]:
    """The page behind an address, or the articles of what it gives where that is no page: a feed, a PDF, a table."""
    try:
        page = fetch(url)
    except InputError as error:
        yield error
        return
    if kind_of(page.data[:_HEAD]) in ("html", "txt"):
        yield page
    else:
        yield from bytes_pages(page.data, url, options)
