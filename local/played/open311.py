"""The key with which programs on this machine send requests by Open311: made by chance once per city, kept with its
state, and put where operators put keys."""

import secrets
from datetime import UTC, datetime

from local.emulator.cloud import Cloud
from local.emulator.deploy import Deployment
from local.played.people import bind_rows

CLIENT = "lokal"
PER_MINUTE = 300  # as many as anybody may report


def ensure(cloud: Cloud, deployment: Deployment) -> None:
    """Safe to repeat: a table that was made anew gets the same key again."""
    from chalicelib.adapters.dynamodb.people.clients import DynamoClientKeys
    from chalicelib.application.people.clients import digest_of_key
    from chalicelib.application.ports.clients import ClientKey

    key = deployment.standing.setdefault("open311", secrets.token_urlsafe(24))
    bind_rows(cloud)
    DynamoClientKeys().put(ClientKey(CLIENT, digest_of_key(key), PER_MINUTE, datetime.now(UTC)))
