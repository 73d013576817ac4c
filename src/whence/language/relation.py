"""What one named side does to another: probabilities of the types of event for a marked pair.

A tower of its own (`model/relation.onnx`) reads the text round the pair. It shares the encoder's word vectors and
nothing else: it has its own layers, which see at each piece whether it belongs to the actor or to the recipient.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from whence.errors import EmptyInput, InputError, ModelError
from whence.language.pieces import END, START
from whence.language.sessions import session
from whence.language.shape import LOWER
from whence.language.windows import LONGEST_WORD, Window
from whence.language.words import split
from whence.records import Span

FILE = "relation.onnx"
VECTORS = "pieces"
"""Output of the encoder's graph with the vectors of the pieces alone, before any layer."""
LIMIT = 160
"""Pieces of the text that the tower reads at most; those nearest to the pair are kept."""
LONGEST_PAIR = 48
"""Pieces of an actor or a recipient that are marked as such at most."""
ELSEWHERE, ACTOR, RECIPIENT = 0, 1, 2
_LONGEST_SEEN = 1000
"""Characters of a word that are looked at, far more than the pieces it takes of one."""

Array = NDArray[Any]


class Encoder(Protocol):
    """What is needed of the encoder (`whence.language.encoder`)."""

    def pieces(self, word: str, /) -> tuple[int, ...]:
        """Ids of a word's pieces."""

    def scores(self, window: Window, outputs: tuple[str, ...]) -> dict[str, Array]:
        """Outputs of its graph for one window."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text round a pair, in pieces."""

    ids: tuple[int, ...]
    roles: tuple[int, ...]
    """Of each piece: ACTOR, RECIPIENT or ELSEWHERE."""


class Relation:
    """The loaded tower."""

    def __init__(self, folder: Path, encoder: Encoder, threads: int = 1) -> None:
        """Load it from a model's folder; raises `ModelError` where its file is missing or does not fit the encoder."""
        path = folder / FILE
        if not path.is_file():
            raise ModelError(
                f"the language model lacks {FILE} in {folder}; install whence anew, or make it with `make train`"
            )
        self._encoder = encoder
        try:
            self._session = session(path, threads)
            self.types = tuple(self._session.get_modelmeta().custom_metadata_map["types"].split())
            made = self._run(Marked((START, END), (ELSEWHERE, ELSEWHERE)))
            if len(made) != len(self.types):
                raise ModelError(f"{path} names {len(self.types)} types and gives {len(made)}")
        except ModelError:
            raise
        except Exception as problem:  # whatever ONNX Runtime finds wrong with a file
            raise ModelError(f"{path} does not fit ({problem}); install whence anew") from problem

    def probabilities(self, text: str, actor: Span, recipient: Span) -> dict[str, float]:
        """Calibrated probability of each type, in PLOVER's order; they add to 1.

        Spans are code points into `text`, begin and exclusive end. Raises an `InputError` as `marked` does.
        """
        made = self._run(marked(text, actor, recipient, self._encoder))
        return {name: float(value) for name, value in zip(self.types, made, strict=True)}

    def _run(self, found: Marked) -> Array:
        window = Window(0, 0, found.ids, (LOWER,) * len(found.ids), (0,))
        vectors = self._encoder.scores(window, (VECTORS,))[VECTORS]
        roles = np.array([found.roles], dtype=np.int64)
        made: Array = self._session.run(None, {"vectors": vectors[None], "roles": roles})[0][0].astype(np.float64)
        made /= made.sum()  # to add to 1 in double precision too
        return made


def marked(text: str, actor: Span, recipient: Span, encoder: Encoder) -> Marked:
    """The pieces of the lines that hold the pair, those nearest to it if they are many.

    Raises `EmptyInput` for a text without words, and `InputError`, with the reason, for a span that is empty, or lies
    outside the text or on white space. Words of both spans are the actor's: where a text names nobody on one side, a
    caller has no better span to give than one that overlaps. Time is linear in the length of the text.
    """
    if not text.strip():
        raise EmptyInput("the text is empty")
    for name, (begin, end) in (("actor", actor), ("recipient", recipient)):
        if not 0 <= begin < end <= len(text):
            raise InputError(
                f"the {name} ({begin}, {end}) is no stretch of a text of {len(text)} characters; "
                "give begin and end in code points, with the end behind the last character"
            )
        if not text[begin:end].strip():
            raise InputError(f"the {name} ({begin}, {end}) holds white space alone; give the offsets of its words")
    return _nearest(text, actor, recipient, encoder)


def _nearest(text: str, actor: Span, recipient: Span, encoder: Encoder) -> Marked:
    first, last = min(actor[0], recipient[0]), max(actor[1], recipient[1])
    start = text.rfind("\n", 0, first) + 1
    stop = text.find("\n", last)
    words = split(text[start : stop if stop >= 0 else len(text)])
    begin, end = np.array(words.begin) + start, np.array(words.end) + start
    roles = np.full(len(begin), ELSEWHERE)
    for role, (b, e) in ((RECIPIENT, recipient), (ACTOR, actor)):
        inside = np.flatnonzero((begin < e) & (end > b))
        roles[inside[:LONGEST_PAIR]] = role

    kept: dict[int, tuple[int, ...]] = {}
    taken, room = {ACTOR: 0, RECIPIENT: 0, ELSEWHERE: 0}, LIMIT
    for word in np.argsort(_distances(roles), kind="stable")[:LIMIT].tolist():
        role = int(roles[word])
        split_word = encoder.pieces(text[begin[word] : min(end[word], begin[word] + _LONGEST_SEEN)])[:LONGEST_WORD]
        if role != ELSEWHERE:
            split_word = split_word[: LONGEST_PAIR - taken[role]]
        if len(split_word) > room:
            break
        taken[role] += len(split_word)
        room -= len(split_word)
        kept[word] = split_word
    ids = [piece for word in sorted(kept) for piece in kept[word]]
    marks = [int(roles[word]) for word in sorted(kept) for _ in kept[word]]
    return Marked((START, *ids, END), (ELSEWHERE, *marks, ELSEWHERE))


def _distances(roles: Array) -> Array:
    """Words from each word to the nearest marked one, by a sweep from either side."""
    places = np.arange(len(roles))
    is_marked = roles != ELSEWHERE
    before = np.maximum.accumulate(np.where(is_marked, places, -len(roles)))
    behind = np.minimum.accumulate(np.where(is_marked, places, 2 * len(roles))[::-1])[::-1]
    distances: Array = np.minimum(places - before, behind - places)
    return distances
