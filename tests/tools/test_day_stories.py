"""The day's proof of cases that are merged, followed, taken over, hidden, sorted anew and erased: right as the city
should do it, and a fault for whatever else it does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.tools.day_builders import LURAH, REPORTED, ROADS, RULES, a_case, alert, clock, evidence, line, mail
from tools.day.cases import CITIZEN, OFFICER, Case, Done
from tools.day.judging.proof import Evidence, faults

FOLLOWER, LATER = "pengikut@example.com", (REPORTED + timedelta(minutes=9)).isoformat()
LODGED = line("lodge", "waiting", LURAH)
Messages = Sequence[dict[str, Any]]


def found(case: Case, seen: Evidence) -> list[str]:
    return [fault.partition(": ")[2] for fault in faults(case, seen, RULES)]


def played(unit: str, *actions: Done, **differences: Any) -> Case:
    return a_case(done=list(actions), status=actions[-1].status, unit=unit, **differences)


def shown(unit: str, *lines: dict[str, Any], messages: Messages, **seen: Any) -> Evidence:
    stopped = clock(timedelta(hours=6), timedelta(minutes=9))
    return evidence(
        messages, **{"unit": {"code": unit}, "timeline": list(lines), "clocks": {"coordination": stopped}} | seen
    )


# each: the case, what the city shows when all is well, and the messages that must be there


def merged() -> tuple[Case, Evidence]:
    survivor = a_case(done=[Done("accept", OFFICER, "assigned")], taken_in=1)
    lines = [LODGED, line("merge", "waiting", LURAH, at=LATER), line("accept", "assigned", LURAH)]
    case = played(LURAH, Done("merge", OFFICER, "merged"), survivor=survivor)
    told = [mail("waiting"), alert(LURAH), mail("merged"), mail("assigned")]
    seen = shown(LURAH, LODGED, line("merge", "merged", LURAH, at=LATER), messages=told)
    return case, replace(seen, survivor={"timeline": lines})


def taken_in() -> tuple[Case, Evidence]:
    case = played(LURAH, Done("accept", OFFICER, "assigned"), taken_in=1)
    lines = [LODGED, line("merge", "waiting", LURAH), line("accept", "assigned", LURAH)]
    return case, shown(LURAH, *lines, messages=[mail("waiting"), alert(LURAH), mail("assigned")])


def followed() -> tuple[Case, Evidence]:
    done = (Done("accept", OFFICER, "assigned"), Done("start", OFFICER, "in_progress"))
    case = played(LURAH, *done, followed=(FOLLOWER, 1))
    lines = [LODGED, line("accept", "assigned", LURAH), line("start", "in_progress", LURAH)]
    told = [mail("waiting"), alert(LURAH), mail("assigned"), mail("in_progress"), mail("in_progress", to=FOLLOWER)]
    return case, shown(LURAH, *lines, messages=told)


def taken_over() -> tuple[Case, Evidence]:
    case = played("DBM", Done("take_over", OFFICER, "assigned"))
    lines = [LODGED, line("take_over", "assigned", ROADS)]
    told = [mail("waiting"), alert(LURAH), mail("assigned"), alert(LURAH, "assigned")]
    return case, shown(ROADS, *lines, messages=told)


def handed_on() -> tuple[Case, Evidence]:
    case = played(ROADS, Done("transfer", OFFICER, "waiting"))
    lines = [LODGED, line("transfer", "waiting", ROADS)]
    return case, shown(ROADS, *lines, messages=[mail("waiting"), alert(LURAH), mail("waiting"), alert(ROADS)])


def sorted_anew() -> tuple[Case, Evidence]:
    plan = replace(a_case().plan, sorted_as="SAMPAH")
    case = played("DLH", Done("recategorise", OFFICER, "waiting"), plan=plan)
    lines = [LODGED, line("recategorise", "waiting", "DLH")]
    return case, shown("DLH", *lines, messages=[mail("waiting"), alert(LURAH), mail("waiting"), alert("DLH")])


def hidden() -> tuple[Case, Evidence]:
    case = played(LURAH, Done("hide", OFFICER, "waiting"), Done("restore", OFFICER, "waiting"))
    lines = [LODGED, line("hide", "waiting", LURAH), line("restore", "waiting", LURAH)]
    return case, shown(LURAH, *lines, messages=[mail("waiting"), alert(LURAH), mail("hide"), mail("restore")])


def erased() -> tuple[Case, Evidence]:
    done = (Done("erase", CITIZEN, "waiting"), Done("accept", OFFICER, "assigned"))
    case = played(LURAH, *done, photos={"p1": "ready"})
    lines = [LODGED, line("erase", "waiting", LURAH), line("accept", "assigned", LURAH)]
    return case, shown(LURAH, *lines, messages=[mail("waiting"), alert(LURAH)], description=None)


def called_back(event: str, channel: str = "JAKI") -> dict[str, Any]:
    return mail(event, kind="callback", to=channel)


def by_a_partner() -> tuple[Case, Evidence]:
    plan = replace(a_case().plan, channel="JAKI")
    case = played(LURAH, Done("accept", OFFICER, "assigned"), plan=plan)
    told = [called_back("waiting"), mail("waiting"), alert(LURAH), mail("assigned"), called_back("assigned")]
    return case, shown(LURAH, LODGED, line("accept", "assigned", LURAH), messages=told)


STORIES = [merged, taken_in, followed, taken_over, handed_on, sorted_anew, hidden, erased, by_a_partner]


@pytest.mark.parametrize("story", STORIES)
def test_a_story_that_went_as_it_should_has_no_fault(story: Any) -> None:
    assert found(*story()) == []


@pytest.mark.parametrize(
    ("story", "lost"), [(story, lost) for story in STORIES for lost in range(len(story()[1].messages))]
)
def test_every_lost_message_of_a_story_is_found(story: Any, lost: int) -> None:
    case, seen = story()

    assert found(case, replace(seen, messages=[m for n, m in enumerate(seen.messages) if n != lost]))


@pytest.mark.parametrize(
    ("story", "twice"), [(story, twice) for story in STORIES for twice in range(len(story()[1].messages))]
)
def test_every_message_of_a_story_that_came_twice_is_found(story: Any, twice: int) -> None:
    case, seen = story()

    assert found(case, replace(seen, messages=[*seen.messages, seen.messages[twice]]))


def test_a_report_that_the_other_one_forgot_is_found() -> None:
    case, seen = merged()
    forgotten = {"timeline": [LODGED, line("accept", "assigned", LURAH)]}

    assert any("does not say that it was merged" in fault for fault in found(case, replace(seen, survivor=forgotten)))


@pytest.mark.parametrize("taken", [0, 2])
def test_another_number_of_merged_reports_is_found(taken: int) -> None:
    case, seen = taken_in()
    case.taken_in = taken

    assert found(case, seen) == [f"1 reports were merged into it, done were {taken}"]


@pytest.mark.parametrize("name", ["description", "landmark", "location"])
def test_what_an_erasure_left_is_found(name: str) -> None:
    case, seen = erased()

    assert found(case, replace(seen, seen={**seen.seen, name: "Jalan rusak"})) == [f"erased, and yet there: {name}"]


def test_a_photo_that_outlived_an_erasure_is_found() -> None:
    case, seen = erased()
    photos = [{"photo_id": "p1", "state": "ready"}]

    assert found(case, replace(seen, seen={**seen.seen, "photos": photos})) == ["a photo is ready, must be lost"]


def test_who_was_told_after_an_erasure_is_found() -> None:
    case, seen = erased()

    assert found(case, replace(seen, messages=[*seen.messages, mail("assigned")]))


def test_a_partner_that_is_told_in_another_order_is_found() -> None:
    case, seen = by_a_partner()

    assert any("the partner was told" in f for f in found(case, replace(seen, messages=list(seen.messages)[::-1])))


def test_another_partner_that_is_told_is_found() -> None:
    case, seen = by_a_partner()
    astray = [called_back("waiting", "QLUE"), *seen.messages[1:]]

    assert "another partner was told: QLUE" in found(case, replace(seen, messages=astray))


def test_a_follower_who_hears_of_what_was_before_is_found() -> None:
    case, seen = followed()
    messages = [mail("assigned", to=FOLLOWER), *seen.messages]

    assert any("the follower was told" in fault for fault in found(case, replace(seen, messages=messages)))
