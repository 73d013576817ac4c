"""Windows: what the encoder reads at once.

`[CLS] pieces … [SEP] pieces … [SEP]`: whole units (sentences, or paragraphs whose sentences are
not known yet) in a row, a `[SEP]` between paragraphs, at most `LIMIT` pieces. Word position 0 of
every window is `[CLS]`, the root of all its sentences. A unit that is longer than a window is
split into stretches, at punctuation where possible; nothing is cut away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.language.pieces import END, START
from whence.language.shape import LOWER, shape

LIMIT = 384
"""Pieces that a window holds at most, `[CLS]` and `[SEP]` included."""
LONGEST_WORD = 48
"""Pieces by which a word is represented at most; it stays one word."""
_STOPS = frozenset('.!?;:,)]”"')

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Unit:
    """Words `first` to `last` (inclusive) of a text, which belong to one window if they fit."""

    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last` (inclusive), as the encoder sees them."""

    first: int
    last: int
    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    words: tuple[int, ...]
    """Piece index of `[CLS]` and of each word's first piece."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded: inputs of the encoder."""

    ids: Ints
    shapes: Ints
    mask: Ints
    words: Ints
    """Padded with 0, the position of `[CLS]`."""


def pack(
    forms: Sequence[str],
    units: Iterable[Unit],
    pieces: Callable[[str], tuple[int, ...]],
    limit: int | Callable[[], int] = LIMIT,
    separate: Callable[[], bool] = lambda: True,
) -> list[Window]:
    """Consecutive units packed into windows in their order.

    `limit` may be drawn anew for each window (training does); `separate` tells at each
    paragraph boundary whether a `[SEP]` marks it.
    """
    draw = limit if callable(limit) else lambda: limit
    windows: list[Window] = []
    builder = _Builder(forms, pieces, draw())
    for unit in units:
        for first, last in _stretches(forms, unit, pieces):
            if not builder.add(first, last, unit.paragraph, separate):
                windows.append(builder.window())
                builder = _Builder(forms, pieces, draw())
                builder.add(first, last, unit.paragraph, separate)
    if builder.filled:
        windows.append(builder.window())
    return windows


class _Builder:
    """One window while it grows."""

    def __init__(self, forms: Sequence[str], pieces: Callable[[str], tuple[int, ...]], limit: int) -> None:
        self._forms, self._pieces, self._limit = forms, pieces, limit
        self._ids, self._shapes, self._words = [START], [LOWER], [0]
        self._first = self._last = self._paragraph = -1

    @property
    def filled(self) -> bool:
        return self._first >= 0

    def add(self, first: int, last: int, paragraph: int, separate: Callable[[], bool]) -> bool:
        """Appends words unless the window is full; an empty window takes any stretch."""
        split = [self._pieces(form)[:LONGEST_WORD] for form in self._forms[first : last + 1]]
        boundary = self.filled and paragraph != self._paragraph and separate()
        if self.filled and len(self._ids) + boundary + sum(map(len, split)) + 1 > self._limit:
            return False
        if boundary:
            self._ids.append(END)
            self._shapes.append(LOWER)
        for form, parts in zip(self._forms[first : last + 1], split, strict=True):
            self._words.append(len(self._ids))
            self._ids += parts
            self._shapes += [shape(form)] * len(parts)
        self._first = self._first if self.filled else first
        self._last, self._paragraph = last, paragraph
        return True

    def window(self) -> Window:
        return Window(
            self._first, self._last, (*self._ids, END), (*self._shapes, LOWER), tuple(self._words)
        )  # fmt: skip


def _stretches(forms: Sequence[str], unit: Unit, pieces: Callable[[str], tuple[int, ...]]) -> list[tuple[int, int]]:
    """The unit itself, or parts of it that fit a window, which end at punctuation in their last half if they can."""
    room = LIMIT - 2
    sizes = [min(LONGEST_WORD, len(pieces(form))) for form in forms[unit.first : unit.last + 1]]
    if sum(sizes) <= room:
        return [(unit.first, unit.last)]
    found, begin = [], 0
    while begin < len(sizes):
        end, used, stop = begin, 0, -1
        while end < len(sizes) and used + sizes[end] <= room:
            used += sizes[end]
            if forms[unit.first + end] in _STOPS and used > room // 2:
                stop = end
            end += 1
        last = stop if stop >= 0 and end < len(sizes) else end - 1
        found.append((unit.first + begin, unit.first + last))
        begin = last + 1
    return found


def batch(windows: Sequence[Window]) -> Batch:
    """The windows as padded arrays of shapes [B, S] (pieces) and [B, W] (words, `[CLS]` included)."""
    longest, most = max(len(w.ids) for w in windows), max(len(w.words) for w in windows)
    made = Batch(*(np.zeros((len(windows), n), dtype=np.int64) for n in (longest, longest, longest, most)))
    for row, window in enumerate(windows):
        made.ids[row, : len(window.ids)] = window.ids
        made.shapes[row, : len(window.shapes)] = window.shapes
        made.mask[row, : len(window.ids)] = 1
        made.words[row, : len(window.words)] = window.words
    return made
