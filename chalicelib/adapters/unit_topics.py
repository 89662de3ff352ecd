"""Who listens to the units' topics, in SNS."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.application.ports.people import Subscriber
from chalicelib.domain.errors import NotFoundError

CONFIRMED = "arn:"  # what the id of a confirmed subscription begins with; others say PendingConfirmation


def topic_name(unit: str) -> str:
    """What follows the prefix: a topic's name knows no dots."""
    return unit.replace(".", "-")


class SnsUnitTopics:
    """Implements UnitTopics. `prefix` is the ARN of the units' topics up to the unit's code."""

    def __init__(self, *, prefix: str, client: Any) -> None:
        self._prefix = prefix
        self._client = client

    def arn(self, unit: str) -> str:
        return self._prefix + topic_name(unit)

    def subscribers(self, unit: str) -> list[Subscriber]:
        with self._of(unit):
            pages = self._client.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=self.arn(unit))
            return [_subscriber(found) for page in pages for found in page["Subscriptions"]]

    def subscribe(self, unit: str, protocol: str, address: str) -> None:
        with self._of(unit):
            self._client.subscribe(TopicArn=self.arn(unit), Protocol=protocol, Endpoint=address)

    def unsubscribe(self, subscriber: Subscriber) -> None:
        with answering("sns"):
            self._client.unsubscribe(SubscriptionArn=subscriber.id)

    @contextmanager
    def _of(self, unit: str) -> Iterator[None]:
        with answering("sns"):
            try:
                yield
            except self._client.exceptions.NotFoundException as error:
                message = f"{unit} has no topic yet: `tools units provision` makes it"
                raise NotFoundError(message) from error


def _subscriber(found: dict[str, str]) -> Subscriber:
    known = found["SubscriptionArn"] if found["SubscriptionArn"].startswith(CONFIRMED) else ""
    return Subscriber(found["Endpoint"], found["Protocol"], known)
