"""Nearby and map, over lists in memory."""

from dataclasses import replace

import pytest

from chalicelib import data
from chalicelib.application.reading.projection import projection_of
from chalicelib.application.reading.public import PublicReads, proper_box
from chalicelib.domain.case import numbers
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.place.grid import Box
from tests.builders import MONAS, NUMBER, POTHOLE
from tests.fakes_public import MemoryPublicLists
from tests.histories import BEGUN, a_history

CATEGORIES = data.reference().categories
METRE = 1 / 111_195


def city(*histories):
    lists = MemoryPublicLists()
    for history in histories:
        lists.keep(projection_of(history[-1], CATEGORIES[history[-1].complaint.category]))
    return PublicReads(lists=lists, categories=CATEGORIES, link="https://x/{}".format)


def north_of_monas(metres):
    return (MONAS[0] + metres * METRE, MONAS[1])


def test_what_is_within_the_radius_is_near_and_the_nearest_comes_first():
    far, near, beyond = (
        a_history(number=numbers.from_bits(bits), place=north_of_monas(metres))
        for bits, metres in enumerate((44, 11, 90))
    )

    items = city(far, near, beyond).nearby(MONAS, "JLN_LUBANG")["items"]

    assert [numbers.from_bits(1), numbers.from_bits(0)] == [item["number"] for item in items]
    assert pytest.approx([item["distance_m"] for item in items], abs=6) == [11, 44]


def test_another_category_is_not_near():
    assert city(a_history(category="JLN_AMBLAS")).nearby(MONAS, "JLN_LUBANG") == {"items": []}


def test_a_near_case_is_shown_with_its_official_label_and_nothing_private():
    (item,) = city(a_history()).nearby(MONAS, "JLN_LUBANG")["items"]

    assert item == {
        "number": NUMBER,
        "distance_m": 0,
        "category": "JLN_LUBANG",
        "status": "waiting",
        "label": "Menunggu",
        "received_at": BEGUN.isoformat(),
        "followers": 0,
    }


def test_a_picture_that_everybody_may_see_is_linked():
    projection = projection_of(a_history()[-1], CATEGORIES[POTHOLE])
    lists = city()
    pictured = replace(projection, listed=replace(projection.listed, photo="photos/small.webp"))
    lists._lists.keep(pictured)

    (item,) = lists.nearby(MONAS, POTHOLE)["items"]

    assert item["photo"] == "https://x/photos/small.webp"


def test_an_unknown_category_is_named():
    with pytest.raises(InvalidError) as refused:
        city().nearby(MONAS, "NO_SUCH")

    assert [(error.field, error.code) for error in refused.value.errors] == [("category", "value")]


def test_a_small_box_shows_each_case_with_its_number():
    box = Box(106.82, -6.18, 106.83, -6.17)

    about = {"number": NUMBER, "category": "JLN_LUBANG", "status": "waiting"}
    assert city(a_history()).map(box) == {"items": [{"lat": MONAS[0], "lon": MONAS[1], "count": 1, **about}]}


def test_a_large_box_shows_how_many_at_the_middle_of_them():
    two = [a_history(number=numbers.from_bits(bits), place=(-6.17, 106.82 + bits / 1000)) for bits in (1, 3)]

    assert city(*two).map(Box(106.5, -6.5, 107.0, -6.0)) == {"items": [{"lat": -6.17, "lon": 106.822, "count": 2}]}


def test_too_many_points_in_a_small_box_are_joined():
    crowd = [a_history(number=numbers.from_bits(bits)) for bits in range(201)]

    assert city(*crowd).map(Box(106.82, -6.18, 106.83, -6.17))["items"][0]["count"] == 201


@pytest.mark.parametrize(
    "edges",
    [
        (106.8, -6.2, 106.9),
        (106.9, -6.2, 106.8, -6.1),
        (106.8, -6.1, 106.9, -6.2),
        (106.8, -6.2, 106.8, -6.1),
        (float("nan"), -6.2, 106.9, -6.1),
        (106.8, float("-inf"), 106.9, -6.1),
        (106.0, -6.5, 107.01, -6.0),
        (179.5, -6.2, 180.4, -6.1),
    ],
    ids=["three numbers", "east before west", "north before south", "no width", "NaN", "infinite", "too wide", "off"],
)
def test_anything_but_a_proper_box_is_refused(edges):
    with pytest.raises(InvalidError) as refused:
        proper_box(edges)

    assert [error.field for error in refused.value.errors] == ["bbox"]


def test_a_box_of_one_degree_is_proper():
    assert proper_box((106.4, -7.0, 107.4, -6.0)).span == pytest.approx(1)
