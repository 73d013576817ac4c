"""The words that a reporting verb reports, in each construction that `attribution.yaml` names."""

from __future__ import annotations

from collections.abc import Sequence

from whence.coding.cues import Cues, is_form
from whence.coding.drafts import trimmed
from whence.coding.quotations import Quotation
from whence.coding.tree import Tree
from whence.records import Span

_CLOSE = 3
"""Code points between the end of a quotation's words and the sentence that reports them: mark and space."""
_SHORTEST_CLAUSE = 4
"""Spaces that a quotation holds at least to be taken for a sentence."""
_OCCASIONS = frozenset({"", "in", "at", "on", "during", "to", "before", "with", "via", "through"})
"""Prepositions before hearers, occasions and days, between a verb and what it reports ("said in a statement that")."""


class Content:
    """Finds reported words beside a verb, as spans of the text."""

    def __init__(self, tree: Tree, quotations: Sequence[Quotation], cues: Cues) -> None:
        self.tree = tree
        self.words = cues.words
        self.quotations = quotations

    def find(self, verb: int, form: str) -> list[Span]:
        """The reported words in one construction, as spans; empty where there are none."""
        if form == "clause":
            return self.clause(verb)
        if form == "quote":
            return self.quotation(verb)
        if form == "infinitive":
            found = [c for c in self.tree.children(verb, "xcomp", "ccomp", "advcl") if self._is_infinitive(c)]
            found = [c for c in found if self.tree.lemma[c] not in self.words["anonymity"]]
            return [self._with_condition(verb, self.span_of(found[0]))] if found else []
        if form == "gerund":
            found = [c for c in self.tree.children(verb, "xcomp", "ccomp") if self._is_gerund(c)]
            return [self.span_of(found[0])] if found else []
        if form == "complement":
            return self._named_as(verb, ("xcomp",), "")
        if form == "as":
            return self._named_as(verb, ("obl", "advcl", "xcomp"), "as")
        if form == "object":
            obj = self.tree.child(verb, "obj", "nsubj:pass")
            return [self.span_of(obj)] if obj is not None and self.tree.upos[obj] == "NOUN" else []
        assert not is_form(form)
        return self._prepositional(verb, form)

    def _is_gerund(self, word: int) -> bool:
        """ "Carrying out a strike", "having lost any men"."""
        return any(self.tree.xpos[w] == "VBG" for w in (word, *self.tree.children(word, "aux")))

    def _with_condition(self, verb: int, span: Span) -> Span:
        """ "Threatened [to resign if the court bans it]": the condition belongs to what was said, wherever it hangs."""
        tree = self.tree
        for clause in tree.children(verb, "advcl"):
            begin, end = self.span_of(clause)
            marks = {tree.form[m].lower() for m in tree.children(clause, "mark")}
            if marks & {"if", "unless", "until"} and 0 <= begin - span[1] <= _CLOSE:
                return span[0], end
        return span

    def _is_infinitive(self, word: int) -> bool:
        return (
            any(self.tree.lemma[m] == "to" for m in self.tree.children(word, "mark"))
            and self.tree.subject(word) is None
        )

    def _prepositional(self, verb: int, preposition: str) -> list[Span]:
        """The phrase with a preposition, without it: "called for [a truce]"."""
        tree = self.tree
        gerunds = (c for obj in tree.children(verb, "obj") for c in tree.children(obj, "acl"))
        for obl in (*tree.children(verb, "obl", "advcl"), *gerunds):
            markers = tree.children(obl, "case", "mark")
            if markers and tree.form[markers[0]].lower() == preposition:
                words = [w for w in tree.subtree(obl) if w > markers[0]]
                if words:
                    return [trimmed(tree.text, tree.span(words[0], words[-1]))]
        return []

    def _named_as(self, verb: int, relations: tuple[str, ...], marker: str) -> list[Span]:
        """The object and what it is called, in one span: "[the raid as theft]"."""
        tree = self.tree
        for child in tree.children(verb, *relations):
            marks = [tree.form[m].lower() for m in tree.children(child, "case", "mark")]
            obj = tree.child(verb, "obj")
            if child < verb or (marker and marker not in marks):
                continue
            if not marker and (obj is None or tree.upos[child] in ("VERB", "PROPN")):
                continue
            words = tree.subtree(child) + (tree.subtree(obj) if obj is not None and obj > verb else [])
            return [trimmed(tree.text, tree.span(min(words), max(words)))]
        return []

    def clause(self, verb: int) -> list[Span]:
        """A finite clause below the verb, or the clause that the verb interrupts or follows."""
        tree = self.tree
        found = [c for c in tree.children(verb, "ccomp") if not self._is_infinitive(c)]
        found = found or [c for c in tree.children(verb, "csubj") if c > verb and not self._is_infinitive(c)]
        if not found:
            found = [c for c in tree.children(verb, "parataxis") if c > verb and self._colon_before(c)]
        if not found:
            found = self._behind_occasion(verb)
        if found:
            astray = {w for c in self._citing(verb, found[0]) for w in tree.subtree(c)}
            words = [w for w in tree.subtree(found[0]) if w not in astray]
            return self.pieces(words, self._own_words(verb, found[0]))
        if not found and (before := self._unmarked_before(verb)) is not None:
            return self.pieces(tree.subtree(before), set())
        head = tree.head[verb]
        beside = tree.relation[verb] == "parataxis" or (
            tree.relation[verb] == "advcl" and any(tree.lemma[m] == "as" for m in tree.children(verb, "mark", "case"))
        )
        if head == verb or not beside or not self._comma_before(verb):
            return []
        mine = set(tree.subtree(verb))
        return self.pieces([w for w in tree.subtree(head) if w not in mine], mine)

    def _behind_occasion(self, verb: int) -> list[int]:
        """A that-clause that hangs on the hearer, occasion or day before it: "said in a statement [that …]"."""
        tree = self.tree
        return [
            clause
            for noun in tree.children(verb, "obl", "iobj")
            if noun > verb and tree.case(noun) in _OCCASIONS
            for clause in tree.children(noun, "acl")
            if any(tree.lemma[m] == "that" for m in tree.children(clause, "mark"))
        ]

    def _citing(self, verb: int, clause: int) -> list[int]:
        """What says whom the speaker cites but hangs on the words before: "Rebels fled, Tass said, citing the army"."""
        tree = self.tree
        cited = self.words["quoting"] | self.words["carried"]
        behind = tree.children(clause, "advcl", "acl", "parataxis") if clause < verb else ()
        return [c for c in behind if c > verb and tree.lemma[c] in cited]

    def _unmarked_before(self, verb: int) -> int | None:
        """A whole clause in front of the verb, without a conjunction: "[Rebels fired], Reuters reported"."""
        tree = self.tree
        for clause in tree.children(verb, "advcl"):
            if clause < verb and tree.subject(clause) is not None and not tree.children(clause, "mark"):
                return clause
        return None

    def _colon_before(self, word: int) -> bool:
        first = min(self.tree.subtree(word))
        return first > 0 and any(self.tree.form[w] in (":", ",") for w in range(max(0, first - 2), first))

    def _comma_before(self, verb: int) -> bool:
        """The reporting clause is set off by a comma, a dash or a closing quotation mark."""
        first = min(self.tree.subtree(verb))
        return first == self.tree.sentence(verb).first or any(
            self.tree.upos[w] == "PUNCT" for w in range(max(0, first - 2), first)
        )

    def _own_words(self, verb: int, content: int) -> set[int]:
        inside = set(self.tree.subtree(content))
        return {w for w in self.tree.subtree(verb) if w not in inside}

    def pieces(self, words: list[int], others: set[int]) -> list[Span]:
        """The words as spans: one, or several where real words of the others interrupt them."""
        tree = self.tree
        spans: list[Span] = []
        run: list[int] = []
        for word in sorted(words):
            gap = range(run[-1] + 1, word) if run else range(0)
            if run and any(w in others and tree.upos[w] != "PUNCT" for w in gap):
                spans.append(trimmed(tree.text, tree.span(run[0], run[-1])))
                run = []
            run.append(word)
        if run:
            spans.append(trimmed(tree.text, tree.span(run[0], run[-1])))
        return [s for s in spans if s[0] < s[1]]

    def quotation(self, verb: int) -> list[Span]:
        """A quotation in the verb's sentence with nothing but the verb's own words between."""
        tree = self.tree
        here = tree.analysis.begin[verb]
        sentence = tree.sentence(verb)
        begin, end = tree.span(sentence.first, sentence.last)
        begin = self._back_into_quotation(begin)
        own = set(tree.subtree(verb))
        best: Quotation | None = None
        distance = 10**9
        for quotation in self.quotations:
            inside = [(b, e) for b, e in quotation.pieces if b < end and e > begin]
            if not inside or quotation.covers(here, here + 1) or not self._is_clause(quotation):
                continue
            gap = self._gap(verb, inside[0], inside[-1])
            clean = [w for w in gap if w not in own and tree.upos[w] not in ("PUNCT", "DET", "ADP")]
            if len(clean) == 0 and len(gap) < distance:
                best, distance = quotation, len(gap)
        return [trimmed(tree.text, piece) for piece in best.pieces] if best is not None else []

    def _back_into_quotation(self, begin: int) -> int:
        """Inside the quotation that ends right before a sentence ("…?" asked the judge), or the sentence's begin."""
        for quotation in self.quotations:
            between = self.tree.text[quotation.end : begin]
            if quotation.end <= begin and len(between) <= _CLOSE and "\n" not in between:
                return quotation.end - 1
        return begin

    def _is_clause(self, quotation: Quotation) -> bool:
        """Long enough to be somebody's sentence and not a word set off by quotation marks."""
        return self.tree.text.count(" ", quotation.begin, quotation.end) >= _SHORTEST_CLAUSE

    def _gap(self, verb: int, first: Span, last: Span) -> range:
        """The words between the verb and a quotation."""
        begins = self.tree.analysis.begin
        if begins[verb] < first[0]:
            right = next((w for w in range(verb, len(self.tree)) if begins[w] >= first[0]), verb)
            return range(verb + 1, right)
        left = next((w for w in range(verb, -1, -1) if begins[w] < last[1]), verb)
        return range(left + 1, verb)

    def span_of(self, word: int) -> Span:
        """The subtree of a word without its leading preposition and punctuation at the edges."""
        words = self.tree.subtree(word)
        return trimmed(self.tree.text, self.tree.span(words[0], words[-1]))
