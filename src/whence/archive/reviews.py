"""What users say of events: kept as a layer of its own that no coding overwrites, and found again after every coding.

A review speaks of a text and of the trigger's place in it. When the text is coded anew it belongs to the event that
has the same uid; where there is none, to an event of its type, or of the type that users gave it, whose trigger
overlaps. Where there is none either, or the article has gone, it is orphaned: it stays, and waits.

What is taken back stays too, with who took it back and when.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, get_args

from whence.archive import documents
from whence.archive.review_values import SLOTS, Slot, checked, of_event
from whence.archive.text import storable
from whence.errors import ArchiveError
from whence.records import Coding, Event

Verdict = Literal["confirm", "reject", "correct"]
_LONGEST_NAME = 200
"""Characters of a user's name."""
_LONGEST_NOTE = 2_000
_ROWS = 500
"""Reviews that are taken from another archive at once."""
_COLUMNS = "id, article, event, begin, stop, type, verdict, slot, value, who, at, note, judged, undone_by, undone_at"


@dataclass(frozen=True, slots=True)
class Review:
    """One user's word on one event, or on a slot of it."""

    id: str
    article: str
    """SHA-256 of the article's text."""
    event: str
    """Uid of the event that it belongs to now; orphaned, of the event of which it was said."""
    begin: int
    """Of the trigger as it was when this was said, in code points, as `end`."""
    end: int
    type: str
    """Of the event as it was then."""
    verdict: Verdict
    slot: Slot | None
    """None: the event as a whole, that is all slots that have no word of their own."""
    value: Any
    """Of a correction the slot as it ought to be, as in a coding's JSON; null or [] where nothing ought to be there."""
    who: str
    at: str
    """When it was said: ISO 8601, UTC."""
    note: str | None
    judged: Mapping[str, Any]
    """The slots of which it speaks, as they were then, without ids, confidence and reasons."""
    orphaned: bool
    undone_by: str | None = None
    undone_at: str | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an event is: what reviews and events are told by."""

    uid: str
    begin: int
    end: int
    type: str


class Reviews:
    """The reviews of an archive. Whoever writes holds the transaction."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """`path` is what messages call the archive."""
        self._connection, self._path = connection, path

    # -- saying and taking back ------------------------------------------------------------------

    def add(self, event: str, verdict: str, who: str, slot: str | None, value: Any, note: str | None) -> Review:
        """Keeps a user's word on the event of that uid.

        Raises `ArchiveError`, which says what is allowed, where there is no such event, and for what it may not say.
        """
        said = next((one for one in get_args(Verdict) if one == verdict), None)
        if said is None:
            raise ArchiveError(f"`verdict` is one of {', '.join(get_args(Verdict))}, not {verdict!r:.60}")
        if slot is not None and slot not in SLOTS:
            raise ArchiveError(f"`slot` is one of {', '.join(SLOTS)}, or null for the whole event, not {slot!r:.60}")
        if verdict == "correct" and slot is None:
            raise ArchiveError(f"a correction is of one slot: say which, one of {', '.join(SLOTS)}")
        if verdict != "correct" and value is not None:
            raise ArchiveError(f"`value` goes with a correction; “{verdict}” has none")
        sha256, found, text = self._event(event)
        of: tuple[Slot, ...] = SLOTS if slot is None else (slot,)
        spot = _spot(found)
        kept = None
        if verdict == "correct":
            modes = self._modes() if slot in ("type", "mode") else {}
            kept = checked(of[0], value, text, modes, self._type(sha256, spot))
        made = Review(
            id="",
            article=sha256,
            event=spot.uid,
            begin=spot.begin,
            end=spot.end,
            type=spot.type,
            verdict=said,
            slot=of[0] if slot else None,
            value=kept,
            who=_words(who, "`who` is the name of whoever says so", _LONGEST_NAME),
            at=_now(),
            note=_words(note, "`note`", _LONGEST_NOTE) if note is not None and note.strip() else None,
            judged={name: of_event(found, name) for name in of},
            orphaned=False,
        )
        made = replace(made, id=_id(made))
        self._put([_row(made)])
        return made

    def undo(self, id: str, who: str) -> Review:
        """Takes a review back, which then counts for nothing and stays in the archive; again, it changes nothing.

        Raises `ArchiveError` where there is no such review.
        """
        name = _words(who, "`who` is the name of whoever takes it back", _LONGEST_NAME)
        self._connection.execute(
            "UPDATE reviews SET undone_by = ?, undone_at = ? WHERE id = ? AND undone_by IS NULL",
            (name, _now(), storable(id)),
        )
        article = self._connection.execute("SELECT article FROM reviews WHERE id = ?", (storable(id),)).fetchone()
        if article is None:
            raise ArchiveError(f"{self._path}: there is no review {id!r:.60}; `whence review` lists them")
        return next(review for review in self.of_article(article[0]) if review.id == id)

    def _event(self, uid: str) -> tuple[str, Event, str]:
        """SHA-256 and text of the article of an event, and the event."""
        found = self._connection.execute(
            """SELECT sha256, json FROM events JOIN articles ON articles.id = events.article
               JOIN documents ON documents.article = articles.id WHERE uid = ?""",
            (storable(uid),),
        ).fetchone()
        if found is None:
            raise ArchiveError(f"{self._path}: there is no event {uid!r:.60}; `whence search` prints their uids")
        coding = documents.coding(documents.unpack(found[1]))
        return str(found[0]), next(event for event in coding.events if event.uid == uid), coding.article.text

    def _modes(self) -> dict[str, frozenset[str]]:
        """All types with their modes: those of the codebook, and of a user's own categories those that were coded."""
        from whence import codebook

        modes = {name: {mode.name for mode in kind.modes} for name, kind in codebook.load().categories.items()}
        for type, mode in self._connection.execute("SELECT DISTINCT type, mode FROM events"):
            modes.setdefault(type, set()).update([mode] if mode else [])
        return {name: frozenset(its) for name, its in modes.items()}

    def _type(self, sha256: str, spot: _Spot) -> str:
        """The type of an event as users have corrected it."""
        said = [r for r in self.of_article(sha256) if r.event == spot.uid and r.slot == "type" and r.undone_by is None]
        return str(said[-1].value) if said and said[-1].verdict == "correct" else spot.type

    def _put(self, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.executemany(
            f"INSERT INTO reviews ({_COLUMNS}) VALUES ({', '.join('?' * 15)}) ON CONFLICT (id) DO NOTHING", rows
        )

    # -- finding ---------------------------------------------------------------------------------

    def of_article(self, sha256: str) -> tuple[Review, ...]:
        """All reviews of an article, those taken back among them, in the order in which they were given."""
        return tuple(self._found("WHERE article = ?", (sha256,)))

    def find(
        self, article: str | None, event: str | None, who: str | None, orphaned: bool | None, undone: bool
    ) -> tuple[Review, ...]:
        """The reviews that meet all conditions, in the order in which they were given."""
        conditions, values = ["TRUE"], dict[str, str]()
        if article is not None:
            conditions.append("article = :article")
            values["article"] = storable(article)
        if event is not None:
            conditions.append(
                """article IN (SELECT article FROM reviews WHERE event = :event UNION
                               SELECT sha256 FROM events JOIN articles ON articles.id = article WHERE uid = :event)"""
            )
            values["event"] = storable(event)
        found = self._found(f"WHERE {' AND '.join(conditions)}", values)
        kept = (
            review
            for review in found
            if (event is None or review.event == event)
            and (who is None or review.who == who)
            and (orphaned is None or review.orphaned is orphaned)
            and (undone or review.undone_by is None)
        )
        return tuple(sorted(kept, key=lambda review: (review.at, review.id)))

    def _found(self, where: str, values: Sequence[Any] | Mapping[str, Any]) -> Iterator[Review]:
        """Reviews article by article, those of an article by the time when they were given."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM reviews {where} ORDER BY article, at, id", values)
        for sha256, same in groupby(rows.fetchall(), key=lambda row: row[1]):
            yield from self._attached(sha256, [_review(row) for row in same])

    def _attached(self, sha256: str, reviews: Sequence[Review]) -> Iterator[Review]:
        """The reviews of an article, each with the event that it belongs to now."""
        events = self._connection.execute(
            """SELECT uid, begin, stop, events.type FROM events JOIN articles ON articles.id = article
               WHERE sha256 = ? AND copy_of IS NULL ORDER BY begin, stop, events.id""",
            (sha256,),
        ).fetchall()
        yield from _placed(reviews, [_Spot(*row) for row in events])

    # -- another archive's -----------------------------------------------------------------------

    def take(self, other: sqlite3.Connection) -> int:
        """Takes the reviews of another archive, and what was taken back there; how many were new.

        Doing it again changes nothing.
        """
        before, last = self._count(), ""
        while rows := other.execute(
            f"SELECT {_COLUMNS} FROM reviews WHERE id > ? ORDER BY id LIMIT ?", (last, _ROWS)
        ).fetchall():
            self._put(rows)
            self._connection.executemany(
                """UPDATE reviews SET undone_by = ?1, undone_at = ?2 WHERE id = ?3
                   AND (undone_at IS NULL OR (undone_at, undone_by) > (?2, ?1))""",
                [(by, at, row[0]) for row in rows if (by := row[13]) and (at := row[14])],
            )
            last = rows[-1][0]
        return self._count() - before

    def _count(self) -> int:
        (count,) = self._connection.execute("SELECT count(*) FROM reviews").fetchone()
        return int(count)


def attached(reviews: Sequence[Review], coding: Coding) -> Iterator[Review]:
    """The reviews of an article, each with the event of a coding that it belongs to, or orphaned."""
    return _placed(reviews, [_spot(event) for event in coding.events])


def _placed(reviews: Sequence[Review], events: Sequence[_Spot]) -> Iterator[Review]:
    belongs = _belongs(reviews, events)
    for review in reviews:
        now = belongs.get(_anchor(review))
        yield replace(review, event=now or review.event, orphaned=now is None)


def _belongs(reviews: Iterable[Review], events: Sequence[_Spot]) -> dict[_Spot, str]:
    """For each event of which something was said, the uid of the event among `events` that it is now, if there is one.

    That of the same uid first. The others then choose among the events left, each at most one and no event twice: one
    of the same type, or of a type to which users corrected it, whose trigger shares most characters with its own.
    """
    types: dict[_Spot, set[str]] = {}
    for review in reviews:
        own = types.setdefault(_anchor(review), {review.type})
        if review.slot == "type" and review.verdict == "correct" and review.undone_by is None:
            own.add(review.value)
    uids = {event.uid for event in events}
    belongs = {anchor: anchor.uid for anchor in types if anchor.uid in uids}
    taken = set(belongs.values())
    near = [
        (-shared, event.type != anchor.type, anchor.begin, anchor.end, anchor.uid, n, anchor)
        for anchor, wanted in types.items()
        if anchor not in belongs
        for n, event in enumerate(events)
        if event.type in wanted and (shared := min(anchor.end, event.end) - max(anchor.begin, event.begin)) > 0
    ]
    for *_, n, anchor in sorted(near, key=lambda found: found[:-1]):
        if anchor not in belongs and events[n].uid not in taken:
            belongs[anchor] = events[n].uid
            taken.add(events[n].uid)
    return belongs


def _anchor(review: Review) -> _Spot:
    return _Spot(review.event, review.begin, review.end, review.type)


def _spot(event: Event) -> _Spot:
    return _Spot(event.uid, *event.trigger.at, event.type)


def _words(value: object, what: str, longest: int) -> str:
    """A name or note without white space round it. Raises `ArchiveError` for none and for too long a one."""
    words = value.strip() if isinstance(value, str) else ""
    if not words or len(words) > longest:
        raise ArchiveError(f"{what}: 1 to {longest:,} characters, not {value!r:.60}")
    return storable(words)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _id(review: Review) -> str:
    """The same for the same word of the same user at the same time, so that archives can be merged."""
    return "r" + hashlib.sha256(json.dumps(_row(review)[1:13]).encode()).hexdigest()[:16]


def _row(review: Review) -> tuple[Any, ...]:
    """The values of `_COLUMNS`."""
    value = json.dumps(review.value) if review.verdict == "correct" else None
    return (
        review.id,
        review.article,
        review.event,
        review.begin,
        review.end,
        review.type,
        review.verdict,
        review.slot,
        value,
        review.who,
        review.at,
        review.note,
        json.dumps(review.judged),
        review.undone_by,
        review.undone_at,
    )


def _review(row: Sequence[Any]) -> Review:
    """The review of a row, taken for orphaned until its event is found."""
    names = (
        "id",
        "article",
        "event",
        "begin",
        "end",
        "type",
        "verdict",
        "slot",
        "value",
        "who",
        "at",
        "note",
        "judged",
    )
    told = dict(zip((*names, "undone_by", "undone_at"), row, strict=True))
    told["value"] = None if told["value"] is None else json.loads(told["value"])
    told["judged"] = json.loads(told["judged"])
    return Review(**told, orphaned=True)
