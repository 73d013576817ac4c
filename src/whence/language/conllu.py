"""CoNLL-U, the exchange format of Universal Dependencies: words in, analyses out.

Ten columns separated by tabs, a word a line, a blank line behind each sentence
(https://universaldependencies.org/format.html).
"""

from __future__ import annotations

import re

from whence.errors import UnreadableInput
from whence.records import Analysis, Sentence

_WORD = re.compile(r"[0-9]+")
_SKIPPED = re.compile(r"[0-9]+[-.][0-9]+")  # multiword tokens and empty nodes
_BREAKS = re.compile(r"[\t\r\n]")


def read_words(text: str) -> list[list[str]]:
    """The words of each sentence of a CoNLL-U text; all but the first two columns is passed over.

    Comments, multiword tokens (`1-2`) and empty nodes (`1.1`) are skipped. Raises
    `UnreadableInput`, with the number of the line, where a line has no number and form.
    """
    sentences: list[list[str]] = []
    words: list[str] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        row = line.removesuffix("\r")
        if not row.strip(" \t"):
            if words:
                sentences.append(words)
            words = []
        elif not row.startswith("#"):
            columns = row.split("\t", 2)
            if _WORD.fullmatch(columns[0]) and len(columns) > 1 and columns[1]:
                words.append(columns[1])
            elif not (_SKIPPED.fullmatch(columns[0]) and len(columns) > 1):
                raise UnreadableInput(
                    f"line {number} is not CoNLL-U: expected a number, a tab and a word, found {row[:40]!r}"
                )
    if words:
        sentences.append(words)
    return sentences


def write(analysis: Analysis) -> str:
    """An analysis as CoNLL-U, with names (`NER=B-PER`) and `SpaceAfter=No` in the last column."""
    tags = {
        i: ("B-" if i == name.first else "I-") + name.kind
        for name in analysis.names
        for i in range(name.first, name.last + 1)
    }
    lines: list[str] = []
    paragraph = -1
    for number, sentence in enumerate(analysis.sentences, 1):
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            lines.append("# newpar")
        text = analysis.text[analysis.begin[sentence.first] : analysis.end[sentence.last]]
        lines.append(f"# sent_id = {number}")
        lines.append(f"# text = {_plain(text)}")
        lines += _rows(analysis, sentence, tags)
        lines.append("")
    return "".join(line + "\n" for line in lines)


def _rows(analysis: Analysis, sentence: Sentence, tags: dict[int, str]) -> list[str]:
    """The lines of one sentence's words."""
    rows = []
    for i in range(sentence.first, sentence.last + 1):
        head = 0 if analysis.head[i] == i else analysis.head[i] - sentence.first + 1
        misc = [f"NER={tags[i]}"] if i in tags else []
        if analysis.begin[i + 1 : i + 2] == (analysis.end[i],):
            misc.append("SpaceAfter=No")
        columns = (
            str(i - sentence.first + 1),
            _plain(analysis.form[i]),
            _plain(analysis.lemma[i]),
            analysis.upos[i],
            analysis.xpos[i],
            analysis.feats[i],
            str(head),
            analysis.deprel[i],
            "_",
            "|".join(misc) or "_",
        )
        rows.append("\t".join(columns))
    return rows


def _plain(text: str) -> str:
    """A column's text: what would break the line is a space, and nothing is `_`."""
    return _BREAKS.sub(" ", text) or "_"
