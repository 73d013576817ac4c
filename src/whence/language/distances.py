"""Distances between words in a text as the encoder's pair scorers know them: signed, in powers of two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST = 10
"""Distances of 2^(MOST - 1) words and more are one class."""
CLASSES = 2 * MOST + 1


def distance_class(offset: NDArray[np.int64]) -> NDArray[np.int64]:
    """Class of each offset in words: `MOST` for 0, above it for later words, below it for earlier ones."""
    size = np.minimum(MOST, np.floor(np.log2(np.maximum(np.abs(offset), 1))).astype(np.int64) + 1)
    return np.where(offset == 0, MOST, MOST + np.sign(offset) * size)
