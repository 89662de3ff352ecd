"""`python -m tools upgrades [--accept]`: compares the templates of Jakarta and of us-east-1 with the facts of the last
release (infra/released.json). It finds changes that a standing stack cannot take, or takes only by losing what it
holds. `--accept` writes the facts of this checkout there: part of every release.

CloudFormation says all this only when a production stack is updated; a local city makes its stack anew."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.command_line import flag
from tools.deployment.package import ROOT, package
from tools.infra import abroad, cfn_yaml
from tools.stack.change_sets import STATEFUL

FILE = ROOT / "infra" / "released.json"
REGION = "ap-southeast-3"  # whose schemas are asked; those of us-east-1 name the same properties
# Properties whose change replaces the resource, beside those that the schemas of CloudFormation name (createOnly).
# Source: "Update requires: Replacement" in the reference of each type.
ALSO_REPLACE = {
    "AWS::DynamoDB::Table": ["KeySchema"],
    "AWS::Cognito::UserPool": ["AliasAttributes", "UsernameAttributes", "UsernameConfiguration"],
    "AWS::KMS::Key": ["KeySpec", "KeyUsage", "MultiRegion", "Origin"],
}
Json = dict[str, Any]


def of_both(template: Json, elsewhere: Json) -> Json:
    """Facts of both stacks; a name of the one in us-east-1 says so."""
    return facts(template) | {f"us-east-1: {name}": told for name, told in facts(elsewhere).items()}


def facts(template: Json) -> Json:
    """The facts of each resource that holds something: its type, whether it is kept, what replaces it, and its
    indexes."""
    return {
        name: _facts(resource)
        for name, resource in sorted(template["Resources"].items())
        if resource["Type"] in STATEFUL
    }


def _facts(resource: Json) -> Json:
    kind, properties = resource["Type"], resource.get("Properties", {})
    found: Json = {
        "type": kind,
        "kept": resource.get("DeletionPolicy", "Delete"),
        "fixed": {name: properties[name] for name in _replacing(kind) if name in properties},
    }
    if kind == "AWS::DynamoDB::Table":
        found["key_types"] = {a["AttributeName"]: a["AttributeType"] for a in properties["AttributeDefinitions"]}
        indexes = properties.get("GlobalSecondaryIndexes", [])
        found["indexes"] = {index["IndexName"]: _index(index) for index in indexes}
    return found


def _index(index: Json) -> Json:
    projection = index["Projection"]
    return {
        "keys": index["KeySchema"],
        "projection": projection["ProjectionType"],
        "attributes": sorted(projection.get("NonKeyAttributes", [])),
    }


def _replacing(kind: str) -> list[str]:
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, kind).schema
    named = [path.removeprefix("/properties/") for path in schema.get("createOnlyProperties") or []]
    return sorted({*named, *ALSO_REPLACE.get(kind, [])})


def faults(released: Json, now: Json) -> Iterator[str]:
    """What an update from the last release would break, one sentence each."""
    for name, before in released.items():
        after = now.get(name)
        if after is None:
            yield f"{name} ({before['type']}) is gone: {STATEFUL[before['type']]} with it"
        elif after["type"] != before["type"]:
            yield f"{name} was {before['type']} and is {after['type']}: it is replaced"
        else:
            yield from _of_one(name, before, after)


def _of_one(name: str, before: Json, after: Json) -> Iterator[str]:
    for prop in sorted({*before["fixed"], *after["fixed"]}):
        if before["fixed"].get(prop) != after["fixed"].get(prop):
            yield f"{name}: another {prop} replaces it, and loses {STATEFUL[before['type']]}"
    if before["kept"] != "Delete" and after["kept"] == "Delete":
        yield f"{name} is no longer kept when it is removed"
    yield from _of_indexes(name, before, after)


def _of_indexes(name: str, before: Json, after: Json) -> Iterator[str]:
    known, asked = before.get("indexes", {}), after.get("indexes", {})
    for index in sorted(known.keys() & asked.keys()):
        if known[index] != asked[index]:
            yield f"{name}: keys and projection of the index {index} cannot change; make another one beside it"
    if len(moved := sorted(known.keys() ^ asked.keys())) > 1:
        yield f"{name}: one index is made or deleted in an update, not {len(moved)} ({', '.join(moved)})"
    types, later = before.get("key_types", {}), after.get("key_types", {})
    for key in sorted(types.keys() & later.keys()):
        if types[key] != later[key]:
            yield f"{name}: the key {key} was of the type {types[key]} and is {later[key]}"


def released() -> Json:
    read: Json = json.loads(FILE.read_text())
    return read


def main(arguments: list[str]) -> int:
    """Exit status 1 when a stack that stands could not take the template."""
    accept = flag("upgrades", __doc__, "--accept", arguments)
    now = of_both(json.loads(Path(package().template).read_text()), cfn_yaml.read(abroad.FILE))
    if accept:
        FILE.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n")
        return 0
    found = list(faults(released(), now))
    print("\n".join(found) or "A stack of the last release can be brought up to this one.", file=sys.stderr)
    return 1 if found else 0
