"""The entities of one article: everybody it speaks of, with all that it calls them."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from whence.coding.actors import Identity
from whence.coding.naming import initials, is_acronym, is_within, name_words, same_name

_LOOK = 12
"""Entities that are looked at for one word of a name, the latest first."""
_BODIES = ("organisation", "group")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody of this article, with all that the text calls them."""

    identity: Identity
    heads: list[int] = field(default_factory=list)
    """Head words of its mentions, in text order."""
    inner: list[int] = field(default_factory=list)
    """Words inside mentions that mean it too: titles before its name."""
    nouns: set[str] = field(default_factory=set)
    """Lower-case nouns of its phrases: titles, head nouns, words of its name."""
    titles: dict[str, frozenset[str]] = field(default_factory=dict)
    """Common nouns that say what it is ("minister", "union"), each with the modifiers that stood before it."""
    gender: str | None = None
    """"he" or "she", where titles or the given name tell."""
    called: str | None = None
    """The pronoun that the article has used, so far as this reading goes."""
    writes: bool = False
    """Whether a document stood for it: "the statement … It says"."""
    plural: bool = False
    named: bool = True
    members: tuple[Entity, ...] = ()
    """Those of a coordination: "Hayashi and Park"."""


class Entities:
    """All entities, found by the words of their names or by how long ago they were mentioned."""

    def __init__(self) -> None:
        self._of: dict[int, Entity] = {}
        self._latest: dict[int, Entity] = {}
        """By `id`, in the order of their last mention."""
        self._by_word: defaultdict[str, list[Entity]] = defaultdict(list)
        self._by_alias: dict[str, Entity] = {}

    def of(self, head: int) -> Entity | None:
        """The entity that the phrase of a head word stands for."""
        return self._of.get(head)

    def latest(self) -> Iterator[Entity]:
        """Entities, the latest mentioned first."""
        return reversed(self._latest.values())

    def mention(self, head: int, entity: Entity) -> None:
        """Notes that the word means the entity, now the latest mentioned."""
        entity.heads.append(head)
        self._of[head] = entity
        self._latest.pop(id(entity), None)
        self._latest[id(entity)] = entity

    def together(self, head: int, entity: Entity) -> None:
        """Notes that several stand side by side, `head` being the first of them, who stays who he is."""
        entity.heads.append(head)
        self._latest[id(entity)] = entity

    def refer(self, head: int, entity: Entity) -> None:
        """Notes that a word inside a mention (a title before a name) means the entity too."""
        entity.inner.append(head)
        self._of[head] = entity

    def file(self, entity: Entity) -> None:
        """Makes a named entity findable by the words of its name."""
        words = name_words(entity.identity.name)
        for word in words:
            filed = self._by_word[word]
            if not any(e is entity for e in filed[-_LOOK:]):
                filed.append(entity)
        if entity.identity.kind in _BODIES:
            for short in initials(entity.identity.name):
                self._by_alias.setdefault(short, entity)

    def call(self, alias: str, entity: Entity) -> None:
        """Notes a short name that the article introduces in brackets."""
        self._by_alias[alias.replace(".", "").lower()] = entity

    def is_called(self, alias: str, entity: Entity) -> bool:
        """Whether the article has introduced a short name for the entity."""
        return self._by_alias.get(alias.replace(".", "").lower()) is entity

    def by_name(self, identity: Identity) -> Entity | None:
        """The last named entity whose name continues or abbreviates this one."""
        alias = self._by_alias.get(identity.name.replace(".", "").lower())
        if alias is not None and alias.heads:
            return alias
        fitting = [e for e in self._sharing_words(identity) if self._has_name(e, identity)]
        if fitting:
            # "Sarkozy" is rather Nicolas Sarkozy than Carla Bruni-Sarkozy, whoever was mentioned last.
            last = identity.name.split()[-1:]
            return next((e for e in fitting if e.identity.name.split()[-1:] == last), fitting[0])
        return self._abbreviated(identity) or self._by_middle_name(identity) or self._by_part(identity)

    def _has_name(self, entity: Entity, identity: Identity) -> bool:
        known = entity.identity
        if not entity.named or (identity.label and known.label and identity.label != known.label):
            return False
        return known.kind == identity.kind and same_name(identity.name, known.name, identity.kind)

    def _by_part(self, identity: Identity) -> Entity | None:
        """The body or country in whose name an unknown capitalised word stands: "the South", "Agriculture"."""
        words = name_words(identity.name)
        if (
            len(words) != 1
            or identity.label is not None
            or identity.kind == "person"
            or not identity.name[:1].isupper()
        ):
            return None
        kinds = ("organisation", "country")
        return next((e for e in self._sharing_words(identity) if e.named and e.identity.kind in kinds), None)

    def _by_middle_name(self, identity: Identity) -> Entity | None:
        """The person in whose name a one-word name stands."""
        if identity.kind != "person":
            return None
        fitting = (
            e
            for e in self._sharing_words(identity)
            if e.identity.kind == "person" and is_within(identity.name, e.identity.name)
        )
        return next(fitting, None)

    def _sharing_words(self, identity: Identity) -> list[Entity]:
        """Entities with a word of the name in theirs, the latest mentioned first."""
        found: dict[int, Entity] = {}
        for word in name_words(identity.name):
            for entity in islice(reversed(self._by_word.get(word, ())), _LOOK):
                if entity.heads:
                    found[id(entity)] = entity
        return sorted(found.values(), key=lambda e: -e.heads[-1])

    def _abbreviated(self, identity: Identity) -> Entity | None:
        """The body whose acronym stood before its name: "SNSC", later "Supreme National Security Council"."""
        if identity.kind not in _BODIES:
            return None
        for short in initials(identity.name):
            for entity in islice(reversed(self._by_word.get(short, ())), 1):
                if entity.identity.kind in _BODIES and is_acronym(entity.identity.name, identity.name):
                    return entity
        return None

    def join(self, kept: Entity, gone: Entity) -> None:
        """Makes one of two entities; the kept one's name stays."""
        kept.identity = merged(kept.identity, gone.identity, keep_name=True)
        kept.nouns |= gone.nouns
        kept.titles = {**gone.titles, **kept.titles}
        kept.gender = kept.gender or gone.gender
        kept.called = kept.called or gone.called
        for head in gone.heads:
            insort(kept.heads, head)
        kept.inner += gone.inner
        for head in (*gone.heads, *gone.inner):
            self._of[head] = kept
        gone.heads, gone.inner = [], []
        for entity in (gone, kept):
            self._latest.pop(id(entity), None)
        self._latest[id(kept)] = kept


def merged(known: Identity, new: Identity, *, keep_name: bool) -> Identity:
    """What is known, completed by a further mention; the longer name of the same kind wins."""
    longer = not keep_name and new.kind == known.kind and len(name_words(new.name)) > len(name_words(known.name))
    if new.country is not None and known.is_guess and not new.is_guess:
        known = replace(known, country=new.country, reason=new.reason)
    if new.sector is not None and known.is_untitled and not new.is_untitled:
        known = replace(known, sector=new.sector, reason=new.reason)
    name = new.name if longer else known.name
    label, country, sector = known.label or new.label, known.country or new.country, known.sector or new.sector
    if (name, label, country, sector) == (known.name, known.label, known.country, known.sector):
        return known
    return replace(known, name=name, label=label, country=country, sector=sector)


def joint(members: Sequence[Entity]) -> Entity:
    """Several who are meant together; they have the country and the sector that they share."""
    identities = [m.identity for m in members]
    names = [i.name for i in identities]
    countries, sectors = {i.country for i in identities}, {i.sector for i in identities}
    country = countries.pop() if len(countries) == 1 else None
    sector = sectors.pop() if len(sectors) == 1 else None
    together = replace(
        identities[0],
        name=", ".join(names[:-1]) + " and " + names[-1],
        label=None,
        country=country,
        sector=sector,
        kind="group",
        confidence=min(i.confidence for i in identities),
    )
    return Entity(together, plural=True, members=tuple(members))
