"""Matrix products in one thread.

A BLAS starts threads of its own for large products: OpenBLAS for those of more than 2^18
multiplications (`GEMM_MULTITHREAD_THRESHOLD` times `SMP_THRESHOLD_MIN`). Where several processes
share the processors, as whence has them do, these threads wait for each other and cost three
quarters of the speed. Products are therefore cut to stay below that size.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

UNTHREADED = 1 << 18
"""Multiplications of a product that is surely done by the thread that asks for it."""

Floats = NDArray[np.floating]


def product(left: Floats, right: Floats) -> Floats:
    """`left @ right` for matrices, a few rows at a time if need be."""
    step = max(1, UNTHREADED // max(1, right.size))
    made: Floats = np.empty((len(left), right.shape[1]), dtype=np.result_type(left, right))
    for begin in range(0, len(left), step):
        np.matmul(left[begin : begin + step], right, out=made[begin : begin + step])
    return made
