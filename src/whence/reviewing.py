"""What users' reviews are good for: gold to measure by, examples for a codebook, and lines to read.

    reject   actors   ama  2026-03-01  ASSAULT “shelled”  86fd857c2ea826d8  r0f8f6a1c6f7c1a52
             was: “army” [GHA MIL]; note: the rebels did

Text of articles and what users wrote are data: in lines control characters are taken out, nothing is read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.text import Text

from whence.archive.review_values import SLOTS, of_event
from whence.archive.reviewed import Words, standing, value_of
from whence.archive.reviews import Review
from whence.cells import record
from whence.records import Coding, Event, Span, to_plain
from whence.table import plain

if TYPE_CHECKING:
    from whence.archive import Archive

COLUMNS = (
    "id", "article", "event", "type", "begin", "end", "verdict", "slot", "value", "judged", "who", "at", "note",
    "orphaned", "undone_by", "undone_at",
)  # fmt: skip
"""The columns of the CSV, in order; `value` and `judged` are JSON."""
_WIDTH = 2_000
"""Code points on each side of a trigger in which its sentence is looked for; longer ones are cut there."""
_VERDICTS = {"confirm": "green", "reject": "red", "correct": "cyan"}


def sentence(text: str, at: Span) -> Span:
    """Begin and end of the sentence that holds a stretch of a text, by line breaks, stops and capitals alone.

    Abbreviations do not end one. It is within `_WIDTH` code points of the stretch.
    """
    from whence.language.sentences import OPEN, of_text
    from whence.language.words import split

    low, high = max(0, at[0] - _WIDTH), min(len(text), at[1] + _WIDTH)
    words = split(text[low:high])
    forms = [text[low + b : low + e] for b, e in zip(words.begin, words.end, strict=True)]
    starts = [low + words.begin[n] for n in (of_text(forms, words.paragraphs)[1] != OPEN).nonzero()[0]]
    begin = max((start for start in starts if start <= at[0]), default=low)
    after = min((start for start in starts if start >= at[1]), default=high)
    return begin, begin + len(text[begin:after].rstrip())


# -- gold ----------------------------------------------------------------------------------------


def gold(archive: Archive, partly: bool = False) -> Iterator[dict[str, Any]]:
    """The reviewed articles with the events that users left standing, as gold that `whence evaluate` reads.

    Of an event there are trigger and type, and those of the other slots on which somebody had a word that says what is
    right; what nobody judged, and what was only called wrong, has no key, so that it is not counted. Only articles of
    which every event has been reviewed, unless `partly`: then the others come with their reviewed events alone. Events
    that whence did not find are in neither.
    """
    for coding, words in _reviewed(archive):
        if partly or all(event.uid in words for event in coding.events):
            events = [_gold(event, words[event.uid]) for event in coding.events if _stands(event, words)]
            yield {"article": to_plain(coding.article), "events": events}


def _reviewed(archive: Archive) -> Iterator[tuple[Coding, dict[str, Words]]]:
    """The codings of which something is said that stands, with the words on their events by uid."""
    said = sorted(archive.reviews(orphaned=False), key=lambda review: review.article)  # stable: in order of their times
    for sha256, same in groupby(said, key=lambda review: review.article):
        coding = archive.coding(sha256)
        if coding is not None:
            yield coding, standing(same)


def _stands(event: Event, words: Mapping[str, Words]) -> bool:
    return event.uid in words and not words[event.uid].rejects(event)


def _gold(event: Event, words: Words) -> dict[str, Any]:
    found: dict[str, Any] = {"id": event.id, "uid": event.uid}
    for slot in SLOTS:
        word = words.on(slot)
        if slot in ("trigger", "type") or (word is not None and word.verdict != "reject"):
            found[slot] = value_of(event, slot, word)
    return found


# -- examples ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that shows what is of a type, or with no trigger what is not, as in a codebook's `examples`."""

    type: str
    text: str
    trigger: str | None
    mode: str | None = None
    status: str | None = None


def examples(archive: Archive) -> Iterator[Shown]:
    """The reviewed events as examples for a codebook, by type: sentences that show it, and near misses.

    A confirmed event, and one whose type was confirmed or corrected, shows its type; one that was rejected, or had
    another type, is a near miss, unless its sentence has an event of that type besides.
    """
    found = {shown: None for coding, words in _reviewed(archive) for shown in _examples(coding, words)}
    yield from sorted(found, key=lambda shown: (shown.type, shown.trigger is None))


def _examples(coding: Coding, words: Mapping[str, Words]) -> Iterator[Shown]:
    text = coding.article.text
    kinds = {e.uid: _type(e, words.get(e.uid)) for e in coding.events}
    for event in coding.events:
        if event.uid not in words:
            continue
        word, kind = words[event.uid].on("type"), kinds[event.uid]
        begin, end = sentence(text, event.trigger.at)
        if word is not None and word.verdict != "reject" and kind is not None:
            yield _positive(event, words[event.uid], kind, text)
        inside = (e for e in coding.events if begin <= e.trigger.at[0] < end)
        if kind != event.type and all(kinds[e.uid] != event.type for e in inside):
            yield Shown(event.type, text[begin:end], None)


def _type(event: Event, words: Words | None) -> str | None:
    """The type of an event by what users say; None where it is none."""
    if words is None:
        return event.type
    return None if words.rejects(event) else str(value_of(event, "type", words.on("type")))


def _positive(event: Event, words: Words, kind: str, text: str) -> Shown:
    begin, end = value_of(event, "trigger", words.on("trigger"))["at"]
    mode, status = (
        value_of(event, slot, word) if (word := words.on(slot)) is not None and word.verdict != "reject" else None
        for slot in ("mode", "status")
    )
    return Shown(kind, text[slice(*sentence(text, (begin, end)))], text[begin:end], mode, status)


def examples_yaml(found: Iterable[Shown]) -> Iterator[str]:
    """The lines of YAML, a document for each type, whose `examples` can be copied into a codebook's."""
    for n, (type, same) in enumerate(groupby(found, key=lambda shown: shown.type)):
        yield from ["---"] if n else []
        yield f"type: {json.dumps(type)}"
        yield "examples:"
        for shown in same:
            told = {"text": shown.text, "trigger": shown.trigger, "mode": shown.mode, "status": shown.status}
            pairs = (f"{key}: {_quoted(value)}" for key, value in told.items() if value or key == "trigger")
            yield f"  - {{{', '.join(pairs)}}}"


def _quoted(value: str | None) -> str:
    """A scalar in double quotation marks, which JSON and YAML write alike but for what is neither letter nor sign."""
    return "null" if value is None else json.dumps(value, ensure_ascii=not value.isprintable())


# -- lists ---------------------------------------------------------------------------------------


def lines(review: Review) -> list[Text]:
    """One review: what is said, by whom and when, of which event; below, what was judged and the note."""
    line = Text(f"{review.verdict:<8} ", style=_VERDICTS[review.verdict])
    line.append(f"{review.slot or 'event':<12} ", style="bold not dim")
    line.append(f"{plain(review.who)}  {review.at[:10]}  ", style="not bold")
    trigger = review.judged.get("trigger")
    line.append(plain(f"{review.type}" + (f" “{trigger['text']}”" if trigger else "")))
    line.append(f"  {review.event}  {review.id}", style="dim")
    if review.orphaned:
        line.append("  orphaned", style="yellow not dim")
    if review.undone_by is not None:
        line.append(f"  taken back by {plain(review.undone_by)}", style="yellow not dim")
    facts = [] if review.slot is None else [f"was: {told(review.judged[review.slot])}"]
    facts += [f"is: {told(review.value)}"] if review.verdict == "correct" else []
    facts += [f"note: {review.note}"] if review.note else []
    return [line, *([Text("         " + plain("; ".join(facts)))] if facts else [])]


def told(value: Any) -> str:
    """A slot's value for people: the words in quotation marks, with what is known of each."""
    if value is None or value == []:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(told, value))
    if isinstance(value, str):
        return value
    names = ("label", "country", "sector", "what", "low", "high", "start", "end")
    known = " ".join(str(part) for name in names if (part := value.get(name)) is not None)
    return f"“{value['text']}”" + (f" [{known}]" if known else "")


def slot_told(event: Event, slot: str) -> str:
    """A slot of an event for people."""
    return plain(told(of_event(event, slot)))


def csv_records(reviews: Iterable[Review]) -> Iterator[str]:
    """The records of the CSV with their line ends, the header first."""
    yield record(COLUMNS)
    for review in reviews:
        row = to_plain(review)
        value = json.dumps(review.value, ensure_ascii=False) if review.verdict == "correct" else None
        row |= {"value": value, "judged": json.dumps(review.judged, ensure_ascii=False)}
        yield record(row[name] for name in COLUMNS)
