"""Readers of pairs: texts in which one side is marked as the actor, another as the recipient, and the act's type."""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training import examples
from whence.records import Analysis, Span

_TAG = re.compile(r"</?([st])>")
YIELD = frozenset({"CONCEDE", "RETREAT"})
"""PLV does not tell the two apart."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody and somebody else in a text, and what the one does."""

    text: str
    actor: Span
    """Code points into `text`, as `recipient`."""
    recipient: Span
    types: frozenset[str]
    """Types of event, any one of which is right: a sentence may tell of several acts of the same pair."""


def plv(path: Path) -> list[Pair]:
    """The rows of PLV; raises `ValueError` for one whose marks do not fit its text.

    A side that a row does not mark ("a recipient") is taken to stand at its very beginning, as the scorer takes it.
    """
    pairs = []
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            types = YIELD if row["type"] == "YIELD" else frozenset({row["type"]})
            pairs.append(Pair(row["text"], _marked(row, "s", "actor"), _marked(row, "t", "recipient"), types))
    return pairs


def _marked(row: Mapping[str, Any], tag: str, side: str) -> Span:
    """Where the side stands that the first pair of tags marks, in the text without tags."""
    if _TAG.sub("", row["marked"]) != row["text"]:
        raise ValueError(f"the marks do not fit the text: {row['marked']!r}")
    before, opened, rest = row["marked"].partition(f"<{tag}>")
    if not opened:
        return 0, len(row[side])
    begin = len(_TAG.sub("", before))
    return begin, begin + len(_TAG.sub("", rest.partition(f"</{tag}>")[0]))


def annotated(path: Path, analyse: Callable[[str], Analysis]) -> list[Pair]:
    """Pairs of articles in the gold's format, each in the sentence of its trigger, as `analyse` cuts sentences."""
    pairs = []
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            analysis = analyse(row["text"])
            sentences = [(analysis.begin[s.first], analysis.end[s.last]) for s in analysis.sentences]
            pairs += _pairs(row["text"], row["events"], sentences)
    return pairs


def authored(folder: Path = examples.FOLDER) -> list[Pair]:
    """Pairs of the sentences written for training."""
    return [p for row in examples.rows(folder) for p in _pairs(row["text"], row["events"], [(0, len(row["text"]))])]


def _pairs(text: str, events: Sequence[Mapping[str, Any]], sentences: Sequence[Span]) -> list[Pair]:
    """Each pair of mentions once, with the types of all its acts."""
    found: dict[tuple[Span, Span, Span], set[str]] = {}
    starts = [begin for begin, _ in sentences]
    for event in events:
        number = bisect_right(starts, event["trigger"]["at"][0]) - 1
        if number >= 0:
            for actor, recipient in _sides(event, sentences[number]):
                found.setdefault((sentences[number], actor, recipient), set()).add(event["type"])
    return [
        Pair(text[b:e], (actor[0] - b, actor[1] - b), (recipient[0] - b, recipient[1] - b), frozenset(types))
        for ((b, e), actor, recipient), types in found.items()
    ]


def _sides(event: Mapping[str, Any], sentence: Span) -> Iterator[tuple[Span, Span]]:
    """Who acts and on whom, within the sentence; of a mutual act, whose sides are all actors, both ways."""
    actors, recipients = (
        [(m["at"][0], m["at"][1]) for m in event[key] if sentence[0] <= m["at"][0] and m["at"][1] <= sentence[1]]
        for key in ("actors", "recipients")
    )
    for actor in actors:
        for recipient in recipients or actors:
            if max(actor[0], recipient[0]) >= min(actor[1], recipient[1]):
                yield actor, recipient
