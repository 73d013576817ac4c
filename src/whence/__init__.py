"""whence reads the news and says who did what to whom, where and when, and whence we know it.

    coding = whence.read("page.html")
    for event in coding.events:
        print(event.status, event.type, [actor.name for actor in event.actors])

The functions use one `Coder` that is made when first needed.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version as _version
from pathlib import Path

from whence.archive import Archive
from whence.errors import WhenceError
from whence.pipeline import Coder, article
from whence.records import (
    Actor,
    Analysis,
    Article,
    Coding,
    Count,
    Event,
    Mention,
    Page,
    Place,
    Statement,
    Time,
    Versions,
)

__version__ = _version("whence")
__all__ = [
    "Actor",
    "Analysis",
    "Archive",
    "Article",
    "Coder",
    "Coding",
    "Count",
    "Event",
    "Mention",
    "Page",
    "Place",
    "Statement",
    "Time",
    "Versions",
    "WhenceError",
    "__version__",
    "article",
    "code",
    "read",
    "read_text",
]


@cache
def _default() -> Coder:
    return Coder()


def read(source: str | Path | bytes | Page | Article) -> Coding:
    """Codes one input: a path, a URL, bytes, a `Page` or an `Article`; a missing path is an error, never text.

    Raises a `WhenceError` that says why if it cannot be coded.
    """
    return _default().read(source)


def read_text(text: str, title: str | None = None, published: str | None = None) -> Coding:
    """Codes a text; `published` is its day, `YYYY-MM-DD`."""
    return _default().read_text(text, title=title, published=published)


def code(article: Article) -> Coding:
    """Codes an article."""
    return _default().code(article)
