"""How the workers of whence begin: what a child loads, and what it does with a payload, an Arrow batch as bytes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from whence.pipeline import Coder
from whence.records import Article, Coding, Page
from whence.scale import function
from whence.scale.child import Work
from whence.scale.pool import Pool
from whence.scale.worker import Start
from whence.sources import limits

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Start", "coding", "pool", "reading"]


def pool(start: Start, workers: int, **arguments: Any) -> Pool:
    """A pool under the limits in force, which its children have too."""
    return Pool(
        start,
        workers,
        seconds=limits.DOCUMENT_SECONDS,
        memory=limits.DOCUMENT_MEMORY,
        arguments={"caps": limits.changed(), **arguments},
    )


def reading(
    caps: Mapping[str, float], codebook: str | None, timezone: str | None, published: str | None
) -> tuple[Work, bytes]:
    """Begins a worker that makes articles of pages, without the language model."""
    limits.override(caps).__enter__()
    reader = _Reader(Coder(codebook, timezone=timezone), published)
    return _work(lambda batch: function.read_batch(batch, reader)), b""


def coding(
    caps: Mapping[str, float],
    codebook: str | None,
    timezone: str | None,
    published: str | None,
    profiles: str | None = None,
    threads: int = 1,
) -> tuple[Work, bytes]:
    """Begins a worker that codes pages or articles; what it says of itself are its `Versions`, as JSON."""
    limits.override(caps).__enter__()
    coder = Coder(codebook, timezone=timezone, threads=threads)
    versions = replace(coder.versions, profiles=profiles)
    reader = _Reader(coder, published, profiles)
    return _work(lambda batch: function.code_batch(batch, reader)), json.dumps(dataclasses.asdict(versions)).encode()


class _Reader:
    """A coder that gives undated articles the day that the user said, and its codings the version of the profiles."""

    def __init__(self, coder: Coder, published: str | None, profiles: str | None = None) -> None:
        self._coder, self._published, self._profiles = coder, published, profiles

    def article(self, page: Page) -> Article:
        """The article of a page. Raises an `InputError`."""
        found = self._coder.article(page)
        if found.published is None and self._published is not None:
            return replace(found, published=self._published, published_from="given")
        return found

    def code(self, article: Article) -> Coding:
        """Codes an article. Raises an `InputError`."""
        found = self._coder.code(article)
        return replace(found, versions=replace(found.versions, profiles=self._profiles))


def _work(turn: Callable[[pa.RecordBatch], pa.RecordBatch]) -> Work:
    return lambda payload: function.to_bytes(turn(function.from_bytes(payload)))
