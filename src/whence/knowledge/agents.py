"""What common nouns say about the sector of an actor: the rules of `agents.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whence.errors import KnowledgeError
from whence.knowledge.records import STATELESS
from whence.knowledge.tables import SECTORS, read_yaml


@dataclass(frozen=True, slots=True)
class Rule:
    """A modifier that decides the sector, before some heads or (none given) before all."""

    sector: str
    modifiers: frozenset[str]
    heads: frozenset[str]
    over: frozenset[str]
    """If given, the rule holds only where the head's own sector is one of these."""


@dataclass(frozen=True, slots=True)
class Role:
    """The sector that a noun phrase shows, or a stateless code in its place, and the words that show it."""

    sector: str | None
    country: str | None
    reason: str
    is_carrier: bool
    """Whether a named owner ("members of Hamas") says more than the sector here."""


class Agents:
    """The noun rules. Raises `KnowledgeError` if the file does not hold."""

    def __init__(self, path: Path) -> None:
        data = read_yaml(path)
        self._path = path
        self.heads = self._inverted(data, "heads")
        self.carriers = self._inverted(data, "carriers")
        self.compounds = self._inverted(data, "compounds")
        self.stateless = self._inverted(data, "stateless")
        self.names = self._inverted(data, "names")
        self.titles = self._inverted(data, "titles")
        self.honorifics = frozenset(data.get("honorifics", ()))
        self.determiners = frozenset(data.get("determiners", ()))
        self.bodies = frozenset(data.get("bodies", ()))
        self.quantities = frozenset(data.get("quantities", ()))
        self._only_heads = frozenset(data.get("only_heads", ()))
        self.equipment = frozenset(data.get("equipment", ()))
        self.things = frozenset(data.get("things", ())) | self.equipment
        self.appellations = frozenset(data.get("appellations", ()))
        self.abroad = frozenset(data.get("abroad", ()))
        self.offices_abroad = frozenset(data.get("offices_abroad", ()))
        self.international = frozenset(data.get("international", ()))
        self.pairs = frozenset(data.get("pairs", ()))
        self.lands = frozenset(data.get("lands", ()))
        self._of_stateless, self._of_compounds = _by_first_word(self.stateless), _by_first_word(self.compounds)
        self._beginnings = self._of_stateless.keys() | self._of_compounds.keys()
        self._rules = [self._rule(r) for r in data.get("deciding", ())]
        self._deciding = frozenset(word for rule in self._rules for word in rule.modifiers)

    def _inverted(self, data: dict[str, Any], section: str) -> dict[str, str | None]:
        """Word to sector, from a section that lists words by sector; `unknown` is None."""
        found: dict[str, str | None] = {}
        for sector, words in data.get(section, {}).items():
            if sector not in SECTORS | STATELESS and sector != "unknown":
                raise KnowledgeError(f"{self._path}: {section}: {sector!r} is no sector of PLOVER")
            for word in words:
                if word in found:
                    raise KnowledgeError(f"{self._path}: {section}: {word!r} stands twice; one sector must go")
                found[str(word)] = None if sector == "unknown" else sector
        return found

    def _rule(self, raw: dict[str, Any]) -> Rule:
        try:
            sets = [frozenset(raw.get(k, ())) for k in ("modifiers", "heads", "over")]
            rule = Rule(str(raw["sector"]), *sets)
        except (KeyError, TypeError) as error:
            raise KnowledgeError(f"{self._path}: deciding: {raw!r} does not hold ({error})") from error
        if rule.sector not in SECTORS | STATELESS:
            raise KnowledgeError(f"{self._path}: deciding: {rule.sector!r} is no sector of PLOVER")
        return rule

    def knows(self, word: str) -> bool:
        """Whether the noun (lemma, lower case) says anything about a sector."""
        return word in self.heads or word in self.carriers

    def role(self, head: str, modifiers: Sequence[str], after: Sequence[str] = ()) -> Role:
        """The sector of a phrase by its head and the words before and after it (lemmas, lower case, in text order)."""
        own = self.heads.get(head, self.carriers.get(head))
        if (found := self._longest_phrase(head, [*modifiers, head, *after])) is not None:
            longest, own = found
            if own in STATELESS:
                return Role(None, own, f"'{longest}'", False)
            head_rule = self._decides(head, modifiers, own, only_over=True)
            return head_rule or Role(own, None, f"'{longest}'", False)
        decided = self._decides(head, modifiers, own, only_over=False)
        if decided is not None:
            return decided
        if head not in self.heads:
            for word in reversed(modifiers):
                if word not in self._only_heads and (sector := self.heads.get(word)) is not None:
                    return Role(sector, None, f"'{word} {head}'", False)
        return Role(own, None, f"'{head}'" if own else "", head in self.carriers)

    def _longest_phrase(self, head: str, words: Sequence[str]) -> tuple[str, str | None] | None:
        """The longest stateless or else compound phrase with the head among words, and what it says.

        Beside carriers any compound counts.
        """
        if self._beginnings.isdisjoint(words):  # most phrases by far
            return None
        text = f" {' '.join(words)} "
        for table, beginnings in ((self.stateless, self._of_stateless), (self.compounds, self._of_compounds)):
            spread = table is self.compounds and head in self.carriers
            near = {c for word in words for c in beginnings.get(word, ())}
            fits = [c for c in near if f" {c} " in text and (spread or head in c.split())]
            if fits:
                longest = min(fits, key=lambda c: (-len(c), beginnings[c.split()[0]][c]))
                return longest, table[longest]
        return None

    def _decides(self, head: str, modifiers: Sequence[str], own: str | None, *, only_over: bool) -> Role | None:
        if self._deciding.isdisjoint(modifiers):
            return None
        for rule in self._rules:
            if only_over and not rule.over:
                continue
            word = next((m for m in modifiers if m in rule.modifiers), None)
            if word is None or (rule.heads and head not in rule.heads) or (rule.over and own not in rule.over):
                continue
            if rule.sector in STATELESS:
                return Role(None, rule.sector, f"'{word} {head}'", False)
            return Role(rule.sector, None, f"'{word} {head}'", False)
        return None


def _by_first_word(phrases: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each word the phrases that begin with it, each with its place among all: most phrases need no look then."""
    found: dict[str, dict[str, int]] = {}
    for number, phrase in enumerate(phrases):
        found.setdefault(phrase.split()[0], {})[phrase] = number
    return found
