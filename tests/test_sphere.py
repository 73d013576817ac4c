"""Distances on the sphere, by what is known of it."""

from __future__ import annotations

import pytest

from whence.sphere import DEGREE_KM, kilometres


@pytest.mark.parametrize(
    ("a", "b", "degrees"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (1, 0), 1),
        ((0, 0), (0, 90), 90),
        ((0, 179), (0, -179), 2),
        ((90, 10), (-90, 70), 180),
        ((0, 0), (0, 180), 180),
        ((60, 0), (60, 180), 60),
    ],
)
def test_great_circles_have_so_many_degrees(a: tuple[float, float], b: tuple[float, float], degrees: float) -> None:
    assert kilometres(*a, *b) == pytest.approx(degrees * DEGREE_KM)
    assert kilometres(*b, *a) == kilometres(*a, *b)
