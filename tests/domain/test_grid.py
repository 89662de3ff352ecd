"""The grid misses nothing that is near, and asks for a bounded number of squares."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import grid, places
from chalicelib.domain.grid import Box

LATITUDES = st.floats(-6.4, -5.2)
LONGITUDES = st.floats(106.3, 107.0)
METRES = st.floats(0, 150)


@given(lat=LATITUDES, lon=LONGITUDES, north=st.floats(-200, 200), east=st.floats(-200, 200), radius=METRES)
def test_every_place_within_the_radius_lies_in_the_box_around(lat, lon, north, east, radius):
    other = (lat + north / places.DEGREE, lon + east / places.DEGREE / places.NARROWED)

    within = places.distance(lat, lon, *other) <= radius

    assert grid.around((lat, lon), radius).holds(other) or not within


@given(lat=LATITUDES, lon=LONGITUDES)
def test_a_place_lies_in_a_square_that_covers_its_box(lat, lon):
    place = (round(lat, 4), round(lon, 4))

    assert grid.square(place, grid.CELL) in grid.covering(grid.around(place, 150), grid.CELL)


@given(lat=LATITUDES, lon=LONGITUDES)
def test_what_is_near_is_read_from_at_most_four_cells(lat, lon):
    assert len(grid.covering(grid.around((lat, lon), 150), grid.CELL)) <= 4


@given(west=LONGITUDES, south=LATITUDES)
def test_the_widest_box_is_read_from_at_most_nine_blocks(west, south):
    widest = Box(west, south, west + 1, south + 1)

    assert len(grid.covering(widest, grid.CLUSTERS[1] * grid.BLOCK)) <= 9
