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

    def __init__(
        self,
        tree: Tree,
        narration: Narration,
        voices: Voices,
        entities: Entities,
        known: Callable[[int], Entity | None],
    ) -> None:
        """`known` gives whom a noun phrase names, mentioned before or not yet."""
        self.tree = tree
        self._known = known
        self._narration = narration
        self._voices = voices
        self._entities = entities
        self._weights: dict[str, float] = wordlists.load("coreference.yaml")["weights"]
        self._reporting = load_cues().verbs

    def best(self, word: int, reach: int, fits: Fits, least: float) -> Antecedent | None:
        """The entity with the highest sum among those mentioned up to `reach` sentences before; None below `least`."""
        running = self._voices.before(word) if self._voices.is_source(word) else None
        found: Antecedent | None = None
        begin = self._narration.begin_of_reach(word, reach)
        quoted = self._quoted_speaker(word)
        for entity in self._candidates(begin, running):
            agreement = fits(entity)
            if agreement is None:
                continue
            if entity is quoted:
                agreement += self._weights["quotes_himself"]
            for mention in self._near(entity, begin, running):
                if self._is_co_argument(mention, word):
                    continue
                score = agreement + self._score(word, mention, entity)
                if found is None or (score, mention) > (found.score, found.mention):
                    found = Antecedent(entity, mention, score)
        return found if found is not None and found.score >= least else None

    def _quoted_speaker(self, word: int) -> Entity | None:
        """Who says the words in quotation marks round a word, named before them or behind: he is "I" there."""
        speaker = self._voices.speaker(word)
        if speaker is None or not self._narration.is_quoted(word):
            return None
        if speaker > word and self.tree.upos[speaker] == "PRON":
            before = self._voices.before(speaker)
            speaker = before if before is not None else speaker
        return self._known(speaker)

    def _candidates(self, begin: int, running: int | None) -> Iterable[Entity]:
        """Entities last mentioned at the word where the reach begins or later; the speaker before in any case."""
        speaker = self._entities.of(running) if running is not None else None
        latest = islice(self._entities.latest(), _CANDIDATES)
        near = takewhile(lambda e: e.heads[-1] >= begin, latest)
        return near if speaker is None else (speaker, *(e for e in near if e is not speaker))

    def _near(self, entity: Entity, begin: int, running: int | None) -> Iterator[int]:
        """The mentions of an entity within reach, the latest first."""
        for mention in islice(reversed(entity.heads), _MENTIONS):
            if mention != running and mention < begin:
                return
            yield mention

    def _is_co_argument(self, mention: int, pronoun: int) -> bool:
        """Subject and object of one verb are not the same (unless reflexive); a possessive may be."""
        tree = self.tree
        if tree.form[pronoun].lower().endswith(("self", "selves")) or tree.deprel[pronoun] == "nmod:poss":
            return False
        return tree.head[mention] == tree.head[pronoun] and mention != pronoun

    def _score(self, word: int, mention: int, entity: Entity) -> float:
        """The sum of one candidate's terms, each by its name in `coreference.yaml`."""
        tree, voices, weights = self.tree, self._voices, self._weights
        score = weights["distance"] * self._narration.distance(mention, word)
        score += weights["prominence"] * (min(_OFTEN, len(entity.heads)) / _OFTEN)
        if entity.named:
            score += weights["named"]
        if entity.members:
            score += weights["together"]
        if tree.relation[mention] == "nsubj":
            score += weights["subject"]
            if tree.lemma[tree.head[mention]] in self._reporting:
                score += weights["reports"]
        if tree.relation[mention] in ("nmod", "obl") and tree.deprel[mention] != "nmod:poss":
            score += weights["oblique"]
        if self._narration.is_quoted(mention) != self._narration.is_quoted(word):
            score += weights["across_quotation"]
        if (inside := voices.around(mention)) is not None:
            score += weights["same_speech" if inside == voices.around(word) else "from_speech"]
        if voices.is_source(word):
            before = voices.before(word)
            if voices.is_source(mention):
                score += weights["speaks"]
            if before is not None and self._entities.of(before) is entity:
                score += weights["spoke_before"]
        return score
