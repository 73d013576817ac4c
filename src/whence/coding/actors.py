"""Who a noun phrase names: a person, a body, a group, a government, or people by what they are.

The knowledge files come first (with the role held on the article's day), then what the phrase
itself says: titles before a person's name, the noun and its modifiers, adjectives, possessives and
complements that name a country. Where nothing names a country, agents belong to the article's
setting, and the reason says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from whence.coding import nearby, wordlists
from whence.coding.listed import Listed
from whence.coding.noun_phrases import NounPhrases
from whence.coding.origins import COMPLEMENTS, LONGEST
from whence.coding.persons import Introduction, Persons
from whence.coding.phrase_names import name_of
from whence.coding.tree import Tree
from whence.knowledge import Entry, Knowledge
from whence.knowledge.agents import Role
from whence.knowledge.records import STATELESS
from whence.records import Name

_OWNERS = COMPLEMENTS | {"for", "with"}
"""Prepositions before the body that a member, leader or spokesman belongs to."""
SETTING = "the article's setting"
"""The reason given where nothing in the phrase names a country."""
_AFTER = 3
"""Words after a head that may make a compound with it ("ministry of defence", "those responsible")."""
_BEYOND = 4
"""Words behind a phrase that a listed name may reach over."""
_PEOPLE = frozenset({None, "CVL", "COP", "UAF", "REB", "MED", "REL", "EDU", "CRM", "REF", "SOC"})
"""Sectors of those who are where the sentence plays; organs of a state may act abroad. On the gold articles 86 % of the
countries are right with it, 84.1 % without; on the training articles, local papers mostly, 88.2 and 88.3 %."""
_DEPTH = 3
"""How many owners deep "the wife of the leader of the party" is read."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is meant; `country` and `sector` as in `records.Actor`."""

    name: str
    """The proper name in the phrase, or the phrase without its determiner."""
    label: str | None
    country: str | None
    sector: str | None
    reason: str
    confidence: float
    kind: str
    """`person`, `group`, `country`, `organisation` or `other`."""

    @property
    def is_guess(self) -> bool:
        """Whether the country is the article's setting, nothing nearer naming one."""
        return self.reason.endswith(SETTING)

    @property
    def is_untitled(self) -> bool:
        """Whether somebody is taken for a civilian because nothing says what they are."""
        is_unlisted = self.kind == "person" and self.label is None
        return is_unlisted and self.sector == "CVL" and not self.reason.startswith("title")


class Identifier:
    """Answers for the noun phrases of one article.

    `published` is the article's day (`YYYY-MM-DD`) or None; `setting` the country (alpha-3) where
    it plays, or None; `local` by number of sentence another where that one plays (`setting.local`).
    """

    def __init__(
        self,
        tree: Tree,
        knowledge: Knowledge,
        published: str | None,
        setting: str | None,
        local: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        self.tree = tree
        self._local = local
        self.knowledge = knowledge
        self.published = published
        self.listed = Listed(tree, knowledge, published, setting)
        self.setting = self.listed.setting
        self.persons = Persons(tree, knowledge, self.listed, self._said)
        self.phrases = NounPhrases(tree, knowledge)
        self._read_by = (tree, knowledge)
        self._known: dict[int, Identity] = {}

    def identify(self, head: int) -> Identity:
        """The identity that a noun phrase gives by its own words; `head` is its head word, not a pronoun."""
        if head not in self._known:
            self._known[head] = self._read(head, _DEPTH)
        return self._known[head]

    def leads(self, head: int) -> bool:
        """Whether a noun leaves it to its owner what somebody is: "men", "spokesman", "members"."""
        return self.tree.name(head) is None and self._role(head, 0, people=False)[0].is_carrier

    def country(self, code: str) -> Identity:
        """The government of a country (ISO 3166 alpha-3); an unknown code is its own name."""
        country = self.knowledge.countries.get(code)
        name = country.name if country else code
        return Identity(name, f"{name}, government", code, "GOV", "country for its government", 0.95, "country")

    def _read(self, head: int, depth: int, *, people: bool = True) -> Identity:
        """With `people` false persons are not looked into: their titles are what is being read."""
        person = self.persons.name_of(head) if people else None
        if person is not None:
            return self._person(person)
        if (called := self._called(head)) is not None and depth > 0:
            named = self._read(called, depth - 1, people=people)
            said = self._role(head, depth, people)[0].sector
            return named if named.label is not None or said is None else replace(named, sector=said)
        if (named_behind := self._named_behind(head)) is not None and depth > 0:
            named = self._read(named_behind, depth - 1, people=people)
            said = (
                None
                if named.sector is not None and not named.is_untitled
                else self._role(head, depth, people)[0].sector
            )
            return replace(named, sector=said or named.sector)
        if (counted := self._counted(head)) is not None and depth > 0:
            kind = "person" if self.tree.form[head].lower() == "one" else "group"
            return replace(
                self._read(counted, depth - 1, people=people),
                name=name_of(self.tree, head, self.knowledge.agents),
                kind=kind,
            )
        return self._government(head) or self._listed(head) or self._people(head) or self._agent(head, depth, people)

    def _called(self, head: int) -> int | None:
        """The name of a body before a noun that only says what it is: "the Regnum news agency"."""
        tree, fillers = self.tree, wordlists.sets("coreference.yaml")["fillers"]
        if tree.upos[head] != "NOUN" or self.phrases.noun(head) not in self.knowledge.agents.appellations:
            return None
        for child in reversed(tree.children(head, "compound", "amod")):
            name = tree.name(child)
            if name is None or name.kind not in ("ORG", "MISC") or tree.upos[child] != "PROPN":
                continue
            between = range(name.last + 1, head)
            if all(tree.form[w].lower() in fillers or tree.relation[w] in ("punct", "appos") for w in between):
                return child if name.last == child else tree.head_of(name.first, name.last)
        return None

    def _named_behind(self, head: int) -> int | None:
        """The name of a body behind what it is: "a group known as the Juba Front"."""
        name = self.persons.named_behind(head)
        return self.tree.head_of(name.first, name.last) if name is not None and name.kind == "ORG" else None

    def _counted(self, head: int) -> int | None:
        """What a quantity counts: "dozens of MPs"."""
        if self.tree.form[head].lower() not in self.knowledge.agents.quantities:
            return None
        counted = (c for c in self.tree.children(head, "nmod") if self.tree.case(c) == "of")
        return next((c for c in counted if self.tree.upos[c] in ("NOUN", "PROPN")), None)

    def _only_counts(self, head: int) -> bool:
        """Whether the head is a number or a quantity with nothing counted: "dozens were killed"."""
        is_quantity = self.tree.form[head].lower() in self.knowledge.agents.quantities
        return self.tree.upos[head] == "NUM" or (self.tree.upos[head] == "NOUN" and is_quantity)

    # -- persons -------------------------------------------------------------------------

    def _person(self, name: Name) -> Identity:
        own = self.persons.full(name)
        said = self.persons.introduction(name)
        entries = self.persons.entries(name, said, self.published)
        if entries is None:
            sector = said.role.sector if said.role else None
            return Identity(own, None, None, sector, "several listed persons have the name", 0.3, "person")
        if entries and self._is_meant(said, entries):
            standing = self.persons.standing(entries, said.role, self.published)
            entry = standing.entry
            label = f"{entry.name}, {entry.role}" if entry.role else entry.name
            reason = f"listed: {entry.role or entry.name}, {standing.when}"
            return Identity(own, label, entry.country, standing.sector, reason, 0.95, "person")
        country = said.origin.country if said.origin else self.setting
        sector = "CVL"
        reasons = []
        if said.role is not None:
            country, sector = said.role.country or country, said.role.sector or ""
            reasons.append(f"title {said.role.reason}")
        if said.origin is not None:
            reasons.append(f"'{said.origin.words}'")
        elif country is not None and not (said.role and said.role.country):
            reasons.append(SETTING)
        if country is not None and country == self.setting and reasons[-1:] == [SETTING] and sector not in ("", "CVL"):
            leading = nearby.leading(*self._read_by, name)
            if leading is not None:
                country, reasons[-1] = leading.country, f"'{leading.words}'"
        told = said.origin is not None or (said.role is not None and said.role.country is not None)
        confidence = 0.85 if said.role and said.origin else 0.7 if told else 0.5 if said.role else 0.4
        return Identity(
            own, None, country, sector or None, ", ".join(reasons) or "unknown person", confidence, "person"
        )

    def _is_meant(self, said: Introduction, entries: list[Entry]) -> bool:
        """Whether a listed person is meant: a bare surname must not be said to be of another country."""
        if " " in said.full or said.origin is None:
            return True
        return any(e.country == said.origin.country or e.country in STATELESS for e in entries)

    # -- governments, listed bodies, peoples -----------------------------------------------

    def _government(self, head: int) -> Identity | None:
        """A country, its capital or its seat of government, standing for the government."""
        first, last = self.phrases.core(head)
        name = self.tree.name(head)
        spans = [(first, last), (name.first, name.last) if name else (first, head)]
        for begin, end in spans:
            if not begin <= head <= end or end - begin >= LONGEST + 1:
                continue
            text = self.tree.words(begin, end)
            country = self.knowledge.state(text)
            if country is not None and self.tree.upos[head] in ("PROPN", "NOUN", "ADJ", "X"):
                how = (
                    "country" if self.knowledge.country(text) else "capital" if self.knowledge.capital(text) else "seat"
                )
                return replace(self.country(country.code), reason=f"{how} for government")
        return None

    def _listed(self, head: int) -> Identity | None:
        """A body or group of the actors' files whose name covers the head or stands before it ("the ZANU-PF party")."""
        first, last = self.phrases.core(head)
        word = head
        if self.phrases.noun(head) in self.knowledge.agents.appellations:  # "the Nusra Front terrorist groups"
            fillers = wordlists.sets("coreference.yaml")["fillers"]
            word = next((w for w in range(head - 1, first - 1, -1) if self.tree.form[w].lower() not in fillers), head)
        following = self.tree.form[last + 1 : last + 2]
        if self.tree.upos[head] == "PROPN" and following and following[0].lower() in ("in", "of", "for"):
            # "known as al-Qaeda | in the Arabian Peninsula", wherever that hangs
            last = min(last + _BEYOND, self.tree.sentence(head).last)
        found = self.listed.at(head, first, last) or self.listed.at(word, first, word)
        if found is None:
            return None
        entry, begin, end = found
        while end > begin and self.tree.form[end] in (",", ";", ":"):
            end -= 1
        country = entry.country
        reason = f"listed: {entry.name}"
        confidence = 0.95
        if country is None:
            origin = self.phrases.origin(head)
            country = origin.country if origin else self.setting
            reason += f", '{origin.words}'" if origin else f", {SETTING}"
            confidence = 0.8
        kind = "group" if entry.kind == "group" else "organisation"
        return Identity(self.tree.words(begin, end), entry.name, country, entry.sector, reason, confidence, kind)

    def _people(self, head: int) -> Identity | None:
        """People by nationality: "Americans", "Thirteen Britons"."""
        text = self.tree.form[head]
        country = self.knowledge.people(text) or self.knowledge.nationality(text)
        plural = self.tree.xpos[head] in ("NNS", "NNPS") or self.tree.upos[head] in ("ADJ", "PROPN")
        if country is None or not plural:
            return None
        sector = "GOV" if self.knowledge.nationality(text) else "CVL"
        name = country.name if sector == "GOV" else name_of(self.tree, head, self.knowledge.agents)
        return Identity(name, None, country.code, sector, f"'{text}'", 0.9, "group")

    # -- agents by noun --------------------------------------------------------------------

    def _is_word(self, word: int) -> bool:
        return self.tree.upos[word] in ("NOUN", "PROPN", "ADJ", "VERB", "X", "ADV")

    def _role(self, head: int, depth: int, people: bool) -> tuple[Role, Identity | None]:
        """What the noun and its modifiers say, and the owner who says more ("members of Hamas"), if any."""
        tree, agents = self.tree, self.knowledge.agents
        first = self.phrases.core(head)[0]
        listed = self.listed.words_of_names(first, head - 1)
        before = [tree.form[w].lower() for w in range(first, head) if self._is_word(w) and w not in listed]
        end = min(head + _AFTER, tree.sentence(head).last)
        after = [tree.form[w].lower() for w in range(head + 1, end + 1) if tree.upos[w] != "PUNCT"]
        role = agents.role(self.phrases.noun(head), before, after)
        owner = self._owner(head, first, depth, people) if role.is_carrier or role.sector is None else None
        return role, owner

    def _said(self, head: int) -> Role:
        """The role that a title or an apposition gives to a person, with its body's sector ("leader of Hamas").

        The body's country goes with it unless the phrase names one itself ("the Syrian commander of …").
        """
        role, owner = self._role(head, _DEPTH, people=False)
        if owner is None:
            return role
        named = self.phrases.origin(head) is not None or owner.reason.endswith(SETTING)
        country = role.country or (None if named else owner.country)
        return Role(owner.sector, country, f"'{name_of(self.tree, head, self.knowledge.agents)}'", False)

    def _owner(self, head: int, first: int, depth: int, people: bool) -> Identity | None:
        """The body that a member, leader or spokesman belongs to: before the head or after "of"."""
        if depth <= 0:
            return None
        tree = self.tree
        if (entry := self.listed.body(first, head - 1)) is not None:
            return Identity(entry.name, entry.name, entry.country, entry.sector, f"listed: {entry.name}", 0.9, "group")
        near = [c for c in tree.children(head, "nmod") if tree.deprel[c] == "nmod:poss" or tree.case(c) in _OWNERS]
        for child in near:
            if tree.upos[child] in ("NOUN", "PROPN", "ADJ"):
                owner = self._read(child, depth - 1, people=people)
                if owner.sector is not None and owner.kind != "country":
                    return owner
                if owner.country is not None and owner.sector is None and owner.kind in ("organisation", "group"):
                    return owner
        return None

    def _agent(self, head: int, depth: int, people: bool) -> Identity:
        """An actor by its noun ("Turkish police"), or by a telling word in an unlisted name."""
        role, owner = self._role(head, depth, people)
        name = self.tree.name(head)
        if role.sector is None and role.country is None and owner is None and name is not None:
            role = self._by_name_words(name) or role
        origin = (
            self.phrases.origin(head)
            or self.listed.origin(self.phrases.core(head)[0], head - 1)
            or nearby.shared(*self._read_by, head)
        )
        country, sector, reason, confidence = role.country, role.sector, role.reason, 0.85
        if owner is not None:
            sector, reason = owner.sector, f"of {owner.name}"
            if owner.country is not None and not (origin is not None and owner.reason.endswith(SETTING)):
                country, confidence = owner.country, owner.confidence * 0.95
        if country is None and nearby.are_of_several(*self._read_by, head):
            reason = f"{reason}, of several countries".lstrip(", ")
        elif country is None and origin is not None:
            country, reason = origin.country, f"{reason}, '{origin.words}'".lstrip(", ")
        elif (
            country is None
            and sector in nearby.STATES
            and (capital := nearby.opening(*self._read_by, head)) is not None
        ):
            country, reason = capital.country, f"{reason}, '{capital.words}' before".lstrip(", ")
        elif country is None and self._borrows(head, sector):
            here = self._local.get(self.tree.sentence_of[head]) if sector in _PEOPLE else None
            country, confidence = here or self.setting, 0.5
            reason = f"{reason}, {SETTING}".lstrip(", ")
        if sector is None and owner is None and role.country is None and self._only_counts(head):
            sector, reason, confidence = "CVL", f"a number of people, {reason}", 0.4
        if sector is None:
            confidence = min(confidence, 0.3)
        agents, noun, shown = self.knowledge.agents, self.phrases.noun(head), None
        if owner is not None and noun in agents.things:
            shown = owner.name
        elif noun in agents.equipment:
            shown = nearby.equipment_owner(*self._read_by, head)
        shown = shown or name_of(self.tree, head, agents)
        return Identity(shown, None, country, sector, reason or "nothing known", confidence, self._kind(head, sector))

    def _by_name_words(self, name: Name) -> Role | None:
        """The role that a word in an unlisted name shows: "Egyptian Organization for Human Rights"."""
        agents = self.knowledge.agents
        span = range(name.last, name.first - 1, -1)
        for word in span:
            lemma = self.phrases.noun(word)
            if agents.knows(lemma):
                role = agents.role(lemma, [self.tree.form[w].lower() for w in range(name.first, word)])
                if role.sector or role.country:
                    return role
        telling = (self.tree.form[w].lower() for w in span if self.tree.form[w].lower() in agents.names)
        found = next(telling, None)
        return Role(agents.names[found], None, f"'{found}' in the name", False) if found else None

    def _borrows(self, head: int, sector: str | None) -> bool:
        """Whether an actor without a country is one of the article's setting."""
        tree, agents = self.tree, self.knowledge.agents
        if self.setting is None or sector == "UNK":
            return False
        modifiers = {tree.form[c].lower() for c in tree.children(head, "amod", "det", "nummod", "compound")}
        if self.phrases.noun(head) in agents.offices_abroad:
            modifiers.discard("foreign")  # "the foreign ministry" is of one country
        several = modifiers & agents.pairs and (sector == "GOV" or ("the" in modifiers and sector in nearby.STATES))
        if modifiers & agents.abroad or several:
            return False
        if nearby.is_of_many(*self._read_by, head):
            return False
        if self.phrases.noun(head) not in agents.international:
            return True
        return tree.xpos[head] == "NN" and modifiers <= {"the", "this"} and sector == "GOV"

    def _kind(self, head: int, sector: str | None) -> str:
        tree = self.tree
        lemma = self.phrases.noun(head)
        name = tree.name(head)
        if name is not None and name.kind in ("ORG", "NORP"):
            return "organisation" if name.kind == "ORG" else "group"
        if lemma in ("country", "nation", "state"):
            return "country"
        if tree.xpos[head] in ("NNS", "NNPS") or tree.children(head, "nummod"):
            return "group"
        if lemma in self.knowledge.agents.bodies:
            return "organisation"
        if lemma in self.knowledge.agents.things:
            return "other"
        return "person" if sector is not None and self.knowledge.agents.knows(lemma) else "other"
