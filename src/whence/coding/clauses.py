"""What stands in a trigger's own clause or phrase: places and the date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from whence.coding.roles import Roles

LOCATIVE = frozenset(
    {
        *("in", "at", "near", "on", "off", "outside", "inside", "across", "around", "through", "along", "over"),
        *("throughout", "within", "above", "beyond"),
    }
)
"""Prepositions after which a toponym is where something happened, whatever it was; others are the cues' to name."""
_UNDERGOING = frozenset({"of", "on", "against", "with"})
_SIDEWAYS = frozenset({"appos", "conj", "compound", "flat", "nmod", "amod", "dep", "list", "nummod", "obl"})
_BOUNDARIES = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
_MAX_STEPS = 8


class Surroundings:
    """Dates and toponyms of one tree, and to which triggers they belong."""

    def __init__(self, roles: Roles, dates: Collection[tuple[int, int]], toponyms: Collection[tuple[int, int]]) -> None:
        self._roles = roles
        self._tree = roles.tree
        self._dates = self._by_sentence(dates)
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

    def time(self, trigger: int) -> int | None:
        """The date of the trigger's own clause or phrase; the nearest where there are several."""
        bases = self._bases(trigger)
        near = self._dates.get(self._tree.sentence_of[trigger], [])
        ranked = ((self._rank(date, bases, until=trigger), date) for date in near)
        found = [(rank, abs(date - trigger), date) for rank, date in ranked if rank is not None]
        return min(found)[2] if found else None

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

    def _bases(self, trigger: int) -> list[int]:
        """Words whose dependents count as the trigger's own, the nearest first."""
        tree, roles = self._tree, self._roles
        bases = [trigger]
        if not roles.is_clause(trigger):
            first = tree.first_conjunct(trigger)
            above = tree.head[first]
            if (carrier := roles.carrier(trigger)) is not None:
                bases.append(carrier)
            elif tree.relation[first] == "nsubj" and above != first:
                bases.append(above)
        verb = bases[-1]
        if not roles.is_clause(verb):
            return bases
        first = verb
        if tree.relation[verb] == "conj" and tree.child(verb, "nsubj") is None:
            first = tree.first_conjunct(verb)
            bases.append(first)
        bases += [c for c in tree.children(verb, "conj") if roles.is_clause(c) and tree.child(c, "nsubj") is None]
        if tree.relation[first] == "advcl" and tree.xpos[first] == "VBG" and tree.child(first, "mark") is None:
            bases.append(tree.head[first])
        return bases

    def _rank(self, word: int, bases: list[int], *, until: int | None = None) -> int | None:
        """Which of the bases the word belongs to without a clause boundary between, or None.

        Coordinated verbs share what stands before the first of them, or `until` a later word.
        """
        tree = self._tree
        for _ in range(_MAX_STEPS):
            above = tree.head[word]
            if above in bases:
                shared = above == bases[0] or self._is_shared(word, above, bases[0], until)
                return bases.index(above) if shared and tree.relation[word] not in _BOUNDARIES else None
            if above == word or tree.relation[word] in _BOUNDARIES:
                return None
            if tree.relation[word] == "conj" and self._roles.is_clause(word):
                return None
            word = above
        return None

    def _is_shared(self, word: int, base: int, trigger: int, until: int | None) -> bool:
        """Whether coordinated verbs share the word: it stands before the first or after the last of them."""
        tree = self._tree
        if tree.first_conjunct(trigger) == base:
            return word < (base if until is None else until)
        if tree.relation[base] == "conj" and tree.head[base] == trigger:
            return word > base
        return True

    def _is_where(self, toponym: int, trigger: int) -> bool:
        """Whether the toponym stands after a locative preposition in the trigger's clause or phrase."""
        tree, bases = self._tree, self._bases(trigger)
        word, located = toponym, False
        if tree.head[toponym] == trigger and tree.relation[toponym] == "compound":
            return not self._roles.is_doer(toponym)
        for _ in range(_MAX_STEPS):
            above, relation = tree.head[word], tree.relation[word]
            if word != toponym and relation not in ("appos", "conj") and not self._is_place_noun(word):
                undergoes = tree.deprel[word] in ("obj", "nsubj:pass") or tree.case(word) in _UNDERGOING
                if above not in bases or not undergoes:
                    return False
            located = located or tree.case(word) in LOCATIVE
            if above in bases and relation in ("obl", "nmod", "advmod", "obj", "nsubj"):
                return located and self._rank(word, bases) is not None
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
        for _ in range(_MAX_STEPS):
            if toponym == word:
                return True
            if tree.relation[toponym] not in ("appos", "compound", "flat", "nmod", "conj", "nmod:poss"):
                return False
            toponym = tree.head[toponym]
        return False
