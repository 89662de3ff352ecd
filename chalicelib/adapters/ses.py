"""E-mail by SES (v2). What a message is about stands in its headers, for people's filters, and in its tags, which come
back with the provider's reports (ses_events.py). Error codes: the API reference of SendEmail."""

from typing import Any

from chalicelib.adapters.answers import delivering
from chalicelib.adapters.ses_events import TAG
from chalicelib.application.ports.messages import ProviderBusyError, ProviderRefusedError

CODES: dict[str, type[Exception]] = {
    "TooManyRequestsException": ProviderBusyError,
    "ThrottlingException": ProviderBusyError,
    "Throttling": ProviderBusyError,
    "LimitExceededException": ProviderBusyError,
    "ServiceUnavailable": ProviderBusyError,
    "ServiceUnavailableException": ProviderBusyError,
    "SendingPausedException": ProviderBusyError,
    "AccountSuspendedException": ProviderBusyError,
    "MailFromDomainNotVerifiedException": ProviderBusyError,
    "NotFoundException": ProviderBusyError,  # of the account's set-up, not of the address
    "BadRequestException": ProviderRefusedError,
    "MessageRejected": ProviderRefusedError,
}
# A machine wrote this, so no machine shall answer: RFC 3834; Exchange's own header, which its absence notices ask for;
# and what older ones look at. SES takes each of them once (its developer guide, header fields).
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Precedence": "bulk"}


class SesMail:
    """Implements Mail. `sender` is an address that SES has verified, itself or its domain. Every letter says that a
    machine wrote it. `configuration_set`: by which SES reports what became of a letter; empty: it reports nothing."""

    def __init__(self, *, sender: str, client: Any, configuration_set: str = "") -> None:
        self._sender = sender
        self._client = client
        self._reported = {"ConfigurationSetName": configuration_set} if configuration_set else {}

    def send(
        self,
        to: str,
        subject: str,
        text: str,
        html: str,
        *,
        event: str,
        number: str,
        message_id: str,
        reply_to: str = "",
    ) -> None:
        named = {"Tanggap-Event": event, "Tanggap-Number": number}
        about = {name: value for name, value in named.items() if value}  # an answer to a message is of no case
        headers = {**AUTOMATIC, **{f"X-{name}": value for name, value in about.items()}}
        tags = {**about, TAG: message_id}  # no header: it may name a case that the reader must not know of
        simple = {
            "Subject": _utf8(subject),
            "Body": {"Text": _utf8(text), "Html": _utf8(html)},
            "Headers": [{"Name": name, "Value": value} for name, value in headers.items()],
        }
        with delivering(CODES):
            self._client.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [to]},
                Content={"Simple": simple},
                **({"ReplyToAddresses": [reply_to]} if reply_to else {}),
                **self._reported,
                EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
            )


def _utf8(data: str) -> dict[str, str]:
    return {"Data": data, "Charset": "UTF-8"}
