"""Every channel of the local city is connected: its secret is made once, by the command that an operator uses too."""

import json
from typing import Any

from chalicelib.domain.ways import CHATS
from local.cloud import Cloud
from local.deploy import Deployment
from local.providers import key_of


def ensure(cloud: Cloud, deployment: Deployment) -> dict[str, dict[str, str]]:
    """{channel in lower case: {secret, verify_token?}}; safe to repeat, what is there stays."""
    from chalicelib.channels.registry import ADAPTERS
    from tools.channels import changed, fresh

    client, secret_id = cloud.client("secretsmanager"), deployment.outputs["ChannelSecretsId"]
    known: dict[str, Any] = json.loads(client.get_secret_value(SecretId=secret_id)["SecretString"])
    missing = sorted(ADAPTERS.keys() - known.keys())
    for channel in missing:
        known = changed(known, channel, fresh())
    if missing:
        client.put_secret_value(SecretId=secret_id, SecretString=json.dumps(known))
    _connect_chats(client, deployment.outputs["ChatKeysId"])
    return {code.lower(): _shown(kept) for code, kept in known.items()}


def _connect_chats(client: Any, secret_id: str) -> None:
    """The keys that the played providers take."""
    keys = {channel: key_of(channel) for channel in CHATS}
    if json.loads(client.get_secret_value(SecretId=secret_id)["SecretString"]) != keys:
        client.put_secret_value(SecretId=secret_id, SecretString=json.dumps(keys))


def _shown(kept: dict[str, Any]) -> dict[str, str]:
    token = {"verify_token": kept["verify_token"]} if "verify_token" in kept else {}
    return {"secret": kept["keys"][0], **token}
