"""The language model: texts in, analyses out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from whence.language.datelines import end_of_dateline
from whence.language.encoder import FOLDER, Encoder
from whence.language.meanings import Meanings
from whence.language.reading import Reading
from whence.language.relation import Relation
from whence.language.sentences import INSIDE, START, of_sentences, of_text
from whence.language.windows import pack
from whence.language.words import split
from whence.records import Analysis

_WINDOW = 256
"""Word pieces to pack into a window of running text: enough to show a sentence its neighbours."""
_ALONE = 1
"""The same where sentences are given: each is a window of its own, whatever stands beside it. On the
development parts of EWT and GUM sentences are parsed a little better so."""
_LONGEST_SEEN = 1000
"""Characters of a word that the encoder is shown, far more than the pieces it takes of one."""


class LanguageModel:
    """One loaded encoder; safe to use from several threads, and meant for one process each."""

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """Load the model from `folder`, by default the installed one, to run on `threads` processor threads.

        Raises `ModelError` where its files are missing or do not fit each other.
        """
        self._encoder = Encoder(folder, threads)
        self._folder, self._threads = folder or FOLDER, threads

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with the model's files."""
        return self._encoder.version

    @property
    def seconds(self) -> float:
        """Seconds of the processor that the encoder's graph has taken so far."""
        return self._encoder.seconds

    @cached_property
    def meanings(self) -> Meanings:
        """What words mean by themselves."""
        return Meanings(self._folder / "words.npz", self._encoder.pieces)

    @cached_property
    def relation(self) -> Relation:
        """What tells the type of a marked pair."""
        return Relation(self._folder, self._encoder, self._threads)

    def analyse(self, text: str) -> Analysis:
        """Read a text; a line break of any kind ends a paragraph, and so a sentence."""
        return self._read(_of_text(text), _WINDOW)

    def analyse_many(self, texts: Sequence[str]) -> list[Analysis]:
        """Read several texts, each as it would be read alone."""
        return [self.analyse(text) for text in texts]

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> Analysis:
        """Read given words in given sentences, each sentence by itself.

        The analysis' text is the words joined by spaces and the sentences by line breaks, all
        one paragraph; sentences without words are passed over.
        """
        return self._read(_of_sentences([words for words in sentences if words]), _ALONE)

    def _read(self, reading: Reading, limit: int) -> Analysis:
        encoder = self._encoder
        forms = [form[:_LONGEST_SEEN] for form in reading.forms]
        for window in pack(forms, reading.units, encoder.pieces, limit):
            reading.take(window, encoder.scores(window), encoder)
        return reading.analysis(encoder)


def _of_text(text: str) -> Reading:
    words = split(text)
    forms = [text[b:e] for b, e in zip(words.begin, words.end, strict=True)]
    units, known = of_text(forms, words.paragraphs)
    for first, after in pairwise([*words.paragraphs, len(forms)]):
        behind = end_of_dateline(text, words.begin[first], words.end[after - 1])
        if behind is not None and (start := bisect_left(words.begin, behind)) < after:
            known[start] = START
            known[first + 1 : start] = INSIDE
    return Reading(text, words.begin, words.end, forms, units, known)


def _of_sentences(sentences: Sequence[Sequence[str]]) -> Reading:
    forms = [form for words in sentences for form in words]
    begin, end, at = [], [], 0
    for form in forms:
        begin.append(at)
        end.append(at + len(form))
        at += len(form) + 1
    text = "\n".join(" ".join(words) for words in sentences)
    return Reading(text, begin, end, forms, *of_sentences(sentences))
