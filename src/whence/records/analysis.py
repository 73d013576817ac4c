"""The linguistic reading of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name found by the encoder, over words `first` to `last` (inclusive) of the analysis."""

    kind: str
    """PER, ORG, LOC, FAC, NORP, PRODUCT, DATE, MONEY or MISC."""
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words `first` to `last` (inclusive) of the analysis, in paragraph number `paragraph`."""

    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Reported words as the encoder found them, in ranges of words, `first` to `last` (inclusive)."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    """None where nobody is named."""
    content: tuple[tuple[int, int], ...]
    """One range for each piece, in text order."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Part:
    """Words `first` to `last` (inclusive) that the encoder found to have a role in an act."""

    role: str
    """`actor`, `recipient`, `place`, `count` or `instrument`."""
    first: int
    last: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Act:
    """A word that may name an act, with all that the encoder says of it; most are not acts in the end."""

    trigger: tuple[int, int]
    """First and last word, inclusive."""
    types: Mapping[str, float]
    """Probability of each type that it may be of, the greatest first; what is lacking to 1 is that of none."""
    modes: Mapping[str, float]
    """`TYPE mode`, or `TYPE` alone for no mode, with their probabilities if it is an act."""
    statuses: tuple[float, ...]
    """Probability of each status, in the order of `Status`, if it is an act."""
    parts: tuple[Part, ...]
    """Its participants, places, counts and instruments, in text order."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The linguistic reading of a text after Universal Dependencies, word by word, as columns.

    All word columns have the same length; word `i` covers `text[begin[i]:end[i]]`.
    `head[i]` is the index of the word it depends on, and `i` itself at a sentence's root.
    """

    text: str
    begin: tuple[int, ...]
    end: tuple[int, ...]
    form: tuple[str, ...]
    lemma: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    """CoNLL-U features, `_` where there are none."""
    head: tuple[int, ...]
    deprel: tuple[str, ...]
    """Relations with their subtype where there is one, such as `nsubj:pass`."""
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    attributions: tuple[Attribution, ...] = ()
    """In the order of their cues."""
    acts: tuple[Act, ...] | None = None
    """In the order of their triggers, of which no two begin at one word; None where the encoder was not asked."""
