"""The language model: texts in, analyses out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from whence.language.encoder import Encoder
from whence.language.reading import Reading, read
from whence.language.sentences import of_sentences, of_text
from whence.language.windows import Unit, Window, pack
from whence.language.words import split
from whence.records import Analysis

_ROUND = 20_000
"""Words whose windows are held at once: enough to sort them by length, little enough to bound memory."""
_LONGEST_SEEN = 1000
"""Characters of a word that the encoder is shown, far more than the pieces it takes of one."""


class LanguageModel:
    """One loaded encoder; safe to use from several threads, and meant for one process each."""

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """Load the model from `folder`, by default the installed one, to run on `threads` processor threads.

        Raises `ModelError` where its files are missing or do not fit each other.
        """
        self._encoder = Encoder(folder, threads)

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with the model's files."""
        return self._encoder.version

    def analyse(self, text: str) -> Analysis:
        """Read a text; a line break of any kind ends a paragraph, and so a sentence."""
        return self.analyse_many([text])[0]

    def analyse_many(self, texts: Sequence[str]) -> list[Analysis]:
        """Read several texts, which is faster than one by one: windows of similar length go together."""
        return self._run([_of_text(text) for text in texts])

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> Analysis:
        """Read given words in given sentences.

        The analysis' text is the words joined by spaces and the sentences by line breaks, all
        one paragraph; sentences without words are passed over.
        """
        return self._run([_of_sentences([words for words in sentences if words])])[0]

    def _run(self, readings: list[Reading]) -> list[Analysis]:
        pending: list[tuple[int, Window]] = []
        words = 0
        for number, reading in enumerate(readings):
            forms = [form[:_LONGEST_SEEN] for form in reading.forms]
            for units in _portions(reading.units):
                packed = pack(forms, units, self._encoder.pieces)
                pending += [(number, window) for window in packed]
                words += units[-1].last + 1 - units[0].first
                if words >= _ROUND:
                    read(readings, pending, self._encoder)
                    pending, words = [], 0
        if pending:
            read(readings, pending, self._encoder)
        return [reading.analysis(self._encoder.inventory) for reading in readings]


def _of_text(text: str) -> Reading:
    words = split(text)
    forms = [text[b:e] for b, e in zip(words.begin, words.end, strict=True)]
    return Reading(text, words.begin, words.end, forms, *of_text(forms, words.paragraphs))


def _of_sentences(sentences: Sequence[Sequence[str]]) -> Reading:
    forms = [form for words in sentences for form in words]
    begin, end, at = [], [], 0
    for form in forms:
        begin.append(at)
        end.append(at + len(form))
        at += len(form) + 1
    text = "\n".join(" ".join(words) for words in sentences)
    return Reading(text, begin, end, forms, *of_sentences(sentences))


def _portions(units: Sequence[Unit]) -> list[Sequence[Unit]]:
    """Units in portions of about one round each, at their own boundaries."""
    edges, begun = [0], 0
    for i, unit in enumerate(units):
        if unit.last + 1 - begun >= _ROUND:
            edges.append(i + 1)
            begun = unit.last + 1
    if edges[-1] != len(units):
        edges.append(len(units))
    return [units[first:after] for first, after in pairwise(edges)]
