"""Training windows: sentences of the corpora packed anew each epoch, and batches of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.corpora import Document, Sentence
from training.tasks import UNKNOWN, Annotated
from whence.language.windows import LIMIT, Unit, Window, batch, pack

SHORTEST = 48
"""Pieces from which the length of a training window is drawn,"""
LONGEST = 256
"""and up to which: as long as the windows of raw text at run time."""
ALONE = 0.3
"""Share of windows that are one sentence."""
MARKED = 0.7
"""Share of paragraph boundaries that show their `[SEP]`."""
CONNECTED = 0.5
"""Share of document boundaries over which a window may run."""
IGNORED = UNKNOWN
TABLES = frozenset({"parts", "roles"})
"""Targets of which a window has any number of rows; `KEY row` tells the window of each."""
_PADDING = {"names": 0, "sentence": -1, "status": 0}


@dataclass(frozen=True, slots=True)
class Example:
    """A window and the sentences in it."""

    window: Window
    sentences: list[Sentence]


def examples(
    documents: Sequence[Document],
    pieces: Callable[[str], tuple[int, ...]],
    chance: random.Random,
    alone: float = ALONE,
    shortest: int = SHORTEST,
) -> list[Example]:
    """All sentences in windows of lengths drawn at random; a sentence longer than a window is left out.

    A share `alone` of the windows holds one sentence, the others `shortest` to `LONGEST` pieces.
    """
    streams: list[list[Sentence]] = []
    for document in documents:
        if streams and chance.random() < CONNECTED:
            streams[-1] += document
        else:
            streams.append(list(document))
    return [e for stream in streams for e in _stream(stream, pieces, chance, alone, shortest)]


def _stream(
    sentences: list[Sentence],
    pieces: Callable[[str], tuple[int, ...]],
    chance: random.Random,
    alone: float,
    shortest: int,
) -> list[Example]:
    room = LIMIT - 2
    kept = [s for s in sentences if sum(len(pieces(f)) for f in s.forms) <= room]
    forms = [f for s in kept for f in s.forms]
    units: list[Unit] = []
    of_word: list[int] = []
    paragraph = begin = 0
    for number, sentence in enumerate(kept):
        paragraph += sentence.new_paragraph
        units.append(Unit(begin, begin + len(sentence.forms) - 1, paragraph))
        of_word += [number] * len(sentence.forms)
        begin += len(sentence.forms)

    def length() -> int:
        return 1 if chance.random() < alone else chance.randint(shortest, LONGEST)

    windows = pack(forms, units, pieces, limit=length, separate=lambda: chance.random() < MARKED)
    return [Example(w, kept[of_word[w.first] : of_word[w.last] + 1]) for w in windows]


def batches(
    found: list[Example], size: int, tasks: Sequence[Annotated], chance: random.Random
) -> Iterator[tuple[dict[str, Tensor], dict[str, Tensor]]]:
    """Batches of about `size` pieces, windows of like length together, in random order: inputs and targets."""
    order = sorted(found, key=lambda e: len(e.window.ids) + 8 * chance.random())
    groups: list[list[Example]] = [[]]
    for example in order:
        if groups[-1] and len(example.window.ids) * (len(groups[-1]) + 1) > size:
            groups.append([])
        groups[-1].append(example)
    chance.shuffle(groups)
    for group in groups:
        yield tensors(group, tasks)


def tensors(group: Sequence[Example], tasks: Sequence[Annotated]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Inputs (as in `Batch`) and every task's targets, padded."""
    made = batch([e.window for e in group])
    inputs = {name: torch.from_numpy(getattr(made, name)) for name in ("ids", "shapes", "mask", "words")}
    rows = [{k: v for task in tasks for k, v in task.targets(e.sentences).items()} for e in group]
    targets = {}
    width = made.words.shape[1]
    for key in rows[0]:
        if key in TABLES:
            filled = [(number, line) for number, row in enumerate(rows) for line in row[key]]
            targets[f"{key} row"] = torch.tensor([number for number, _ in filled], dtype=torch.long)
            targets[key] = _padded([line for _, line in filled], width, IGNORED)
        else:
            targets[key] = _padded([row[key] for row in rows], width, _PADDING.get(key, IGNORED))
    return inputs, targets


def _padded(lines: Sequence[list[int]], width: int, padding: int) -> Tensor:
    """The lines as a matrix [lines, width]."""
    made = torch.full((len(lines), width), padding, dtype=torch.long)
    for number, line in enumerate(lines):
        made[number, : len(line)] = torch.tensor(line)
    return made
