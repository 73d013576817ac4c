"""The archive: one file that holds what was read, says what became of every input, and answers questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations
from typing import TYPE_CHECKING, Any

from whence.archive import documents, joining, ledger
from whence.archive.asking import Asking
from whence.archive.connection import telling
from whence.archive.ledger import Ledger
from whence.archive.merging import Merging, Taken
from whence.archive.reviewed import reviewed
from whence.archive.reviews import Review, Reviews
from whence.archive.text import storable
from whence.archive.writing import Writer
from whence.errors import ArchiveError
from whence.records import Coding, Incident, Outcome, Versions

if TYPE_CHECKING:
    from whence.copies import SqlitePostings


class Archive(Asking):
    """Codings in one SQLite file, with what became of every input.

        with whence.Archive("news.db") as archive:
            archive.add([whence.read("page.html")])
            archive.events(type="ASSAULT", country="SYR").to_pandas()

    Any number of readers may ask while one process writes: they see whole batches, and never wait. A second writer
    waits for the first one's batch. An archive belongs to the thread that opened it; each opens its own.

    Every method raises `ArchiveError` where the file cannot be read or written, naming it, the reason and the way out.
    """

    # -- keeping -------------------------------------------------------------------------------

    def save(self, outcomes: Sequence[Outcome]) -> None:
        """Keeps what became of some inputs, in one transaction that is on the disk when this returns.

        Saving the same again changes nothing. A coding takes the place of an earlier one of the same article. Where
        the same bytes now give another text, and nothing else gave the old one, the old article goes.
        """
        with self.batch():
            writer = Writer(self._connection)
            for outcome in outcomes:
                self._save(writer, outcome)
            self._finish(writer)

    def _finish(self, writer: Writer) -> None:
        """Ends a batch: what nothing speaks of any more goes, and incidents follow their events."""
        writer.finish()
        joining.update(self._connection)

    def _save(self, writer: Writer, outcome: Outcome) -> None:
        fate, article = outcome.fate, None
        if fate == "coded":
            if outcome.coding is None:
                raise ArchiveError(f"{self.path}: the outcome of {outcome.name} is “coded” without a coding")
            put = writer.put(outcome.coding)
            fate, article = "copy" if put.is_copy else "coded", put.article
        elif fate == "copy":
            if outcome.article is None or outcome.copy_of is None:
                raise ArchiveError(f"{self.path}: the outcome of {outcome.name} is “copy” without `article`, `copy_of`")
            article = writer.put_copy(outcome.article, outcome.copy_of).article
        left = ledger.record(self._connection, outcome, fate, article)
        if left is not None:
            writer.supersede(left, article)

    def add(self, codings: Iterable[Coding]) -> int:
        """Keeps codings that came otherwise than by `whence ingest`, in one transaction; how many were new or changed.

        They are no inputs, so the ledger does not count them.
        """
        with self.batch():
            writer = Writer(self._connection)
            changed = sum(writer.put(coding).is_new for coding in codings)
            self._finish(writer)
        return changed

    def combine(self, other: Archive, show: Callable[[int, int], None] | None = None) -> Taken:
        """Takes all that another archive holds, in transactions of some articles; what was new.

        Articles with their codings and versions, near-copies, what became of inputs and what users said; incidents are
        then those of both. What both have stays as it is here, and doing it again changes nothing. Profiles of sites
        are another stage's: `whence.site_profiles.take`. `show` is told how many articles of how many are done.
        Raises `ArchiveError` where both are one file.
        """
        if self.path.resolve() == other.path.resolve():
            raise ArchiveError(f"{self.path}: an archive cannot be taken into itself; name another one")
        return Merging(self._connection, other._connection, other.path).run(self.batch, show)

    def remove(self, article: str) -> tuple[str, ...]:
        """Takes an article out by id or SHA-256, with its near-copies and their inputs; the ids of all that went.

        Its copies have no coding of their own and would stand for nothing. Raises `ArchiveError` if there is no such
        article.
        """
        with self.batch():
            named = self._connection.execute(
                "SELECT id FROM articles WHERE name = ?1 UNION SELECT id FROM articles WHERE sha256 = ?1",
                (storable(article),),
            ).fetchall()
            if not named:
                raise ArchiveError(f"{self.path}: there is no article {article!r}")
            writer = Writer(self._connection)
            names = tuple(name for (row,) in named for name in writer.remove(row))
            self._finish(writer)
        return names

    def merge(self, ids: Sequence[str], who: str) -> Incident:
        """Makes one incident of several, by id, and keeps that `who` says so: no later coding parts them again.

        Raises `ArchiveError` where there is no such incident.
        """
        parts = [self._required(id) for id in ids]
        pairs = [(a.event, b.event) for x, y in combinations(parts, 2) for a in x.tellings for b in y.tellings]
        self._rule(pairs, True, who)
        return self._required(parts[0].tellings[0].event)

    def split(self, id: str, events: Iterable[str], who: str) -> Incident:
        """Takes tellings out of an incident, by the uids of their events, and keeps that `who` says so.

        The incident of those taken out is returned. Raises `ArchiveError` where there is no such incident, where an
        event is none of its tellings, and where none would be left.
        """
        incident, apart = self._required(id), set(events)
        told = {telling.event for telling in incident.tellings}
        if not apart or apart - told or apart == told:
            raise ArchiveError(f"{self.path}: {id} can be parted into some of its tellings and others: {sorted(told)}")
        self._rule([(a, b) for a in sorted(apart) for b in sorted(told - apart)], False, who)
        return self._required(min(apart))

    def _required(self, id: str) -> Incident:
        found = self.incident(id)
        if found is None:
            raise ArchiveError(f"{self.path}: there is no incident {id!r}; `whence incidents` lists them")
        return found

    def _rule(self, pairs: Iterable[tuple[str, str]], is_one: bool, who: str) -> None:
        with self.batch():
            now = datetime.now(UTC).isoformat(timespec="seconds")
            joining.rule(self._connection, pairs, is_one, storable(who), now)
            joining.update(self._connection)

    # -- reviews -------------------------------------------------------------------------------

    def review(
        self, event: str, verdict: str, who: str, slot: str | None = None, value: Any = None, note: str | None = None
    ) -> Review:
        """Keeps a user's word on the event of a uid, or on one of its slots: `confirm`, `reject` or `correct`.

        `slot` is one of `whence.archive.review_values.SLOTS`, None for the whole event; `value`, for `correct`, the
        slot as a coding's JSON has it. No coding changes it, and it belongs to the event in later codings of the
        article too. Raises `ArchiveError`, which says what is allowed, where there is no such event, and for another
        value.
        """
        with self.batch():
            return Reviews(self._connection, self.path).add(event, verdict, who, slot, value, note)

    def undo_review(self, id: str, who: str) -> Review:
        """Takes a review back: it counts for nothing any more, and stays. Raises `ArchiveError` if there is none."""
        with self.batch():
            return Reviews(self._connection, self.path).undo(id, who)

    def reviews(
        self,
        article: str | None = None,
        event: str | None = None,
        who: str | None = None,
        orphaned: bool | None = None,
        undone: bool = False,
    ) -> tuple[Review, ...]:
        """The reviews that meet all conditions, in the order in which they were given.

        `article` is a SHA-256; `event` a uid; `orphaned` are those whose event there is no longer; those that were
        taken back are among them only if `undone`.
        """
        with telling(self.path):
            return Reviews(self._connection, self.path).find(article, event, who, orphaned, undone)

    def uids(self) -> Iterator[tuple[str, str]]:
        """Type and uid of every event, by type and uid: what samples are drawn from. Streams."""
        with telling(self.path):
            yield from self._connection.execute("SELECT DISTINCT type, uid FROM events ORDER BY type, uid")

    def reviewed(self, coding: Coding) -> Coding:
        """A coding with the reviews of its article put in: see `whence.archive.reviewed`."""
        return reviewed(coding, self.reviews(article=coding.article.sha256))

    # -- the ledger ----------------------------------------------------------------------------

    def known(self, digests: Iterable[str], versions: Versions, retry: bool = False) -> set[str]:
        """Those of the digests of inputs that have ended and need no reading again.

        Ended are copies, other languages, what is no article, failures unless `retry`, and what was coded under
        these versions; under any profiles, if `versions.profiles` is null.
        """
        with telling(self.path):
            return ledger.known(self._connection, digests, versions, retry)

    def texts(self, digests: Iterable[str]) -> dict[str, str]:
        """For those of the digests of inputs that gave an article, the SHA-256 of its text.

        An input that is read again may give another text, when the sites' profiles have changed: its former text is
        no other article of which the new one could be a copy.
        """
        with telling(self.path):
            return ledger.texts(self._connection, digests)

    def ledger(self) -> Ledger:
        """How many inputs ended how."""
        with telling(self.path):
            return ledger.read(self._connection)

    def failures(self) -> tuple[Outcome, ...]:
        """The inputs that failed, by name, each with kind and message."""
        with telling(self.path):
            return tuple(ledger.failures(self._connection))

    # -- what other stages keep here -----------------------------------------------------------

    def profiles(self) -> tuple[bytes, str] | None:
        """The sites' profiles that were kept last, and their version."""
        with telling(self.path):
            found = self._connection.execute("SELECT data, version FROM profiles").fetchone()
        return None if found is None else (bytes(found[0]), str(found[1]))

    def set_profiles(self, data: bytes, version: str) -> None:
        """Keeps the sites' profiles in the place of those before."""
        with self.batch():
            self._connection.execute(
                "INSERT INTO profiles VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET version = ?1, data = ?2",
                (version, data),
            )

    def postings(self) -> SqlitePostings:
        """The index of near-copies, in the same file; what it writes inside `batch()` is part of the batch."""
        from whence.copies import SqlitePostings

        return SqlitePostings(self._connection)

    # -- what is older than the program --------------------------------------------------------

    def outdated(self, versions: Versions) -> Iterator[Coding]:
        """The codings that others than these versions made, whatever their profiles, in the order of their rows.

        Streams, and may be saved anew meanwhile.
        """
        last = 0
        while True:
            with telling(self.path):
                found = ledger.outdated(self._connection, versions, last)
            if not found:
                return
            last = found[-1][0]
            for _, packed in found:
                yield documents.coding(documents.unpack(packed))

    def count_outdated(self, versions: Versions) -> int:
        """How many codings others than these versions made."""
        with telling(self.path):
            return ledger.count_outdated(self._connection, versions)

    # -- reading whole -------------------------------------------------------------------------

    def codings(self) -> Iterator[Coding]:
        """All codings, by the SHA-256 of their texts: the same archive gives the same order, however it came about.

        Streams. What is saved meanwhile may or may not be among them.
        """
        with telling(self.path):
            for (packed,) in self._connection.execute(
                "SELECT json FROM articles JOIN documents ON article = id WHERE copy_of IS NULL ORDER BY sha256"
            ):
                yield documents.coding(documents.unpack(packed))

    def document(self, article: str) -> bytes | None:
        """The JSON of an article by id or SHA-256, as `whence read --json` prints it; of a copy its article alone.

        Several articles may share an id or a text: the coded one goes first. None where there is none.
        """
        with telling(self.path):
            found = self._connection.execute(
                """SELECT json FROM (
                       SELECT id, copy_of FROM articles WHERE name = ?1
                       UNION SELECT id, copy_of FROM articles WHERE sha256 = ?1)
                   JOIN documents ON article = id ORDER BY copy_of IS NOT NULL, id LIMIT 1""",
                (storable(article),),
            ).fetchone()
        return None if found is None else documents.unpack(found[0])

    def coding(self, article: str) -> Coding | None:
        """The coding of that article; of a copy one in which nothing was read. None where there is none."""
        document = self.document(article)
        return None if document is None else documents.coding(document)
