"""A flood over HTTP: thirty report the same water within an hour. Nobody is lost, everybody is told, and the units have
one case. Weeks later, when nobody has acted, the regional secretary reads of it each morning."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from tests.city import COORDINATOR, LURAH, Case, City, an_email, done, eventually, standing

FLOODING, GAMBIR = "BANJIR", "31.71.01.1001"
REPORTS = 30


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city of its own, at the beginning of an hour."""
    with standing(tmp_path_factory.mktemp("flooded")) as (_, city):
        city.advance(f"PT{3600 - int(datetime.now(UTC).timestamp()) % 3600 + 5}S")
        yield city


def switched(city: City) -> Any:
    return done(city.post("/staff/floods", {"category": FLOODING, "area": GAMBIR, "hours": 2}, user=COORDINATOR))


def listed(city: City) -> Any:
    return done(city.get("/staff/floods", user=COORDINATOR))["items"][0]


def reports(city: City, count: int = REPORTS) -> list[Case]:
    """Every sixth by somebody who can be written to."""
    contacts = ({"email": an_email()} if nth % 6 == 1 else None for nth in range(count))
    return [city.lodge(category=FLOODING, contact=contact) for contact in contacts]


def told(case: Case) -> list[str]:
    return [letter["event"] for letter in case.messages("email")]


def test_thirty_reports_become_one_case_and_their_reporters_go_on_hearing_of_it(flooded: City) -> None:
    before = reports(flooded, 2)
    flooded.advance("PT1M")
    assert {case.public()["status"] for case in before} == {"waiting"}

    switched(flooded)
    cases = before + reports(flooded)
    flooded.advance("PT5M")

    (incident,) = listed(flooded)["incidents"]
    lead = next(case for case in cases if case.number == incident["lead"])
    others = [case for case in cases if case is not lead]
    assert incident["merged"] == len(others)
    assert (lead.public()["status"], lead.public()["version"]) == ("waiting", 1)
    assert {case.view()["status"] for case in others} == {"merged"}
    assert all("object" in case.view()["allowed_actions"] for case in others)
    assert [row["number"] for row in flooded.queue(LURAH) if row["category"]["code"] == FLOODING] == [lead.number]

    lead.act("coordinate", user=LURAH, unit="DSDA")
    for case in (case for case in others if case.draft.get("contact")):
        eventually(partial(told, case), ["waiting", "merged", "coordinated"].__eq__)


def test_one_that_is_another_matter_is_taken_out_or_objects_and_stays_out(flooded: City) -> None:
    _, taken_out, objecting, *_ = reports(flooded)
    flooded.advance("PT5M")

    taken_out.act("unmerge", user=COORDINATOR, text="Bukan kejadian yang sama")
    objecting.say("object", text="Air di rumah saya dari pipa")
    flooded.advance("PT5M")

    assert [case.public()["status"] for case in (taken_out, objecting)] == ["waiting", "reopened"]


def test_switched_off_it_merges_nothing_more(flooded: City) -> None:
    off = done(flooded.post(f"/staff/floods/{listed(flooded)['id']}/off", {}, user=COORDINATOR))
    assert not off["on"]

    cases = reports(flooded, 11)
    flooded.advance("PT5M")

    assert {case.public()["status"] for case in cases} == {"waiting"}


def test_what_nobody_acts_on_for_weeks_is_in_the_secretarys_digest_of_the_day(flooded: City) -> None:
    flooded.reset()
    case = flooded.lodge(category=FLOODING)
    flooded.advance("P15D")
    begun = len(digests(flooded))

    flooded.advance("P1D")

    found = digests(flooded)
    assert len(found) == begun + 1
    assert found[-1]["to"] == "SEKDA"
    assert case.number in found[-1]["text"]
    assert "Banjir" not in found[-1]["text"]

    flooded.advance("PT1H")
    assert [digest for digest in digests(flooded) if digest["notice"] == found[-1]["notice"]] == [found[-1]]


def digests(city: City) -> list[Any]:
    return [message for message in city.mailbox() if message["event"] == "digest"]
