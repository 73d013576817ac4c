"""Distances on the earth, taken for a sphere."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

_EARTH_KM = 6371.0088
"""Mean radius of the earth in kilometres: (2a + b) / 3 of the ellipsoid WGS 84."""
DEGREE_KM = radians(_EARTH_KM)
"""Kilometres in a degree of latitude."""


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great circle between two points in degrees, by the haversine formula; off by up to 0.6 %."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    half_chord = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half_chord)))
