"""Readers of articles whose statements are annotated: running text, split into words as at run time.

A paragraph is a `Sentence` here (its sentences are not annotated). Edges of contents lose quotation
marks, commas and full stops, in which the corpora differ and which the program trims anyway.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from training.corpora import Document, Part, Sentence
from whence.coding.drafts import trimmed
from whence.language.words import Words, split

_numbers = count(1)
Spans = list[tuple[int, int]]


def polnear(path: Path) -> list[Document]:
    """PolNeAR: attributions of `source`, `cue`, `content`, lists of spans in code points.

    It marks no attribution inside another's content, where the gold's guide does. In every second document that
    silence teaches nothing; in the others it is taken at its word, so that the corpus' own way is learnt as well.
    """
    documents = []
    for number, row in enumerate(_rows(path)):
        page = _Page(row["text"])
        for sentence in page.document:
            sentence.only_outer = number % 2 == 0
        for found in row["attributions"]:
            page.attribution({kind: [(b, e) for b, e in found[kind]] for kind in ("cue", "source", "content")})
        documents.append(page.document)
    return documents


def annotated(path: Path) -> list[Document]:
    """Articles in the gold's format, of which the statements are read."""
    documents = []
    for row in _rows(path):
        page = _Page(row["text"])
        for found in row["statements"]:
            page.attribution(
                {
                    "cue": _spans([found["cue"]]),
                    "source": _spans([found["source"]]),
                    "content": _spans(found["content"]),
                }
            )
        documents.append(page.document)
    return documents


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        yield from map(json.loads, lines)


def _spans(mentions: Sequence[Mapping[str, Any] | None]) -> Spans:
    return [(m["at"][0], m["at"][1]) for m in mentions if m]


class _Page:
    """One article's words and paragraphs while annotations are laid on them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: Words = split(text)
        edges = [*self.words.paragraphs, len(self.words.begin)]
        self.firsts = edges[:-1]
        self.document: Document = [
            Sentence(
                [text[b:e] for b, e in zip(self.words.begin[i:j], self.words.end[i:j], strict=True)],
                new_paragraph=True,
                whole_paragraph=True,
                spoken=[],
            )
            for i, j in pairwise(edges)
        ]

    def attribution(self, spans: Mapping[str, Spans]) -> None:
        """Adds its parts to the paragraphs they stand in; passed over without a cue or content."""
        if not spans["cue"] or not spans["content"]:
            return
        number = next(_numbers)
        for kind, places in spans.items():
            for span in places:
                self._part(number, kind, trimmed(self.text, span) if kind != "cue" else span)

    def _range(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """First and last word that a span touches."""
        first = bisect_right(self.words.end, span[0])
        last = bisect_left(self.words.begin, span[1]) - 1
        return (first, last) if first <= last else None

    def _part(self, number: int, kind: str, span: tuple[int, int]) -> None:
        words = self._range(span)
        if words is None:
            return
        for paragraph in range(bisect_right(self.firsts, words[0]) - 1, bisect_right(self.firsts, words[1])):
            begin, sentence = self.firsts[paragraph], self.document[paragraph]
            first, last = max(words[0] - begin, 0), min(words[1] - begin, len(sentence.forms) - 1)
            if sentence.spoken is not None:
                sentence.spoken.append(Part(number, kind, first, last))
