"""What an act was done with: weapons, aircraft, vehicles in the trigger's own clause.

A noun of `instruments.yaml`, or a type designation such as Su-34 or F-16, counts where it is
the act's subject, the object of a verb like "fire", or stands after "with", "by", "using" …
A subject "these" or "those" leads back to the means named last before it in its sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from whence.coding import wordlists
from whence.coding.roles import Roles

DESIGNATION = re.compile(r"[A-Z][A-Za-z]{0,4}-?\d{1,4}[A-Z]{0,3}\d{0,2}s?")
"""Letters and digits as in Tu-22M3, F-16, BM21, MQ-9."""
_POINTING = frozenset({"these", "those"})
DESIGNATION_PARTS = 4
"""Words that a tokenizer may cut one designation into, on either side."""


@dataclass(frozen=True, slots=True)
class _Means:
    nouns: frozenset[str]
    prepositions: frozenset[str]
    verbs: frozenset[str]


@lru_cache(maxsize=1)
def _means() -> _Means:
    raw = wordlists.load("instruments.yaml")
    return _Means(frozenset(raw["nouns"]), frozenset(raw["prepositions"]), frozenset(raw["verbs"]))


def find(roles: Roles, word: int) -> tuple[tuple[int, int], ...]:
    """Word ranges (inclusive) of the means of the act that `word` names, in text order."""
    tree, means = roles.tree, _means()
    verb = word if roles.is_clause(word) else roles.carrier(word)
    candidates: list[int] = []
    for place in {word, verb} - {None}:
        assert place is not None
        candidates += [c for c in tree.children(place, "obl", "nmod") if tree.case(c) in means.prepositions]
        if roles.is_clause(place):
            candidates += roles.doers(place)
            if tree.lemma[place].lower() in means.verbs:
                candidates += roles.objects(place)
            for clause in tree.children(place, "advcl"):
                if tree.form[clause].lower() == "using":
                    candidates += tree.children(clause, "obj")
    named = [n for c in candidates for n in (_meant(roles, c, means) if _is_pointing(roles, c) else roles.split([c]))]
    found = {_range(roles, c) for c in named if _is_means(roles, c, means)}
    return tuple(sorted(f for f in found if not f[0] <= word <= f[1]))


def _is_pointing(roles: Roles, word: int) -> bool:
    """Whether the word is "these" or "those", alone."""
    return roles.tree.upos[word] == "PRON" and roles.tree.form[word].lower() in _POINTING


def _meant(roles: Roles, pronoun: int, means: _Means) -> list[int]:
    """The means that stand last before a pronoun in its sentence, with those named in one breath."""
    tree = roles.tree
    last = next(
        (w for w in range(pronoun - 1, tree.sentence(pronoun).first - 1, -1) if _is_means(roles, w, means)), None
    )
    if last is None or tree.upos[last] not in ("NOUN", "PROPN", "NUM"):
        return []
    return roles.split([tree.head[last] if tree.relation[last] == "conj" else last])


def _is_means(roles: Roles, word: int, means: _Means) -> bool:
    tree = roles.tree
    if tree.lemma[word].lower() in means.nouns or _is_designation(roles, word):
        return True
    before = next((c for c in tree.children(word, "compound", "amod") if c == word - 1), None)
    return before is not None and f"{tree.lemma[before]} {tree.lemma[word]}".lower() in means.nouns


def _is_designation(roles: Roles, word: int) -> bool:
    """Whether the word, with what a tokenizer may have cut off on either side, is a type designation."""
    return _written(roles, word) is not None


def _written(roles: Roles, word: int) -> tuple[int, int] | None:
    """The words ("Su", "-", "34") of the longest type designation that is written with this one, or None."""
    begin, end = roles.tree.analysis.begin, roles.tree.analysis.end
    first = last = word
    while first > 0 and begin[first] == end[first - 1] and word - first < DESIGNATION_PARTS:
        first -= 1
    while last + 1 < len(begin) and begin[last + 1] == end[last] and last - word < DESIGNATION_PARTS:
        last += 1
    spans = ((low, high) for low in range(first, word + 1) for high in range(last, word - 1, -1))
    return next((span for span in spans if DESIGNATION.fullmatch(roles.tree.text[begin[span[0]] : end[span[1]]])), None)


def _range(roles: Roles, word: int) -> tuple[int, int]:
    """The noun with the compound words before it, a designation with all of its parts."""
    first = min([word, *(c for c in roles.tree.children(word, "compound", "flat", "amod") if c < word)])
    written = _written(roles, word)
    return (min(first, written[0]), written[1]) if written is not None else (first, word)
