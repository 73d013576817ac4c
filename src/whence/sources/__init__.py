"""Sources: where pages come from. One function, `pages`, whatever the user named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from whence.errors import EmptyInput, InputError
from whence.records import Page
from whence.sources.files import bytes_pages, path_pages, stdin_pages
from whence.sources.web import fetch

__all__ = ["bytes_pages", "fetch", "is_url", "pages"]


def is_url(target: str) -> bool:
    """Whether the user named an address rather than a path."""
    return target.partition("://")[0].lower() in ("http", "https") and "://" in target


def pages(target: str) -> Iterator[Page | InputError]:
    """The pages of a path, a URL, or `-` (standard input), in their order.

    An input that cannot be read is yielded as the error that says why; the next ones go on. There is
    always one page or error at least.
    """
    is_bare = True
    for page in _pages(target):
        is_bare = False
        yield page
    if is_bare:
        yield EmptyInput("there is no article in it", target)


def _pages(target: str) -> Iterator[Page | InputError]:
    if target == "-":
        yield from stdin_pages()
    elif is_url(target):
        try:
            yield fetch(target)
        except InputError as error:
            yield error
    else:
        yield from path_pages(Path(target))
