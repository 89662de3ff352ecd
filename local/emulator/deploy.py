"""The stack as the checkout says it, by the template and the commands that AWS gets too."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from local.emulator.cloud import Cloud
from local.emulator.workers import Permits
from local.settings import MAIL_REPLIES_TO, MAIL_SENDER, REGION, ROOT, SMS_SENDER_ID, STACK, STAGE, Settings

PROVIDERS_PATH = "/_local/providers"  # of messengers, played (providers.py)
KEYS_PATH = "/_local/keys"  # of the pool: an address that holds before the pool is made
SOURCES = ("app.py", "chalicelib", "infra", ".chalice", "tools")
BINARY_TYPES = "x-amazon-apigateway-binary-media-types"
NOT_SOURCE = {"__pycache__", "vendor"}
PATIENCE = {"Delay": 0.05, "MaxAttempts": 2400}
Standing = dict[str, Any]


class Functions:
    """The stack's functions, while nothing of them runs."""

    def __init__(self, cloud: Cloud, permits: Permits) -> None:
        self._cloud = cloud
        self._permits = permits

    def all(self) -> list[dict[str, Any]]:
        pages = self._cloud.client("lambda").get_paginator("list_functions").paginate()
        return [f for page in pages for f in page["Functions"] if f["FunctionName"].startswith(f"{STACK}-")]

    def set_variable(self, name: str, value: str | None) -> None:
        """Writes, or with None takes away, one environment variable of every function that has it otherwise."""
        client = self._cloud.client("lambda")
        with self._permits.all():
            for function in self.all():
                known = function.get("Environment", {}).get("Variables", {})
                wanted = {**known, name: value} if value is not None else {k: v for k, v in known.items() if k != name}
                if wanted != known:
                    client.update_function_configuration(
                        FunctionName=function["FunctionName"], Environment={"Variables": wanted}
                    )

    def renew(self, bucket: str, key: str) -> None:
        """New code for all; the stack stays as it is."""
        client = self._cloud.client("lambda")
        with self._permits.all():
            for function in self.all():
                client.update_function_code(FunctionName=function["FunctionName"], S3Bucket=bucket, S3Key=key)

    def bound(self, limit_of: Callable[[str], int]) -> None:
        """Consumers of queues take no more batches than have a permit: what waits, waits in its queue."""
        client = self._cloud.client("lambda")
        for mapping in client.get_paginator("list_event_source_mappings").paginate().search("EventSourceMappings"):
            name = mapping["FunctionArn"].rpartition(":")[2]
            if ":sqs:" in mapping["EventSourceArn"]:
                client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=limit_of(name))


class Deployment:
    """`standing` says, by fingerprints, what stands; it is kept with the city's state."""

    def __init__(
        self,
        settings: Settings,
        cloud: Cloud,
        functions: Functions,
        permits: Permits,
        *,
        limit_of: Callable[[str], int],
        standing: Standing,
    ) -> None:
        self._settings = settings
        self._cloud = cloud
        self._functions = functions
        self._permits = permits
        self._limit_of = limit_of
        self.standing = standing

    @property
    def outputs(self) -> dict[str, str]:
        return self.standing.get("outputs", {})

    @property
    def api_id(self) -> str:
        return self.standing.get("api", "")

    def apply(self) -> str:
        """ "stack", "code" or "" says what had to be brought up to date."""
        source = fingerprint(*(ROOT / name for name in SOURCES))
        if source == self.standing.get("source"):
            return ""
        from tools.deployment.package import package

        made = package(ROOT, self._settings.package)
        code, template = fingerprint(made.code), fingerprint(made.template)
        changed = ""
        if template != self.standing.get("template"):
            self._stack(made)
            changed = "stack"
        elif code != self.standing.get("code"):
            self._functions.renew(*self._send(made.code))
            changed = "code"
        self.standing |= {"source": source, "code": code, "template": template}
        return changed

    def _send(self, file: Path) -> tuple[str, str]:
        from tools.deployment import artifacts

        bucket = artifacts.bucket(REGION)
        return bucket, artifacts.send(bucket, file, REGION)

    def _stack(self, made: Any) -> None:
        from tools.deployment import artifacts
        from tools.stack import stacks

        bucket, code_key = self._send(made.code)
        _, template_key = self._send(made.template)
        url = artifacts.address(bucket, template_key, REGION)
        self._bring_log_groups_back()
        with self._permits.all():
            outputs = stacks.apply(
                STACK, REGION, url=url, parameters=self._parameters(bucket, code_key), patience=PATIENCE
            )
        self.standing |= {"outputs": outputs, "api": self._find_api()}
        self._take_binary_types(made.template)
        self._functions.bound(self._limit_of)
        self._verify_sender()
        self._provision_units()

    def _bring_log_groups_back(self) -> None:
        """No snapshot keeps the emulator's logs, and an update may hang something new on a group that stands."""
        if not self.standing.get("outputs"):
            return
        logs = self._cloud.client("logs")
        pages = self._cloud.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=STACK)
        known = {group["logGroupName"] for group in logs.describe_log_groups()["logGroups"]}
        for resource in (one for page in pages for one in page["StackResourceSummaries"]):
            name = resource.get("PhysicalResourceId", "")
            if resource["ResourceType"] == "AWS::Logs::LogGroup" and name not in known:
                logs.create_log_group(logGroupName=name)

    def _parameters(self, bucket: str, code_key: str) -> dict[str, str]:
        return {
            "Stage": STAGE,
            "CodeBucket": bucket,
            "CodeKey": code_key,
            "SiteUrl": self._settings.origin,
            "MailSender": MAIL_SENDER,
            "Edge": "false",
            "IdentityKeysUrl": f"{self._settings.origin}{KEYS_PATH}",
            "ChatsEndpointUrl": f"{self._settings.origin}{PROVIDERS_PATH}",
            "MailRepliesTo": MAIL_REPLIES_TO,
            "SmsSenderId": SMS_SENDER_ID,
        }

    def _find_api(self) -> str:
        client = self._cloud.client("cloudformation")
        found = client.describe_stack_resource(StackName=STACK, LogicalResourceId="RestAPI")
        return str(found["StackResourceDetail"]["PhysicalResourceId"])

    def _take_binary_types(self, template: Path) -> None:
        """API Gateway reads them from the API's definition; the emulator would take such a body for text."""
        from ministack.services import apigateway_v1

        definition = json.loads(template.read_text())["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
        with self._cloud.in_scope():
            apigateway_v1._rest_apis[self.api_id]["binaryMediaTypes"] = definition[BINARY_TYPES]

    def _verify_sender(self) -> None:
        client = self._cloud.client("sesv2")
        known = client.list_email_identities()["EmailIdentities"]
        if MAIL_SENDER not in {identity["IdentityName"] for identity in known}:
            client.create_email_identity(EmailIdentity=MAIL_SENDER)

    def _provision_units(self) -> None:
        from tools.accounts import units

        units.main(["provision", "--stack", STACK])

    def environment_of(self, function: str) -> dict[str, str]:
        """As its processes have it, with fresh credentials of its own role; empty for an unknown function."""
        from ministack.core.lambda_runtime import execution_credentials

        name = f"{STACK}-{function.replace('_', '-')}"
        found = next((f for f in self._functions.all() if f["FunctionName"] == name), None)
        if found is None:
            return {}
        with self._cloud.in_scope():
            credentials = execution_credentials(found)
        own = {"AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, "AWS_ENDPOINT_URL": self._settings.origin}
        return {**own, **found.get("Environment", {}).get("Variables", {}), **credentials}

    def page_config(self) -> dict[str, Any]:
        """What the pages read at /config.json; they sign in at their own origin."""
        from tools.deployment.deploy import config

        origin = self._settings.origin
        return {**config(self.outputs, origin), "identityUrl": f"{origin}/"} if self.outputs else {}


def fingerprint(*paths: Path) -> str:
    """The digest of the contents of files and folders, by name and bytes."""
    digest = hashlib.sha256()
    for path in _files(*paths):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(*paths: Path) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(f for f in path.rglob("*") if f.is_file() and not NOT_SOURCE & set(f.parts))
        elif path.exists():
            yield path
