"""Which date is an act's: the one in its own clause or phrase, or one that a clause beside it lends.

    Two men were shot dead and a third wounded when gunmen stormed the town on Sunday night.

The date hangs on "stormed", and it is the day of all three acts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from whence.coding.reach import Reach
from whence.coding.time_expressions import lexicon
from whence.coding.times import report_before
from whence.coding.tree import Tree


@dataclass(frozen=True, slots=True)
class _Date:
    """A date by its head word, and the word that it hangs on."""

    head: int
    above: int


class Dates:
    """The dates of one tree, given as ranges of words (first and last inclusive), and to which triggers they belong."""

    def __init__(self, reach: Reach, dates: Collection[tuple[int, int]]) -> None:
        self._reach, self._roles, self._tree = reach, reach.roles, reach.tree
        self._dates: defaultdict[int, list[_Date]] = defaultdict(list)
        for first, last in dates:
            self._dates[self._tree.sentence_of[first]].append(_date(self._tree, first, last))

    def of(self, trigger: int) -> int | None:
        """The head word of the trigger's date: of its own clause or phrase, else of one beside it, the nearest."""
        near = self._dates.get(self._tree.sentence_of[trigger], [])
        if not near:
            return None
        bases = self._bases(trigger)
        ranked = ((self._own(date, bases), date.head) for date in near)
        found = [(rank, abs(head - trigger), head) for rank, head in ranked if rank is not None]
        found = found or [(0, abs(head - trigger), head) for head in self._lent(trigger, bases, near)]
        return min(found)[2] if found else None

    def _bases(self, trigger: int) -> list[int]:
        """Words whose dependents date the trigger: not a verb that puts an end to what the noun names."""
        ending = lexicon()["ending"]
        bases = self._reach.bases(trigger)
        if self._roles.is_clause(trigger):
            return bases
        ends = next((n for n, base in enumerate(bases) if n and self._tree.lemma[base].lower() in ending), len(bases))
        return bases[:ends]

    def _own(self, date: _Date, bases: list[int]) -> int | None:
        return self._reach.rank(date.head, bases, until=bases[0], above=date.above, passes=self._is_when)

    def _is_when(self, noun: int) -> bool:
        """Whether what dates the noun dates its verb too: "on the night of", "during a visit", not "after the coup"."""
        tree = self._tree
        if self._roles.is_clause(noun) or tree.relation[noun] in ("conj", "appos", "flat", "advmod"):
            return True
        return tree.case(noun).lower() in lexicon()["at_the_time"]

    # -- clauses beside ------------------------------------------------------------------

    def _lent(self, trigger: int, bases: list[int], near: list[_Date]) -> Iterator[int]:
        """Dates of clauses and phrases beside the trigger's own that tell when it happened too."""
        tree, lenders, after = self._tree, set[int](), set[int]()
        if tree.upos[trigger] != "VERB":
            lenders.update(self._clauses_of(trigger))
            after.update(self._phrase_above(trigger))
        for verb in (base for base in bases[:2] if self._roles.is_clause(base)):
            lenders.update(self._clauses_beside(verb))
            if tree.relation[verb] == "conj":
                after.add(tree.head[verb])
        for date in near:
            if date.above in lenders or (date.above in after and date.head > trigger):
                yield date.head

    def _clauses_beside(self, verb: int) -> Iterator[int]:
        """Clauses that say what happened at the same time as the verb's, or to what end."""
        tree = self._tree
        first = tree.first_conjunct(verb) if tree.child(verb, "nsubj") is None else verb
        above = tree.head[first]
        if tree.relation[first] == "advcl" and (self._is_meanwhile(first, after=above) or self._is_purpose(first)):
            yield above
        if tree.relation[first] == "xcomp" and tree.lemma[above].lower() in lexicon()["phases"]:
            yield above
        if tree.relation[first] == "acl" and self._is_at_present(first):
            yield from (word for word in tree.ancestors(first) if self._roles.is_clause(word))
        for clause in (c for node in tree.conjuncts(verb) for c in tree.children(node, "advcl")):
            bare = tree.xpos[clause] == "VBG" and tree.child(clause, "mark") is None and tree.head[clause] == verb
            if bare or self._is_meanwhile(clause):
                yield clause

    def _is_meanwhile(self, clause: int, *, after: int = -1) -> bool:
        """Whether the clause is introduced by "when", "where" or "while", and stands after a word."""
        tree = self._tree
        marks = (tree.form[m].lower() for m in tree.children(clause, "mark", "advmod"))
        return clause > after and any(mark in lexicon()["meanwhile"] for mark in marks)

    def _is_at_present(self, participle: int) -> bool:
        """Whether it is of the time of its sentence: "on Sunday published a list of groups now forbidden to enter"."""
        words = (self._tree.form[word].lower() for word in self._tree.children(participle, "advmod"))
        return any(word in lexicon()["at_present"] for word in words)

    def _is_purpose(self, clause: int) -> bool:
        """Whether the clause is an infinitive that says what for: "marched on Friday to demand"."""
        return self._roles.marked(clause, "to")

    def _clauses_of(self, noun: int) -> Iterator[int]:
        """Clauses that tell what became of a noun: "talks that began on Monday", "cases filed in May"."""
        tree = self._tree
        for clause in tree.children(noun, "acl"):
            subject = tree.child(clause, "nsubj")
            named = (
                tree.children(clause, "obl") if subject is None or not self._roles.is_relative(subject) else (subject,)
            )
            is_told = any(self._roles.is_relative(word) and tree.case(word) in ("", "in", "during") for word in named)
            if is_told or (subject is None and tree.xpos[clause] == "VBN"):
                yield clause
        if tree.relation[noun] == "xcomp":
            yield tree.head[noun]

    def _phrase_above(self, noun: int) -> Iterator[int]:
        """What a noun hangs on that a date after the noun may hang on too: "died in a raid near Djibo on Jan 20"."""
        if self._tree.relation[noun] in ("obl", "nmod", "iobj"):
            yield self._tree.head[noun]


def _date(tree: Tree, first: int, last: int) -> _Date:
    """The date of a range: the word that hangs outside it; right after a verb of saying it is that verb's."""
    heads = (w for w in range(first, last + 1) if tree.is_root(w) or not first <= tree.head[w] <= last)
    head = next(heads, first)
    report = report_before(tree, first, last)
    return _Date(head, tree.head[head] if report is None else report)
