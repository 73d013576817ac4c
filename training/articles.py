"""Readers of articles whose statements are annotated: running text, split into words as at run time.

A paragraph is a `Sentence` here (its sentences are not annotated). Edges of contents lose quotation
marks, commas and full stops, in which the corpora differ and which the program trims anyway.
"""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from training import examples
from training.corpora import Act, Document, Part, Sentence
from whence.coding.drafts import trimmed
from whence.language.lemmas import rule
from whence.language.words import Words, split
from whence.records import Analysis

_numbers = count(1)
Spans = list[tuple[int, int]]
Analyse = Callable[[str], Analysis]


def polnear(path: Path, analyse: Analyse | None = None) -> list[Document]:
    """PolNeAR: attributions of `source`, `cue`, `content`, lists of spans in code points.

    It marks no attribution inside another's content, where the gold's guide does. In every second document that
    silence teaches nothing; in the others it is taken at its word, so that the corpus' own way is learnt as well.
    With `analyse` its words get the trees that an earlier model reads: what is learnt besides shall not change those.
    """
    documents = []
    for number, row in enumerate(_rows(path)):
        page = _Page(row["text"], analyse)
        for sentence in page.document:
            sentence.only_outer = number % 2 == 0
        for found in row["attributions"]:
            page.attribution({kind: [(b, e) for b, e in found[kind]] for kind in ("cue", "source", "content")})
        documents.append(page.document)
    return documents


def annotated(path: Path, analyse: Analyse | None = None) -> list[Document]:
    """Articles in the gold's format: their statements and events; `analyse` as for `polnear`."""
    documents = []
    for row in _rows(path):
        page = _Page(row["text"], analyse)
        for found in row["statements"]:
            page.attribution(
                {
                    "cue": _spans([found["cue"]]),
                    "source": _spans([found["source"]]),
                    "content": _spans(found["content"]),
                }
            )
        page.acts(row["events"])
        documents.append(page.document)
    return documents


def authored(folder: Path = examples.FOLDER) -> list[Document]:
    """The sentences written for training, each a document: their events; of statements nothing is known."""
    documents = []
    for row in examples.rows(folder):
        page = _Page(row["text"])
        page.acts(row["events"])
        for sentence in page.document:
            sentence.spoken = None
        documents.append(page.document)
    return documents


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        yield from map(json.loads, lines)


def _spans(mentions: Sequence[Mapping[str, Any] | None]) -> Spans:
    return [(m["at"][0], m["at"][1]) for m in mentions if m]


class _Page:
    """One article's words and paragraphs while annotations are laid on them."""

    def __init__(self, text: str, analyse: Analyse | None = None) -> None:
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
        if analyse is not None:
            self._add_trees(analyse(text))

    def _add_trees(self, read: Analysis) -> None:
        """Tags, lemmas and trees of the analysis, word by word; a paragraph has a root for each of its sentences."""
        if len(read.form) != len(self.words.begin):
            raise ValueError("the analysis has other words than the text")
        for begin, paragraph in zip(self.firsts, self.document, strict=True):
            own = slice(begin, begin + len(paragraph.forms))
            paragraph.heads = [0 if h == w else h - begin + 1 for w, h in enumerate(read.head[own], begin)]
            for column in ("deprel", "upos", "xpos", "feats"):
                setattr(paragraph, column, list(getattr(read, column)[own]))
            paragraph.base = list(read.lemma[own])
            paragraph.lemma = [rule(*pair) for pair in zip(paragraph.forms, paragraph.base, strict=True)]

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

    def acts(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Adds events to the paragraphs of their triggers, with those of their parts that stand in the same one."""
        for sentence in self.document:
            sentence.acts = []
        for event in events:
            trigger = self._range((event["trigger"]["at"][0], event["trigger"]["at"][1]))
            if trigger is None:
                continue
            paragraph = bisect_right(self.firsts, trigger[0]) - 1
            begin, sentence = self.firsts[paragraph], self.document[paragraph]
            end = begin + len(sentence.forms)
            parts = []
            for role, key in examples.ROLES.items():
                for mention in event[key] or ():
                    words = self._range((mention["at"][0], mention["at"][1])) if mention.get("at") else None
                    if words is not None and begin <= words[0] <= words[1] < end:
                        parts.append((role, words[0] - begin, words[1] - begin))
            if sentence.acts is not None:
                own = (trigger[0] - begin, min(trigger[1], end - 1) - begin)
                sentence.acts.append(Act(own, event["type"], event["mode"], event["status"], tuple(parts)))
