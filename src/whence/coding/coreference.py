"""Who "he", "the ministry", "Shamkhani" is: mentions of one article joined into entities.

Names join by their words (a surname continues the full name, an acronym what it abbreviates);
descriptions with "the" lead back to the last entity that carries the noun among its titles or in
its name; pronouns to the last fitting one, subjects and speakers first (after Hobbs 1978 and
Lappin and Leass 1994: agreement, recency, grammatical role). "I" and "we" are whoever speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from whence.coding import wordlists
from whence.coding.actors import Identifier, Identity
from whence.coding.cues import load as load_cues
from whence.coding.naming import is_acronym, name_words, same_name
from whence.coding.narration import Narration
from whence.coding.quotations import Quotation
from whence.coding.tree import Tree
from whence.records import Span

_REACH = 3
"""How many sentences back a pronoun may reach."""
_DESCRIPTION_REACH = 12
"""Sentences that a description such as "the ministry" may reach back."""
_SECTORLESS = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC"})
"""Stateless codes that have no sector (gold guide)."""
_ARMED = frozenset({"MIL", "GOV", "REB", "PRM", "SPY", "COP"})
"""Sectors of those whose weapons act for them."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_SURE = 0.5
"""Confidence up to which a country comes from the article's setting alone."""
_WORD = re.compile(r"\w+")


def _rules() -> dict[str, Any]:
    return wordlists.load("coreference.yaml")


@dataclass(slots=True)
class Entity:
    """Somebody of this article, with all that the text calls them."""

    identity: Identity
    heads: list[int] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    """Lower-case nouns of its phrases: titles, head nouns, words of its name."""
    gender: str | None = None
    plural: bool = False
    named: bool = True


class Coreference:
    """The entities of one article; `who` answers for the head word of any noun phrase."""

    def __init__(self, tree: Tree, identifier: Identifier, quotations: Sequence[Quotation]) -> None:
        self.tree = tree
        self.identifier = identifier
        self._narration = Narration(tree, quotations)
        self._speakers: list[tuple[list[Span], int]] = []
        self._reporting = load_cues().verbs
        self._weapons: frozenset[int] = frozenset()
        self._asked: set[int] = set()
        """First persons whose speaker is being looked up: one that speaks of itself is not asked again."""
        self._of: dict[int, Entity] = {}
        self._why: dict[int, str] = {}
        self._entities: list[Entity] = []
        self._latest: dict[int, Entity] = {}
        """By `id`, in the order of their last mention."""
        for head in range(len(tree)):
            if self._is_mention(head):
                self._read(head)

    def hear(self, speakers: list[tuple[list[Span], int]]) -> None:
        """Tells who speaks where: spans of content with the head word of their source."""
        self._speakers = speakers

    def arm(self, weapons: Iterable[int]) -> None:
        """Tells which head words are weapons, aircraft, vehicles: where they act, it is their owner who acts."""
        self._weapons = frozenset(weapons)

    def who(self, head: int) -> Identity:
        """The identity behind a noun phrase: its own words, completed by what else the article says of it."""
        if (wielder := self._wielder(head)) is not None:
            return wielder
        form = self.tree.form[head]
        word = form.lower() if form in ("We", "Our", "My") else form  # "US" is no pronoun
        rules = _rules()
        if word in rules["speaker_one"] or word in rules["speaker_many"]:
            return self._speaker(head, word in rules["speaker_many"]) or self.identifier.identify(head)
        entity = self._of.get(head)
        own = self.identifier.identify(head)
        if entity is None:
            return own
        if head in self._why:
            return replace(
                entity.identity,
                reason=f"{self._why[head]}; {entity.identity.reason}",
                confidence=0.8 * entity.identity.confidence,
            )
        known = entity.identity
        if own.name != known.name and is_acronym(own.name, known.name):
            return replace(known, reason=f"'{own.name}' is short for {known.name} here; {known.reason}")
        name = known.name if known.kind == own.kind or own.label is None else own.name
        return replace(
            own,
            name=self._owned(head, own) or name,
            label=own.label or known.label,
            country=own.country or known.country,
            sector=own.sector or (None if own.country in _SECTORLESS else known.sector),
            reason=own.reason if own.country or not known.country else known.reason,
        )

    def _owned(self, head: int, own: Identity) -> str | None:
        """The name of somebody known by a pronoun alone: "its spokesman" is the "ministry's spokesman"."""
        owner = self.tree.child(head, "nmod:poss")
        if owner is None or self.tree.upos[owner] != "PRON" or owner not in self._of:
            return None
        if own.kind == "country" or self._of[head].named:
            return None
        if any(self.tree.name(w) is not None for w in (head, *self.tree.children(head, "appos", "flat"))):
            return None
        whose = self._of[owner]
        mark = "'" if whose.plural and whose.identity.name.endswith("s") else "'s"
        return f"{whose.identity.name}{mark} {own.name}"

    def _wielder(self, head: int) -> Identity | None:
        """Who uses weapons of which the words do not say whose they are: the force that speaks of them."""
        entity = self._of.get(head)
        if head not in self._weapons and (entity is None or not self._weapons & set(entity.heads)):
            return None
        own = self.identifier.identify(head)
        if own.country is not None and own.confidence > _SURE:
            return None
        speaker = self._speaker(head, many=False)
        if speaker is None or speaker.sector not in _ARMED:
            return None
        return replace(speaker, reason=f"'{own.name}' are the speaker's, {speaker.name}", confidence=0.6)

    # -- building ------------------------------------------------------------------------

    def _is_mention(self, head: int) -> bool:
        tree = self.tree
        if tree.upos[head] not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"):
            return False
        if tree.upos[head] == "PRON":
            return tree.form[head].lower() in _rules()["pronouns"]
        if tree.upos[head] in ("ADJ", "NUM", "DET"):
            return tree.relation[head] in ("nsubj", "obj", "obl") and tree.name(head) is not None
        return tree.relation[head] not in ("compound", "flat", "fixed", "goeswith")

    def _read(self, head: int) -> None:
        tree = self.tree
        if tree.upos[head] == "PRON":
            self._read_pronoun(head)
            return
        identity = self.identifier.identify(head)
        nouns = self._nouns(head, identity)
        named = any(self._is_named(w) for w in (head, *tree.children(head, "flat"))) or identity.kind == "country"
        proper = named or tree.upos[head] == "PROPN"
        entity = self._by_name(identity) if proper else None
        if entity is None and self._is_definite(head) and not self._holds_name(head):
            entity = self._by_description(head)
            if entity is not None:
                self._why[head] = f"'the {tree.lemma[head]}' is {entity.identity.name}"
        if entity is None:
            entity = Entity(
                identity, plural=tree.xpos[head] in ("NNS", "NNPS") or bool(tree.children(head, "conj")), named=proper
            )
            self._entities.append(entity)
        else:
            entity.identity = _merged(entity.identity, identity, head in self._why)
        if head not in self._why:
            entity.nouns |= nouns
        entity.gender = entity.gender or self._gender(nouns)
        self._mention(head, entity)
        apposition = tree.head[head] if tree.relation[head] == "appos" else None
        if apposition is not None and apposition in self._of and self._of[apposition] is not entity:
            self._join(self._of[apposition], entity)

    def _holds_name(self, head: int) -> bool:
        """Whether the phrase names somebody itself, beyond an adjective of nationality: then it is no description."""
        phrase = self.tree.phrase(head, appositions=True)
        names = {self.tree.name(w) for w in range(phrase.first, phrase.last + 1)} - {None}
        return any(n.kind in ("PER", "ORG", "FAC", "LOC", "MISC") and n.last > n.first for n in names if n is not None)

    def _join(self, first: Entity, second: Entity) -> None:
        """The two halves of an apposition are one; the named one gives the name."""
        is_person = "person" in (first.identity.kind, second.identity.kind)
        if first.named and second.named and first.identity.kind != second.identity.kind and not is_person:
            return
        kept, gone = (first, second) if first.named or not second.named else (second, first)
        if is_person:  # "its chief, Aoife Strike": whatever kind of name the encoder took it for
            kept.identity = replace(kept.identity, kind="person")
        kept.identity = _merged(kept.identity, gone.identity, True)
        kept.nouns |= gone.nouns
        kept.gender = kept.gender or gone.gender
        kept.heads = sorted({*kept.heads, *gone.heads})
        for head in gone.heads:
            self._of[head] = kept
        self._entities.remove(gone)
        for entity in (gone, kept):
            self._latest.pop(id(entity), None)
        self._latest[id(kept)] = kept

    def _is_named(self, word: int) -> bool:
        """Whether a word is part of a name, and not of a description ("the Egyptian agency")."""
        name = self.tree.name(word)
        return name is not None and name.kind not in ("DATE", "MONEY", "NORP")

    def _nouns(self, head: int, identity: Identity) -> set[str]:
        phrase = self.tree.phrase(head, appositions=True)
        words = {
            self.tree.lemma[w].lower()
            for w in range(phrase.first, phrase.last + 1)
            if self.tree.upos[w] in ("NOUN", "PROPN")
        }
        return words | {w.lower() for w in _WORD.findall(identity.name)}

    def _gender(self, nouns: set[str]) -> str | None:
        rules = _rules()
        he, she = bool(nouns & set(rules["he"])), bool(nouns & set(rules["she"]))
        return ("he" if he else "she") if he != she else None

    def _by_name(self, identity: Identity) -> Entity | None:
        """The last named entity of the same kind whose name continues or abbreviates this one."""
        for entity in reversed(self._entities):
            known = entity.identity
            if not entity.named or (identity.label and known.label and identity.label != known.label):
                continue
            if known.kind == identity.kind and same_name(identity.name, known.name, identity.kind):
                return entity
            if known.kind in ("organisation", "group") and is_acronym(identity.name, known.name):
                return entity
        return None

    # -- descriptions and pronouns -------------------------------------------------------

    def _is_definite(self, head: int) -> bool:
        determiner = self.tree.child(head, "det")
        return determiner is not None and self.tree.form[determiner].lower() in _DEFINITE

    def _by_description(self, head: int) -> Entity | None:
        """ "the ministry": the last entity with that noun; "the group": the last of its kind."""
        tree, rules = self.tree, _rules()
        noun = tree.lemma[head].lower()
        plural = tree.xpos[head] in ("NNS", "NNPS")
        if tree.children(head, "nmod", "acl") or tree.children(head, "nummod"):
            return None
        modifiers = {tree.lemma[c].lower() for c in tree.children(head, "amod", "compound")}
        kind = next((k for k in ("person", "organisation", "country") if noun in rules[k]), None)
        by_kind: Entity | None = None
        for entity in self._recent(head, _DESCRIPTION_REACH):
            if entity.plural != plural or not modifiers <= entity.nouns | set(rules["empty_modifiers"]):
                continue
            if noun in entity.nouns:
                return entity
            if entity.identity.sector == "JRN" and noun in rules["never_outlets"]:
                continue  # whom an outlet cites as "the ministry" is not the outlet
            if by_kind is None and kind and entity.named and self._is_of_kind(entity, kind) and not modifiers:
                by_kind = entity
        return by_kind if noun in rules["generic"] else None

    def _is_of_kind(self, entity: Entity, kind: str) -> bool:
        """Bodies count as organisations whether they are groups or firms."""
        known = entity.identity.kind
        return known == kind or (kind == "organisation" and known == "group")

    def _recent(self, head: int, reach: int) -> list[Entity]:
        """Entities mentioned before the word within some sentences, the latest mentioned first."""
        found = []
        for entity in reversed(self._latest.values()):
            if self._narration.distance(entity.heads[-1], head) > reach:
                break
            found.append(entity)
        return found

    def _mention(self, head: int, entity: Entity) -> None:
        """Notes that the word means the entity, now the latest mentioned."""
        entity.heads.append(head)
        self._of[head] = entity
        self._latest.pop(id(entity), None)
        self._latest[id(entity)] = entity

    def _read_pronoun(self, head: int) -> None:
        rule = _rules()["pronouns"][self.tree.form[head].lower()]
        if self.tree.relation[head] == "expl":
            return
        best: tuple[float, int, Entity] | None = None
        for entity in self._recent(head, _REACH):
            if entity.identity.kind not in rule["kinds"] or not self._agrees(entity, rule):
                continue
            for mention in reversed(entity.heads):
                if self._narration.distance(mention, head) > _REACH:
                    break
                if not self._co_argument(mention, head):
                    score = self._salience(mention, head, entity)
                    if best is None or (score, mention) > best[:2]:
                        best = (score, mention, entity)
        if best is None or best[0] < -_REACH:
            return
        entity = best[2]
        self._mention(head, entity)
        entity.gender = entity.gender or rule.get("gender")
        self._why[head] = f"'{self.tree.form[head].lower()}' is {entity.identity.name}"

    def _agrees(self, entity: Entity, rule: dict[str, Any]) -> bool:
        if rule.get("gender") and entity.gender and entity.gender != rule["gender"]:
            return False
        if rule["number"] == "many":
            return entity.plural or entity.identity.kind in ("group", "organisation")
        return not entity.plural

    def _co_argument(self, mention: int, pronoun: int) -> bool:
        """Subject and object of one verb are not the same (unless reflexive); a possessive may be."""
        tree = self.tree
        if tree.form[pronoun].lower().endswith(("self", "selves")) or tree.deprel[pronoun] == "nmod:poss":
            return False
        return tree.head[mention] == tree.head[pronoun] and mention != pronoun

    def _salience(self, mention: int, pronoun: int, entity: Entity) -> float:
        tree = self.tree
        score = -1.0 * self._narration.distance(mention, pronoun) + 0.01 * min(20, len(entity.heads))
        if tree.relation[mention] == "nsubj":
            score += 0.8
            if tree.lemma[tree.head[mention]] in self._reporting:
                score += 0.5
        if tree.relation[mention] in ("nmod", "obl") and tree.deprel[mention] != "nmod:poss":
            score -= 0.3
        if entity.named:
            score += 0.2
        if self._narration.is_quoted(mention) != self._narration.is_quoted(pronoun):
            score -= 1.2
        return score

    def _speaker(self, head: int, many: bool) -> Identity | None:
        """Whoever says the words round a word ("we" of an official is the country); None outside speech."""
        begin = self.tree.analysis.begin[head]
        inside = [
            (max(e - b for b, e in spans), source)
            for spans, source in self._speakers
            if any(b <= begin < e for b, e in spans) and source not in self._asked
        ]
        if not inside or head in self._asked:
            return None
        self._asked.add(head)
        source = self.who(min(inside)[1])
        self._asked.discard(head)
        reason = f"'{self.tree.form[head].lower()}' is the speaker, {source.name}"
        if many and source.sector in ("GOV", "MIL") and source.country and source.kind == "person":
            country = self.identifier.country(source.country)
            return replace(country, reason=f"{reason}, for {country.name}", confidence=0.6)
        return replace(source, reason=reason, confidence=0.8 * source.confidence)


def _merged(known: Identity, new: Identity, keep_name: bool) -> Identity:
    """What is known, completed by a further mention; the longer name of the same kind wins."""
    longer = not keep_name and new.kind == known.kind and len(name_words(new.name)) > len(name_words(known.name))
    return replace(
        known,
        name=new.name if longer else known.name,
        label=known.label or new.label,
        country=known.country or new.country,
        sector=known.sector or new.sector,
    )
