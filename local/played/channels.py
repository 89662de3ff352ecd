"""Every channel of the local city is connected, and every partner is called back at an address of the city itself: the
secrets are made once, by the commands that an operator uses too."""

import json
from typing import Any

from chalicelib.domain.ways import CHATS
from local.emulator.cloud import Cloud
from local.emulator.deploy import Deployment
from local.played.providers import key_of


def ensure(cloud: Cloud, deployment: Deployment, origin: str) -> dict[str, dict[str, str]]:
    """{channel in lower case: {secret, verify_token?, call_back_secret?}}; safe to repeat, what is there stays."""
    from chalicelib.channels.registry import ADAPTERS
    from chalicelib.domain.ways import CALLED_BACK
    from tools.accounts.call_backs import at_address
    from tools.accounts.channels import changed, fresh

    client, secret_id = cloud.client("secretsmanager"), deployment.outputs["ChannelSecretsId"]
    known: dict[str, Any] = json.loads(client.get_secret_value(SecretId=secret_id)["SecretString"])
    before = known
    for channel in (code for code in sorted(ADAPTERS) if not known.get(code, {}).get("keys")):
        known = changed(known, channel, fresh())
    for channel in sorted(CALLED_BACK):
        known = at_address(known, channel, f"{origin}{path_of(channel)}", fresh(), own_origin=origin)
    if known != before:
        client.put_secret_value(SecretId=secret_id, SecretString=json.dumps(known))
    _connect_chats(client, deployment.outputs["ChatKeysId"])
    return {code.lower(): _shown(kept) for code, kept in known.items()}


def path_of(channel: str) -> str:
    """Where the local city plays the system of a channel's partner."""
    return f"/_local/callbacks/{channel.lower()}"


def _connect_chats(client: Any, secret_id: str) -> None:
    """The keys that the played providers take."""
    keys = {channel: key_of(channel) for channel in CHATS}
    if json.loads(client.get_secret_value(SecretId=secret_id)["SecretString"]) != keys:
        client.put_secret_value(SecretId=secret_id, SecretString=json.dumps(keys))


def _shown(kept: dict[str, Any]) -> dict[str, str]:
    token = {"verify_token": kept["verify_token"]} if "verify_token" in kept else {}
    called = {"call_back_secret": kept["call_back"]["keys"][0]} if "call_back" in kept else {}
    return {"secret": kept["keys"][0], **token, **called}
