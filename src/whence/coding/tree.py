"""The dependency tree of an article, as the coding steps ask about it.

Word indices are those of the `Analysis`. Relation names follow Universal Dependencies; the
methods compare a relation's base (`nsubj:pass` counts as `nsubj`) unless they say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from whence.records import Analysis, Mention, Name, Sentence, Span

SUBJECTS = frozenset({"nsubj", "csubj"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
_LOOSE = frozenset({"conj", "cc", "parataxis", "punct", "discourse", "vocative", "list", "dislocated"})
"""Dependents that are never part of the phrase of their head."""
_LEADING = frozenset({"case", "mark", "cc", "punct", "advmod", "preconj"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `first` to `last` (inclusive) around the word `head`."""

    head: int
    first: int
    last: int

    def __contains__(self, word: int) -> bool:
        return self.first <= word <= self.last


class Tree:
    """An `Analysis` with its edges turned round: children, phrases, clauses."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.form = analysis.form
        self.lemma = analysis.lemma
        self.upos = analysis.upos
        self.xpos = analysis.xpos
        self.head = analysis.head
        self.deprel = analysis.deprel
        base = {relation: relation.partition(":")[0] for relation in set(analysis.deprel)}
        self.relation = tuple([base[relation] for relation in analysis.deprel])
        """Relations without their subtype."""
        children: list[list[int]] = [[] for _ in analysis.form]
        for word, head in enumerate(analysis.head):
            if word != head:
                children[head].append(word)
        self._children = tuple(tuple(c) for c in children)
        self._phrases: dict[tuple[int, bool, bool], Phrase] = {}
        self._cases: dict[int, str] = {}

    def with_lemmas(self, lemmas: tuple[str, ...]) -> Tree:
        """The same tree with other lemmas; what was found of its edges and phrases holds for both."""
        made = copy(self)
        made.analysis, made.lemma = replace(self.analysis, lemma=lemmas), lemmas
        return made

    def __len__(self) -> int:
        return len(self.form)

    # -- words ---------------------------------------------------------------------------

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """For each word the number of its sentence."""
        return tuple(n for n, s in enumerate(self.analysis.sentences) for _ in range(s.first, s.last + 1))

    @cached_property
    def capital(self) -> tuple[bool, ...]:
        """For each word whether it begins with a capital letter."""
        return tuple(form[:1].isupper() for form in self.form)

    @cached_property
    def _name_at(self) -> dict[int, Name]:
        return {word: name for name in self.analysis.names for word in range(name.first, name.last + 1)}

    def sentence(self, word: int) -> Sentence:
        """The sentence that holds the word."""
        return self.analysis.sentences[self.sentence_of[word]]

    def name(self, word: int) -> Name | None:
        """The name that the word is part of."""
        return self._name_at.get(word)

    def is_root(self, word: int) -> bool:
        """Whether the word is its sentence's root."""
        return self.head[word] == word

    # -- edges ---------------------------------------------------------------------------

    def children(self, word: int, *relations: str) -> tuple[int, ...]:
        """Dependents in text order; with relations (bases or full names) only those."""
        below = self._children[word]
        if not relations or not below:
            return below
        base, full = self.relation, self.deprel
        return tuple([c for c in below if base[c] in relations or full[c] in relations])

    def child(self, word: int, *relations: str) -> int | None:
        """The first dependent with one of the relations, or None."""
        base, full = self.relation, self.deprel
        for child in self._children[word]:
            if not relations or base[child] in relations or full[child] in relations:
                return child
        return None

    def ancestors(self, word: int) -> Iterator[int]:
        """Heads from the nearest up to the sentence's root."""
        while self.head[word] != word:
            word = self.head[word]
            yield word

    def subtree(self, word: int) -> list[int]:
        """The word and all that hangs below it, in text order."""
        found, stack = [], [word]
        while stack:
            found.append(node := stack.pop())
            stack.extend(self._children[node])
        return sorted(found)

    def conjuncts(self, word: int) -> tuple[int, ...]:
        """The word and those coordinated with it as its `conj` dependents, in text order."""
        return (word, *self.children(word, "conj"))

    def first_conjunct(self, word: int) -> int:
        """The head of the coordination that the word belongs to (itself if none)."""
        while self.relation[word] == "conj" and self.head[word] != word:
            word = self.head[word]
        return word

    def case(self, word: int) -> str:
        """Its preposition(s) as lemmas joined by a space (`because of`), or the empty string.

        A conjunct without one of its own takes its first conjunct's.
        """
        if word not in self._cases:
            self._cases[word] = self._case(word)
        return self._cases[word]

    def _case(self, word: int) -> str:
        marks = []
        for child in self.children(word, "case"):
            marks += [child, *self.children(child, "fixed")]
        if not marks and self.relation[word] == "conj":
            return self.case(self.head[word])
        return " ".join(self.form[m].lower() for m in sorted(marks) if self.xpos[m] != "POS")

    # -- clauses -------------------------------------------------------------------------

    def is_verbal(self, word: int) -> bool:
        """Whether the word heads a clause as a verb or as a predicate with a copula."""
        return self.upos[word] == "VERB" or self.child(word, "cop") is not None

    def is_passive(self, word: int) -> bool:
        """Whether the clause is passive: a passive subject or auxiliary, or a bare participle modifying a noun."""
        if self.child(word, "nsubj:pass", "aux:pass") is not None:
            return True
        return self.deprel[word] == "acl" and self.xpos[word] == "VBN"

    def subject(self, word: int) -> int | None:
        """The clause's own grammatical subject, or None."""
        return self.child(word, *SUBJECTS)

    def subjects_through(self, word: int) -> tuple[int, str] | None:
        """The subject, inherited through coordination, control and participles, with the reason for each step.

        A conjoined verb shares its first conjunct's subject; an `xcomp` or an `advcl`
        without a subject takes its matrix clause's subject (for `xcomp` its object, where
        there is one: "urged Iran to withdraw"); an `acl` takes the noun it modifies.
        Returns the subject word and how it was reached (`subject` where it is its own).
        """
        path, current = "subject", word
        for _ in range(12):
            if (own := self.subject(current)) is not None and self.lemma[own] not in ("that", "which", "who"):
                return own, path
            head, relation = self.head[current], self.relation[current]
            if self.deprel[current].startswith("acl") and self.upos[head] in ("NOUN", "PROPN", "PRON"):
                return (
                    (head, "noun it modifies")
                    if own is not None or self.xpos[current] in ("VBG", "VBN", "VB")
                    else None
                )
            if own is not None or head == current:
                return None
            if relation == "conj":
                path = "shared subject"
            elif relation == "xcomp":
                controlled = self.child(head, "obj", "iobj")
                if controlled is not None:
                    return controlled, "object of the governing verb"
                path = "subject of the governing verb"
            elif relation == "advcl":
                path = "subject of the main clause"
            else:
                return None
            current = head
        return None

    def agent(self, word: int) -> int | None:
        """The "by" phrase of a passive clause, or None."""
        found = self.child(word, "obl:agent")
        if found is not None:
            return found
        return next((o for o in self.children(word, "obl") if self.case(o) == "by"), None)

    # -- stretches of text ---------------------------------------------------------------

    def phrase(self, word: int, *, clauses: bool = False, appositions: bool = False) -> Phrase:
        """The noun phrase of a word: determiners, modifiers and complements; no coordination.

        Relative and participial clauses come with `clauses`, appositions with `appositions`.
        Leading prepositions are left out, and so are punctuation marks at the edges.
        """
        asked = (word, clauses, appositions)
        found = self._phrases.get(asked)
        if found is None:
            found = self._phrases[asked] = self._phrase(word, clauses, appositions)
        return found

    def _phrase(self, word: int, clauses: bool, appositions: bool) -> Phrase:
        kept, stack = [word], [word]
        while stack:
            node = stack.pop()
            for child in self._children[node]:
                relation = self.relation[child]
                at_top = node == word
                if at_top and (relation in _LOOSE or (relation in _LEADING and child < word and relation != "advmod")):
                    continue
                if at_top and relation in ("nsubj", "cop", "aux", "csubj", "advcl", "ccomp", "obl"):
                    continue
                if relation in ("acl", "advcl", "ccomp") and not clauses:
                    continue
                if relation == "appos" and not appositions:
                    continue
                kept.append(child)
                stack.append(child)
        return self._contiguous(word, kept)

    def _contiguous(self, word: int, kept: list[int]) -> Phrase:
        """The stretch round the word that the kept words cover, bridging only punctuation."""
        inside, upos, end = set(kept), self.upos, len(self.form)
        first = last = word
        while first > 0 and (first - 1 in inside or (upos[first - 1] == "PUNCT" and first - 2 in inside)):
            first -= 1
        while last + 1 < end and (last + 1 in inside or (upos[last + 1] == "PUNCT" and last + 2 in inside)):
            last += 1
        return self._trimmed(word, first, last)

    def _trimmed(self, head: int, first: int, last: int) -> Phrase:
        """A phrase without punctuation at its edges (brackets, quotation marks) and without leading prepositions."""
        upos = self.upos
        while first < head and (upos[first] == "PUNCT" or self._is_preposition(first)):
            first += 1
        while last > head and upos[last] == "PUNCT" and self.form[last] not in (")", "]"):
            last -= 1
        return Phrase(head, first, last)

    def _is_preposition(self, word: int) -> bool:
        """Whether the word only introduces a noun; not the "at" of "at least"."""
        return self.relation[word] in ("case", "mark") and self.upos[self.head[word]] not in ("ADJ", "ADV", "NUM")

    def span(self, first: int, last: int) -> Span:
        """Code points from the first word's begin to the last word's end."""
        return self.analysis.begin[first], self.analysis.end[last]

    def mention(self, first: int, last: int) -> Mention:
        """The stretch of text over words `first` to `last`, inclusive."""
        begin, end = self.span(first, last)
        return Mention(self.text[begin:end], (begin, end))

    def words(self, first: int, last: int) -> str:
        """The text over words `first` to `last`, inclusive."""
        return self.text[self.analysis.begin[first] : self.analysis.end[last]]

    def head_of(self, first: int, last: int) -> int:
        """The last word of the stretch that hangs outside it: the head of a name."""
        outside = (w for w in range(last, first - 1, -1) if self.is_root(w) or not first <= self.head[w] <= last)
        return next(outside, last)
