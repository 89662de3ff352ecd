"""What looks at a stage from outside finds a city that works as it expects it."""

import pytest

from tests.outside import the_probe


def test_a_city_that_works_is_left_alone(city_origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", city_origin)

    the_probe().handler({}, None)  # raises what is wrong
