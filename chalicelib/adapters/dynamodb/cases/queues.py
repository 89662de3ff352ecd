"""What officers and the sweeper read: the queue index and the alarm index, every shard of them, and never the table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.cases.translation import queue_entry
from chalicelib.application.ports.queues import Alarm, QueueEntry
from chalicelib.domain.case import queues
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.tasks import Task
from chalicelib.domain.reference import Reference

Item = dict[str, Any]
AT_ONCE = 8  # queries under way; a page of more partitions than this is asked by threads
FIRST, LAST = "0", "~"  # before and after every due key
KINDS = {
    keys.COMPLAINT: "complaint",
    keys.PHOTO_PREFIX: "photo",
    keys.NOTICE_PREFIX: "notice",
    keys.STANDING: "standing",
    keys.PARTS_PREFIX: "parts",
    keys.ASK: "ask",
    keys.task("message", ""): "message",
}


class DynamoQueues:
    """Implements Queues. `shards` answers over how many partitions a queue of this name is spread."""

    def __init__(self, *, shards: Callable[[str], int]) -> None:
        self._shards = shards

    def page(
        self,
        names: Sequence[str],
        *,
        limit: int,
        after: str | None,
        from_due: int | None = None,
        before_due: int | None = None,
    ) -> list[QueueEntry]:
        """Eventually consistent, as indexes are: an officer's own change may stand here for a moment."""
        between = (
            max(after + FIRST if after else FIRST, keys.due_bound(from_due or 0)),
            LAST if before_due is None else keys.due_bound(before_due),
        )
        if between[0] > between[1]:
            return []
        partitions = [key for name in dict.fromkeys(names) for key in keys.queues(name, self._shards(name))]
        found = _each(lambda key: _items(key, between, limit), partitions)
        urgent = sorted((item for items in found for item in items), key=lambda item: item["due"]["S"])[:limit]
        return [_entry(raw.plain(item)) for item in urgent]  # only what is shown is read closely

    def alarms(self, until: datetime, limit: int) -> list[Alarm]:
        shards = (_alarms(shard, int(until.timestamp()), limit) for shard in keys.alarms())
        return sorted((alarm for shard in shards for alarm in shard), key=_lateness)[:limit]


def queue_key(complaint: Complaint, reference: Reference) -> tuple[str, datetime] | None:
    """The queue index's key of a complaint, its shard included, and the due time that sorts it; None in no queue."""
    placed = queues.place_in(complaint, reference)
    if placed is None:
        return None
    name, due = placed
    return keys.queue(name, complaint.number, queues.shards(name, reference)), due


def task_key(task: Task, reference: Reference) -> str:
    """The queue index's key of a task, its shard included."""
    return keys.queue(task.queue, task.number, queues.shards(task.queue, reference))


def _lateness(alarm: Alarm) -> tuple[datetime, str, str]:
    return alarm.at, alarm.number, alarm.id or ""


def _each(query: Callable[[str], list[Item]], partitions: Sequence[str]) -> Iterable[list[Item]]:
    """One after the other while they are few. A supervisor of a dinas in flood asks fifty: 8 threads, made for the
    call, answer them in the time of seven."""
    if len(partitions) <= AT_ONCE:
        return [query(partition) for partition in partitions]
    from concurrent.futures import ThreadPoolExecutor

    raw.connection().client  # noqa: B018 - made once, here: eight threads would each make their own
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(query, partitions))


def _items(partition: str, between: tuple[str, str], limit: int) -> list[Item]:
    request = {
        "IndexName": "queue",
        "KeyConditionExpression": "#q = :q AND #d BETWEEN :low AND :high",
        "ExpressionAttributeNames": {"#q": "queue", "#d": "due"},
        "ExpressionAttributeValues": raw.typed({":q": partition, ":low": between[0], ":high": between[1]}),
        "Limit": limit,
    }
    found: list[Item] = raw.call("Query", request)["Items"]
    return found


def _entry(values: Mapping[str, Any]) -> QueueEntry:
    number = keys.number_of(values["pk"])
    return queue_entry(values, number=number, position=values["due"], sk=values["sk"])


def _alarms(shard: str, until: int, limit: int) -> list[Alarm]:
    request = {
        "IndexName": "alarm",
        "KeyConditionExpression": "alarm = :shard AND alarm_at <= :until",
        "ExpressionAttributeValues": raw.typed({":shard": shard, ":until": until}),
        "Limit": limit,
    }
    found = map(raw.plain, raw.call("Query", request)["Items"])
    return [_alarm(values, prefix) for values in found for prefix in KINDS if values["sk"].startswith(prefix)]


def _alarm(values: Mapping[str, Any], prefix: str) -> Alarm:
    at = datetime.fromtimestamp(values["alarm_at"], UTC)
    if prefix in (keys.STANDING, keys.ASK):
        return Alarm(KINDS[prefix], "", values["pk"].removeprefix(keys.PSEUDONYM_PREFIX), at)
    return Alarm(KINDS[prefix], keys.number_of(values["pk"]), values["sk"].removeprefix(prefix) or None, at)
