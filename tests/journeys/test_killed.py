"""Whatever dies, and whenever: no accepted complaint is lost, every message goes once, a claim without a record is
sent again once, an SMS is not. Workers are killed by SIGKILL while a call of theirs stands still."""

import os
import signal
import threading
import uuid
from pathlib import Path
from typing import Any

import pytest

from local.emulator.faults import LONGEST_HOLD
from tests.city import HANGS, City, Process, a_draft, a_phone, an_email, done, eventually, standing


@pytest.fixture(scope="module")
def killed_city(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One city for the killings of this module; some of them move its time."""
    with standing(tmp_path_factory.mktemp("killed_city")) as (process, city):
        yield process, city


def workers(process: Process, function: str) -> list[int]:
    """Pids of the processes that run a function of this city: what they print goes to a file that names it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                printed = str((entry / "fd" / "1").readlink())
            except OSError:
                continue
            if f"-local-{function}-" in printed and str(process.home) in printed:
                found.append(int(entry.name))
    return found


def hold(city: City, service: str, operation: str, when: str) -> None:
    done(
        city.post(
            "/_local/faults",
            {"service": service, "operation": operation, "probability": 1, "when": when, "hold": LONGEST_HOLD},
        )
    )


def kill_while_held(process: Process, city: City, function: str, service: str, calls: int = 1) -> None:
    """Waits until so many calls stand still, kills the function's processes, and lets everything pass again."""
    eventually(lambda: done(city.get("/_local/faults"))["held"], lambda held: held >= calls, what="held calls")
    for pid in workers(process, function):
        os.kill(pid, signal.SIGKILL)
    city.fault(service, 0)


def lodge_behind(city: City, key: str, draft: dict[str, Any]) -> tuple[threading.Thread, list[Any]]:
    answers: list[Any] = []

    def post() -> None:
        answers.append(city.post("/complaints", draft, headers={"Idempotency-Key": key}))

    thread = threading.Thread(target=post)
    thread.start()
    return thread, answers


@pytest.mark.parametrize("when", ["before", "after"], ids=["before the commit", "after the commit"])
def test_a_report_whose_worker_is_killed_is_taken_in_once_by_the_next_try(killed_city: Any, when: str) -> None:
    process, city = killed_city
    mail, key = an_email(), str(uuid.uuid4())
    draft = {**a_draft(), "contact": {"email": mail}}
    hold(city, "dynamodb", "TransactWriteItems", when)
    thread, answers = lodge_behind(city, key, draft)

    kill_while_held(process, city, "api", "dynamodb")
    thread.join(HANGS)

    assert answers[0].status_code in (201, 503), "accepted, or clearly told that it was not known"
    again = done(city.post("/complaints", draft, headers={"Idempotency-Key": key}))
    letters = eventually(lambda: city.mailbox(to=mail))
    settle(city)
    assert city.mailbox(to=mail) == letters
    assert len(letters) == 1
    assert letters[0]["number"] == again["number"]
    rows = [row["number"] for row in city.queue("lurah-gambir", limit=100)]
    assert rows.count(again["number"]) == 1


def test_an_event_whose_relay_is_killed_before_publishing_is_told_once(killed_city: Any) -> None:
    process, city = killed_city
    mail = an_email()
    hold(city, "sns", "PublishBatch", "before")
    case = city.lodge(contact={"email": mail})

    kill_while_held(process, city, "relay", "sns")

    expect_once(city, mail, case.number)


def test_an_event_whose_relay_is_killed_after_publishing_is_told_once(killed_city: Any) -> None:
    process, city = killed_city
    mail = an_email()
    hold(city, "sns", "PublishBatch", "after")
    case = city.lodge(contact={"email": mail})

    kill_while_held(process, city, "relay", "sns")

    expect_once(city, mail, case.number)


def settle(city: City) -> None:
    """Whatever is on its way has arrived, and the sweeper has looked for what is not."""
    city.advance("PT0S")


def expect_once(city: City, mail: str, number: str) -> None:
    eventually(lambda: city.mailbox(to=mail))
    eventually(lambda: [m for m in city.mailbox(number=number) if m["kind"] == "alert"])
    settle(city)
    kinds = sorted(message["kind"] for message in city.mailbox(number=number))
    assert kinds == ["alert", "email"]


def test_a_letter_claimed_and_not_recorded_is_sent_again_once_with_the_same_id(killed_city: Any) -> None:
    """The worker dies after the claim and before the provider heard of it."""
    process, city = killed_city
    mail = an_email()
    hold(city, "ses", "SendEmail", "before")
    case = city.lodge(contact={"email": mail})
    kill_while_held(process, city, "notify-citizen", "ses")
    assert city.mailbox(to=mail) == []

    city.advance("PT6M")  # the claim's promise falls due; the sweeper hands it back

    letters = eventually(lambda: city.mailbox(to=mail))
    city.advance("PT15M")
    assert city.mailbox(to=mail) == letters
    assert [letter["notice"] for letter in letters] == [f"{case.number}_000001_reporter"]


def test_a_letter_sent_and_not_recorded_comes_again_under_its_own_id(killed_city: Any) -> None:
    """The provider took it and nobody knows: better twice under one id than never."""
    process, city = killed_city
    mail = an_email()
    hold(city, "ses", "SendEmail", "after")
    city.lodge(contact={"email": mail})
    kill_while_held(process, city, "notify-citizen", "ses")
    assert len(city.mailbox(to=mail)) == 1

    city.advance("PT6M")

    letters = eventually(lambda: city.mailbox(to=mail), lambda found: len(found) == 2)
    city.advance("PT15M")
    assert city.mailbox(to=mail) == letters
    assert len({letter["notice"] for letter in letters}) == 1


def test_an_sms_claimed_and_not_recorded_is_unknown_and_not_repeated(killed_city: Any) -> None:
    process, city = killed_city
    phone = f"+6289900{a_phone()[-6:]}"  # of which the provider never tells anything
    hold(city, "sms", "SendTextMessage", "after")
    case = city.lodge(contact={"phone": phone})
    kill_while_held(process, city, "notify-citizen", "sms")
    assert len(city.mailbox(to=phone)) == 1

    city.advance("PT6M")
    city.advance("PT15M")

    assert len(city.mailbox(to=phone)) == 1
    assert {"event": "waiting", "kind": "sms", "state": "unknown"} in case.staff("koordinator")["messages"]


def test_an_sms_claimed_and_not_recorded_is_delivered_when_the_provider_says_so(killed_city: Any) -> None:
    process, city = killed_city
    phone = a_phone()
    hold(city, "sms", "SendTextMessage", "after")
    case = city.lodge(contact={"phone": phone})
    kill_while_held(process, city, "notify-citizen", "sms")

    city.advance("PT6M")

    arrived = {"event": "waiting", "kind": "sms", "state": "delivered"}
    eventually(lambda: case.staff("koordinator")["messages"], lambda found: arrived in found, what="its fate")
    assert len(city.mailbox(to=phone)) == 1


def test_an_alert_claimed_and_not_recorded_is_sent_again_once(killed_city: Any) -> None:
    process, city = killed_city
    hold(city, "sns", "Publish", "before")
    case = city.lodge()
    kill_while_held(process, city, "alert-unit", "sns")
    assert case.messages("alert") == []

    city.advance("PT6M")

    alerts = eventually(lambda: case.messages("alert"))
    city.advance("PT15M")
    assert case.messages("alert") == alerts
    assert len(alerts) == 1
