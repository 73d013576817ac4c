"""Whom a pronoun or a description leads back to: one sum of weighted terms for every candidate.

After Hobbs 1978 and Lappin and Leass 1994: candidates that agree in number, gender and kind are
compared by how near they stand, by their grammatical role, and by who is speaking. The weights
are in `coreference.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from whence.coding import wordlists
from whence.coding.cues import load as load_cues
from whence.coding.entities import Entities, Entity
from whence.coding.narration import Narration
from whence.coding.tree import Tree
from whence.coding.voices import Voices

_CANDIDATES = 60
"""Entities that are compared for one pronoun or description, the latest mentioned first."""
_MENTIONS = 4
"""Mentions of one entity that are compared, the latest first."""
_OFTEN = 20
"""Mentions from which an entity counts as prominent as can be."""
Fits = Callable[[Entity], float | None]
"""How well an entity agrees with a pronoun or a description, as one more term; None if it does not."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """An entity, the mention of it that spoke for it, and the sum of the terms."""

    entity: Entity
    mention: int
    score: float


class Antecedents:
    """Compares the entities before a word."""

    def __init__(self, tree: Tree, narration: Narration, voices: Voices, entities: Entities) -> None:
        self.tree = tree
        self._narration = narration
        self._voices = voices
        self._entities = entities
        self._weights: dict[str, float] = wordlists.load("coreference.yaml")["weights"]
        self._reporting = load_cues().verbs

    def best(self, word: int, reach: int, fits: Fits, least: float) -> Antecedent | None:
        """The entity with the highest sum among those mentioned up to `reach` sentences before; None below `least`."""
        running = self._voices.before(word) if self._voices.is_source(word) else None
        found: Antecedent | None = None
        weights = self._weights
        for entity in self._candidates(word, reach, running):
            agreement = fits(entity)
            if agreement is None:
                continue
            for mention in self._near(entity, word, reach, running):
                if self._is_co_argument(mention, word):
                    continue
                terms = [weights[name] * value for name, value in self._terms(word, mention, entity)]
                score = agreement + sum(terms)
                if found is None or (score, mention) > (found.score, found.mention):
                    found = Antecedent(entity, mention, score)
        return found if found is not None and found.score >= least else None

    def _candidates(self, word: int, reach: int, running: int | None) -> Iterable[Entity]:
        """Entities mentioned before the word within some sentences; the speaker before in any case."""
        speaker = self._entities.of(running) if running is not None else None
        near: Iterable[Entity] = islice(self._entities.latest(), _CANDIDATES)
        if not self._narration.is_near_start(word, reach):
            near = takewhile(lambda e: self._narration.distance(e.heads[-1], word) <= reach, near)
        return near if speaker is None else (speaker, *(e for e in near if e is not speaker))

    def _near(self, entity: Entity, word: int, reach: int, running: int | None) -> Iterator[int]:
        """The mentions of an entity within reach, the latest first."""
        for mention in islice(reversed(entity.heads), _MENTIONS):
            if mention != running and self._narration.distance(mention, word) > reach:
                return
            yield mention

    def _is_co_argument(self, mention: int, pronoun: int) -> bool:
        """Subject and object of one verb are not the same (unless reflexive); a possessive may be."""
        tree = self.tree
        if tree.form[pronoun].lower().endswith(("self", "selves")) or tree.deprel[pronoun] == "nmod:poss":
            return False
        return tree.head[mention] == tree.head[pronoun] and mention != pronoun

    def _terms(self, word: int, mention: int, entity: Entity) -> Iterator[tuple[str, float]]:
        """The terms of one candidate, each once, by their names in `coreference.yaml`."""
        tree, voices = self.tree, self._voices
        yield "distance", float(self._narration.distance(mention, word))
        yield "prominence", min(_OFTEN, len(entity.heads)) / _OFTEN
        yield "named", float(entity.named)
        yield "together", float(bool(entity.members))
        if tree.relation[mention] == "nsubj":
            yield "subject", 1.0
            yield "reports", float(tree.lemma[tree.head[mention]] in self._reporting)
        if tree.relation[mention] in ("nmod", "obl") and tree.deprel[mention] != "nmod:poss":
            yield "oblique", 1.0
        if self._narration.is_quoted(mention) != self._narration.is_quoted(word):
            yield "across_quotation", 1.0
        if (inside := voices.around(mention)) is not None:
            yield ("same_speech" if inside == voices.around(word) else "from_speech"), 1.0
        if voices.is_source(word):
            before, speaker = voices.before(word), voices.speaker(word)
            yield "speaks", float(voices.is_source(mention))
            yield "spoke_before", float(before is not None and self._entities.of(before) is entity)
            yield "speaks_of_himself", float(speaker is not None and self._entities.of(speaker) is entity)
