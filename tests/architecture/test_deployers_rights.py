"""Whose credentials deploy: the page names every service that the two stacks and the commands call."""

import re
from collections import Counter
from typing import Any

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from tools.deployment.package import ROOT
from tools.infra import cfn_yaml
from tools.infra.transformed import transformed

Json = dict[str, Any]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
CLIENT = re.compile(r'client\(\s*"([a-z0-9-]+)"')
PREFIX = {"sesv2": "ses", "pinpoint-sms-voice-v2": "sms-voice"}  # whose clients are called otherwise than their actions


def named() -> set[str]:
    (sentence,) = re.findall(r"one with all actions of these services: ([^.]+)\.", PAGE)
    return set(re.findall(r"`([a-z0-9-]+)`", sentence))


def of_the_kind(kind: str) -> str:
    """The service whose actions CloudFormation's own schema needs most for a type of resource."""
    handlers = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema["handlers"]
    actions = [action for handler in handlers.values() for action in handler.get("permissions", [])]
    return Counter(action.partition(":")[0].lower() for action in actions).most_common(1)[0][0]


def of_the_commands() -> set[str]:
    called = (name for file in (ROOT / "tools").rglob("*.py") for name in CLIENT.findall(file.read_text()))
    return {PREFIX.get(name, name) for name in called}


@pytest.fixture
def kinds(template: Json) -> set[str]:
    abroad = cfn_yaml.read(ROOT / "infra" / "edge-us-east-1.yaml")
    return {resource["Type"] for made in (transformed(template), abroad) for resource in made["Resources"].values()}


def test_the_page_names_the_services_that_a_deployment_calls_and_no_other(kinds: set[str]) -> None:
    assert named() == {of_the_kind(kind) for kind in kinds} | of_the_commands()
