"""Who speaks where: in whose reported words each word stands, and who spoke last before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from heapq import heappop, heappush

from whence.coding.tree import Tree
from whence.records import Span

Voice = tuple[Sequence[Span], int]
"""The content of a statement (code points) and the head word of the phrase of whoever vouches for it."""
_BACK = 8
"""Statements that are looked back upon for the speaker before."""


class Voices:
    """The statements of one article by place."""

    def __init__(self, tree: Tree, voices: Sequence[Voice] = ()) -> None:
        self._voices = voices
        self._around = _innermost(tree, voices)
        self._sources = sorted({source for _, source in voices})

    def is_source(self, word: int) -> bool:
        """Whether the word heads the phrase of somebody whose words are reported."""
        place = bisect_left(self._sources, word)
        return place < len(self._sources) and self._sources[place] == word

    def around(self, word: int) -> int | None:
        """Number of the innermost statement in whose content the word stands; None in the article's own voice."""
        return self._around[word]

    def speaker(self, word: int) -> int | None:
        """Head of the source of the words among which a word stands."""
        number = self._around[word]
        return None if number is None else self._voices[number][1]

    def before(self, word: int) -> int | None:
        """Head of the last source before the word that speaks on its level: to the article, or within one speech."""
        place = bisect_left(self._sources, word)
        for source in reversed(self._sources[max(0, place - _BACK) : place]):
            if self._around[source] == self._around[word]:
                return source
        return None


def _innermost(tree: Tree, voices: Sequence[Voice]) -> list[int | None]:
    """For each word the statement with the shortest piece of content over it, its own source's words aside."""
    begin = tree.analysis.begin
    pieces = sorted((b, e, n) for n, (spans, _) in enumerate(voices) for b, e in spans)
    found: list[int | None] = []
    over: list[tuple[int, int, int]] = []
    following = 0
    for word, at in enumerate(begin):
        while following < len(pieces) and pieces[following][0] <= at:
            b, e, n = pieces[following]
            heappush(over, (e - b, e, n))
            following += 1
        while over and over[0][1] <= at:
            heappop(over)
        number = over[0][2] if over else None
        found.append(None if number is not None and voices[number][1] == word else number)
    return found
