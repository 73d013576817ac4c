"""What a codebook holds, once it is read: categories, their modes, their cues.

A cue is a word or phrase that names an act, with the places in the sentence where those
who act and those who are acted on stand (its slots) and the conditions under which it
counts. The language of cues is described in `docs/codebook.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from whence.records import CountOf, Status

PartOfSpeech = Literal["verb", "noun", "adjective"]

SLOTS = frozenset(
    {"subject", "object", "indirect", "clause", "aim", "carrier", "undergoer", "attender", "poss", "modifier", "owner"}
)
"""Slots that hold somebody and are no preposition; any of `PREPOSITIONS` is a slot too."""

SIDES = frozenset({"actor", "recipient", "involved"})
"""What a narrowing's conditions ask about: the sides of the act, and all that stands round its trigger but who acts."""

TEST_SLOTS = frozenset({"governor", "predicate", "infinitive", "subjunctive", "will"})
"""Slots that only conditions ask about."""

BUILT_IN_CLASSES = frozenset({"ANY", "NONE", "ACTOR", "NAME", "PLACE"})
"""Classes told from the sentence, not from a list of words."""

PREPOSITIONS = frozenset(
    {
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "alongside",
        "amid",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "between",
        "beyond",
        "by",
        "despite",
        "during",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "past",
        "through",
        "throughout",
        "to",
        "toward",
        "towards",
        "under",
        "until",
        "upon",
        "via",
        "with",
        "within",
        "without",
    }
)


@dataclass(frozen=True, slots=True)
class Test:
    """A condition on one slot: its word is one of `words` or belongs to one of `classes`.

    Built-in classes: `ANY` holds where the slot is filled, `NONE` where it is empty, `ACTOR` for somebody who
    can act, `NAME` for a name of a person, body or country, `PLACE` for a name of a place.
    """

    slot: str
    words: frozenset[str]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """One word or phrase that names an act of a category."""

    category: str
    pos: PartOfSpeech
    words: tuple[str, ...]
    """Lemmas in lower case, in text order."""
    head: int
    """Index in `words` of the one that governs the others."""
    actor: tuple[str, ...]
    """Slots in order of preference: the first that holds somebody gives the actors."""
    recipient: tuple[str, ...]
    place: tuple[str, ...]
    mutual: bool
    """Both sides are actors, taken from all slots together."""
    mode: str | None
    required: tuple[Test, ...]
    """All must hold."""
    barred: tuple[Test, ...]
    """None may hold."""
    negated: bool
    """The cue is the negation ("did not allow"): it counts under a negation only, which is then no denial."""
    things: bool
    """Recipients may be buildings, vehicles and other things."""
    particular: bool
    """Counts only if somebody takes part, a place or number is named, or "the" or "this" stands before it."""
    political: bool
    """Counts only in an article that speaks of politics or armed groups (ordinary crime is no event)."""
    counts: tuple[tuple[str, CountOf], ...]
    """Whose number counts what: a side (`actor`, `recipient`) or a slot."""
    status: Status | None
    """Status that the cue fixes whatever the sentence's tense, or null."""
    confidence: float

    @property
    def general(self) -> bool:
        """Whether it stands for all words of a type that no cue names."""
        return self.words == ("*",)

    @property
    def text(self) -> str:
        """The cue as a person reads it."""
        return ("not " if self.negated else "") + " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Acts of other types that are of a category too where conditions hold: ASSAULT or COERCE on a clinic."""

    types: frozenset[str]
    required: tuple[Test, ...]
    """All must hold; on `SIDES`."""
    barred: tuple[Test, ...]
    """None may hold."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A sub-kind of a category."""

    name: str
    definition: str
    intensity: float | None
    cameo: str | None
    hints: frozenset[str]
    """Lemmas near the trigger that decide for this mode where the cue names none."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what it should be coded as; `trigger` is None where nothing should be found."""

    text: str
    trigger: str | None
    mode: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A type of event."""

    type: str
    quad: int | None
    """PLOVER quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    intensity: float | None
    cameo: str | None
    definition: str
    modes: tuple[Mode, ...]
    default_mode: str | None
    contexts: tuple[str, ...]
    cues: tuple[Cue, ...]
    narrowings: tuple[Narrowing, ...]
    """Acts of other types that belong here, however they are found."""
    patterns: Mapping[PartOfSpeech, Cue]
    """Where those who take part stand round a word of each part of speech that no cue names (the file's `defaults`)."""
    examples: tuple[Example, ...]
    source: str
    """Name of the file that it was read from."""

    def mode(self, name: str | None) -> Mode | None:
        """The mode of that name, or None."""
        return next((m for m in self.modes if m.name == name), None)


@dataclass(frozen=True, slots=True)
class Codebook:
    """All categories, the word classes their conditions speak of, and the verbs that only carry a noun."""

    version: str
    """Twelve hexadecimal digits of the SHA-256 of its files."""
    categories: Mapping[str, Category]
    classes: Mapping[str, frozenset[str]]
    carriers: tuple[tuple[str, ...], ...]
    """Verbs that only carry a noun and give way to it ("carry out" an airstrike); their subject acts."""
    lenders: tuple[tuple[str, ...], ...]
    """Verbs with a meaning of their own whose subject acts in their noun too ("resume" talks)."""
    blamers: tuple[tuple[str, ...], ...]
    """Verbs whose object acts in the noun after their preposition ("accuse of" an attack)."""
    undergone: tuple[tuple[str, ...], ...]
    """Verbs whose subject suffers what their noun names ("come under" attack)."""
    learnt: frozenset[str] = frozenset()
    """Types that stand as they came with whence; of others, new or replaced, the encoder has learnt nothing."""
    contexts: tuple[str, ...] = ()
    cameo_by_context: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """CAMEO codes by `TYPE` or `TYPE mode`, then by a context that makes the code more particular."""
    political_per_thousand: float = 0.0
    """Share of words of class POLITICAL below which an article's `political` cues do not count."""
    words: frozenset[str] = frozenset()
    """Every single word that a cue, a condition or a class names."""
    by_word: Mapping[str, tuple[Cue, ...]] = field(default_factory=dict)
    """Cues by their head word: a user's first, then phrases, then those with more conditions."""

    def holds(self, word: str, classes: frozenset[str]) -> bool:
        """Whether the lemma belongs to one of the classes."""
        return any(word in self.classes.get(name, frozenset()) for name in classes)

    def cameo(self, type_name: str, mode: str | None, contexts: Iterable[str]) -> str | None:
        """The CAMEO code of an event: by its first context that has one, else by its mode, else by its type."""
        category = self.categories[type_name]
        if type_name in self.learnt:
            particular = self.cameo_by_context.get(f"{type_name} {mode or ''}".strip(), {})
            if (code := next((particular[c] for c in contexts if c in particular), None)) is not None:
                return code
        own = category.mode(mode)
        return (own.cameo if own is not None else None) or category.cameo
