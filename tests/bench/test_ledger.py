"""No counted figure changes without a reason."""

from pathlib import Path

import pytest

from bench import ledger
from bench.ledger import Entry

FIRST = Entry("2026-11-25", "As first measured", {"create: write units": 6, "calls": 1})


def test_the_last_entry_about_a_figure_holds() -> None:
    entries = [FIRST, Entry("2026-11-26", "The history row grew by a digest", {"create: write units": 7})]

    assert ledger.current(entries) == {"create: write units": 7, "calls": 1}


def test_a_figure_that_rises_falls_appears_or_goes_is_said() -> None:
    said = ledger.differences({"a": 1, "b": 5, "gone": 3, "same": 2}, {"a": 2, "b": 4, "new": 1, "same": 2})

    assert said == ["a: rose from 1 to 2", "b: fell from 5 to 4", "gone: no longer counted, was 3", "new: new, 1"]


def test_an_entry_without_a_reason_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    ledger.add([FIRST], {"calls": 2}, "", file)

    with pytest.raises(ValueError, match="reason"):
        ledger.read(file)


def test_what_was_added_is_what_is_committed(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    ledger.add([FIRST], {"calls": 2}, "A second look at the secret", file)

    assert ledger.current(ledger.read(file)) == {"calls": 2}
