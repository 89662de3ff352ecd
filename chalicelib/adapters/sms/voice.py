"""SMS by AWS End User Messaging (SMS and voice v2). What a message is about goes along as its context, and comes back
with the provider's reports (events.py). Error codes and reasons: the API reference of SendTextMessage."""

from typing import Any

from chalicelib.adapters.answers import delivering
from chalicelib.adapters.sms.events import NOTICE
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError, ProviderUnwantedError

CODES: dict[str, type[Exception]] = {
    "ThrottlingException": ProviderBusyError,
    "ServiceUnavailable": ProviderBusyError,
    "ServiceQuotaExceededException": ProviderBusyError,  # the month's money is spent: the alarm sms-spent rings
    "AccessDeniedException": ProviderBusyError,  # not yet allowed
    "ResourceNotFoundException": ProviderBusyError,  # of the account's set-up, not of the number
    "ConflictException": ProviderBusyError,  # likewise: the sandbox, no sender
    "ValidationException": ProviderRefusedError,
    # Reasons, which say more than the code that they come with.
    "DESTINATION_PHONE_NUMBER_OPTED_OUT": ProviderUnwantedError,
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION": ProviderRefusedError,
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE": ProviderRefusedError,
    "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY": ProviderBusyError,  # here and below: the sender's name, not the number
    "SENDER_ID_NOT_REGISTERED": ProviderBusyError,
    "SENDER_ID_NOT_SUPPORTED": ProviderBusyError,
    "SENDER_ID_REQUIRES_REGISTRATION": ProviderBusyError,
}
KIND = "TRANSACTIONAL"  # delivered rather than cheap
LIFE = 24 * 3600  # seconds that a carrier tries: a later status may have overtaken an older message


class SmsVoice:
    """Implements Sms. `sender_id`: whom the telephone shows, as the country has registered it; empty: one that the
    provider chooses of the account's. `configuration_set`: by which it reports what became of a message; empty: it
    reports nothing."""

    def __init__(self, *, client: Any, sender_id: str = "", configuration_set: str = "") -> None:
        self._client = client
        chosen = {"OriginationIdentity": sender_id, "ConfigurationSetName": configuration_set}
        self._chosen = {name: value for name, value in chosen.items() if value}

    def send(self, to: str, text: str, *, event: str, number: str, message_id: str) -> None:
        about = {"event": event, "number": number, NOTICE: message_id}
        with delivering(CODES):
            self._client.send_text_message(
                DestinationPhoneNumber=to,
                MessageBody=text,
                MessageType=KIND,
                TimeToLive=LIFE,
                Context={name: value for name, value in about.items() if value},
                **self._chosen,
            )
