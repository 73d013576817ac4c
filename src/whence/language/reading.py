"""From the encoder's scores to an `Analysis`: sentences, trees and names of one text, window by window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.language import attributions, happenings, lemmas
from whence.language.encoder import Encoder
from whence.language.products import product
from whence.language.sentences import Knowledge, decide
from whence.language.trees import best_heads
from whence.language.windows import Unit, Window
from whence.records import Act, Analysis, Attribution, Sentence

Array = NDArray[Any]

_LONGEST_CACHED = 40
_COLUMNS = ("head", "deprel", "upos", "xpos", "feats", "lemma", "names")


class Reading:
    """One text while its windows come back from the encoder."""

    def __init__(
        self,
        text: str,
        begin: Sequence[int],
        end: Sequence[int],
        forms: Sequence[str],
        units: Sequence[Unit],
        known: Knowledge,
    ) -> None:
        """Words of a text, the units to pack them by, and what is known of their sentences (`sentences`)."""
        self.text, self.begin, self.end, self.forms, self.units = text, begin, end, forms, units
        self._known = known
        self._starts = np.zeros(len(forms), dtype=bool)
        self._columns = {name: np.zeros(len(forms), dtype=np.int32) for name in _COLUMNS}
        """Numbers of the inventory for each word; `head` is a word of the text, itself at a root."""
        self._attributions: list[Attribution] = []
        self._acts: list[Act] = []

    def take(self, window: Window, scores: Mapping[str, Array], encoder: Encoder) -> None:
        """Decode one window from the encoder's outputs."""
        inventory = encoder.inventory
        words = slice(1, len(window.words))
        place = slice(window.first, window.last + 1)
        starts = decide(scores["sentence_start"][words], self._known[place])
        heads = _heads(scores["arc_dependent"], scores["arc_head"], starts)
        columns = self._columns
        self._starts[place] = starts
        columns["head"][place] = np.where(heads == 0, np.arange(len(heads)), heads - 1) + window.first
        columns["deprel"][place] = encoder.labels.best(
            scores["label_dependent"][words],
            scores["label_head"],
            heads,
            inventory.relations[scores["upos"][words]],
        )
        columns["names"][place] = inventory.names.decode(scores["names"][words], starts)
        for name in ("upos", "xpos", "feats", "lemma"):
            columns[name][place] = scores[name][words]
        found = attributions.find(
            scores["cue"][words], scores["part_anchor"][words], scores["part_word"][words], encoder.parts
        )
        self._attributions += [_moved(a, window.first) for a in found]
        own = {name: scores[name][words] for name in happenings.SCORES}
        self._acts += happenings.find(own, encoder.roles, inventory.types, inventory.modes, window.first)

    def analysis(self, encoder: Encoder) -> Analysis:
        """The text's analysis, once every window was taken."""
        inventory = encoder.inventory
        self._join_stretches(inventory.joined)
        columns = self._columns
        rules = columns["lemma"].tolist()
        upos = inventory.upos[columns["upos"]].tolist()
        return Analysis(
            text=self.text,
            begin=tuple(self.begin),
            end=tuple(self.end),
            form=tuple(self.forms),
            lemma=tuple(
                inventory.lemmas.get((form.lower(), tag)) or _lemma(form, inventory.lemma[i])
                for form, tag, i in zip(self.forms, upos, rules, strict=True)
            ),
            upos=tuple(upos),
            xpos=tuple(inventory.xpos[columns["xpos"]].tolist()),
            feats=tuple(inventory.feats[columns["feats"]].tolist()),
            head=tuple(columns["head"].tolist()),
            deprel=tuple(inventory.deprel[columns["deprel"]].tolist()),
            sentences=self._sentences(),
            names=tuple(inventory.names.spans(columns["names"].tolist())),
            attributions=tuple(self._attributions),
            acts=tuple(self._acts),
        )

    def _join_stretches(self, relation: int) -> None:
        """Where a sentence has several roots, because several windows hold it, the later ones hang on the first."""
        head = self._columns["head"]
        roots = np.flatnonzero(head == np.arange(len(head)))
        _, first, sentence = np.unique(np.cumsum(self._starts)[roots], return_index=True, return_inverse=True)
        later = roots != roots[first][sentence]
        head[roots[later]] = roots[first][sentence][later]
        self._columns["deprel"][roots[later]] = relation

    def _sentences(self) -> tuple[Sentence, ...]:
        firsts = np.flatnonzero(self._starts)
        units = np.searchsorted([unit.first for unit in self.units], firsts, side="right") - 1
        edges = pairwise([*firsts.tolist(), len(self.forms)])
        return tuple(
            Sentence(first, after - 1, self.units[unit].paragraph)
            for (first, after), unit in zip(edges, units.tolist(), strict=True)
        )


def _moved(found: Attribution, by: int) -> Attribution:
    """The same attribution with words counted from the text's first."""
    return Attribution(
        cue=(found.cue[0] + by, found.cue[1] + by),
        source=(found.source[0] + by, found.source[1] + by) if found.source is not None else None,
        content=tuple((b + by, e + by) for b, e in found.content),
        confidence=found.confidence,
    )


def _heads(dependents: Array, heads: Array, starts: NDArray[np.bool_]) -> Array:
    """Heads of a window's words as positions in the window (0 the root), a tree for each sentence in it."""
    found = np.zeros(len(starts), dtype=np.int64)
    for first, after in pairwise([*np.flatnonzero(starts | (np.arange(len(starts)) == 0)).tolist(), len(starts)]):
        own = slice(first + 1, after + 1)
        candidates = np.concatenate([heads[:1], heads[own]])
        tree = np.array(best_heads(product(dependents[own], candidates.T)))
        found[first:after] = np.where(tree == 0, 0, tree + first)
    return found


def _lemma(form: str, rule: str) -> str:
    return _cached_lemma(form, rule) if len(form) <= _LONGEST_CACHED else lemmas.apply(form, rule)


_cached_lemma = lru_cache(maxsize=1 << 16)(lemmas.apply)
