"""SNS: the topic of events and the units' own topics. Error codes: the API reference of Publish."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from chalicelib.adapters import event_message
from chalicelib.adapters.answers import answering, delivering
from chalicelib.adapters.event_message import text_attributes
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError
from chalicelib.domain.case.events import Event

BATCH = 10  # the most that one PublishBatch takes
CODES: dict[str, type[Exception]] = {
    "Throttled": ProviderBusyError,
    "ThrottledException": ProviderBusyError,
    "Throttling": ProviderBusyError,
    "ThrottlingException": ProviderBusyError,
    "KMSThrottling": ProviderBusyError,
    "ServiceUnavailable": ProviderBusyError,
    "AuthorizationError": ProviderBusyError,  # not yet allowed
    "NotFound": ProviderBusyError,  # the unit's topic is not made yet
    "InvalidParameter": ProviderRefusedError,
    "InvalidParameterValue": ProviderRefusedError,
    "ParameterValueInvalid": ProviderRefusedError,
    "EndpointDisabled": ProviderRefusedError,
}
# SNS sends one address of a topic ten e-mails a second, and ends the subscription of one that is sent more. As many
# calls of alert_unit as run at once (infra/functions.yaml), each with this gap, stay below that.
ALERT_GAP = timedelta(milliseconds=400)


class SnsEventTopic:
    """Implements EventTopic."""

    def __init__(self, *, topic_arn: str, client: Any) -> None:
        self._topic_arn = topic_arn
        self._client = client

    def publish(self, events: Sequence[Event]) -> list[Event]:
        batches = [events[start : start + BATCH] for start in range(0, len(events), BATCH)]
        return [event for batch in batches for event in self._refused(batch)]

    def _refused(self, batch: Sequence[Event]) -> list[Event]:
        entries = [_entry(str(position), event) for position, event in enumerate(batch)]
        with answering("sns"):
            answer = self._client.publish_batch(TopicArn=self._topic_arn, PublishBatchRequestEntries=entries)
        return [batch[int(failed["Id"])] for failed in answer.get("Failed", [])]


def _entry(position: str, event: Event) -> dict[str, Any]:
    return {
        "Id": position,
        "Subject": event_message.subject(event),
        "Message": event_message.body(event),
        "MessageAttributes": event_message.attributes(event),
    }


class SnsUnitAlerts:
    """Implements UnitAlerts. `prefix` is the ARN of the units' topics up to the unit's code, whose dots are hyphens.
    `turn`: returns when a unit may be sent one more."""

    def __init__(self, *, prefix: str, client: Any, turn: Callable[[str], None] = lambda _unit: None) -> None:
        self._prefix = prefix
        self._client = client
        self._turn = turn

    def publish(self, unit: str, subject: str, text: str, *, event: str, number: str, message_id: str) -> None:
        self._turn(unit)
        with delivering(CODES):
            self._client.publish(
                TopicArn=self._prefix + unit.replace(".", "-"),
                Subject=subject,
                Message=text,
                MessageAttributes=text_attributes(event=event, number=number, notice=message_id),
            )
