"""Queues that the application itself writes to; whatever else stands in a queue was brought by AWS."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.adapters import event_message
from chalicelib.adapters.answers import answering
from chalicelib.domain.events import Event
from chalicelib.domain.messages import THE_REPORTER, Recipient


class SqsDeadLetters:
    """Implements DeadLetters: relay's own dead-letter queue."""

    def __init__(self, *, url: str, client: Any) -> None:
        self._url = url
        self._client = client

    def put(self, record: Mapping[str, Any]) -> None:
        with answering("sqs"):
            self._client.send_message(QueueUrl=self._url, MessageBody=json.dumps(record))


class SqsHandBack:
    """Implements HandBack: the queues of notify_citizen and alert_unit."""

    def __init__(self, *, notify_url: str, alert_url: str, client: Any) -> None:
        self._notify_url = notify_url
        self._alert_url = alert_url
        self._client = client

    def put(self, event: Event, to: Recipient) -> None:
        with answering("sqs"):
            self._client.send_message(
                QueueUrl=self._notify_url if to == THE_REPORTER else self._alert_url,
                MessageBody=event_message.body(event),
                MessageAttributes=event_message.attributes(event),
            )
