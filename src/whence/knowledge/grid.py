"""Where a point lies: the cell of PRIO-GRID.

The numbering is that of the PRIO-GRID codebook (Tollefsen, Strand and Buhaug 2012): cells of half a degree, `gid` 1
in the south-western corner (90 S, 180 W), 720 columns to the east, then 360 rows to the north.
"""

from __future__ import annotations

from math import floor

COLUMNS, ROWS = 720, 360


def prio_grid(lat: float, lon: float) -> int:
    """The `gid` of the cell of a point (WGS 84 degrees), 1 to 259,200.

    A point on an edge belongs to the cell north and east of it; 180 E is 180 W, the north pole lies in the last row.
    Raises `ValueError` for what is no point on Earth.
    """
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is no point on Earth: latitudes end at 90, longitudes at 180")
    row = min(floor((lat + 90) * 2), ROWS - 1) + 1
    column = floor((lon + 180) * 2) % COLUMNS + 1
    return (row - 1) * COLUMNS + column
