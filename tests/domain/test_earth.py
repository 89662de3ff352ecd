"""Metres and degrees: one measure for every question."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.place import earth

ROOT = Path(earth.__file__).parents[2]
IN_THE_CITY = st.tuples(st.floats(-6.4, -5.2), st.floats(106.3, 107.0))
LENGTH_OF_A_DEGREE = re.compile(r"\b11[01]_?\d{3}(?:\.\d+)?\b")


@given(IN_THE_CITY, IN_THE_CITY)
def test_a_distance_agrees_with_the_sphere_within_two_in_a_thousand(one, other):
    assert earth.distance(*one, *other) == pytest.approx(on_the_sphere(one, other), rel=0.002, abs=0.5)


def on_the_sphere(one, other):
    """Metres by the haversine formula."""
    (lat, lon), (other_lat, other_lon) = (map(math.radians, point) for point in (one, other))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * 6_371_008.8 * math.asin(math.sqrt(half))


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_near_nothing(odd):
    assert not earth.distance(odd, 106.8, -6.2, 106.8) <= 1e9


@pytest.mark.parametrize("folder", ["chalicelib", "tools", "local", "bench"])
def test_only_one_module_knows_how_long_a_degree_is(folder):
    told = {path.name for path in (ROOT / folder).rglob("*.py") if LENGTH_OF_A_DEGREE.search(path.read_text("utf-8"))}

    assert told <= {"earth.py"}
