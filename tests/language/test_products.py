from __future__ import annotations

import numpy as np
import pytest

from whence.language.products import product


@pytest.mark.parametrize(("rows", "columns"), [(0, 5), (1, 1), (3, 4), (40, 41), (300, 301), (2, 3000)])
def test_it_is_the_matrix_product(rows: int, columns: int) -> None:
    draw = np.random.default_rng(rows).normal
    left, right = draw(size=(rows, 256)), draw(size=(256, columns))
    np.testing.assert_allclose(product(left, right), left @ right, atol=1e-9)
