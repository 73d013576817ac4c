"""An archive's articles coded again, after a new model, codebook or knowledge: those that need it, and no others.

    archive ──> articles of older versions ──> codings ──> archive

The text is the one that the archive keeps, so no input is read again. Articles keep their ids and events their uids.
What a run leaves in the archive does not depend on how often it was stopped and begun again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from whence.archive import Archive
from whence.archive.documents import from_plain
from whence.errors import InputError
from whence.ingest import Batch, Progress, Show, finished
from whence.records import Coding, Versions
from whence.scale import beginnings, function


@dataclass(frozen=True, slots=True)
class Recoded:
    """What became of an archive's codings."""

    coded: int
    """Made again."""
    changed: int
    """Those of them that say something else than before, beyond the versions."""
    failures: dict[str, int]
    """By kind: those that could not be made again, and stay as they are."""


def recode(
    archive: Archive,
    workers: int = 1,
    codebook: str | None = None,
    *,
    show: Show | None = None,
    complain: Callable[[str], None] | None = None,
) -> Recoded:
    """Codes again what other versions of whence, model, codebook or knowledge coded; what became of it.

    `complain` is told of each failure, a line. A run that was stopped goes on when it is begun again. Raises
    `WhenceError` if no worker can be started, and `ArchiveError`.
    """
    coded = changed = 0
    failures: dict[str, int] = {}
    with beginnings.pool(beginnings.coding, workers, codebook=codebook, timezone=None, published=None) as pool:
        versions = from_plain(Versions, json.loads(pool.information()))
        total, begun = archive.count_outdated(versions), time.monotonic()
        batch = Batch(archive.add)
        try:
            for done, (old, result) in enumerate(pool.map(_requests(archive, versions)), 1):
                new = _coding(old, result)
                if isinstance(new, Coding):
                    coded += 1
                    changed += replace(new, versions=old.versions) != old
                    batch.add([new])
                else:
                    kind, reason = new
                    failures[kind] = failures.get(kind, 0) + 1
                    if complain is not None:
                        complain(f"{old.article.id}: {reason}")
                if show is not None:
                    seconds = time.monotonic() - begun
                    show(Progress("coding", done, total, 0, 0, sum(failures.values()), seconds))
        finally:  # also after Ctrl-C: what is finished is kept
            batch.save()
    return Recoded(coded, changed, failures)


def _requests(archive: Archive, versions: Versions) -> Iterator[tuple[Coding, bytes]]:
    for old in archive.outdated(versions):
        article = function.dump(old.article)
        yield old, function.to_bytes(function.article_batch([(old.article.id, article)]))


def _coding(old: Coding, result: bytes | InputError) -> Coding | tuple[str, str]:
    """The new coding, or kind and reason of its failure. Its text is that of the old one, and so are its profiles."""
    outcome = finished(old.article.id, "", result)
    if outcome.coding is None:
        return outcome.kind or "unknown", outcome.message or ""
    return replace(outcome.coding, versions=replace(outcome.coding.versions, profiles=old.versions.profiles))
