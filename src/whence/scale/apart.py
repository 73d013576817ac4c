"""A few articles coded in a process of their own, so that a page that is meant to harm ends alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any

from whence.archive.documents import from_plain
from whence.errors import InputError
from whence.pipeline import Failure, found_pages
from whence.records import Article, Coding, Page
from whence.scale import beginnings, function
from whence.sources import Options


class Apart:
    """Reads and codes as `Coder.read_all` does, but in one child, each document under its caps on time and memory.

    The child begins to load at once, and ends with the context.
    """

    def __init__(
        self, codebook: str | None = None, timezone: str | None = None, published: str | None = None, threads: int = 1
    ) -> None:
        """`published` is the day of articles for which nothing else says it."""
        self._pool = beginnings.pool(
            beginnings.coding, 1, codebook=codebook, timezone=timezone, published=published, threads=threads
        )

    def __enter__(self) -> Apart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def read_all(self, targets: Iterable[str], options: Options | None = None) -> Iterator[Coding | Failure]:
        """A coding or failure for each article of paths, URLs and `-`, each as soon as it is there.

        Raises `WhenceError` before anything is read if the child cannot begin, for want of a model, say.
        """
        self._pool.information()
        for target in targets:
            for page in found_pages(target, options):
                yield page if isinstance(page, Failure) else self.read(page)

    def read(self, page: Page) -> Coding | Failure:
        """The coding or failure of a page. Raises `WhenceError` if the child cannot begin."""
        payload = function.to_bytes(function.page_batch([page]))
        ((_, result),) = self._pool.map([(None, payload)])
        if isinstance(result, InputError):
            return Failure(page.id, page.name, result.kind, result.reason)
        return _item(page.name, *function.from_bytes(result).select(_TAKEN).to_pylist())


_TAKEN = ["id", "error_kind", "error_message", "coding"]


def _item(name: str, row: dict[str, Any]) -> Coding | Failure:
    """The coding or failure of a row; a failure has the name that the page has here, odd letters and all."""
    if row["error_kind"] is None:
        return from_plain(Coding, json.loads(row["coding"]))
    article = from_plain(Article, json.loads(row["coding"])["article"]) if row["coding"] is not None else None
    return Failure(row["id"], name, row["error_kind"], row["error_message"], article)
