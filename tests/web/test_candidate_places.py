"""The small map beside the reports that a duplicate may be merged into: a mark says which lines of the list it stands
for."""

from typing import Any

import pytest

from tests.node import needs_node
from tests.web.in_node import each_by_page

pytestmark = needs_node
HERE, THERE = {"lat": -6.1754, "lon": 106.8272}, {"lat": -6.1755, "lon": 106.8272}
AT = {"here": [HERE["lat"], HERE["lon"]], "there": [THERE["lat"], THERE["lon"]]}


@pytest.mark.parametrize(
    ("places", "marks"),
    [
        pytest.param([HERE, THERE], [[[1], "here"], [[2], "there"]], id="each has its own point"),
        pytest.param([HERE, THERE, HERE], [[[1, 3], "here"], [[2], "there"]], id="two share one"),
        pytest.param([None, HERE], [[[2], "here"]], id="one has no place"),
        pytest.param([], [], id="none"),
    ],
)
def test_a_mark_has_the_numbers_of_the_list(places: list[Any], marks: list[Any]) -> None:
    (found,) = each_by_page("console/candidate_places.js", "together", [[{"place": place} for place in places]])

    assert found == [[numbers, AT[point]] for numbers, point in marks]
