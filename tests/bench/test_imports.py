"""What a cold start loads of our own code: the standard library's modules are others with another Python."""

import pytest

from bench.imports import ASKED, HANDLERS, PATHS, loaded

MOST = {  # of our modules, with some room; the functions that people wait for
    "api, import": 15,
    "api, look at a case": 90,
    "api, look at pictures": 92,
    "api, report": 120,
    "api, report with contact and photo": 122,
}


@pytest.mark.parametrize("name", MOST)
def test_what_nobody_asks_for_is_not_loaded(name: str) -> None:
    _, _, ours, _ = loaded(name)

    assert 5 < ours <= MOST[name]


def test_every_cold_start_is_counted_from_what_lambda_imports_for_it() -> None:
    assert ASKED.keys() - {"api, import"} == HANDLERS.keys() | PATHS.keys()
