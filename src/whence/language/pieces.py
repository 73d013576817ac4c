"""Word pieces of the uncased BERT vocabulary (Wu et al. 2016; Devlin et al. 2019), longest match first."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

PAD, UNKNOWN, START, END = 0, 100, 101, 102
"""Ids of `[PAD]`, `[UNK]`, `[CLS]` and `[SEP]` in the vocabulary."""
_LONGEST = 100
"""Letters from which a run is unknown, as in the original."""
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
"""Unicode blocks of CJK ideographs, which stand alone."""


class WordPieces:
    """Splits words into ids of the vocabulary's pieces."""

    def __init__(self, vocabulary: Path) -> None:
        lines = vocabulary.read_text(encoding="utf8").split("\n")
        self._ids = {line: number for number, line in enumerate(lines) if line}
        self.pieces = lru_cache(maxsize=200_000)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        """Ids of one word's pieces; never empty (`[UNK]` where nothing is left of it)."""
        if word.isascii() and word.isalnum():  # most words: nothing to clean, one run
            return tuple(self._longest_matches(word.lower()))
        found: list[int] = []
        for run in _runs(_cleaned(word)):
            found += self._longest_matches(run)
        return tuple(found) or (UNKNOWN,)

    def _longest_matches(self, run: str) -> list[int]:
        if len(run) > _LONGEST:
            return [UNKNOWN]
        found, begin = [], 0
        while begin < len(run):
            for end in range(len(run), begin, -1):
                piece = self._ids.get(run[begin:end] if begin == 0 else "##" + run[begin:end])
                if piece is not None:
                    break
            else:
                return [UNKNOWN]
            found.append(piece)
            begin = end
        return found


def _cleaned(word: str) -> str:
    """Lower case, without accents and control characters; white space of every kind is a space."""
    kept = "".join(
        " " if c in "\t\n\r" or unicodedata.category(c) == "Zs" else c
        for c in word
        if c in "\t\n\r" or (c not in "\0\ufffd" and unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))
    )
    return "".join(c for c in unicodedata.normalize("NFD", kept).lower() if unicodedata.category(c) != "Mn")


def _runs(text: str) -> list[str]:
    """Runs of letters; every punctuation mark and every CJK ideograph alone."""
    runs, run = [], ""
    for c in text:
        if c.isspace() or _stands_alone(c):
            if run:
                runs.append(run)
            run = ""
            if not c.isspace():
                runs.append(c)
        else:
            run += c
    return [*runs, run] if run else runs


def _stands_alone(c: str) -> bool:
    code = ord(c)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    if unicodedata.category(c).startswith("P"):
        return True
    return any(first <= code <= last for first, last in _IDEOGRAPHS)
