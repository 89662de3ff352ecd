"""Durations as people and programs write them."""

from datetime import timedelta

import pytest

from local.clock import duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT6H", timedelta(hours=6)),
        ("P7DT1H", timedelta(days=7, hours=1)),
        ("PT5H50M", timedelta(hours=5, minutes=50)),
        ("PT90S", timedelta(seconds=90)),
        ("P2W", timedelta(weeks=2)),
        ("P1M", timedelta(days=30)),
        ("PT1M", timedelta(minutes=1)),
        ("P1Y", timedelta(days=365)),
        ("PT0.5H", timedelta(minutes=30)),
        ("PT0S", timedelta()),
    ],
)
def test_an_iso_8601_duration_is_read(text: str, expected: timedelta) -> None:
    assert duration(text) == expected


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "6H", "PT6", "-PT6H", "P1DT", "PT6H ", "P200Y", "P" + "9" * 100 + "D", "٣", "PT٣H"]
)
def test_what_is_no_duration_or_too_far_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        duration(text)
