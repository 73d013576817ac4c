"""Relations between given pairs of words, scored outside the encoder's graph.

Only the pairs of the tree that was found need a label, and those are known after the graph has
run: score_k = [d; 1] U_k h + w_k · [d; h] + b_k for a word's view `d` as a dependent and its head's
view `h` as a head (Dozat and Manning 2017).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from whence.language.products import UNTHREADED, product

Floats = NDArray[np.floating]


class Labels:
    """Scores every relation for pairs of dependent and head."""

    def __init__(self, weights: Mapping[str, Floats], kinds: int, root: int) -> None:
        """`weights` holds `bilinear` [K, D + 1, D], `linear` [K, 2 D] and `bias` [K] for K = `kinds` relations.

        `root` is the number of the root relation. Raises `ValueError` where shapes do not fit.
        """
        bilinear = weights["bilinear"].astype(np.float32)
        linear = weights["linear"].astype(np.float32)
        self._bias = weights["bias"].astype(np.float32)
        self._size = bilinear.shape[-1]
        shapes = [(kinds, self._size + 1, self._size), (kinds, 2 * self._size), (kinds,)]
        if [bilinear.shape, linear.shape, self._bias.shape] != shapes:
            raise ValueError(f"weights of the relations are not of the shapes {shapes}")
        # What is linear in the head goes with the bilinear form's constant row, which is linear in it too.
        self._bilinear = np.ascontiguousarray(bilinear[:, :-1].transpose(0, 2, 1))  # from heads to dependents
        self._of_head = np.ascontiguousarray((bilinear[:, -1] + linear[:, self._size :]).T)
        self._of_dependent = np.ascontiguousarray(linear[:, : self._size].T)
        self._root = root

    def best(
        self, dependents: Floats, as_heads: Floats, heads: NDArray[np.int64], allowed: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Best of the `allowed` [N, K] relations of each word with its head; the root relation where and only where
        the head is 0, the root.

        `dependents` [N, D] are the words' views as dependents, `as_heads` [N + 1, D] the root's and theirs as heads.
        """
        scores = product(dependents, self._of_dependent) + product(as_heads, self._of_head)[heads] + self._bias
        order = np.argsort(heads, kind="stable")
        distinct, firsts = np.unique(heads[order], return_index=True)  # a third of the words: these are multiplied
        edges, below = [*firsts.tolist(), len(heads)], dependents[order]
        together = np.empty_like(scores)
        step = max(1, UNTHREADED // self._size**2)
        for begin in range(0, len(distinct), step):
            turned = np.matmul(as_heads[distinct[begin : begin + step]], self._bilinear)  # [K, heads, D]
            for number in range(turned.shape[1]):
                words = slice(*edges[begin + number : begin + number + 2])
                np.matmul(below[words], turned[:, number].T, out=together[words])
        scores[order] += together
        scores[:, self._root] = -np.inf
        scores[~allowed] = -np.inf
        found: NDArray[np.int64] = scores.argmax(axis=1)
        found[heads == 0] = self._root
        return found
