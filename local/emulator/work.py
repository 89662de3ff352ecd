"""What is under way between the functions: when nothing is, the city has settled."""

import json
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from local.emulator.cloud import Cloud
from local.emulator.state import unread_streams
from local.emulator.workers import Permits
from local.settings import ACCOUNT, REGION, STACK

LONGEST_SECONDS = 60.0
LOOK_SECONDS = 0.1
MOST_SWEEPS = 40
SCHEDULED = {"version": "0", "source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}


class Work:
    def __init__(self, cloud: Cloud, permits: Permits) -> None:
        self._cloud = cloud
        self._permits = permits

    def settle(self, patience: float = LONGEST_SECONDS) -> bool:
        """Waits until streams, queues and workers rest, twice in a row; False when they did not in time."""
        end, rested = time.monotonic() + patience, 0
        while rested < 2:
            if time.monotonic() > end:
                return False
            rested = rested + 1 if self.rests() else 0
            time.sleep(LOOK_SECONDS)
        return True

    def rests(self) -> bool:
        """A message that waits for its next try is at rest: it may do so for minutes."""
        return not (self._permits.busy or unread_streams() or _waiting_messages())

    def catch_up(self, now: datetime) -> None:
        """The schedules, again and again while they leave fewer promises due than they found."""
        left = self.due(now)
        for _ in range(MOST_SWEEPS):
            self._run_schedules()
            self.settle()
            before, left = left, self.due(now)
            if not left or left >= before:
                return

    def due(self, now: datetime) -> int:
        """Rows whose alarm has passed."""
        from chalicelib.adapters.dynamodb import keys

        dynamodb, total = self._cloud.client("dynamodb"), 0
        for shard in keys.alarms():
            found = dynamodb.query(
                TableName=f"{STACK}-complaints",
                IndexName="alarm",
                Select="COUNT",
                KeyConditionExpression="alarm = :shard AND alarm_at <= :now",
                ExpressionAttributeValues={":shard": {"S": shard}, ":now": {"N": str(int(now.timestamp()))}},
            )
            total += found["Count"]
        return total

    def _run_schedules(self) -> None:
        """Every rule of the stack that has a schedule: what a schedule starts may run at any time."""
        events, functions = self._cloud.client("events"), self._cloud.client("lambda")
        for rule in events.list_rules(NamePrefix=STACK)["Rules"]:
            if not rule.get("ScheduleExpression") or rule["State"] != "ENABLED":
                continue
            event = _scheduled(rule["Arn"])
            for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]:
                functions.invoke(FunctionName=target["Arn"], Payload=json.dumps(event))


def _scheduled(rule_arn: str) -> dict[str, Any]:
    """As EventBridge tells a function that its hour has come."""
    own = {"id": str(uuid.uuid4()), "account": ACCOUNT, "region": REGION, "resources": [rule_arn]}
    return {**SCHEDULED, **own, "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


def _waiting_messages() -> int:
    """Messages that a consumer could take now, dead letters apart: nobody takes those."""
    from ministack.services import sqs

    now = time.time()
    queues = (q for q in list(sqs._queues._data.values()) if not _name(q).endswith("-dead"))
    return sum(message["visible_at"] <= now for queue in queues for message in list(queue["messages"]))


def _name(queue: dict[str, Any]) -> str:
    return str(queue.get("name") or queue["attributes"]["QueueArn"].rpartition(":")[2])
