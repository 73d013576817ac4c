"""What words mean by themselves: the encoder's word table, which training left as it was, in fewer dimensions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class Meanings:
    """Vectors of words, each the mean of its pieces' rows."""

    def __init__(self, file: Path, pieces: Callable[[str], tuple[int, ...]]) -> None:
        """`file`: an npz with `table` [pieces, width], int8, whose rows are free of their mean, and `scale`."""
        with np.load(file) as stored:
            self._table, self._scale = stored["table"], float(stored["scale"])
        self._pieces = pieces

    def __call__(self, forms: Sequence[str]) -> NDArray[np.float32]:
        """[forms, width]"""
        rows = [self._table[list(self._pieces(form))].astype(np.float32).mean(axis=0) for form in forms]
        return np.stack(rows) * np.float32(self._scale)
