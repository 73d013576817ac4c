"""What an article tells in its own voice and what it quotes, and how far apart two words are in either."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from whence.coding.quotations import Quotation
from whence.coding.tree import Tree


class Narration:
    """Quoted and unquoted words of one article."""

    def __init__(self, tree: Tree, quotations: Sequence[Quotation]) -> None:
        begins = tree.analysis.begin
        self._sentence = tree.sentence_of
        self._firsts = [s.first for s in tree.analysis.sentences]
        pieces = sorted(piece for q in quotations for piece in q.pieces)
        starts = [b for b, _ in pieces]
        ends = [e for _, e in pieces]
        places = (bisect_right(starts, begin) - 1 for begin in begins)
        self._quoted = [place >= 0 and begin < ends[place] for begin, place in zip(begins, places, strict=True)]
        # A sentence's second word tells: the first may be the quotation mark.
        own = (not self.is_quoted(s.first + (s.last > s.first)) for s in tree.analysis.sentences)
        self._own_before = [0, *accumulate(own)]

    def is_quoted(self, word: int) -> bool:
        """Whether the word stands in quotation marks."""
        return self._quoted[word]

    def begin_of_reach(self, word: int, reach: int) -> int:
        """The first word from which it is at most `reach` sentences, one or more, to a word (`distance`)."""
        last = self._sentence[word]
        if self._quoted[word]:
            first = last - reach
        else:
            first = bisect_left(self._own_before, self._own_before[last] + 1 - reach) - 1
        return self._firsts[max(first, 0)]

    def distance(self, mention: int, later: int) -> int:
        """Sentences between two words; from outside a quotation, the quoted ones between do not count."""
        first, last = self._sentence[mention], self._sentence[later]
        if first == last or self._quoted[later]:
            return last - first
        return 1 + self._own_before[last] - self._own_before[first + 1]
