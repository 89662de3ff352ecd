"""The grid misses nothing that is near, and asks for a bounded number of squares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.place import earth, grid
from chalicelib.domain.place.grid import Box

LATITUDES = st.floats(-6.4, -5.2)
LONGITUDES = st.floats(106.3, 107.0)
METRES = st.floats(0, 150)


@given(lat=LATITUDES, lon=LONGITUDES, north=st.floats(-200, 200), east=st.floats(-200, 200), radius=METRES)
def test_every_place_within_the_radius_lies_in_the_box_around(lat, lon, north, east, radius):
    other = (lat + north / earth.DEGREE, lon + east / earth.DEGREE / earth.NARROWED)

    within = earth.distance(lat, lon, *other) <= radius

    assert grid.around((lat, lon), radius).holds(other) or not within


@pytest.mark.parametrize(
    ("place", "cell", "clusters", "blocks"),
    [
        ((-6.1754, 106.8272), (-1236, 21365), [(-618, 10682), (-124, 2136)], [(-62, 1068), (-13, 213)]),
        ((-6.3, 106.7), (-1260, 21340), [(-630, 10670), (-126, 2134)], [(-63, 1067), (-13, 213)]),
        ((-5.2046, 106.4612), (-1041, 21292), [(-521, 10646), (-105, 2129)], [(-53, 1064), (-11, 212)]),
    ],
)
def test_a_stored_cell_means_the_same_ground_for_ever(place, cell, clusters, blocks):
    assert grid.square(place, grid.CELL) == cell
    assert [grid.square(place, step) for step in grid.CLUSTERS] == clusters
    assert [grid.square(place, step * grid.BLOCK) for step in grid.CLUSTERS] == blocks


@pytest.mark.parametrize(("lat", "lon"), [(-6.2, 106.8), (-5.2, 106.3), (-6.37, 106.97)])
@pytest.mark.parametrize("radius", [15, 100, 150])
def test_a_place_on_the_very_edge_of_the_radius_is_in_the_box(lat, lon, radius):
    box = grid.around((lat, lon), radius)

    assert box.holds((lat + radius / earth.DEGREE, lon))
    assert box.holds((lat, lon + radius / earth.DEGREE / earth.NARROWED))
    assert not box.holds((lat + 1.01 * radius / earth.DEGREE, lon))


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
