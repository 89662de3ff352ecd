"""A small day of Jakarta in a city of its own: it proves itself, and its proof fails when nothing is relayed."""

from contextlib import closing
from pathlib import Path

from tests.city import HANGS
from tests.conftest import OwnCity
from tools.day.client import City
from tools.day.play import Day

WRITTEN = 360  # a seed in whose first ten reports each of X, e-mail and Facebook has one
LODGED = 3  # one of whose first two is lodged by the form, which a unit is alerted of


def test_a_small_day_loses_nothing_and_a_day_without_relay_is_red(own_city: OwnCity, tmp_path: Path) -> None:
    process, _ = own_city(RATE_LIMIT="0", DEMO="0")

    with closing(City(process.origin)) as city:
        well = Day(city, seed=WRITTEN, areas_file=None, folder=tmp_path, quiet=HANGS).play(10, alone=True)
        day = Day(city, seed=LODGED, areas_file=None, folder=tmp_path, quiet=3, patience=3)
        with day.without_relay():
            cut = day.play(2, alone=False)

    assert well.faults == []
    assert any("alert missing: alert to" in fault for fault in cut.faults)
