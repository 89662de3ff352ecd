"""Which units still have a case on a list once they have no work on it."""

from dataclasses import replace

import pytest

from chalicelib.domain.case.filing import Filing, filing
from tests.builders import CITY, KEL_GAMBIR, POTHOLE, SUDIN
from tests.histories import HOUR, a_history

TO_VALIDATION = (("coordinate", HOUR), ("start", HOUR), ("propose_done", HOUR))


def filed(*steps: tuple[str, int], **facts: object) -> Filing | None:
    file = a_history(steps, **facts)[-1]  # type: ignore[arg-type]
    return filing(file.complaint, file.events, CITY.categories[file.complaint.category])


def listed(*steps: tuple[str, int]) -> tuple[str, tuple[str, ...]] | None:
    found = filed(*steps)
    return found and (found.list_name, found.units)


def test_a_case_that_the_unit_must_act_on_is_on_neither_list() -> None:
    assert listed() is None
    assert listed(("accept", HOUR)) is None


def test_what_a_kelurahan_handed_on_waits_for_others() -> None:
    assert listed(("coordinate", HOUR)) == ("others", (KEL_GAMBIR,))


def test_a_proof_that_is_being_judged_waits_for_others_at_its_holder_too() -> None:
    found = listed(*TO_VALIDATION)

    assert found
    assert found[0] == "others"
    assert KEL_GAMBIR in found[1]
    assert len(found[1]) == 2


@pytest.mark.parametrize("steps", [(*TO_VALIDATION, ("validate", HOUR)), (("reject", HOUR),), (("withdraw", HOUR),)])
def test_what_ended_is_done_for_everybody_who_had_it_and_still_reads_it(steps: tuple[tuple[str, int], ...]) -> None:
    found = listed(*steps)

    assert found
    assert found[0] == "done"
    assert KEL_GAMBIR in found[1]


def test_an_opd_that_passed_a_case_on_to_another_no_longer_has_it() -> None:
    file = a_history(TO_VALIDATION)[-1]
    moved = replace(file.complaint, unit=SUDIN)

    found = filing(moved, file.events, CITY.categories[POTHOLE])

    assert found
    assert found.units == (KEL_GAMBIR, SUDIN)


def test_a_kelurahan_has_no_delicate_case_on_any_list() -> None:
    file = a_history((("coordinate", HOUR),))[-1]
    delicate = next(c for c in CITY.categories.values() if c.sensitive)

    assert filing(file.complaint, file.events, delicate) is None


def test_the_time_is_of_the_last_decision_and_no_word_moves_it() -> None:
    decided, commented = filed(("coordinate", HOUR)), filed(("coordinate", HOUR), ("comment", HOUR))

    assert decided == commented
