"""Versions of the API's function that nothing calls any more. With a snapshot (`snap_start`) each costs money while it
is there, so a deployment leaves those that the alias calls: going back makes one of its own."""

from collections.abc import Iterator
from typing import Any

import boto3

ALIAS, UNPUBLISHED = "live", "$LATEST"


def forget_uncalled(stack: str, region: str) -> list[str]:
    """The versions that were deleted. Safe to repeat."""
    client, function = boto3.client("lambda", region_name=region), f"{stack}-api"
    called = _called(client.get_alias(FunctionName=function, Name=ALIAS))
    gone = [version for version in _published(client, function) if version not in called]
    for version in gone:
        client.delete_function(FunctionName=function, Qualifier=version)
    return gone


def _called(alias: dict[str, Any]) -> set[str]:
    """While calls move there are two."""
    return {alias["FunctionVersion"], *alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})}


def _published(client: Any, function: str) -> Iterator[str]:
    pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
    return (one["Version"] for one in pages.search("Versions") if one["Version"] != UNPUBLISHED)
