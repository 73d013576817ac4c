"""The rules baseline: a short list of reporting verbs, their subjects, and the clause or quotation beside them.

What systems without training do, fairly done: over the same trees that whence goes by, with quotations of several
sentences, those that go on after the cue, and "according to".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import takewhile
from pathlib import Path

import yaml

from evaluation.statement_scores import Found
from whence.records import Analysis, Span

_QUOTATION = re.compile('["“]([^"“”\n]+)["”]')


@cache
def _listed() -> dict[str, frozenset[str]]:
    """The word lists of `statement_rules.yaml`."""
    lists = yaml.safe_load(Path(__file__).with_name("statement_rules.yaml").read_text(encoding="utf8"))
    return {name: frozenset(values) for name, values in lists.items()}


def find(analysis: Analysis) -> list[Found]:
    """The statements of an article, in the order of their cues."""
    rules = _Rules(analysis)
    found = (rules.according(word) or rules.reported(word) for word in range(len(analysis.form)))
    return [statement for statement in found if statement is not None]


class _Rules:
    """The rules over one analysis. Words go by their numbers."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.children: list[list[int]] = [[] for _ in analysis.form]
        for word, head in enumerate(analysis.head):
            if word != head:
                self.children[head].append(word)
        self.sentence = [n for n, s in enumerate(analysis.sentences) for _ in range(s.first, s.last + 1)]
        self.quotations: dict[int, list[range]] = {}
        """Words of quotations, by the paragraph they stand in; one is taken out when a statement has it."""
        self.quoted = set[int]()
        for match in _QUOTATION.finditer(analysis.text):
            words = range(bisect_left(analysis.begin, match.start(1)), bisect_left(analysis.begin, match.end(1)))
            if words:
                self.quotations.setdefault(self._paragraph(words[0]), []).append(words)
                self.quoted.update(words)

    def reported(self, verb: int) -> Found | None:
        """What a reporting verb reports, if the word is one that has a speaker."""
        analysis = self.analysis
        is_cue = analysis.upos[verb] == "VERB" and analysis.lemma[verb].lower() in _listed()["verbs"]
        subject = self._subject(verb) if is_cue and verb not in self.quoted else None
        if subject is None:
            return None
        content = self._content(verb)
        first = min((c for c in self.children[verb] if analysis.deprel[c] in _listed()["helpers"]), default=verb)
        cue = range(min(first, verb), verb + 1)
        return self._found(cue, self._subtree(subject), content) if content else None

    def according(self, word: int) -> Found | None:
        """What a sentence says according to somebody, if the word is that cue."""
        holder = self.analysis.head[word]
        if self.analysis.form[word].lower() != "according" or self.analysis.deprel[word] != "case":
            return None
        phrase, cue, sentence = self._subtree(holder), self._subtree(word), self._sentence(word)
        return self._found(cue, phrase - cue, set(sentence) - phrase) if phrase < set(sentence) else None

    def _subject(self, verb: int) -> int | None:
        """The verb's subject, or that of the verb it is coordinated with."""
        holders = (verb, self.analysis.head[verb]) if self.analysis.deprel[verb] == "conj" else (verb,)
        subjects = (c for h in holders for c in self.children[h] if self.analysis.deprel[c] in _listed()["subjects"])
        return next(subjects, None)

    def _content(self, verb: int) -> set[int]:
        """The clause that depends on the verb or that it is put into, or else the quotation in its sentence."""
        clause = next((c for c in self.children[verb] if self.analysis.deprel[c] in _listed()["clauses"]), None)
        if clause is not None:
            content = self._subtree(clause)
        elif self.analysis.deprel[verb] in _listed()["inserted"]:
            content = self._subtree(self.analysis.head[verb]) - self._subtree(verb)
        else:
            content = set()
        return self._with_quotations(content, self._sentence(verb))

    def _with_quotations(self, content: set[int], sentence: range) -> set[int]:
        """The content with all of the quotations that it overlaps, and with those that go on in the same paragraph."""
        there = self.quotations.get(self._paragraph(sentence[0]), [])
        beside = content or set(sentence)
        taken = [q for q in there if not beside.isdisjoint(q)]
        if taken:
            taken += takewhile(lambda q: not self._speaks(q), (q for q in there if q[0] > sentence[-1]))
        self.quotations[self._paragraph(sentence[0])] = [q for q in there if q not in taken]
        return content.union(*taken)

    def _speaks(self, quotation: range) -> bool:
        """Whether words beside a quotation, in the sentences that it runs through, may name its speaker."""
        around = {*self._sentence(quotation[0]), *self._sentence(quotation[-1])} - set(quotation)
        return any(self.analysis.upos[word] != "PUNCT" for word in around - self.quoted)

    def _found(self, cue: Iterable[int], source: Iterable[int], content: Iterable[int]) -> Found:
        return Found(self._spans(cue), self._spans(source), self._spans(content))

    def _spans(self, words: Iterable[int]) -> tuple[Span, ...]:
        """The runs of words as spans; those of punctuation alone are left out."""
        runs: list[list[int]] = []
        for word in sorted(words):
            if not runs or runs[-1][-1] != word - 1:
                runs.append([])
            runs[-1].append(word)
        worded = [run for run in runs if any(self.analysis.upos[word] != "PUNCT" for word in run)]
        return tuple((self.analysis.begin[run[0]], self.analysis.end[run[-1]]) for run in worded)

    def _subtree(self, top: int) -> set[int]:
        """The word and all that depend on it."""
        found, left = set[int](), [top]
        while left:
            word = left.pop()
            found.add(word)
            left += self.children[word]
        return found

    def _sentence(self, word: int) -> range:
        """The words of a word's sentence."""
        sentence = self.analysis.sentences[self.sentence[word]]
        return range(sentence.first, sentence.last + 1)

    def _paragraph(self, word: int) -> int:
        return self.analysis.sentences[self.sentence[word]].paragraph
