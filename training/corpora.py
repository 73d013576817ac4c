"""Readers of the corpora: every one gives documents of sentences with what is annotated on their words."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from whence.language.lemmas import rule

KINDS = ("PER", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "DATE", "MONEY", "MISC")
NAME_TAGS = ("O", *(f"{position}-{kind}" for kind in KINDS for position in "BI"))

_WORLDWIDE = {
    "Person": "PER", "Organization": "ORG", "Location": "LOC", "Facility": "FAC", "NORP": "NORP",
    "Product": "PRODUCT", "Date": "DATE", "Money": "MONEY", "Misc": "MISC",
}  # fmt: skip
_CROSSNER = {
    "politician": ("PER",), "person": ("PER",), "organisation": ("ORG",), "politicalparty": ("ORG",),
    "location": ("LOC",), "country": ("LOC",), "election": ("MISC",), "event": ("MISC",),
    "misc": ("MISC", "NORP", "PRODUCT"),
}  # fmt: skip
_UNER = {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC", "FAC")}
_UNER_SILENT = ("FAC", "NORP", "PRODUCT", "DATE", "MONEY", "MISC")
"""Kinds that Universal NER leaves out: where it says `O`, a word may be any of them."""
_CROSSNER_SILENT = ("DATE", "MONEY", "NORP", "FAC", "PRODUCT")
_NOT_IN_TABLE = frozenset({"PROPN", "NUM", "SYM", "PUNCT", "X"})
_AGREED = 0.9
"""Share of a form's lemmas from which the table takes the commonest."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words `first` to `last` (inclusive) of a sentence that belong to an attribution."""

    attribution: int
    """A number that no other attribution of the data has."""
    kind: str
    """`cue`, `source` or `content`."""
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Act:
    """An event of a sentence; words are counted in it, ranges are inclusive."""

    trigger: tuple[int, int]
    type: str
    mode: str | None
    status: str
    parts: tuple[tuple[str, int, int], ...]
    """Role, first and last word."""


@dataclass(slots=True)
class Sentence:
    """Words and what is known of them; columns are empty where the corpus does not annotate them."""

    forms: list[str]
    new_paragraph: bool = False
    whole_paragraph: bool = False
    """The corpus marks paragraphs only: there may be several sentences in it."""
    heads: list[int] = field(default_factory=list)
    """1-based positions in the sentence, 0 for the root."""
    deprel: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemma: list[str | None] = field(default_factory=list)
    """Lemma rules, None where no rule makes the lemma."""
    base: list[str] = field(default_factory=list)
    """The lemmas themselves."""
    names: list[tuple[str, ...]] = field(default_factory=list)
    """For each word the name tags that the annotation allows."""
    spoken: list[Part] | None = None
    """What of reported speech stands in it; None where the corpus does not annotate that."""
    only_outer: bool = False
    """Of statements inside others' contents nothing is known: the corpus leaves them out."""
    acts: list[Act] | None = None
    """The events told in it; None where the corpus does not annotate them."""
    factuality: list[tuple[int, float]] = field(default_factory=list)
    """Words that tell of something, and how far as having happened, -3 to 3."""


Document = list[Sentence]


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        yield from (line.rstrip("\n") for line in lines)


def _blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Comment lines and rows of columns, a block for each sentence."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in (*_lines(path), ""):
        if line.startswith("# "):
            comments.append(line)
        elif line.split("\t")[0]:
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []


def conllu(path: Path) -> list[Document]:
    """Universal Dependencies, document by document."""
    documents: list[Document] = []
    for comments, rows in _blocks(path):
        if not documents or any(c.startswith("# newdoc") for c in comments):
            documents.append([])
        rows = [r for r in rows if r[0].isdigit()]
        documents[-1].append(
            Sentence(
                forms=[r[1] for r in rows],
                new_paragraph=any(c.startswith("# newpar") for c in comments),
                heads=[int(r[6]) for r in rows],
                deprel=[r[7] for r in rows],
                upos=[r[3] for r in rows],
                xpos=[r[4] for r in rows],
                feats=[r[5] for r in rows],
                lemma=[rule(r[1], r[2]) for r in rows],
                base=[r[2] for r in rows],
            )
        )
    return documents


def add_uner(documents: list[Document], path: Path) -> int:
    """Adds Universal NER's names to the same sentences of a treebank; the number of sentences that got them."""
    known: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for _, rows in _blocks(path):
        good = [r for r in rows if len(r) > 2 and r[0].isdigit()]
        silent = ("O", *(f"{p}-{k}" for k in _UNER_SILENT for p in "BI"))
        tags = [
            silent if r[2] == "O" or r[2][2:] not in _UNER else tuple(r[2][:2] + k for k in _UNER[r[2][2:]])
            for r in good
        ]
        known[tuple(r[1] for r in good)] = tags
    added = 0
    for sentence in (s for document in documents for s in document):
        if (tags_here := known.get(tuple(sentence.forms))) is not None:
            sentence.names = tags_here
            added += 1
    return added


def worldwide(path: Path) -> list[Document]:
    """The world newswire, paragraph by paragraph: nine kinds of name, in BIO or BIOES tags.

    Names inside names stand in further columns and are left out. Malformed lines are passed over.
    """
    documents: list[Document] = [[]]
    sentence = Sentence([], new_paragraph=True, whole_paragraph=True)
    for line in (*_lines(path), ""):
        if line.startswith("# doc ="):
            documents.append([])
            continue
        form, tag, *_ = (*line.split("\t"), "")
        if not form:
            if sentence.forms:
                documents[-1].append(sentence)
            sentence = Sentence([], new_paragraph=True, whole_paragraph=True)
        elif tag == "O" or tag[2:] in _WORLDWIDE:
            position = {"S": "B", "E": "I"}.get(tag[0], tag[0])
            sentence.forms.append(form)
            sentence.names.append((tag if tag == "O" else f"{position}-{_WORLDWIDE[tag[2:]]}",))
    return [d for d in documents if d]


def crossner(path: Path) -> list[Document]:
    """CrossNER's politics sentences, unconnected: each is a document."""
    documents = []
    silent = ("O", *(f"{p}-{k}" for k in _CROSSNER_SILENT for p in "BI"))
    for _, rows in _blocks(path):
        good = [r for r in rows if len(r) > 1]
        tags = [silent if r[1] == "O" else tuple(f"{r[1][:2]}{k}" for k in _CROSSNER[r[1][2:]]) for r in good]
        documents.append([Sentence([r[0] for r in good], names=tags)])
    return documents


def factuality(path: Path) -> list[Document]:
    """UDS and UW: split sentences with `targets`, each a `span1` (first word, word behind the last) and a `label`."""
    documents = []
    for row in map(json.loads, _lines(path)):
        forms = row["text"].split()
        known = [(t["span1"][0], float(t["label"])) for t in row["targets"] if t["span1"][0] < len(forms)]
        documents.append([Sentence(forms, factuality=known)])
    return documents


def lemma_table(documents: list[Document]) -> dict[tuple[str, str], str]:
    """Lower-case form and universal tag to the lemma, for what treebanks agree on; names are left to the rules."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in (s for document in documents for s in document):
        for form, tag, lemma in zip(sentence.forms, sentence.upos, sentence.base, strict=True):
            if tag not in _NOT_IN_TABLE:
                counts[form.lower(), tag][lemma] += 1
    table = {}
    for key, counter in sorted(counts.items()):
        lemma, number = counter.most_common(1)[0]
        if number >= _AGREED * counter.total() and "\t" not in key[0] + lemma:
            table[key] = lemma
    return table
