"""Point in polygon, judged by shapely over polygons that nobody has chosen, and over the city's own where it brought
them."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from chalicelib.data import outlines
from chalicelib.domain.place.boundaries import NEARBY, Boundaries
from chalicelib.domain.place.earth import DEGREE, NARROWED
from chalicelib.domain.place.places import AreaFound, OutsideCity
from tests.builders import CIDENG, CITY, GAMBIR

CENTRE = (-6.2, 106.8)
WEST, EAST = CIDENG, GAMBIR
SIZES = st.lists(st.floats(0.001, 0.03), min_size=3, max_size=14)
NEAR = st.tuples(st.floats(-6.215, -6.185), st.floats(106.785, 106.815))  # within the largest star
EDGE = 1e-9  # degrees: on the line itself either answer is right


def a_star(sizes, centre=CENTRE):
    """A closed ring around the centre whose corners lie in equal angles, at these distances (degrees)."""
    turns = [2 * math.pi * i / len(sizes) for i in range(len(sizes))]
    corners = [(centre[0] + r * math.sin(t), centre[1] + r * math.cos(t)) for r, t in zip(sizes, turns, strict=True)]
    return [*corners, corners[0]]


def a_square(south, west, size):
    north, east = south + size, west + size
    return [(south, west), (south, east), (north, east), (north, west), (south, west)]


def in_metres(ring):
    """The ring on the flat map of the city, east and north."""
    return Polygon([(lon * DEGREE * NARROWED, lat * DEGREE) for lat, lon in ring])


def is_inside(found):
    return isinstance(found, AreaFound) and found.sure


@given(SIZES, NEAR)
def test_a_point_is_inside_exactly_where_shapely_says_so(sizes, point):
    ring = a_star(sizes)
    polygon = Polygon(ring)
    assume(polygon.exterior.distance(Point(point)) > EDGE)

    found = Boundaries(CITY, {GAMBIR: [ring]}).find(*point)

    assert is_inside(found) is polygon.contains(Point(point))


@given(SIZES, NEAR)
def test_a_hole_takes_away_what_its_outer_ring_gave(sizes, point):
    outer, hole = a_star(sizes), a_star([size / 2 for size in sizes])
    polygon = Polygon(outer, [hole])
    assume(polygon.boundary.distance(Point(point)) > EDGE)

    found = Boundaries(CITY, {GAMBIR: [outer, hole]}).find(*point)

    assert is_inside(found) is polygon.contains(Point(point))


def test_a_point_in_a_hole_is_near_and_not_inside():
    ring_road = Boundaries(CITY, {GAMBIR: [a_square(-6.21, 106.79, 0.02), a_square(-6.205, 106.795, 0.01)]})

    assert [is_inside(ring_road.find(-6.2, lon)) for lon in (106.8, 106.792)] == [False, True]


@given(SIZES, NEAR)
def test_the_direction_of_a_ring_does_not_matter(sizes, point):
    ring = a_star(sizes)

    assert Boundaries(CITY, {GAMBIR: [ring]}).find(*point) == Boundaries(CITY, {GAMBIR: [ring[::-1]]}).find(*point)


@given(SIZES, st.tuples(st.floats(-6.26, -6.14), st.floats(106.74, 106.86)))
def test_within_a_kilometre_of_a_boundary_the_nearest_is_to_be_confirmed(sizes, point):
    ring = a_star(sizes)
    away = in_metres(ring).distance(Point(point[1] * DEGREE * NARROWED, point[0] * DEGREE))
    assume(away > 0.01)
    assume(abs(away - NEARBY) > 0.01)

    found = Boundaries(CITY, {GAMBIR: [ring]}).find(*point)

    assert found == AreaFound(GAMBIR, sure=False) if away < NEARBY else isinstance(found, OutsideCity)


@given(st.floats(-6.2099, -6.2001), st.floats(106.7901, 106.8099))
def test_neighbours_share_a_border_without_gap_or_overlap(lat, lon):
    assume(lon != 106.8)
    both = Boundaries(CITY, {WEST: [a_square(-6.21, 106.79, 0.01)], EAST: [a_square(-6.21, 106.8, 0.01)]})

    assert both.find(lat, lon) == AreaFound(WEST if lon < 106.8 else EAST, sure=True)


def test_on_the_border_itself_there_is_one_answer():
    both = Boundaries(CITY, {WEST: [a_square(-6.21, 106.79, 0.01)], EAST: [a_square(-6.21, 106.8, 0.01)]})

    assert both.find(-6.205, 106.8) == AreaFound(EAST, sure=True)


def test_between_two_the_nearer_is_offered():
    both = Boundaries(CITY, {WEST: [a_square(-6.21, 106.78, 0.01)], EAST: [a_square(-6.21, 106.8, 0.01)]})

    assert [both.find(-6.205, lon) for lon in (106.793, 106.797)] == [
        AreaFound(WEST, sure=False),
        AreaFound(EAST, sure=False),
    ]


def test_an_area_of_two_islands_contains_points_of_both():
    islands = Boundaries(CITY, {GAMBIR: [a_square(-6.21, 106.79, 0.01), a_square(-6.1, 106.79, 0.01)]})

    assert is_inside(islands.find(-6.205, 106.795))
    assert is_inside(islands.find(-6.095, 106.795))


@pytest.mark.parametrize("point", [(math.nan, 106.8), (-6.2, math.inf)], ids=str)
def test_what_is_no_number_is_outside(point):
    assert Boundaries(CITY, {GAMBIR: [a_square(-6.21, 106.79, 0.01)]}).find(*point) == OutsideCity(None)


def test_far_away_the_neighbour_is_named():
    assert Boundaries(CITY, {GAMBIR: [a_square(-6.21, 106.79, 0.01)]}).find(-6.4025, 106.7942) == OutsideCity(
        "Kota Depok"
    )


def test_the_citys_own_boundaries_are_read_as_shapely_reads_them():
    rings = outlines.read()
    if rings is None:
        pytest.skip("the city brought no boundary file")
    drawn, polygons = Boundaries(CITY, rings), {code: whole(of_area) for code, of_area in rings.items()}

    for area in CITY.areas.values():
        found = drawn.find(area.lat, area.lon)
        containing = {code for code, polygon in polygons.items() if polygon.contains(Point(area.lat, area.lon))}
        assert ({found.area} if is_inside(found) else set()) == containing


def whole(rings):
    """An area of several rings: what lies within an odd number of them."""
    polygon = Polygon()
    for ring in rings:
        polygon = polygon.symmetric_difference(Polygon(ring).buffer(0))
    return polygon
