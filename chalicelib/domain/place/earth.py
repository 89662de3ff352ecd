"""Degrees and metres on the flat map that a city is. Everything that measures a distance takes these values, so that
what is near for one question is near for all."""

import math

DEGREE = 111_195.0  # metres of one degree of latitude on the mean sphere (radius 6,371,008.8 m)
NARROWED = math.cos(math.radians(6.2))  # of a degree of longitude at Jakarta; 0.2 % off at the outermost island


def flat(lat: float, lon: float) -> tuple[float, float]:
    """A step in degrees as metres east and north."""
    return lon * DEGREE * NARROWED, lat * DEGREE


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres. NaN or infinity in → NaN or infinity out: compares false with every limit."""
    return math.hypot(*flat(lat - other_lat, lon - other_lon))
