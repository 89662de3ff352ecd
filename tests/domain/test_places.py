"""A point → a kelurahan, without boundary polygons: the nearest centroid, which is a guess."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.place.places import AreaFound, Centroids, OutsideCity
from tests.builders import CITY, GAMBIR, MONAS

WITHOUT_POLYGONS = Centroids(CITY)
ANYWHERE = st.tuples(st.floats(allow_nan=True), st.floats(allow_nan=True))


def test_monas_lies_in_gambir():
    assert WITHOUT_POLYGONS.find(*MONAS) == AreaFound(GAMBIR, sure=False)


@pytest.mark.parametrize("area", CITY.areas.values(), ids=lambda area: area.name)
def test_the_middle_of_a_kelurahan_lies_in_it(area):
    assert WITHOUT_POLYGONS.find(area.lat, area.lon) == AreaFound(area.code, sure=False)


@pytest.mark.parametrize(
    ("lat", "lon", "neighbour"),
    [
        pytest.param(-6.4025, 106.7942, "Kota Depok", id="Depok"),
        pytest.param(-6.2383, 106.9999, "Kota Bekasi", id="Bekasi"),
        pytest.param(-6.595, 106.8166, "Kota Bogor", id="Bogor"),
        pytest.param(-6.9175, 107.6191, None, id="Bandung, which is too far to be named"),
        pytest.param(0.0, 0.0, None, id="the Atlantic"),
    ],
)
def test_outside_the_city_the_neighbour_is_named_where_one_is_near(lat, lon, neighbour):
    assert WITHOUT_POLYGONS.find(lat, lon) == OutsideCity(neighbour)


def test_an_island_reaches_farther_into_the_sea_than_the_mainland():
    assert WITHOUT_POLYGONS.find(-5.65, 106.57) == AreaFound("31.01.01.1002", sure=False)


@pytest.mark.parametrize(
    ("lat", "lon", "area"),
    [
        pytest.param(-5.2046, 106.4612, "31.01.01.1003", id="Pulau Sebira, fifty kilometres from the others"),
        pytest.param(-5.4792, 106.3929, "31.01.01.1003", id="Pulau Pabelokan"),
        pytest.param(-5.9575, 106.8446, "31.01.02.1001", id="Pulau Damar Besar"),
        pytest.param(-5.7461, 106.6128, "31.01.01.1001", id="Pulau Pramuka"),
    ],
)
def test_the_outlying_islands_of_kepulauan_seribu_are_inside(lat, lon, area):
    assert WITHOUT_POLYGONS.find(lat, lon) == AreaFound(area, sure=False)


@given(ANYWHERE)
def test_whatever_the_point_the_answer_is_a_kelurahan_or_outside(point):
    found = WITHOUT_POLYGONS.find(*point)

    assert isinstance(found, OutsideCity) or found.area in CITY.areas


@pytest.mark.parametrize("point", [(math.nan, 106.8), (math.inf, 106.8), (-6.2, -math.inf)], ids=str)
def test_what_is_no_number_is_outside(point):
    assert WITHOUT_POLYGONS.find(*point) == OutsideCity(None)
