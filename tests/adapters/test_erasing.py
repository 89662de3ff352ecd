"""What an erasure leaves in the table: every kind of row that a person's words, address or case number may stand in,
wherever its key puts it. A new kind of row is one line of KINDS."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import raw
from chalicelib.adapters.dynamodb.cases.erasing import DynamoPersonalRows
from chalicelib.adapters.dynamodb.messages.incoming import DynamoMessageSources, DynamoMessageTasks
from chalicelib.application.ports.cases import SealedContact
from chalicelib.application.ports.followers import Follower
from chalicelib.application.ports.reporters import Ask
from chalicelib.application.ports.standings import Standing
from chalicelib.application.ports.talks import Talk
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.budgets import Send
from chalicelib.domain.case.inboxes import CLOSE, REPLY, MessageTask, Step, task_id_of
from tests.adapters.conftest import DynamoCity
from tests.builders import NOW, NUMBER, a_life

ADDRESS, OTHER = "1f" * 16, "JKT-0000-0002-4"
SAID, RAW_KEY, TASK = "Rumah saya bercat ungu", "raw/sms/ab12", task_id_of("SMS", "wamid.628120000001")
NUMBERS = (NUMBER, NUMBER.removeprefix("JKT-").replace("-", ""))
SECRETS = (SAID, RAW_KEY, TASK, ADDRESS, "wamid.628120000001", "-6.2013,106.8041", "b***@contoh.id")


def a_case(city: DynamoCity) -> None:
    life = a_life()
    masked = {"reach": "email", "email": "b***@contoh.id"}
    city.complaints.lodge(life.decisions[-1], SealedContact(masked, b"sealed away", b"key", pseudonym=ADDRESS))
    life.does(REPORTER, "comment", text=SAID)
    city.complaints.commit(life.decisions[-1])


def a_follower(city: DynamoCity) -> None:
    city.followers.add(Follower(NUMBER, "a1", 1, SealedContact({}, b"sealed away", b"key")))


def a_kept_message(_city: DynamoCity) -> None:
    DynamoMessageSources().note(NUMBER, RAW_KEY)


def a_task(end: Callable[[MessageTask], MessageTask] = lambda task: task) -> Callable[[DynamoCity], None]:
    def make(_city: DynamoCity) -> None:
        tasks, due = DynamoMessageTasks(), NOW + timedelta(hours=6)
        task = MessageTask(TASK, "SMS", "wamid.628120000001", "not_understood", SAID, RAW_KEY, NOW, due)
        tasks.add(task)
        if end(task) != task:
            tasks.save(end(task), task)
        DynamoMessageSources().note(NUMBER, RAW_KEY, TASK)

    return make


def a_talk(**more: Any) -> Callable[[DynamoCity], None]:
    def make(city: DynamoCity) -> None:
        fresh = Talk(ADDRESS)
        city.talks.take(fresh, NOW, NOW + timedelta(seconds=20))
        known = {"number": NUMBER, "place": "-6.2013,106.8041", "seen": {"0f": NUMBER, "1f": "task"}}
        city.talks.save(Talk(ADDRESS, NOW, **{**known, **more}))

    return make


def what_waits(city: DynamoCity) -> None:
    city.standings.hold(ADDRESS, NUMBER)


def what_it_was_sent(city: DynamoCity) -> None:
    city.standings.note(Standing(ADDRESS), (Send(NOW, NUMBER, "000001#reporter"), Send(NOW, OTHER, "000001#reporter")))


def one_of_its_own(city: DynamoCity) -> None:
    city.own_cases.note(ADDRESS, NUMBER, NOW)


def another_address(city: DynamoCity) -> None:
    one_of_its_own(city)
    city.own_cases.join(ADDRESS, "2e" * 16)


def an_ask(city: DynamoCity) -> None:
    one_of_its_own(city)
    city.asks.ask(Ask((ADDRESS, "3d" * 16), "sms", "id", NOW))


KINDS = {
    "case of the address": one_of_its_own,
    "another address of the person": another_address,
    "ask for the link": an_ask,
    "follower": a_follower,
    "kept message": a_kept_message,
    "open task": a_task(),
    "closed task": a_task(lambda task: task.closed(Step(CLOSE, NOW, "bayu-loket", SAID, "spam"))),
    "task with an answer": a_task(lambda task: task.answering(Step(REPLY, NOW, "bayu-loket", SAID))),
    "task that became the case": a_task(lambda task: task.became_case(Step("case", NOW, "bayu-loket"), NUMBER)),
    "conversation": a_talk(),
    "conversation that waits for its matter": a_talk(number="", seen={}),
    "case that is held": what_waits,
    "what the address was sent": what_it_was_sent,
}


def scanned() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = raw.call("Scan", {})["Items"]
    return found


def left(rows: list[dict[str, Any]]) -> set[str]:
    """What is still said anywhere, besides the number in the case's own rows."""
    text = json.dumps(rows, default=str)
    elsewhere = json.dumps([row for row in rows if not row["pk"]["S"].startswith("C#")], default=str)
    return {word for word in SECRETS if word in text} | {number for number in NUMBERS if number in elsewhere}


def erase() -> None:
    rows = DynamoPersonalRows()
    rows.raw_keys(NUMBER)
    rows.remove(NUMBER, [photo.photo_id for photo in rows.photos(NUMBER)])
    rows.strip(NUMBER, [1, 2])


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_person_stays_in_any_row(dynamo: DynamoCity, kind: str) -> None:
    a_case(dynamo)
    KINDS[kind](dynamo)
    assert left(scanned())

    erase()

    assert left(scanned()) <= {ADDRESS}  # the pseudonym, by which an address that wants nothing gets nothing
    about = [set(row) for row in scanned() if ADDRESS in f"{row['pk']} {row['sk']}"]
    assert all(re.fullmatch("pk|sk|told|cases|turn|(send|case) .*", name) for row in about for name in row)


def test_an_erasure_that_comes_twice_finds_nothing_more(dynamo: DynamoCity) -> None:
    a_case(dynamo)
    for make in KINDS.values():
        make(dynamo)
    erase()
    before = scanned()

    erase()

    assert scanned() == before


def test_a_conversation_about_another_case_stays_without_this_one(dynamo: DynamoCity) -> None:
    a_case(dynamo)
    a_talk(number=OTHER, seen={"0f": NUMBER, "1f": OTHER}, replies=3, day="2026-11-23")(dynamo)

    erase()

    talk = dynamo.talks.find(ADDRESS)
    assert (talk.number, dict(talk.seen), talk.replies) == (OTHER, {"1f": OTHER}, 3)


def test_somebody_who_answers_during_the_erasure_does_not_bring_the_conversation_back(dynamo: DynamoCity) -> None:
    a_case(dynamo)
    a_talk()(dynamo)
    heard = dynamo.talks.find(ADDRESS)
    dynamo.talks.take(heard, NOW, NOW + timedelta(seconds=20))

    erase()
    dynamo.talks.save(heard)

    assert dynamo.talks.find(ADDRESS) == Talk(ADDRESS)


def test_what_joins_addresses_stays_while_one_has_another_case(dynamo: DynamoCity) -> None:
    a_case(dynamo)
    another_address(dynamo)
    dynamo.own_cases.note(ADDRESS, OTHER, NOW)

    erase()

    assert [number for _, number in dynamo.own_cases.of(ADDRESS)] == [OTHER]
    assert dynamo.own_cases.joined(ADDRESS) == ["2e" * 16]


def test_the_messages_of_other_cases_stay(dynamo: DynamoCity) -> None:
    a_case(dynamo)
    tasks = DynamoMessageTasks()
    other = MessageTask("0" * 24, "SMS", "m2", "mention", "Lampu mati", "raw/sms/cd", NOW, NOW)
    tasks.add(other)
    DynamoMessageSources().note(OTHER, "raw/sms/cd", other.task_id)

    erase()

    assert tasks.find(other.task_id) == other
