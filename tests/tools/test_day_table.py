"""What the day prints."""

import pytest

from tools.day.table import percentile, verdict


@pytest.mark.parametrize(("share", "expected"), [(0.5, 10), (0.95, 19), (1.0, 20)])
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: int) -> None:
    assert expected == percentile(range(20, 0, -1), share)


def test_a_long_list_of_faults_is_cut_and_counted() -> None:
    said = verdict([f"fault {n}" for n in range(50)]).splitlines()

    assert (said[0], said[-1]) == ("50 faults:", "… and 10 more")
