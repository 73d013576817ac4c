"""Persons: which name a phrase is about, and what titles and appositions say of its bearer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from whence.coding import titles, wordlists
from whence.coding.listed import Listed
from whence.coding.origins import COMPLEMENTS, Origin, of_phrase, within
from whence.coding.tree import Tree
from whence.knowledge import Entry, Knowledge
from whence.knowledge.agents import Role
from whence.knowledge.normal import key
from whence.knowledge.records import SECTORLESS
from whence.records import Name

_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "ELI"})
"""Sectors whose people are elite (ELI) once their term is over."""


_ABOVE_RANK = frozenset({"GOV", "LEG", "JUD"})
"""Sectors of offices that tell more of somebody than the military rank behind them."""
_LONGEST = 5
"""Words that a person's name has at most after its first."""
_GRACE = timedelta(days=3)
"""News of a person's last days in a role still names that role."""


def _days_before(day: str) -> str:
    try:
        return (date.fromisoformat(day) - _GRACE).isoformat()
    except (ValueError, OverflowError):
        return day


def _bounds(tree: Tree, word: int) -> tuple[int, int]:
    phrase = tree.phrase(word)
    return phrase.first, phrase.last


@dataclass(frozen=True, slots=True)
class Introduction:
    """What an article says of a person wherever it names them."""

    full: str
    role: Role | None
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A listed person's line and the sector that follows from it on a day."""

    entry: Entry
    sector: str | None
    when: str


class Persons:
    """The persons of one article; `role_of` reads the role off a common noun and its modifiers."""

    def __init__(self, tree: Tree, knowledge: Knowledge, listed: Listed, role_of: Callable[[int], Role]) -> None:
        self.tree = tree
        self.knowledge = knowledge
        self.listed = listed
        self.role_of = role_of
        self._names: dict[int, Name | None] = {}

    def name_of(self, head: int) -> Name | None:
        """The name of the person that a phrase is about: at its head, or attached to its title."""
        if head not in self._names:
            self._names[head] = self._name_of(head)
        return self._names[head]

    def _name_of(self, head: int) -> Name | None:
        tree = self.tree
        own = tree.name(head)
        if own is not None and own.kind == "PER":
            return None if self._is_body(own) else own
        if (titled := self._titled.get(head)) is not None and not self._is_body(titled):
            return titled
        if own is not None and own.kind != "MISC":
            return None
        if tree.xpos[head] in ("NNS", "NNPS"):
            return None
        for child in tree.children(head, "flat", "appos", "nmod"):
            name = tree.name(child)
            if name is None or name.kind != "PER" or tree.deprel[child] == "nmod:poss" or tree.children(child, "case"):
                continue
            return name
        behind = self.named_behind(head)
        return behind if behind is not None and behind.kind == "PER" else self._unmarked(head)

    def named_behind(self, head: int) -> Name | None:
        """The name that a clause gives: "a commander known as Shpati", "a group called the Juba Front"."""
        tree, verbs = self.tree, wordlists.sets("coreference.yaml")["naming"]
        if tree.upos[head] != "NOUN":
            return None
        participle = tree.phrase(head).last + 1
        first = participle + 1
        if first >= len(tree) or tree.lemma[participle] not in verbs or tree.xpos[participle] != "VBN":
            return None
        if tree.form[first].lower() == "as" and first + 1 < len(tree):
            first += 1
        first += tree.upos[first] == "DET" and first + 1 < len(tree)
        name = tree.name(first)
        return name if name is not None and name.kind in ("PER", "ORG") and name.first == first else None

    def _is_body(self, name: Name) -> bool:
        """Whether the encoder took a listed body ("FARC") or a country or capital for a person."""
        text = self.tree.words(name.first, name.last)
        entries = self.knowledge.actors(text)
        if not entries:
            return self.knowledge.state(text) is not None
        return all(e.kind != "person" for e in entries)

    def _unmarked(self, head: int) -> Name | None:
        """A person that the encoder did not mark: listed by several words, or introduced in this article."""
        tree = self.tree
        if tree.upos[head] != "PROPN":
            return None
        phrase = tree.phrase(head)
        for first in range(phrase.first, phrase.last):
            for last in range(min(phrase.last, first + _LONGEST), first, -1):
                entries = self.knowledge.actors(tree.words(first, last)) if tree.form[first][:1].isupper() else ()
                if any(e.kind == "person" for e in entries):
                    return Name("PER", first, last)
        form = tree.form[head]
        known = self._known_as(form)
        is_surname = known is not None and " " in known.full
        is_listed = any(e.kind == "person" for e in self.knowledge.actors(form)) and not self.knowledge.points(form)
        return Name("PER", head, head) if is_surname or is_listed else None

    @cached_property
    def _titled(self) -> dict[int, Name]:
        """By the noun of a title the name behind it."""
        return titles.find(self.tree, self._is_role)

    @cached_property
    def _title_of(self) -> dict[int, int]:
        """By the first word of a name the noun of the title before it."""
        return {name.first: title for title, name in self._titled.items()}

    def _is_role(self, word: int) -> bool:
        """Whether a word is a noun for a single person with a role."""
        tree, agents = self.tree, self.knowledge.agents
        noun = tree.lemma[word].lower()
        if tree.upos[word] not in ("NOUN", "PROPN") or tree.xpos[word] not in ("NN", "NNP"):
            return False
        return agents.knows(noun) and noun not in agents.bodies | agents.things | agents.quantities

    def full(self, name: Name) -> str:
        """A name without the titles and the possessive mark that the encoder took in."""
        first, last = name.first, name.last
        while first < name.last and self.tree.form[first].lower() in self.knowledge.agents.honorifics:
            first += 1
        while last > first and self.tree.xpos[last] == "POS":
            last -= 1
        return self.tree.words(first, last)

    def introduction(self, name: Name) -> Introduction:
        """What is said of the person here, completed by what the article says elsewhere under the same surname."""
        own = self.full(name)
        role, origin = self._title(name)
        known = self._known_as(own)
        if known is None or (" " in own and known.full != own):
            return Introduction(own, role, origin)
        return Introduction(known.full, role or known.role, origin or known.origin)

    def entries(self, name: Name, said: Introduction, day: str | None) -> list[Entry] | None:
        """The lines of a listed person of that name, also of one whom only the title tells ("King Abdullah").

        Of several persons with one name the one of the country that the phrase names, else of the setting, else of the
        only country of theirs that the article speaks of; None if that leaves it open.
        """
        found = [e for e in self.knowledge.actors(said.full) if e.kind == "person"]
        before = name.first - 1
        if not found and " " not in said.full:
            is_titled = before >= 0 and self.tree.form[before].lower() in self.knowledge.agents.honorifics
            words = self.tree.words(before if is_titled else name.first, name.last)
            found = [e for e in self.knowledge.actors(words) if e.kind == "person"]
        if day is None and said.origin is not None and said.origin.country in SECTORLESS:
            return [e for e in found if e.country == said.origin.country]  # "the UN's rights chief", once a president
        live = [e for e in found if day is None or e.holds(day)] or found
        if len({e.name for e in live}) <= 1:
            return found
        wanted = {said.origin.country} if said.origin is not None else {self.listed.setting}
        near = [e for e in live if e.country in wanted] or [e for e in live if e.country in self.listed.mentioned]
        names = {e.name for e in near}
        return [e for e in found if e.name in names] if len(names) == 1 else None

    def standing(self, entries: list[Entry], role: Role | None, day: str | None) -> Standing:
        """The line of a listed person that holds on a day (`YYYY-MM-DD`), with the sector on that day.

        Without a day the latest line counts, unless the text's own title fits another.
        """
        said = role.sector if role else None
        if day is None:
            wanted = "GOV" if said == "ELI" else said
            entry = next((e for e in reversed(entries) if e.sector == wanted), entries[-1])
            return Standing(entry, "ELI" if said == "ELI" else entry.sector, "no date")
        holding = [e for e in entries if e.holds(day)] or [e for e in entries if e.holds(_days_before(day))]
        if holding:
            return Standing(holding[-1], holding[-1].sector, f"on {day}")
        over = [e for e in entries if not e.start or e.start <= day]
        if not over:
            return Standing(entries[0], said, f"later than {day}")
        last = max(over, key=lambda e: e.end)
        return Standing(last, "ELI" if last.sector in _OFFICIAL else last.sector, f"before {day}")

    # -- titles --------------------------------------------------------------------------

    def _known_as(self, name: str) -> Introduction | None:
        """The introduction of a surname; of a single word also of a name that begins with it ("Wang" for Wang Yi)."""
        known = self._introductions.get(key(name.split()[-1]))
        if " " in name or (known is not None and " " in known.full):
            return known
        begins = (i for i in self._introductions.values() if i.full.lower().startswith(f"{name.lower()} "))
        return next(begins, known)

    @cached_property
    def _introductions(self) -> dict[str, Introduction]:
        """By the key of the surname (the name's last word): the fullest name, the first role and country given."""
        found: dict[str, Introduction] = {}
        for name in self.tree.analysis.names:
            if name.kind != "PER":
                continue
            full = self.full(name)
            surname = key(full.split()[-1])
            before = found.get(surname)
            if before is None:
                found[surname] = Introduction(full, *self._title(name))
            elif before.full == full or " " not in before.full or " " not in full:
                role, origin = self._title(name)
                longer = max(before.full, full, key=len)
                found[surname] = Introduction(longer, before.role or role, before.origin or origin)
        return found

    def _title(self, name: Name) -> tuple[Role | None, Origin | None]:
        """The role and the country that stand around a name: titles, appositions, "X of Y"."""
        tree = self.tree
        inside = range(name.first, name.last + 1)
        head = next((w for w in inside if tree.head[w] not in inside or tree.is_root(w)), name.last)
        around = [c for c in tree.children(head, "appos") if c not in inside]
        attached = tree.deprel[head] in ("appos", "flat", "nmod") and not tree.children(head, "case")
        if attached and tree.name(tree.head[head]) is None:
            around.insert(0, tree.head[head])
        if (title := self._title_of.get(name.first)) is not None and title not in (*around, *inside):
            around.append(title)
        role, origin = self._before(name, head), self._origin_before(name, head)
        for word in around:
            if tree.upos[word] in ("NOUN", "PROPN") and (tree.name(word) is None):
                said = self.role_of(word)
                role = role or (said if said.sector or said.country else None)
                origin = origin or of_phrase(tree, self.knowledge, word) or self.listed.origin(*_bounds(tree, word))
        return role, origin

    def _before(self, name: Name, head: int) -> Role | None:
        """The role in the words before a name, or in titles within it: "Defence Minister Hossein Dehghan"."""
        tree, agents = self.tree, self.knowledge.agents
        first = tree.phrase(head).first
        skipped = self.listed.words_of_names(first, name.first - 1)
        title = [w for w in range(first, name.last) if tree.upos[w] in ("NOUN", "PROPN", "ADJ", "X", "VERB")]
        while title and (title[-1] >= name.first and tree.form[title[-1]].lower() not in agents.honorifics):
            title.pop()
        lemmas = [tree.form[w].lower() for w in title if w not in skipped]
        while (
            len(lemmas) > 1 and agents.titles.get(lemmas[-1]) == "MIL" and agents.heads.get(lemmas[-2]) in _ABOVE_RANK
        ):
            lemmas.pop()  # "Prime Minister Gen Ruiz"
        if lemmas and agents.knows(lemmas[-1]):
            role = agents.role(lemmas[-1], lemmas[:-1])
            if role.is_carrier and (owner := self.listed.body(first, name.first - 1)) is not None:
                return Role(owner.sector, None, owner.name, False)
            if role.sector is not None or role.country is not None:
                return role
        sector = next((agents.titles[w] for w in reversed(lemmas) if w in agents.titles), None)
        return Role(sector, None, f"'{lemmas[-1]}'", False) if sector else None

    def _origin_before(self, name: Name, head: int) -> Origin | None:
        """The country in the words before a name, else after it: "Thabo Mbeki of South Africa"."""
        tree, first = self.tree, self.tree.phrase(head).first
        before = within(tree, self.knowledge, first, name.first - 1)
        found = before or self.listed.origin(first, name.first - 1)
        if found is not None:
            return found
        for child in tree.children(head, "nmod"):
            if tree.case(child) in COMPLEMENTS and child > name.last:
                inner = tree.phrase(child)
                return within(tree, self.knowledge, inner.first, inner.last)
        return None
