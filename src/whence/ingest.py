"""Many inputs into an archive: in parallel, resumable, each with its fate.

    pages ──> articles ──> profiles of sites, near-copies ──> codings ──> archive

Two passes, for what a line or a text is depends on the others: whether a line repeats over a site, and of which text
one is a copy, has to be known before anything is coded. The first pass reads all pages without the language model;
its articles wait in a file beside the archive. What a run leaves in the archive does not depend on the order of its
inputs, on the number of workers, nor on how often it was stopped and begun again.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from whence import copies, site_profiles, sources
from whence.archive import Archive
from whence.archive.documents import from_plain
from whence.article.profiles import ProfileBuilder
from whence.errors import InputError
from whence.pipeline import Failure, found_pages
from whence.records import Coding, Outcome, Page, Versions
from whence.scale import Pool, beginnings, function
from whence.scale.spool import Entry, Spool, chunks

T = TypeVar("T")
BATCH = 50
"""Outcomes that are saved at once. A kill loses the codings of at most so many; the archive waits for the disk once."""
BATCH_SECONDS = 5.0
"""How long a finished coding waits to be saved, at most, while others are finished."""
CLUSTERED = 10_000
"""Texts among which copies are looked for at once; 70 MB of sketches. A text that is a copy of two clusters joins them
if these began among the same texts."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How inputs are read and coded; what changes a coding is part of the digest of an input."""

    workers: int = 1
    codebook: str | None = None
    timezone: str | None = None
    published: str | None = None
    """Day of the articles that do not say it themselves, `YYYY-MM-DD`."""
    options: sources.Options = field(default_factory=sources.Options)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    step: str
    """`reading` or `coding`; of other runs than these `taking`."""
    done: int
    total: int | None
    """None while it is not known."""
    before: int
    """Those of `done` that were coded in an earlier run."""
    copies: int
    failed: int
    seconds: float
    """Since the step began."""


Show = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Sums:
    """What became of the inputs of a run."""

    inputs: int
    fates: Mapping[str, int]
    failures: Mapping[str, int]
    """By kind; together `fates["failed"]`."""
    kept: int
    """Inputs that had been coded before, and were not coded again; they count as coded."""


def ingest(
    targets: Iterable[str],
    archive: Archive,
    settings: Settings = Settings(),
    *,
    retry: bool = False,
    show: Show | None = None,
    complain: Callable[[str], None] | None = None,
) -> Sums:
    """Reads and codes all inputs of paths, URLs and `-` into an archive; what became of them.

    With `retry` the inputs that failed before are taken again, and with no targets they alone. `complain` is told of
    each failure, a line. What is in the archive already is not coded again, so that a run that was stopped goes on.
    Raises `WhenceError` if no worker can be started, and `ArchiveError`.
    """
    with Spool(archive.path) as spool:
        run = _Run(archive, spool, settings, retry, show or (lambda _: None), complain or (lambda _: None))
        return run.all(list(targets))


class _Run:
    """One run, pass by pass."""

    def __init__(
        self,
        archive: Archive,
        spool: Spool,
        settings: Settings,
        retry: bool,
        show: Show,
        complain: Callable[[str], None],
    ) -> None:
        self._archive, self._spool, self._settings = archive, spool, settings
        self._show, self._complain = show, complain
        self._is_retry = retry
        self._past = {} if retry else {(o.name, o.digest): o for o in archive.failures() if o.digest}
        self._failed = self._kept = self._copies = 0
        self._lines = ProfileBuilder()
        self._profiles = site_profiles.kept(archive)
        self._is_only_retry = False

    def all(self, targets: list[str]) -> Sums:
        """All passes; what became of the inputs."""
        self._is_only_retry = self._is_retry and not targets
        self._read(self._pages(targets))
        self._sort()
        self._join_copies()
        self._save_settled()
        self._code()
        return self._sums()

    # -- first pass: pages to articles ---------------------------------------------------------

    def _pages(self, targets: list[str]) -> Iterator[Page | Failure]:
        options = self._settings.options
        for target in targets:
            yield from found_pages(target, options)
        if self._is_only_retry:
            failed = {outcome.name for outcome in self._archive.failures()}
            for target in sorted({target_of(name) for name in failed}):
                for page in found_pages(target, options):
                    if target in failed or page.name in failed:
                        yield page

    def _read(self, pages: Iterable[Page | Failure]) -> None:
        """Turns all pages into articles, without the language model."""
        begun = time.monotonic()
        with self._pool(beginnings.reading) as pool:
            for done, ((name, digest), result) in enumerate(pool.map(self._requests(pages)), 1):
                self._take(name, digest, result)
                self._show(Progress("reading", done, None, 0, 0, self._failed, time.monotonic() - begun))

    def _requests(self, pages: Iterable[Page | Failure]) -> Iterator[tuple[tuple[str, str], bytes]]:
        """What goes to the workers; what could not be read is entered at once."""
        for page in pages:
            if isinstance(page, Failure):
                self._enter_failure(page.name, "", page.kind, page.message, page.id)
            else:
                batch = function.page_batch([page])
                yield (page.name, digest_of(page, self._settings)), function.to_bytes(batch)

    def _take(self, name: str, digest: str, result: bytes | InputError) -> None:
        """Enters what a worker made of a page."""
        if isinstance(result, InputError):
            self._enter_failure(name, digest, result.kind, result.reason, result.id)
            return
        (row,) = function.from_bytes(result).to_pylist()
        if row["data"] is not None:
            self._lines.add(function.load(row["data"]))
            self._spool.add(name, digest, row["data"])
        else:
            self._enter_failure(name, digest, row["error_kind"], row["error_message"], row["id"])

    def _enter_failure(self, name: str, digest: str, kind: str, message: str, known_as: str | None) -> None:
        fate = function.fate_of(kind)
        if self._spool.fail(name, digest, fate, kind, message, known_as) and fate == "failed":
            self._tell(name, message)

    # -- between: what no article knows alone ---------------------------------------------------

    def _sort(self) -> None:
        """Settles the text of each article, without the lines of its site, and which are in another language.

        What failed and is tried again alone is read by the profiles of the run in which it failed.
        """
        if not self._is_only_retry:
            self._profiles = site_profiles.joined(self._profiles, self._lines.build())
        for entry in self._spool.articles():
            article = self._profiles.apply(function.load(entry.article))
            if article.language != "en":
                self._spool.name(entry.row, article.id)
                self._spool.end(entry.row, "not English", "not English", "its text is not English")
                continue
            self._spool.sort(
                entry.row,
                function.dump(article),
                article.sha256,
                article.published,
                article.id,
                article.url,
                copies.sketch(article.text),
            )

    def _join_copies(self) -> None:
        """Finds the near-copies among the texts of this run and those of the archive, all of it or nothing."""
        with self._archive.batch():
            self._archive.set_profiles(self._profiles.to_bytes(), self._profiles.version)
            postings = self._archive.postings()
            for entries in chunks(self._spool.articles(), CLUSTERED):
                postings.remove(self._former_texts(entries))
            index = copies.Index(postings)
            texts = ((text, day, sketch) for text, day, sketch in self._spool.texts())
            while some := list(islice(texts, CLUSTERED)):
                self._spool.join(index.cluster(some))

    def _former_texts(self, entries: Sequence[Entry]) -> list[str]:
        """The texts that these inputs had and have no more, since the profiles of their sites changed."""
        before = self._archive.texts(entry.digest for entry in entries)
        return sorted(text for text in set(before.values()) if not self._spool.has_text(text))

    # -- second pass: articles to codings --------------------------------------------------------

    def _save_settled(self) -> None:
        """Saves all that needs no coding."""
        for entries in chunks(self._spool.settled(), BATCH):
            self._archive.save([_settled(entry) for entry in entries])
            for entry in entries:
                if entry.copy_of:
                    self._copies += 1
                    self._spool.end(entry.row, "copy")

    def _code(self) -> None:
        """Codes what is open and not yet in the archive, and saves it batch by batch."""
        with self._pool(beginnings.coding, profiles=self._profiles.version) as pool:
            versions = from_plain(Versions, json.loads(pool.information()))
            total, begun = self._spool.count_open(), time.monotonic()
            batch = Batch(self._archive.save)
            try:
                for done, (entry, result) in enumerate(pool.map(self._open(versions)), 1):
                    batch.add(self._outcomes(entry, result))
                    so_far, seconds = done + self._kept, time.monotonic() - begun
                    self._show(Progress("coding", so_far, total, self._kept, self._copies, self._failed, seconds))
            finally:  # also after Ctrl-C: what is finished is kept
                batch.save()

    def _open(self, versions: Versions) -> Iterator[tuple[Entry, bytes]]:
        for entries in chunks(self._spool.open(), BATCH):
            digests = [entry.digest for entry in entries]
            known = self._archive.known(digests, replace(versions, profiles=None))
            texts = self._archive.texts(digests)
            for entry in entries:
                if (past := self._past.get((entry.name, entry.digest))) is not None:
                    self._fail(entry, past)
                elif not (entry.digest in known and texts.get(entry.digest) == entry.text and self._keep(entry)):
                    yield entry, function.to_bytes(function.article_batch([(entry.name, entry.article)]))

    def _fail(self, entry: Entry, past: Outcome) -> None:
        """Leaves a failure as it was."""
        same = self._spool.same(entry.row)
        self._archive.save([replace(past, name=one.name, digest=one.digest) for one in same])
        for one in same:
            self._spool.end(one.row, "failed", past.kind, past.message)
            self._tell(one.name, past.message or "")

    def _keep(self, entry: Entry) -> bool:
        """Leaves a coding as it is, for all inputs of the article; whether it could."""
        same = self._spool.same(entry.row)
        if len(same) > 1:  # some of them may not be entered yet
            found = self._archive.coding(entry.text)
            article = function.load(entry.article)
            if found is None or (found.article.id, found.article.url) != (article.id, article.url):
                return False
            self._archive.save([Outcome(one.name, one.digest, "coded", article.id, coding=found) for one in same])
        for one in same:
            self._spool.end(one.row, "coded")
        self._kept += len(same)
        return True

    def _outcomes(self, entry: Entry, result: bytes | InputError) -> list[Outcome]:
        """What became of an article's inputs."""
        found = replace(finished(entry.name, entry.digest, result), id=function.load(entry.article).id)
        outcomes = []
        for one in self._spool.same(entry.row):
            self._spool.end(one.row, found.fate, found.kind, found.message)
            if found.fate == "failed":
                self._tell(one.name, found.message or "")
            outcomes.append(replace(found, name=one.name, digest=one.digest))
        return outcomes

    # -- common ----------------------------------------------------------------------------------

    def _tell(self, name: str, message: str) -> None:
        self._failed += 1
        self._complain(f"{name}: {message}")

    def _pool(self, start: beginnings.Start, **more: Any) -> Pool:
        settings = self._settings
        return beginnings.pool(
            start,
            settings.workers,
            codebook=settings.codebook,
            timezone=settings.timezone,
            published=settings.published,
            **more,
        )

    def _sums(self) -> Sums:
        fates: dict[str, int] = {}
        failures: dict[str, int] = {}
        for (fate, kind), count in self._spool.sums().items():
            fates[fate] = fates.get(fate, 0) + count
            if fate == "failed":
                failures[kind or "unknown"] = count
        return Sums(self._spool.count(), fates, failures, self._kept)


_TAKEN = ["fate", "error_kind", "error_message", "coding"]


def finished(name: str, digest: str, result: bytes | InputError) -> Outcome:
    """The outcome that a worker's answer is: a row of `function.code_batch`, or why there is none."""
    if isinstance(result, InputError):
        return Outcome(name, digest, "failed", None, result.kind, result.reason)
    (row,) = function.from_bytes(result).select(_TAKEN).to_pylist()
    coding = from_plain(Coding, json.loads(row["coding"])) if row["error_kind"] is None else None
    return Outcome(name, digest, row["fate"], None, row["error_kind"], row["error_message"], coding=coding)


class Batch(Generic[T]):
    """What is finished, on its way into an archive."""

    def __init__(self, save: Callable[[Sequence[T]], object]) -> None:
        self._save = save
        self._items: list[T] = []
        self._since = time.monotonic()

    def add(self, items: Sequence[T]) -> None:
        """Takes some; saves all that it has when they are many or old."""
        self._items += items
        if len(self._items) >= BATCH or time.monotonic() > self._since + BATCH_SECONDS:
            self.save()

    def save(self) -> None:
        """Saves all that it has."""
        items, self._items = self._items, []
        self._since = time.monotonic()
        if items:
            self._save(items)


def _settled(entry: Entry) -> Outcome:
    """The outcome of an input that needs no coding."""
    if entry.copy_of:
        article = function.load(entry.article)
        return Outcome(entry.name, entry.digest, "copy", article.id, article=article, copy_of=entry.copy_of)
    return Outcome(entry.name, entry.digest, entry.fate or "failed", entry.known_as, entry.kind, entry.message)


def digest_of(page: Page, settings: Settings) -> str:
    """SHA-256, in hexadecimal, of a page's bytes, of what its source declares, and of what the user says of it."""
    declared = {f.name: getattr(page, f.name) for f in dataclasses.fields(page) if f.name not in ("data", "name")}
    said = [declared, settings.published, settings.timezone]
    found = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    found.update(b"\n" + page.data)
    return found.hexdigest()


def target_of(name: str) -> str:
    """What to read again for an input of that name: `rows.jsonl` for `rows.jsonl:17`."""
    if not sources.is_url(name) and not Path(name).exists():
        before, _, number = name.rpartition(":")
        if before and number.isdecimal():
            return before
    return name
