"""The mentions of one article, read in text order: each finds its entity among those before it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

from whence.coding import wordlists
from whence.coding.actors import Identifier, Identity
from whence.coding.antecedents import Antecedents, Fits
from whence.coding.descriptions import Descriptions, is_beside
from whence.coding.documents import Documents
from whence.coding.entities import Entities, Entity, joint, merged
from whence.coding.naming import head_words, is_initials, is_short
from whence.coding.narration import Narration
from whence.coding.tree import Tree
from whence.coding.voices import Voices

_REACH = 3
"""How many sentences back a pronoun may reach."""
_DESCRIPTION_REACH = 40
"""Sentences that a description such as "the ministry" may reach back."""
_PARTS = frozenset({"compound", "flat", "fixed", "goeswith", "nmod:desc"})
"""Relations of words that are parts of another's name or title."""
_OPENING, _CLOSING = frozenset({"(", "[", "“", '"'}), frozenset({")", "]", "”", '"'})
"""Marks round a short name that is introduced."""
_LONGEST_SHORT_FORM = 12
"""Letters of a short name."""
_NO_SHORT_FORMS = frozenset({"PER", "LOC", "FAC", "DATE", "MONEY", "NORP"})
"""Kinds of name that stand in brackets for something else than a short form, unless written as one."""
_NOBODY = frozenset({"DATE", "MONEY"})
"""Kinds of name that nobody who acts goes by."""
_BODIES = frozenset({"organisation", "group", "other"})
_CANDIDATES = 30
"""Persons named early who are compared for one description."""
_FIRST = 3
"""Mentions of somebody that show whether a name is known."""
_LEAD = 5
"""Sentences at the beginning of an article that may describe somebody who is named later."""
_NAMED = 12
"""Sentences at the beginning among which that name is looked for."""
_LAST = 12
"""Entities among which the one named last is looked for."""
_MOST = 40
"""Dependents of a word up to which those beside it are taken together."""
_PAIR = 2
"""Those whom "the two" means."""


class Mentions:
    """One pass over an article: each mention finds its entity among those before it."""

    def __init__(
        self, tree: Tree, identifier: Identifier, narration: Narration, descriptions: Descriptions, voices: Voices
    ) -> None:
        self.tree = tree
        self.identifier = identifier
        self.entities = Entities()
        self.why: dict[int, str] = {}
        """By head word of a mention without a name of its own: how it leads back, up to the name it leads to."""
        self._rules: dict[str, Any] = wordlists.load("coreference.yaml")
        self._lists = wordlists.sets("coreference.yaml")
        self._weights: dict[str, float] = self._rules["weights"]
        self._descriptions = descriptions
        self._documents = Documents(tree, identifier)
        self._antecedents = Antecedents(tree, narration, voices, self.entities, self._known)
        for head in range(len(tree)):
            if self._is_mention(head):
                if self.entities.of(head) is None:  # an author may have been read ahead
                    self._read(head)
                self._read_coordination(head)
        self._look_ahead()

    def _is_mention(self, head: int) -> bool:
        tree = self.tree
        pos = tree.upos[head]
        if pos == "PRON":
            return tree.form[head].lower() in self._rules["pronouns"]
        if pos in ("ADJ", "NUM", "DET"):
            placed = tree.relation[head] in ("nsubj", "obj", "obl")
            named = tree.name(head) is not None and not self._is_determiner(head)
            form = tree.form[head].lower()
            one_of = form == "one" and tree.child(head, "nmod") is not None
            return placed and (named or one_of or form in self._lists["pair"] or form in self._lists["latter"])
        over = tree.head[head]
        if tree.relation[head] == "appos" and (over > head or tree.deprel[over] == "nmod:desc"):
            return False  # an acronym in brackets between title and name
        if (name := tree.name(head)) is not None and name.kind in _NOBODY:
            return False  # "On Saturday its minister left": nobody is called Saturday
        return pos in ("NOUN", "PROPN") and tree.relation[head] not in _PARTS and tree.deprel[head] not in _PARTS

    def _known(self, head: int) -> Entity | None:
        """Whom a noun phrase means, as far as has been read."""
        entity = self.entities.of(head)
        if entity is None and self.tree.upos[head] == "PROPN":
            entity = self.entities.by_name(self.identifier.identify(head))
        return entity

    def _is_determiner(self, head: int) -> bool:
        return self.tree.form[head].lower() in self.identifier.knowledge.agents.determiners

    def _read(self, head: int) -> None:
        tree = self.tree
        form = tree.form[head].lower()
        if form in self._lists["pair"] and self._lead_to_pair(head):
            return
        if self._counts_two(head) and self._lead_to_countries(head):
            return
        if form in self._lists["latter"] and self._lead_to_last(head):
            return
        if tree.upos[head] == "PRON":
            self._read_pronoun(head)
            return
        identity = self.identifier.identify(head)
        named = any(self._is_named(w) for w in (head, *tree.children(head, "flat"))) or identity.kind == "country"
        proper = named or tree.upos[head] == "PROPN" or self._names_a_person(head) or self._is_called(head, identity)
        entity = self.entities.by_name(identity) if proper else None
        if entity is None and (led := self._led_back(head)) is not None:
            self.entities.mention(head, led)
            return
        if entity is None:
            plural = tree.xpos[head] in ("NNS", "NNPS")
            entity = Entity(identity, plural=plural, named=proper)
        else:
            entity.identity = merged(entity.identity, identity, keep_name=False)
        self._describe(entity, head, identity)
        if proper:
            self.entities.file(entity)
        self.entities.mention(head, entity)
        self._join_apposition(head, entity)

    def _is_called(self, head: int, identity: Identity) -> bool:
        """Whether a noun only says what the name before it is: "the Regnum agency" is Regnum."""
        return identity.name[:1].isupper() and self.tree.form[head].lower() not in identity.name.lower()

    def _names_a_person(self, head: int) -> bool:
        return self.identifier.persons.name_of(head) is not None

    def _is_named(self, word: int) -> bool:
        """Whether a word is part of a name, and not of a description ("the Egyptian agency")."""
        name = self.tree.name(word)
        return name is not None and name.kind not in ("DATE", "MONEY", "NORP")

    def _describe(self, entity: Entity, head: int, identity: Identity) -> None:
        """Adds what a phrase says of an entity: nouns, titles, gender; titles before a name mean it too."""
        told = self._descriptions.told(head)
        entity.nouns |= told.nouns
        entity.nouns.update(identity.name.lower().split())
        self._describe_office(entity, identity)
        for noun, modifiers in told.titles.items():
            entity.titles.setdefault(noun, modifiers)
        if identity.kind in ("organisation", "group"):
            for word in head_words(identity.name):
                entity.titles.setdefault(word, frozenset())
        entity.gender = entity.gender or told.gender
        for title in self.tree.children(head, "nmod:desc"):
            self.entities.refer(title, entity)

    def _describe_office(self, entity: Entity, identity: Identity) -> None:
        """Adds the role of a listed person: "prime minister" may be all that the article calls him later."""
        if identity.kind != "person" or identity.label is None or ", " not in identity.label:
            return
        words = identity.label.partition(", ")[2].lower().split()
        end = next((i for i, w in enumerate(words) if w in ("of", "for", "in")), len(words))
        if end == 0:
            return
        entity.titles.setdefault(words[end - 1], frozenset(words[: end - 1]))
        entity.nouns |= set(words)

    # -- appositions and coordinations ---------------------------------------------------

    def _join_apposition(self, head: int, entity: Entity) -> None:
        """The two halves of an apposition are one; the named one gives the name, an acronym in brackets is another."""
        tree = self.tree
        body = self._bracketed(head)
        if body is not None and body is not entity:
            self.entities.call(tree.form[head], body)
            self.entities.join(body, entity)
            return
        if tree.relation[head] != "appos":
            return
        other = self.entities.of(tree.head[head])
        if other is None or other is entity or not is_beside(tree, head):
            return
        if self._names_a_person(head) and self._names_a_person(tree.head[head]):
            return  # a list of persons with their titles
        is_person = "person" in (other.identity.kind, entity.identity.kind)
        if is_person and other.plural != entity.plural:
            return  # "two farmers, Hana Sato went on"
        if other.named and entity.named and other.identity.kind != entity.identity.kind and not is_person:
            return
        kept, gone = (other, entity) if other.named or not entity.named else (entity, other)
        if is_person:  # "its chief, Aoife Strike": whatever kind of name the encoder took it for
            kept.identity = replace(kept.identity, kind="person")
        self.entities.join(kept, gone)

    def _bracketed(self, head: int) -> Entity | None:
        """The body whose short form stands in brackets behind its name: "the Ministry of Tourism (Mitur)"."""
        tree, form = self.tree, self.tree.form
        if not 1 < head < len(tree) - 1 or form[head - 1] not in _OPENING or form[head + 1] not in _CLOSING:
            return None
        own, before = tree.name(head), tree.name(head - 2)
        if not is_short(form[head]) and (own is not None and own.kind in _NO_SHORT_FORMS):
            return None
        if not form[head][:1].isupper() or len(form[head]) > _LONGEST_SHORT_FORM:
            return None
        named = tree.head_of(before.first, before.last) if before is not None else tree.head[head]
        for word in (named, tree.head[named]):
            entity = self.entities.of(word)
            is_named = entity is not None and (entity.named or is_initials(form[head]))
            if entity is not None and is_named and entity.identity.kind in _BODIES:
                return entity
        return None

    def _read_coordination(self, head: int) -> None:
        """Those named side by side may be meant together afterwards: "Hayashi and Park"."""
        tree = self.tree
        if tree.relation[head] != "conj":
            return
        first = tree.head[head]
        if len(tree.children(first)) > _MOST:
            return
        heads = tree.conjuncts(first)
        if head != heads[-1]:
            return
        members = [e for e in map(self.entities.of, heads) if e is not None and e.named]
        all_named = len(members) == len(heads)
        members = list({id(m): m for m in members}.values())
        if not all_named or len(members) < _PAIR:
            return
        self.entities.together(first, joint(members))

    def _lead_to_pair(self, head: int) -> bool:
        """ "The two", "both": the last two that stood side by side."""

        def fits(entity: Entity) -> float | None:
            return 0.0 if len(entity.members) == _PAIR else None

        if self._lead(head, _REACH, fits, self._weights["least"]):
            return True
        near = (e for e in islice(self.entities.latest(), _LAST) if e.named and e.identity.kind == "person")
        pair = list(islice(near, _PAIR))
        if len(pair) < _PAIR or any(e.plural for e in pair):
            return False
        self.entities.mention(head, joint(sorted(pair, key=lambda e: e.heads[-1])))
        self.why[head] = f"'{self.tree.form[head].lower()}' is"
        return True

    def _counts_two(self, head: int) -> bool:
        tree = self.tree
        if tree.xpos[head] != "NNS":
            return False
        two = tree.children(head, "nummod", "det", "det:predet", "cc:preconj")
        return any(tree.form[c].lower() in self._lists["pair"] for c in two)

    def _lead_to_countries(self, head: int) -> bool:
        """ "Both countries": the last two named; "the two sides" only where two countries stood side by side."""
        noun = self.tree.lemma[head].lower()

        def fits(entity: Entity) -> float | None:
            are_two = len(entity.members) == _PAIR and all(m.identity.kind == "country" for m in entity.members)
            return 0.0 if are_two else None

        may_be = noun in self._lists["country"] or noun in self._lists["sides"]
        if may_be and self._lead(head, _DESCRIPTION_REACH, fits, -float(_DESCRIPTION_REACH)):
            self.why[head] = f"'{self.tree.form[head].lower()}' are"
            return True
        if noun not in self._lists["country"]:
            return False
        near = (e for e in islice(self.entities.latest(), _LAST) if e.identity.kind == "country" and not e.members)
        pair = list(islice(near, _PAIR))
        if len(pair) < _PAIR:
            return False
        self.entities.mention(head, joint(sorted(pair, key=lambda e: e.heads[0])))
        self.why[head] = f"'{self.tree.form[head].lower()}' are"
        return True

    def _look_ahead(self) -> None:
        """Leads often describe first and name later: "A former minister said …. Ana Ruiz, who …"."""
        tree = self.tree
        sentences = tree.analysis.sentences[:_LEAD]
        named = self._named_early()
        for head in range(sentences[-1].last + 1 if sentences else 0):
            entity = self.entities.of(head)
            if entity is None or entity.heads[:1] != [head] or tree.upos[head] == "PRON":
                continue
            if any(map(self._names_a_person, entity.heads[:_FIRST])):
                continue
            said = self._descriptions.read(head, definite=False)
            if said is None or said.kind != "person" or said.plural:
                continue
            found = next((e for e in named if e.heads[0] > head and self._descriptions.may_be(said, entity, e)), None)
            if found is not None:
                for mention in entity.heads:
                    self.why.setdefault(mention, f"'{tree.form[mention].lower()}' is, as told later,")
                self.entities.join(found, entity)

    def _named_early(self) -> list[Entity]:
        """Persons whose names first stand in the first sentences, in text order."""
        tree = self.tree
        sentences = tree.analysis.sentences[:_NAMED]
        found: dict[int, Entity] = {}
        for head in range(sentences[-1].last + 1 if sentences else 0):
            entity = self.entities.of(head)
            if entity is not None and entity.heads[:1] == [head] and self._names_a_person(head):
                found[id(entity)] = entity
        return list(islice(found.values(), _CANDIDATES))

    def _lead_to_last(self, head: int) -> bool:
        """ "The latter": the named one mentioned last in the sentences before."""
        for entity in islice(self.entities.latest(), _LAST):
            if entity.named and not entity.plural and entity.identity.kind != "other":
                self.entities.mention(head, entity)
                self.why[head] = f"'the {self.tree.form[head].lower()}' is"
                return True
        return False

    # -- descriptions and pronouns -------------------------------------------------------

    def _led_back(self, head: int) -> Entity | None:
        """Whom a description or a document means; None if it brings in somebody new."""
        author = self._documents.author(head)
        if author is not None:
            if self.entities.of(author) is None and self._is_mention(author):
                self._read(author)
            entity = self.entities.of(author)
            if entity is not None and entity.identity.kind in ("person", "organisation", "group"):
                entity.writes = True
                self.why[head] = f"'{self.tree.form[head]}' is by"
                return entity
        said = self._descriptions.read(head)
        if said is None:
            return None
        fits = self._descriptions.fits(said)
        found = self._antecedents.best(head, _DESCRIPTION_REACH, fits, self._weights["least_description"])
        if found is None:
            return None
        self.why[head] = f"'the {said.noun}' is"
        return found.entity

    def _lead(self, head: int, reach: int, fits: Fits, least: float) -> bool:
        found = self._antecedents.best(head, reach, fits, least)
        if found is None:
            return False
        self.entities.mention(head, found.entity)
        self.why[head] = f"'{self.tree.form[head].lower()}' is"
        return True

    def _read_pronoun(self, head: int) -> None:
        rule = self._rules["pronouns"][self.tree.form[head].lower()]
        if self.tree.relation[head] == "expl" or ("kept" in rule and self._is_told_behind(head)):
            return

        def fits(entity: Entity) -> float | None:
            return self._agreement(entity, rule)

        if self._lead(head, _REACH, fits, self._weights["least"]):
            entity = self.entities.of(head)
            if entity is not None:
                entity.called = entity.called or rule.get("gender")

    def _is_told_behind(self, head: int) -> bool:
        """Whether the words behind say who is meant: "those who fled", "those responsible".

        A participle does wherever the tree hangs it: "the names of those arrested".
        """
        tree, behind = self.tree, min(head + 1, len(self.tree) - 1)
        return tree.xpos[behind] == "VBN" or any(w > head for w in tree.children(head, "acl", "amod", "nmod"))

    def _agreement(self, entity: Entity, rule: dict[str, Any]) -> float | None:
        """How well kind, gender and number of an entity go with a pronoun's; None if they do not."""
        fits_kind = entity.identity.kind in rule["kinds"]
        is_document = not fits_kind and entity.writes and rule["number"] == "one" and "gender" not in rule
        if not fits_kind and not is_document:
            return None
        gender = rule.get("gender")
        if gender and entity.gender and entity.gender != gender:
            return None
        score = self._weights["written"] if is_document else 0.0
        if gender and entity.called and entity.called != gender:
            score += self._weights["other_pronoun"]
        if self._is_thing(entity):
            score += self._weights["thing"]
        if rule["number"] == "many":
            if entity.plural:
                return score + self._weights["plural"]
            return score if entity.identity.kind in ("group", "organisation") else None
        is_one = not entity.plural or (entity.named and entity.identity.kind in ("organisation", "country"))
        return score if is_one else None  # "the United Nations and its mission"

    def _is_thing(self, entity: Entity) -> bool:
        """Whether a description is of nobody who acts or speaks ("challenges"): it has no word for people or bodies."""
        unknown = entity.identity.sector is None and entity.identity.kind in ("group", "other")
        return unknown and not entity.named and not entity.members and not entity.writes
