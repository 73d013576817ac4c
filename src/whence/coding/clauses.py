"""What stands in a trigger's own clause or phrase: places and the date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from whence.coding.reach import MAX_STEPS, Reach
from whence.coding.roles import Roles
from whence.coding.time_clauses import Dates

LOCATIVE = frozenset(
    {
        *("in", "at", "near", "on", "off", "outside", "inside", "across", "around", "through", "along", "over"),
        *("throughout", "within", "above", "beyond"),
    }
)
"""Prepositions after which a toponym is where something happened, whatever it was; others are the cues' to name."""
_DAYS = frozenset({"day", "week", "fortnight", "month", "year", "decade"})
"""Words that measure the time between two acts: a day later the other one's place is not this one's."""
_ORDER = frozenset({"after", "before"})
_UNDERGOING = frozenset({"of", "on", "against", "with"})
_SIDEWAYS = frozenset({"appos", "conj", "compound", "flat", "nmod", "amod", "dep", "list", "nummod", "obl"})


class Surroundings:
    """Dates and toponyms of one tree, and to which triggers they belong."""

    def __init__(self, roles: Roles, dates: Collection[tuple[int, int]], toponyms: Collection[tuple[int, int]]) -> None:
        self._roles = roles
        self._tree = roles.tree
        self._reach = Reach(roles)
        self._dates = Dates(self._reach, dates)
        self._toponyms = self._by_sentence(toponyms)

    def places(self, trigger: int, named: Iterable[int]) -> tuple[int, ...]:
        """Toponyms that say where: in the trigger's clause or phrase, or in one of its place slots (`named`)."""
        near = self.toponyms(trigger)
        found = {t for t in near if self._is_where(t, trigger)}
        found |= {t for word in named for t in near if self._is_name_of(t, word)}
        return tuple(sorted(found))

    def toponyms(self, trigger: int) -> list[int]:
        """Head words of the toponyms of the trigger's sentence."""
        return self._toponyms.get(self._tree.sentence_of[trigger], [])

    def is_days_apart(self, toponym: int, trigger: int) -> bool:
        """Whether days lie between the trigger's act and what the toponym belongs to: "came a day after … in Nyala"."""
        theirs, mine = ([word, *self._tree.ancestors(word)] for word in (toponym, trigger))
        shared = frozenset(theirs) & frozenset(mine)
        return any(self._is_by_days(word) for word in (*theirs, *mine) if word not in shared)

    def _is_by_days(self, word: int) -> bool:
        """Whether a clause or noun is set off by a number of days: "a day after", "two weeks before"."""
        tree = self._tree
        return any(
            tree.form[mark].lower() in _ORDER and mark > 0 and tree.lemma[mark - 1].lower() in _DAYS
            for mark in tree.children(word, "mark", "case")
        )

    def time(self, trigger: int) -> int | None:
        """The head word of the trigger's date, or None."""
        return self._dates.of(trigger)

    def _by_sentence(self, spans: Collection[tuple[int, int]]) -> dict[int, list[int]]:
        """Head words of the ranges by number of their sentence."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for span in spans:
            found[self._tree.sentence_of[span[0]]].append(self._head(span))
        return found

    def _head(self, span: tuple[int, int]) -> int:
        """The word of a range that hangs outside it."""
        first, last = span
        for word in range(first, last + 1):
            above = self._tree.head[word]
            if above == word or not first <= above <= last:
                return word
        return first

    def _is_where(self, toponym: int, trigger: int) -> bool:
        """Whether the toponym stands after a locative preposition in the trigger's clause or phrase."""
        tree, bases = self._tree, self._reach.bases(trigger)
        word, located = toponym, False
        if tree.head[toponym] == trigger and tree.relation[toponym] == "compound":
            return not self._roles.is_doer(toponym)
        for _ in range(MAX_STEPS):
            above, relation = tree.head[word], tree.relation[word]
            if word != toponym and relation not in ("appos", "conj") and not self._is_place_noun(word):
                undergoes = tree.deprel[word] in ("obj", "nsubj:pass") or tree.case(word) in _UNDERGOING
                if above not in bases or not undergoes:
                    return False
            located = located or tree.case(word) in LOCATIVE
            if above in bases and relation in ("obl", "nmod", "advmod", "obj", "nsubj"):
                return located and self._reach.rank(word, bases) is not None
            if above == word or (relation not in _SIDEWAYS and not self._is_reduced(word)):
                return False
            word = above
        return False

    def _is_reduced(self, word: int) -> bool:
        """Whether a word is an owner, or a bare present participle: "targets belonging to the group"."""
        tree = self._tree
        if tree.deprel[word] == "acl":
            return tree.xpos[word] == "VBG" and not tree.children(word, "mark", "nsubj")
        return tree.deprel[word] == "nmod:poss"

    def _is_place_noun(self, word: int) -> bool:
        """Whether a noun on the way up can be a place, not somebody in one ("the officials in Tiraspol")."""
        territory = self._roles.codebook.holds(self._tree.lemma[word].lower(), frozenset({"TERRITORY", "BUILDING"}))
        return territory or self._tree.name(word) is not None or not self._roles.is_actor(word)

    def _is_name_of(self, toponym: int, word: int) -> bool:
        """Whether the toponym names the place that `word` heads."""
        tree = self._tree
        for _ in range(MAX_STEPS):
            if toponym == word:
                return True
            if tree.relation[toponym] not in ("appos", "compound", "flat", "nmod", "conj", "nmod:poss"):
                return False
            toponym = tree.head[toponym]
        return False
