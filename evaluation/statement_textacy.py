"""textacy's direct quotations over whence's own parses, which stand in a spaCy `Doc`; needs the extra `compare`.

`textacy.extract.triples.direct_quotations` looks at marks, word classes, lemmas, sentences and, of the relations, at
subjects, auxiliaries, negations, compounds and coordination, in the names that spaCy's English models give them. It
looks at no entities. It refuses a text whose marks of quotation are odd in number.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from itertools import groupby

import spacy
from spacy.tokens import Doc, Token
from textacy.extract.triples import direct_quotations

from evaluation.statement_scores import Found
from whence.records import Analysis, Span

_RELATIONS = {
    "nsubj:pass": "nsubjpass",
    "nsubj:outer": "nsubj",
    "csubj:pass": "csubjpass",
    "csubj:outer": "csubj",
    "aux:pass": "auxpass",
    "flat": "compound",
}
"""Relations of Universal Dependencies as spaCy's English models name them, as far as textacy looks at them."""
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})

VERSIONS = f"textacy {version('textacy')}, spaCy {version('spacy')}"


class Textacy:
    """The extractor, and how much it refused."""

    def __init__(self) -> None:
        self._vocabulary = spacy.blank("en").vocab
        self.refused = 0
        """Texts with an odd number of marks."""

    def of_article(self, analysis: Analysis) -> list[Found]:
        """What textacy finds in the whole article."""
        return self._find(analysis, range(len(analysis.form)))

    def of_paragraphs(self, analysis: Analysis) -> list[Found]:
        """What it finds in the paragraphs one by one, so that an odd mark costs one of them alone."""
        found: list[Found] = []
        for _, group in groupby(analysis.sentences, key=lambda sentence: sentence.paragraph):
            sentences = list(group)
            found += self._find(analysis, range(sentences[0].first, sentences[-1].last + 1))
        return found

    def _find(self, analysis: Analysis, words: range) -> list[Found]:
        try:
            triples = list(direct_quotations(self._doc(analysis, words)))
        except ValueError:
            self.refused += 1
            return []

        def span(tokens: Sequence[Token]) -> tuple[Span, ...]:
            return ((analysis.begin[words[tokens[0].i]], analysis.end[words[tokens[-1].i]]),)

        return [Found(span(triple.cue), span(triple.speaker), span(triple.content)) for triple in triples]

    def _doc(self, analysis: Analysis, words: range) -> Doc:
        """Words of the analysis, which are whole sentences, as spaCy would have parsed them."""
        following = [*analysis.begin[1:], len(analysis.text)]
        starts = {sentence.first for sentence in analysis.sentences}
        return Doc(
            self._vocabulary,
            words=[analysis.text[analysis.begin[w] : analysis.end[w]] for w in words],
            spaces=[following[w] > analysis.end[w] for w in words],
            tags=[analysis.xpos[w] for w in words],
            pos=[analysis.upos[w] for w in words],
            lemmas=[analysis.lemma[w] for w in words],
            heads=[analysis.head[w] - words[0] for w in words],
            deps=[_relation(analysis, w) for w in words],
            sent_starts=[w in starts for w in words],
        )


def _relation(analysis: Analysis, word: int) -> str:
    """A word's relation in spaCy's names."""
    if analysis.head[word] == word:
        return "ROOT"
    if analysis.deprel[word] == "advmod" and analysis.form[word].lower() in _NEGATIONS:
        return "neg"
    return _RELATIONS.get(analysis.deprel[word], analysis.deprel[word].partition(":")[0])
