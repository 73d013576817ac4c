"""Descriptions that lead back: "the ministry", "the Lebanese minister", "the CEC", "the top diplomat".

A description fits somebody of whom the article has said the same noun or one of its kin, or, for
the most general nouns ("the group", "the official"), the last of its kind. What stands with the
noun must hold of that one too: his country, the words of his titles, his sector.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from whence.coding import wordlists
from whence.coding.actors import SETTING, Identifier, Identity
from whence.coding.antecedents import Fits
from whence.coding.entities import Entity
from whence.coding.naming import initials, is_initials
from whence.coding.origins import Origin
from whence.coding.tree import Tree
from whence.knowledge.normal import key

_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
"""Parts of speech of the words that a description has to have in common with whom it means."""
_BODIES = frozenset({"organisation", "group"})
_TELLING = frozenset({"LEG", "JUD", "MIL", "COP", "REL", "PTY", "REB", "SPY", "MED", "EDU"})
"""Sectors that alone make a noun go with somebody ("the legislator" with a member of parliament)."""
_FORCES = frozenset({"REB", "PRM"})
"""Sectors of those who may be meant together by what they are ("the rebels")."""
_FAR = 40
"""Words between an apposition and what it explains beyond which it is not looked at."""
_MOST = 12
"""Titles of one phrase that are read."""
_ENOUGH = 0.5
"""Share of a complement's words that must be known of whom it means ("the head of the border police")."""


@dataclass(frozen=True, slots=True)
class Description:
    """A noun with what stands before and behind it, lower-case lemmas; `origin` is the country it names."""

    noun: str
    before: frozenset[str]
    behind: frozenset[str]
    origin: Origin | None
    kind: str | None
    """`person`, `organisation` or `country`, as the noun says."""
    plural: bool
    sector: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What one phrase says of whom it means."""

    nouns: frozenset[str]
    """Lower-case lemmas of its nouns and adjectives, appositions included."""
    titles: Mapping[str, frozenset[str]]
    """Nouns that it gives them, each with its modifiers."""
    gender: str | None
    """"he" or "she", where it tells."""


@cache
def kin(noun: str) -> frozenset[str]:
    """Nouns by which the same one may be called."""
    lists = wordlists.load("coreference.yaml")["kin"]
    return frozenset(w for words in lists if noun in words for w in words) - {noun}


@cache
def _given_names() -> Mapping[str, str]:
    """By given name "he" or "she"."""
    listed = wordlists.load("given_names.yaml")
    return {name: gender for gender, names in listed.items() for name in names}


def is_beside(tree: Tree, head: int) -> bool:
    """Whether only punctuation parts an apposition from what it explains: trees hang them far."""
    over = tree.head[head]
    if abs(head - over) > _FAR:
        return False
    name = tree.name(over)
    first, last = tree.phrase(head).first, max(tree.phrase(over).last, name.last if name is not None else over)
    return all(tree.upos[w] == "PUNCT" for w in range(last + 1, first))


class Descriptions:
    """Reads the descriptions of one article."""

    def __init__(self, tree: Tree, identifier: Identifier) -> None:
        self.tree = tree
        self.identifier = identifier
        self._rules: dict[str, Any] = wordlists.load("coreference.yaml")
        self._lists = wordlists.sets("coreference.yaml")
        # An article's mentions are read twice, before and after it is known who speaks.
        self._read: dict[tuple[int, bool], Description | None] = {}
        self._told: dict[int, Told] = {}

    def read(self, head: int, *, definite: bool = True) -> Description | None:
        """The description that a noun phrase is; None where it names somebody.

        With `definite`, None also where it brings in somebody new ("a ministry").
        """
        asked = (head, definite)
        if asked not in self._read:
            self._read[asked] = self._description(head, definite)
        return self._read[asked]

    def _description(self, head: int, definite: bool) -> Description | None:
        tree = self.tree
        noun = self.noun(head)
        kind = self.kind(noun)
        if (
            tree.children(head, "nummod")
            or (definite and not self._is_definite(head, kind))
            or self._names_somebody(head, kind)
        ):
            return None
        phrase = tree.phrase(head)
        origin = self.identifier.phrases.origin(head)
        said = frozenset(w.lower() for w in origin.words.split()) if origin else frozenset[str]()
        words = {
            w: tree.lemma[w].lower()
            for w in range(phrase.first, phrase.last + 1)
            if w != head and tree.upos[w] in _CONTENT and tree.form[w].lower() not in said
        }
        before = frozenset(lemma for w, lemma in words.items() if w < head) - self._lists["empty_modifiers"]
        behind = frozenset(lemma for w, lemma in words.items() if w > head)
        plural = tree.xpos[head] in ("NNS", "NNPS")
        agents = self.identifier.knowledge.agents
        sector = agents.role(noun, sorted(before)).sector if agents.knows(noun) else None
        return Description(noun, before, behind, origin, kind, plural, sector)

    def noun(self, head: int) -> str:
        """The lower-case noun of a phrase, an acronym as it is written."""
        noun = (self.tree.form[head] if is_initials(self.tree.form[head]) else self.tree.lemma[head]).lower()
        return noun.removeprefix("ex-")

    def kind(self, noun: str) -> str | None:
        """What a noun says it is: `person`, `organisation`, `country`; None if nothing."""
        found = next((k for k in ("person", "organisation", "country") if noun in self._lists[k]), None)
        agents = self.identifier.knowledge.agents
        if found is None and agents.knows(noun):
            found = "organisation" if noun in agents.bodies else None if noun in agents.things else "person"
        return found

    def told(self, head: int) -> Told:
        """What a phrase, no pronoun, says of whom it means."""
        if head not in self._told:
            phrase = self.tree.phrase(head, appositions=True)
            tree, words = self.tree, range(phrase.first, phrase.last + 1)
            nouns = frozenset(tree.lemma[w].lower() for w in words if tree.upos[w] in ("NOUN", "PROPN", "ADJ"))
            identity = self.identifier.identify(head)
            self._told[head] = Told(nouns, self._titles(head), self._gender_of(head, identity))
        return self._told[head]

    def _titles(self, head: int) -> dict[str, frozenset[str]]:
        """Nouns that a phrase gives to whom it means, each with its modifiers: title, head, apposition, predicate."""
        tree = self.tree
        heads = [head]
        for word in heads:
            if len(heads) >= _MOST:
                break
            parts = (c for c in tree.children(word, "nmod:desc", "appos", "flat") if c not in heads)
            heads += [c for c in parts if tree.relation[c] != "appos" or is_beside(tree, c)]
            if word != head:
                heads += [c for c in tree.children(word, "conj") if c not in heads]
        over = tree.head[head]
        if tree.relation[head] == "nsubj" and tree.child(over, "cop") is not None and tree.upos[over] == "NOUN":
            heads.append(over)
        found: dict[str, frozenset[str]] = {}
        for word in heads:
            name = tree.name(word)
            if tree.upos[word] not in ("NOUN", "PROPN") or (name is not None and name.kind == "PER"):
                continue
            modifiers = tree.children(word, "amod", "compound")
            found[self.noun(word)] = frozenset(tree.lemma[c].lower() for c in modifiers)
            if modifiers and min(modifiers) < word:
                for short in initials(tree.words(min(modifiers), word)):
                    found.setdefault(short, frozenset())
        return found

    def fits(self, said: Description) -> Fits:
        """How well an entity goes with a description, as one term."""
        weights: dict[str, float] = self._rules["weights"]
        related = kin(said.noun)
        is_person, is_body = said.kind == "person", said.kind == "organisation"
        wanted, by_title = related | {said.noun}, self._goes_by_title(said)

        def agreement(entity: Entity) -> float | None:
            if by_title and wanted.isdisjoint(entity.titles):
                return None  # most entities by far
            if is_person and self._is_vague(said, entity):
                return weights["vague_noun"]
            if is_body and self._is_vague_body(said, entity):
                return weights["vague_body"]
            if not self._holds(said, entity) or (said.kind == "country" and entity.identity.country is None):
                return None
            if said.noun in entity.titles and entity.plural == said.plural:
                return weights["same_noun"] + self._closeness(said, entity) + self._nationality(said, entity)
            if said.plural:
                return weights["kin_noun"] if self._is_force(said, entity) else None
            if entity.plural or not self._is_of_kind(said, entity):
                return None
            if self._is_kin(said.noun, related, entity):
                unnamed = 0.0 if entity.named else weights["unnamed_kin"]
                return weights["kin_noun"] + unnamed + self._nationality(said, entity)
            if not entity.named:
                return None
            if said.sector is not None and said.sector == entity.identity.sector and said.sector in _TELLING:
                return weights["sector_noun"]
            return weights["any_noun"] if said.noun in self._lists["generic"] else None

        return agreement

    def _goes_by_title(self, said: Description) -> bool:
        """Whether a description fits only those who have its noun or one of its kin for a title."""
        by_sector = said.sector in _TELLING or (said.plural and said.sector in _FORCES)
        return not by_sector and said.noun not in self._lists["generic"] | self._lists["vague"]

    def _is_kin(self, noun: str, related: Collection[str], entity: Entity) -> bool:
        """Whether an entity has a title that means much the same; of an office no mere "leader" is one."""
        same = {title for names in self._rules["offices"] if noun in names for title in names}
        return any(title in related and (not same or title in same) for title in entity.titles)

    def may_be(self, said: Description, entity: Entity, named: Entity) -> bool:
        """Whether somebody named later may be the one described before: much the same noun, and nothing against."""
        if entity.gender and named.gender and entity.gender != named.gender:
            return False
        if said.noun not in named.titles and not any(noun in kin(said.noun) for noun in named.titles):
            return False
        return self._holds(said, named) or (said.kind == "person" and self._is_vague(said, named))

    def _is_vague(self, said: Description, entity: Entity) -> bool:
        """Whether a person's title says less than the description: "the Trade Minister" of "Minister Ruiz"."""
        if not said.before or not entity.named or entity.titles.get(said.noun) != frozenset():
            return False
        country = entity.identity.country
        return not said.before & self._lists["reducing"] and (
            said.origin is None or country in (None, said.origin.country)
        )

    def _is_vague_body(self, said: Description, entity: Entity) -> bool:
        """Whether "the anti-graft body" may be a body close by of which nothing of the kind has been said."""
        if not said.before or said.behind or said.origin is not None or not entity.named:
            return False
        return said.noun in self._lists["vague"] and self._is_of_kind(said, entity) and not self._holds(said, entity)

    def _nationality(self, said: Description, entity: Entity) -> float:
        """More where the article has said that nationality of an entity."""
        words = said.origin.words.lower().split() if said.origin is not None else []
        weight: float = self._rules["weights"]["nationality"]
        return weight if any(w in entity.nouns for w in words) else 0.0

    def _closeness(self, said: Description, entity: Entity) -> float:
        """Less where the title has words that the description leaves out ("the minister" of a prime minister)."""
        named = set(said.origin.words.lower().split()) if said.origin is not None else set()
        return -float(len(entity.titles[said.noun] - said.before - self._lists["empty_modifiers"] - named) > 0)

    def _holds(self, said: Description, entity: Entity) -> bool:
        """Whether all that stands with the noun is true of an entity."""
        known = entity.nouns
        if not said.before <= known:
            sectors, sector = self._rules["sector_modifiers"], entity.identity.sector or ""
            if any(sectors.get(w) != sector for w in said.before - known):
                return False
        if said.origin is not None and self._is_of_another(said.origin.country, entity.identity):
            return False
        if (modifiers := entity.titles.get(said.noun)) and modifiers & self._lists["reducing"] - said.before:
            return False
        return not said.behind or len(said.behind & known) >= _ENOUGH * len(said.behind)

    @staticmethod
    def _is_of_another(country: str, identity: Identity) -> bool:
        """Whether somebody is surely of another country."""
        is_guess = identity.kind == "person" and identity.reason.endswith(SETTING)
        return identity.country is not None and not is_guess and identity.country != country

    def _is_of_kind(self, said: Description, entity: Entity) -> bool:
        """Bodies count as organisations whether they are groups or firms; no outlet is a ministry."""
        known = entity.identity.kind
        if entity.identity.sector == "JRN" and said.noun in self._lists["never_outlets"]:
            return False
        if said.kind == "person" and (gender := self.gender({said.noun})) is not None:
            return known == "person" and entity.gender in (None, gender)
        return known == said.kind or (said.kind == "organisation" and known in _BODIES)

    def _is_force(self, said: Description, entity: Entity) -> bool:
        """ "The rebels" of a named group with that sector."""
        known = entity.identity
        return entity.named and known.kind in _BODIES and said.sector in _FORCES and known.sector == said.sector

    def _gender_of(self, head: int, identity: Identity) -> str | None:
        """ "he" or "she", where a phrase tells it: by its titles, else by the given name."""
        tree = self.tree
        phrase = tree.phrase(head)
        nouns = {
            tree.lemma[w].lower() for w in range(phrase.first, phrase.last + 1) if tree.upos[w] in ("NOUN", "PROPN")
        }
        told = self.gender(nouns)
        if told is None and identity.kind == "person" and " " in identity.name:
            return _given_names().get(key(identity.name.split()[0]))
        return told

    def gender(self, nouns: set[str]) -> str | None:
        """ "he" or "she", where the titles tell it."""
        he, she = bool(nouns & self._lists["he"]), bool(nouns & self._lists["she"])
        return ("he" if he else "she") if he != she else None

    def _is_definite(self, head: int, kind: str | None) -> bool:
        """With "the", with whose it is ("Spain's economy minister"), or a person's title without an article."""
        tree = self.tree
        determiner = tree.child(head, "det")
        if determiner is not None:
            return tree.form[determiner].lower() in self._lists["definite"]
        owner = tree.child(head, "nmod:poss")
        if owner is not None:
            return tree.upos[owner] != "PRON"
        if tree.upos[head] not in ("NOUN", "PROPN"):
            return False
        return kind == "person" and tree.xpos[head] in ("NN", "NNP")

    def _names_somebody(self, head: int, kind: str | None) -> bool:
        """Whether the phrase names somebody itself, beyond whose it is or an adjective of nationality."""
        tree = self.tree
        own = tree.name(head)
        if own is not None and not (own.first == own.last == head and is_initials(tree.form[head])):
            return own.kind not in ("DATE", "MONEY", "NORP")
        phrase = tree.phrase(head, appositions=True)
        names = {tree.name(w) for w in range(phrase.first, phrase.last + 1)} - {None}
        kinds = ("PER",) if kind == "person" else ("PER", "ORG", "FAC", "LOC", "MISC")
        return any(n.kind in kinds and n.last > n.first for n in names if n is not None)
