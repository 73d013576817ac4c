"""The best dependency tree under given scores: a maximum spanning arborescence with one root.

Chu and Liu (1965) and Edmonds (1967), growing paths as Gabow et al. (1986) do: a path follows
best heads upward until it meets the root, a finished part, or itself; a cycle is contracted into
one node. For n words that is at most 2n steps over vectors of length n, so quadratic time, no
recursion. Where more than one word hangs on the root of the best tree, a second search with a fine
on root arcs larger than any sum of scores has only one (Zmigrod, Vieira and Cotterell 2020, section 3).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def best_heads(scores: Floats) -> list[int]:
    """Heads of the best tree with exactly one root word.

    `scores[d, h]` is the score of word `d` (from 0) hanging on `h`: column 0 is the root,
    column `j + 1` word `j`. Returned heads count the same way: 0 is the root, `j + 1` word `j`.
    The scores must be finite; those of words on themselves are ignored.
    """
    n = len(scores)
    if n == 0:
        return []
    own = np.arange(n)
    scores = np.array(scores, dtype=np.float64)
    scores[own, own + 1] = -np.inf
    greedy: list[int] = scores.argmax(axis=1).tolist()
    if is_tree(greedy):
        return greedy
    heads = _Arborescence(scores).heads()
    if heads.count(0) == 1:  # most of them, and without the fine there is far less to contract
        return heads
    finite = scores[np.isfinite(scores)]
    scores[:, 0] -= (finite.max() - finite.min()) * (n + 1) + 1.0
    return _Arborescence(scores).heads()


def is_tree(heads: list[int]) -> bool:
    """Whether heads (0 the root, `j + 1` word `j`) form one tree with exactly one root word."""
    if heads.count(0) != 1:
        return False
    reached = [0] * (len(heads) + 1)  # number of the walk that came by; the root counts as reached
    reached[0] = -1
    for walk in range(1, len(heads) + 1):
        node = walk
        while reached[node] == 0:
            reached[node] = walk
            node = heads[node - 1]
        if reached[node] == walk:
            return False
        node = walk
        while reached[node] == walk:
            reached[node] = -1
            node = heads[node - 1]
    return True


class _Arborescence:
    """Edmonds' algorithm over nodes 0 (root), 1 … n (words) and, from n + 1 on, contracted cycles."""

    def __init__(self, scores: Floats) -> None:
        self._n = n = len(scores)
        self._arriving: dict[int, Floats] = {d + 1: scores[d] for d in range(n)}
        """Node -> score of its best arc from each original head."""
        self._arrival: dict[int, NDArray[np.int64]] = {d: np.full(n + 1, d) for d in range(1, n + 1)}
        """Node -> the original word at which that arc arrives."""
        self._members: dict[int, list[int]] = {d: [d] for d in range(1, n + 1)}
        self._node_of = list(range(n + 1))
        """Original word -> the outermost node that holds it."""
        self._parent: dict[int, int] = {}
        """Node -> the cycle it was contracted into."""
        self._chosen: dict[int, tuple[int, int]] = {}
        """Node -> its best arc, as original head and word."""

    def heads(self) -> list[int]:
        """Heads of words 1 … n."""
        finished = {0}
        for word in range(1, self._n + 1):
            path = [self._node_of[word]] if self._node_of[word] not in finished else []
            while path:
                head = self._choose(path[-1])
                above = self._node_of[head]
                if above in finished:
                    finished.update(path)
                    break
                if above in path:
                    cycle = path[path.index(above) :]
                    del path[-len(cycle) :]
                    path.append(self._contract(cycle))
                else:
                    path.append(above)
        return self._expand()

    def _choose(self, node: int) -> int:
        """Best head of a node outside itself."""
        head = int(self._arriving[node].argmax())
        self._chosen[node] = (head, int(self._arrival[node][head]))
        return head

    def _contract(self, cycle: list[int]) -> int:
        """Makes one node of a cycle; an arc into it now costs what it displaces."""
        made = self._n + 1 + len(self._parent)
        gains = np.stack([self._arriving[node] - self._arriving[node][self._chosen[node][0]] for node in cycle])
        best = gains.argmax(axis=0)
        columns = np.arange(self._n + 1)
        arriving = gains[best, columns]
        members = [word for node in cycle for word in self._members[node]]
        arriving[members] = -np.inf
        self._arriving[made] = arriving
        self._arrival[made] = np.stack([self._arrival[node] for node in cycle])[best, columns]
        self._members[made] = members
        for word in members:
            self._node_of[word] = made
        for node in cycle:
            self._parent[node] = made
            del self._arriving[node], self._arrival[node]
        return made

    def _expand(self) -> list[int]:
        """Undoes the contractions from the outermost in: each cycle loses the arc that its own head displaces."""
        heads = [0] * (self._n + 1)
        for node in sorted(self._chosen, reverse=True):
            if node not in self._chosen:
                continue
            head, word = self._chosen[node]
            heads[word] = head
            while word != node:
                self._chosen.pop(word, None)
                word = self._parent[word]
        return heads[1:]
