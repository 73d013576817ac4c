"""Relations between given pairs of words, scored outside the encoder's graph.

Only the pairs of the tree that was found need a label, and those are known after the graph has
run: score_k = [d; 1] U_k h + w_k · [d; h] + b_k for a word's view `d` as a dependent and its head's
view `h` as a head (Dozat and Manning 2017).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from whence.language.products import UNTHREADED

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
        self._bilinear = np.ascontiguousarray(bilinear[:, :-1])
        self._of_head = np.ascontiguousarray((bilinear[:, -1] + linear[:, self._size :]).T)
        self._of_dependent = np.ascontiguousarray(linear[:, : self._size].T)
        self._root = root

    def best(
        self, dependents: Floats, heads: Floats, on_root: NDArray[np.bool_], allowed: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Best of the `allowed` [N, K] relations of each pair ([N, D] and [N, D]); the root relation where and only
        where `on_root` holds."""
        found = np.full(len(dependents), self._root, dtype=np.int64)
        step = max(1, UNTHREADED // self._size**2)
        for begin in range(0, len(dependents), step):
            d, h = dependents[begin : begin + step], heads[begin : begin + step]
            scores = np.einsum("kne,ne->nk", np.matmul(d, self._bilinear), h)
            scores += d @ self._of_dependent + h @ self._of_head + self._bias
            scores[:, self._root] = -np.inf
            scores[~allowed[begin : begin + step]] = -np.inf
            found[begin : begin + step] = scores.argmax(axis=1)
        found[on_root] = self._root
        return found
