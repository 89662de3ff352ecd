"""Queues that the application itself writes to; whatever else stands in a queue was brought by AWS."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from chalicelib.adapters import event_message
from chalicelib.adapters.answers import answering
from chalicelib.adapters.dynamodb.stream import keys_only
from chalicelib.domain.case.events import Event
from chalicelib.domain.messages import UNIT, Recipient

FIRST_DELAY = 10  # seconds until relay_retry gets what relay could not publish


class SqsRelayRetries:
    """Implements RelayRetries."""

    def __init__(self, *, url: str, client: Any) -> None:
        self._url = url
        self._client = client

    def put(self, record: Mapping[str, Any]) -> None:
        body = json.dumps(keys_only(record))
        with answering("sqs"):
            self._client.send_message(QueueUrl=self._url, MessageBody=body, DelaySeconds=FIRST_DELAY)

    def postpone(self, receipt: str, seconds: int) -> None:
        with answering("sqs"):
            self._client.change_message_visibility(QueueUrl=self._url, ReceiptHandle=receipt, VisibilityTimeout=seconds)


class SqsDeadLetters:
    """Implements DeadLetters."""

    def __init__(self, *, url: str, client: Any) -> None:
        self._url = url
        self._client = client

    def put(self, letter: Mapping[str, Any]) -> None:
        with answering("sqs"):
            self._client.send_message(QueueUrl=self._url, MessageBody=json.dumps(letter))


class SqsHandBack:
    """Implements HandBack: `urls` are the queues of alert_unit and call_back, by the kind of whom they tell; everybody
    else is told by notify_citizen. Who may hand on to some of them only leaves the others empty."""

    def __init__(self, *, notify_url: str = "", urls: Mapping[str, str], client: Any) -> None:
        self._notify_url = notify_url
        self._urls = urls
        self._client = client

    def put(self, event: Event, to: Recipient) -> None:
        with answering("sqs"):
            self._client.send_message(
                QueueUrl=self._urls.get(to.kind, self._notify_url),
                MessageBody=event_message.body(event),
                MessageAttributes=event_message.attributes(event),
            )

    def put_answer(self, task_id: str) -> None:
        with answering("sqs"):
            self._client.send_message(QueueUrl=self._notify_url, MessageBody=json.dumps({"message": task_id}))

    def put_link(self, pseudonym: str) -> None:
        with answering("sqs"):
            self._client.send_message(QueueUrl=self._notify_url, MessageBody=json.dumps({"link": pseudonym}))

    def put_digest(self, day: date) -> None:
        with answering("sqs"):
            self._client.send_message(QueueUrl=self._urls[UNIT], MessageBody=json.dumps({"digest": day.isoformat()}))

    def put_late_messages(self, hour: datetime, waiting: Mapping[str, int]) -> None:
        body = json.dumps({"inbox": {"hour": hour.isoformat(), "waiting": dict(waiting)}})
        with answering("sqs"):
            self._client.send_message(QueueUrl=self._urls[UNIT], MessageBody=body)
