"""One contract of the tasks that messages are, in memory and in DynamoDB; and how their rows stand in the indexes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.messages.incoming import DynamoMessageTasks
from chalicelib.domain.case.inboxes import CASE, CLOSE, REPLY, MessageTask, Step, task_id_of
from tests.channels.city_with_channels import MemoryTasks

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MESSAGE = MessageTask(
    task_id=task_id_of("FB", "c1"),
    channel="FB",
    message_id="c1",
    reason="mention",
    text="Lubang besar",
    raw_key="raw/fb/1",
    received_at=NOW,
    due_at=NOW + timedelta(hours=6),
    suggested="JLN_LUBANG",
)
DESK = ["INBOX_FB"]


@pytest.fixture(params=["memory", "dynamodb"])
def tasks(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        return MemoryTasks()
    request.getfixturevalue("table")
    return DynamoMessageTasks()


def a_step(action: str, **more: str) -> Step:
    return Step(action, NOW + timedelta(minutes=5), "bayu-loket", **more)


def added(tasks: Any) -> MessageTask:
    tasks.add(MESSAGE)
    found: MessageTask = tasks.find(MESSAGE.task_id)
    return found


def test_a_message_is_kept_as_it_came_once(tasks: Any) -> None:
    added = [tasks.add(MESSAGE), tasks.add(replace(MESSAGE, text="Lain"))]

    assert added == [True, False]
    assert tasks.find(MESSAGE.task_id) == MESSAGE


@pytest.mark.parametrize("task_id", ["", "0" * 24, "JKT-0000-0000-0", "../x", "0" * 5000])
def test_what_is_no_task_is_not_found(tasks: Any, task_id: str) -> None:
    assert tasks.find(task_id) is None


def ends(task: MessageTask) -> dict[str, MessageTask]:
    return {
        "case": task.became_case(a_step(CASE, operation="op", body_hash="hash"), "JKT-0000-0000-0"),
        "closed": task.closed(a_step(CLOSE, words="Iklan", reason_code="spam")),
        "sending": task.answering(a_step(REPLY, words="Terima kasih")),
        "answered": task.answering(a_step(REPLY, words="Terima kasih")).answered(NOW),
        "open": task.answering(a_step(REPLY, words="Terima kasih")).returned(NOW),
    }


@pytest.mark.parametrize("end", ends(MESSAGE))
def test_a_step_is_read_as_it_was_written(tasks: Any, end: str) -> None:
    before = added(tasks)
    after = ends(before)[end]

    assert tasks.save(after, before)
    assert tasks.find(before.task_id) == after
    assert after.state == end


def test_the_second_of_two_steps_is_not_written(tasks: Any) -> None:
    before = added(tasks)
    first = before.closed(a_step(CLOSE, reason_code="spam"))

    assert tasks.save(first, before)
    assert not tasks.save(before.answering(a_step(REPLY, words="Terima kasih")), before)
    assert tasks.find(before.task_id) == first


def test_a_message_stands_in_the_inbox_of_its_channel_while_it_is_open(dynamo: Any) -> None:
    tasks = DynamoMessageTasks()
    before = added(tasks)

    (entry,) = dynamo.queues.page(DESK, limit=9, after=None)

    assert (entry.kind, entry.task_id, entry.number, entry.summary.text) == (
        "message",
        before.task_id,
        "",
        MESSAGE.text,
    )
    assert entry.clocks["coordination"].due_at == MESSAGE.due_at
    assert dynamo.queues.page(DESK, limit=9, after=entry.position) == []
    assert dynamo.queues.page(["INBOX_X"], limit=9, after=None) == []
    tasks.save(before.closed(a_step(CLOSE, reason_code="spam")), before)
    assert dynamo.queues.page(DESK, limit=9, after=None) == []


def test_an_answer_is_a_promise_until_it_was_sent(dynamo: Any) -> None:
    tasks = DynamoMessageTasks()
    before = added(tasks)
    sending = before.answering(a_step(REPLY, words="Terima kasih"))
    tasks.save(sending, before)

    (alarm,) = dynamo.queues.alarms(NOW + timedelta(minutes=6), 9)

    assert (alarm.kind, alarm.number, alarm.id) == ("message", "", before.task_id)
    assert dynamo.queues.page(DESK, limit=9, after=None) == []
    tasks.save(sending.answered(NOW), sending)
    assert dynamo.queues.alarms(NOW + timedelta(minutes=6), 9) == []


def test_a_lost_answer_of_our_own_write_is_success(wire: Any) -> None:
    tasks = DynamoMessageTasks()
    before = added(tasks)
    wire.loses_the_answer_of("PutItem")

    assert tasks.save(before.closed(a_step(CLOSE, reason_code="spam")), before)
