"""Listed bodies and groups among the words of an article, chosen by day and by the countries it speaks of."""

from __future__ import annotations

from functools import cached_property

from whence.coding.origins import Origin
from whence.coding.tree import Tree
from whence.knowledge import Entry, Knowledge
from whence.knowledge.records import SECTORLESS

_LONGEST = 8
"""Words of the longest listed name that is looked for."""
_NATIONAL = frozenset({"PTY", "OPP", "LEG"})
"""Sectors whose bodies bear the same names in many countries."""
_WORLDWIDE = frozenset({"USA"})
"""Countries whose agencies news abroad calls by their acronyms alone."""
_SHORT = 3
"""Letters of an acronym that so many bodies share that its country must be spoken of."""


class Listed:
    """Finds entries of the actors' files in the text of one article."""

    def __init__(self, tree: Tree, knowledge: Knowledge, published: str | None, setting: str | None) -> None:
        self.tree = tree
        self.knowledge = knowledge
        self.published = published
        self.setting = setting
        self._named: dict[tuple[int, int], Entry | None] = {}
        """By first and last word: stretches overlap, and every phrase is looked at more than once."""
        self._in: dict[tuple[int, int], tuple[tuple[Entry, int, int], ...]] = {}
        """By first and last word, the names inside."""

    def at(self, word: int, first: int, last: int) -> tuple[Entry, int, int] | None:
        """The body or group whose name covers the word, and the first and last word of that name; longest first.

        Only words `first` to `last` are looked at.
        """
        capital = self.tree.capital
        for length in range(min(last - first + 1, _LONGEST), 0, -1):
            for begin in range(max(first, word - length + 1), min(word, last - length + 1) + 1):
                end = begin + length - 1
                if not (capital[begin] or capital[end]):
                    continue
                stretch = (begin, end)
                if stretch not in self._named:
                    self._named[stretch] = self._entry(begin, end)
                if (entry := self._named[stretch]) is not None:
                    return entry, begin, end
        return None

    def _entry(self, begin: int, end: int) -> Entry | None:
        """The body or group whose whole name the words are; names compare without marks, so none stands at an edge."""
        if "PUNCT" in (self.tree.upos[begin], self.tree.upos[end]):
            return None
        text = self.tree.words(begin, end)
        entries = [e for e in self.knowledge.actors(text) if e.kind != "person"]
        entry = self._fitting(entries, text) if entries else None
        return entry if entry is not None and self._is_whole(entry, begin, end) else None

    def _is_whole(self, entry: Entry, begin: int, end: int) -> bool:
        """Whether the words are a name by themselves, no part of another body's ("Iran's Security Council").

        "UN" and its like before more words are their owner all the same. A paper whose name is
        "The" and a common noun must be marked as a name.
        """
        name = self.tree.name(begin) if self.tree.name(begin) is self.tree.name(end) else None
        if entry.country in SECTORLESS and name is not None and begin == name.first:
            return True
        if entry.name.startswith("The ") and begin == end and (name is None or name.kind == "PER"):
            return False
        parts = [*range(name.first, begin), *range(end + 1, name.last + 1)] if name and name.kind == "ORG" else []
        if any(self._other_country(w, entry) is not False for w in parts if self.tree.form[w][:1].isupper()):
            return False
        owner = begin - 2 if begin > 1 and self.tree.xpos[begin - 1] == "POS" else begin - 1
        return owner < 0 or self.tree.deprel[owner] != "nmod:poss" or self._other_country(owner, entry) is not True

    def _other_country(self, word: int, entry: Entry) -> bool | None:
        """Whether a word beside a listed name is of another country than the entry's; None if of none."""
        form = self.tree.form[word]
        if form.lower() in ("the", "a"):
            return False
        country = self.knowledge.state(form) or self.knowledge.nationality(form)
        return None if country is None else country.code != entry.country

    def words_of_names(self, first: int, last: int) -> set[int]:
        """Words that are parts of listed names and say nothing by themselves ("European Union leaders")."""
        return {word for _, begin, end in self._among(first, last) for word in range(begin, end + 1)}

    def body(self, first: int, last: int) -> Entry | None:
        """The first listed body among the words ("Hamas leader Ismail Haniyeh")."""
        found = self._among(first, last)
        return found[0][0] if found else None

    def origin(self, first: int, last: int) -> Origin | None:
        """The country of the first listed body among the words ("Taliban militants")."""
        entry = self.body(first, last)
        return Origin(entry.country, entry.name) if entry is not None and entry.country is not None else None

    def _among(self, first: int, last: int) -> tuple[tuple[Entry, int, int], ...]:
        """The listed names among the words, each as often as it has proper words, with first and last word."""
        stretch = (first, last)
        if stretch not in self._in:
            found = (self.at(w, first, last) for w in range(first, last + 1) if self._is_proper(w))
            self._in[stretch] = tuple(f for f in found if f is not None)
        return self._in[stretch]

    def _is_proper(self, word: int) -> bool:
        return self.tree.capital[word] and self.tree.upos[word] in ("PROPN", "ADJ", "NOUN")

    def _fitting(self, entries: list[Entry], text: str) -> Entry | None:
        """Of several bodies with one name the one of a country that the article speaks of, on the article's day.

        Without a day the last line of the files, the latest state of things, holds.
        """
        day = self.published
        live = [e for e in entries if day is None or e.holds(day)] or entries
        near = [e for e in live if e.country in self.mentioned]
        if not near:
            is_short = len(text) <= _SHORT and text.isupper()
            near = [e for e in live if self._is_known_anywhere(e, is_short)]
        near = [e for e in near if e.country == self.setting] or near
        if not near:
            return None
        return near[-1] if day is None else near[0]

    def _is_known_anywhere(self, entry: Entry, is_short: bool) -> bool:
        """Whether the name means this body even where its country is not spoken of."""
        if entry.country not in self.knowledge.countries or entry.sector == "JRN":
            return True
        return entry.sector not in _NATIONAL and (not is_short or entry.country in _WORLDWIDE)

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Countries that the article names by name, capital or adjective, and its setting."""
        found = {self.setting} if self.setting else set()
        for word in range(len(self.tree)):
            if not self.tree.capital[word]:
                continue
            for last in range(word, min(word + 2, len(self.tree))):
                text = self.tree.words(word, last)
                country = self.knowledge.state(text) or self.knowledge.nationality(text)
                if country is not None:
                    found.add(country.code)
        return frozenset(found)
