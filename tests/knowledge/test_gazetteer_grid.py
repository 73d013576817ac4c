"""Cells of PRIO-GRID."""

import pytest

from whence.knowledge.grid import prio_grid


@pytest.mark.parametrize(
    ("lat", "lon", "gid"),
    [
        (-90, -180, 1),
        (-89.9, -179.9, 1),
        (-90, -179.5, 2),
        (-89.5, -180, 721),
        (0, 0, 129_961),
        (36.2, 37.16, 252 * 720 + 435),
        (89.9, 179.9, 259_200),
        (90, 180, 258_481),
    ],
)
def test_cells_are_counted_from_the_south_west(lat: float, lon: float, gid: int) -> None:
    assert prio_grid(lat, lon) == gid


@pytest.mark.parametrize(("lat", "lon"), [(90.1, 0), (0, 180.1), (float("nan"), 0)])
def test_no_point_on_earth(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="no point on Earth"):
        prio_grid(lat, lon)
