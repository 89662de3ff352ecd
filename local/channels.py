"""Every channel of the local city is connected: its secret is made once, by the command that an operator uses too."""

import json
from typing import Any

from local.cloud import Cloud
from local.deploy import Deployment


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
    return {code.lower(): _shown(kept) for code, kept in known.items()}


def _shown(kept: dict[str, Any]) -> dict[str, str]:
    token = {"verify_token": kept["verify_token"]} if "verify_token" in kept else {}
    return {"secret": kept["keys"][0], **token}
