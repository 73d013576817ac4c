"""Who "he", "the ministry", "Shamkhani" is: mentions of one article joined into entities.

Names join by their words (a surname continues the full name, an acronym what it abbreviates);
descriptions (`descriptions.py`) and pronouns lead back to whoever fits best (`antecedents.py`);
a document to its author (`documents.py`). "I" and "we" are whoever speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any

from whence.coding import wordlists
from whence.coding.actors import SETTING, Identifier, Identity
from whence.coding.descriptions import Descriptions
from whence.coding.mentions import Mentions
from whence.coding.naming import is_acronym, is_short
from whence.coding.narration import Narration
from whence.coding.quotations import Quotation
from whence.coding.tree import Tree
from whence.coding.voices import Voices
from whence.records import Span

_SECTORLESS = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC"})
"""Stateless codes that have no sector (gold guide)."""
_ARMED = frozenset({"MIL", "GOV", "REB", "PRM", "SPY", "COP"})
"""Sectors of those whose weapons act for them."""
_LED = frozenset({"MIL", "REB", "PRM", "COP", "PTY", "OPP", "CRM", "SOC", "LAB", "JRN", "BUS"})
"""Sectors that those have too who are somebody's: "his men", "their commander", "its editor"."""
_SURE = 0.5
"""Confidence up to which a country comes from the article's setting alone."""
_OWNED = 0.6
"""Confidence of a country that comes from whose somebody is."""
_FOR = frozenset({"of", "for", "at", "with", "from"})
"""Prepositions behind a title before the body that somebody speaks for."""
_FIRST = 4
"""Mentions of a speaker whose titles are read."""
_CLAUSES = 4
"""How many words up the clause of a relative pronoun is looked for."""


class Coreference:
    """The entities of one article; `who` answers for the head word of any noun phrase."""

    def __init__(self, tree: Tree, identifier: Identifier, quotations: Sequence[Quotation]) -> None:
        self.tree = tree
        self.identifier = identifier
        self._rules: dict[str, Any] = wordlists.load("coreference.yaml")
        self._narration = Narration(tree, quotations)
        self._descriptions = Descriptions(tree, identifier)
        self._weapons: frozenset[int] = frozenset()
        self._asked: set[int] = set()
        """First persons whose speaker is being looked up: one that speaks of itself is not asked again."""
        self._voices = Voices(tree)

    def hear(self, speakers: Sequence[tuple[Sequence[Span], int]]) -> None:
        """Tells who speaks where: spans of content with the head word of their source."""
        self._voices = Voices(self.tree, speakers)
        self.__dict__.pop("_reading", None)

    def arm(self, weapons: Iterable[int]) -> None:
        """Tells which head words are weapons, aircraft, vehicles: where they act, it is their owner who acts."""
        self._weapons = frozenset(weapons)

    def who(self, head: int) -> Identity:
        """The identity behind a noun phrase: its own words, completed by what else the article says of it."""
        if (wielder := self._wielder(head)) is not None:
            return wielder
        form = self.tree.form[head]
        word = form.lower() if form in ("We", "Our", "My") else form  # "US" is no pronoun
        many = word in self._rules["speaker_many"]
        if many or word in self._rules["speaker_one"]:
            return self._speaker(head, many) or self.identifier.identify(head)
        if (meant := self._relative(head)) is not None:
            return self.who(meant)
        entity = self._reading.entities.of(head)
        own = self._of_owner(head, self.identifier.identify(head))
        if entity is None:
            return own
        known = entity.identity
        if (why := self._reading.why.get(head)) is not None:
            reason = f"{why} {known.name}; {known.reason}"
            return replace(known, reason=reason, confidence=0.8 * known.confidence)
        is_short_form = is_acronym(own.name, known.name) or is_short(own.name)
        if own.name != known.name and (is_short_form or self._reading.entities.is_called(own.name, entity)):
            return replace(known, reason=f"'{own.name}' is short for {known.name} here; {known.reason}")
        name = known.name if known.kind == own.kind or own.label is None else own.name
        if own.is_guess and known.country is not None and not known.is_guess:
            own = replace(own, country=known.country, reason=known.reason)
        if own.is_untitled and known.sector is not None:
            own = replace(own, sector=known.sector)
        return replace(
            own,
            name=self._owned(head, own) or name,
            label=own.label or known.label,
            country=own.country or known.country,
            sector=own.sector or (None if own.country in _SECTORLESS else known.sector),
            reason=own.reason if own.country or not known.country else known.reason,
        )

    def _relative(self, head: int) -> int | None:
        """The noun that a relative pronoun means: the one before its clause."""
        tree = self.tree
        if tree.form[head].lower() not in self._rules["relative"]:
            return None
        for word in islice(tree.ancestors(head), _CLAUSES):
            if tree.deprel[word].startswith("acl"):
                return tree.head[word] if tree.head[word] < head else None
        return None

    @cached_property
    def _reading(self) -> Mentions:
        """The entities, as far as it is known who speaks where."""
        return Mentions(self.tree, self.identifier, self._narration, self._descriptions, self._voices)

    def _of_owner(self, head: int, own: Identity) -> Identity:
        """Somebody without a country has that of whose they are: "his marines", "France, its spokesman said"."""
        owner = self.tree.child(head, "nmod:poss")
        if (
            owner is None
            or self.tree.upos[owner] == "NOUN"
            or not own.reason.endswith(SETTING)
            or own.kind == "country"
        ):
            return own
        whose = self.who(owner)
        if own.label is None and whose.sector in _LED and self.identifier.leads(head):
            own = replace(own, sector=whose.sector)
        if whose.country not in self.identifier.knowledge.countries or whose.reason.endswith(SETTING):
            return own
        reason = f"{own.reason.removesuffix(SETTING)}of {whose.name}"
        return replace(own, country=whose.country, reason=reason, confidence=_OWNED)

    def _owned(self, head: int, own: Identity) -> str | None:
        """The name of somebody known by a pronoun alone: "its spokesman" is the "ministry's spokesman"."""
        owner = self.tree.child(head, "nmod:poss")
        entities = self._reading.entities
        meant = self._relative(owner) if owner is not None else None
        is_pronoun = owner is not None and (meant is not None or self.tree.upos[owner] == "PRON")
        whose = entities.of(owner if meant is None else meant) if is_pronoun and owner is not None else None
        entity = entities.of(head)
        if whose is None or own.kind == "country" or entity is None or entity.named:
            return None
        if any(self.tree.name(w) is not None for w in (head, *self.tree.children(head, "appos", "flat"))):
            return None
        mark = "'" if whose.plural and whose.identity.name.endswith("s") else "'s"
        return f"{whose.identity.name}{mark} {own.name}"

    def _wielder(self, head: int) -> Identity | None:
        """Who uses weapons of which the words do not say whose they are: the force that speaks of them."""
        if not self._weapons:
            return None
        entity = self._reading.entities.of(head)
        if head not in self._weapons and (entity is None or self._weapons.isdisjoint(entity.heads)):
            return None
        own = self.identifier.identify(head)
        if own.country is not None and own.confidence > _SURE:
            return None
        speaker = self._speaker(head, many=False)
        if speaker is None or speaker.sector not in _ARMED:
            return None
        return replace(speaker, reason=f"'{own.name}' are the speaker's, {speaker.name}", confidence=0.6)

    def _speaker(self, head: int, many: bool) -> Identity | None:
        """Whoever says the words round a word; None outside speech.

        "We" of somebody who speaks for a body is that body, of another official the country.
        """
        speaker = self._voices.speaker(head)
        if speaker is None or head in self._asked or speaker in self._asked:
            return None
        self._asked.add(head)
        source = self.who(speaker)
        self._asked.discard(head)
        reason = f"'{self.tree.form[head].lower()}' is the speaker, {source.name}"
        if many and source.kind == "person" and (body := self._body(speaker)) is not None:
            return replace(body, reason=f"{reason}, for {body.name}", confidence=0.6)
        is_official = source.kind == "person" and source.sector in ("GOV", "MIL")
        if many and is_official and source.country in self.identifier.knowledge.countries:
            country = self.identifier.country(source.country)
            return replace(country, reason=f"{reason}, for {country.name}", confidence=0.6)
        return replace(source, reason=reason, confidence=0.8 * source.confidence)

    def _body(self, speaker: int) -> Identity | None:
        """The body that somebody speaks for, as titles and appositions say: "the ministry's spokeswoman"."""
        tree = self.tree
        entity = self._reading.entities.of(speaker)
        heads = [speaker] if entity is None else [*entity.heads[:_FIRST], *entity.inner[:_FIRST]]
        for head in heads:
            beside = [tree.head[head]] if tree.deprel[head] in ("appos", "flat", "nmod:desc") else []
            for title in [head, *tree.children(head, "appos", "flat", "nmod:desc"), *beside]:
                if tree.upos[title] not in ("NOUN", "PROPN") or (title != head and tree.upos[title] != "NOUN"):
                    continue
                for owner in tree.children(title, "nmod", "compound"):
                    is_owner = tree.deprel[owner] in ("nmod:poss", "compound") or tree.case(owner) in _FOR
                    if not is_owner or tree.upos[owner] not in ("NOUN", "PROPN", "PRON"):
                        continue
                    body = self.who(owner)
                    if body.kind in ("organisation", "group") and body.name[:1].isupper():
                        return body
        return None
