"""The only reader of the environment: one frozen object per process, and every missing name reported at once."""

import os
from collections.abc import Mapping
from dataclasses import field, fields
from functools import cache

from chalicelib.domain.values import dataclass

OPTIONAL = {
    "stage": "local",
    "version": "0.1.0",
    "clock_offset_seconds": "0",
    "reference_overlay": "",
    "identity_keys_url": "",
    "aws_region": "ap-southeast-3",
    "aws_endpoint_url": "",
    "aws_access_key_id": "",
    "aws_secret_access_key": "",
    "aws_session_token": "",
    "chats_endpoint_url": "",
    "mail_replies_to": "",
    "mail_configuration_set": "",
    "sms_sender_id": "",
    "sms_configuration_set": "",
}


class MissingSettingsError(Exception):
    """Names that the function's environment should have and has not."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Names as in the environment, in lower case. Each function has only what it needs; `require` raises if a name is
    missing."""

    stage: str
    version: str
    clock_offset_seconds: str
    reference_overlay: str
    identity_keys_url: str
    aws_region: str
    aws_endpoint_url: str
    aws_access_key_id: str = field(repr=False)
    aws_secret_access_key: str = field(repr=False)
    aws_session_token: str = field(repr=False)
    chats_endpoint_url: str
    table_name: str
    people_table_name: str
    photo_bucket: str
    site_url: str
    events_topic_arn: str
    unit_topic_prefix: str
    state_machine_arn: str
    contact_key_id: str
    intake_secret_id: str
    user_pool_id: str
    user_pool_client_id: str
    mail_sender: str
    relay_retry_url: str
    dead_letters_url: str
    notify_queue_url: str
    alert_queue_url: str
    call_back_queue_url: str
    mail_per_day: str
    sms_per_day: str
    chats_per_day: str
    chat_keys_id: str
    mail_replies_to: str
    mail_configuration_set: str
    sms_sender_id: str
    sms_configuration_set: str
    raw_bucket: str
    erasure_bucket: str
    channel_secrets_id: str
    administer_function: str

    def require(self, *names: str) -> None:
        """Raises MissingSettingsError with every one of `names` that is empty."""
        missing = [name.upper() for name in names if not getattr(self, name)]
        if missing:
            raise MissingSettingsError(", ".join(missing))


def read(environment: Mapping[str, str]) -> Settings:
    """Settings from a mapping; what is absent is empty, until somebody requires it."""
    names = (field.name for field in fields(Settings))
    return Settings(**{name: environment.get(name.upper(), OPTIONAL.get(name, "")) for name in names})


@cache
def settings() -> Settings:
    """The environment of this process, read once, on first use."""
    return read(os.environ)
