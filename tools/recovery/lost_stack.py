"""`python -m tools lost-stack STAGE`: makes a deleted stack again around what stayed: tables, buckets, secrets, the
pool of users and the key of contacts. These have fixed names, so a new stack could not make its own. CloudFormation
imports them; `make deploy STAGE=…` then makes everything else."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Set
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tools.deployment import reviewing, stage_settings
from tools.deployment.deploy import REGION
from tools.deployment.package import package
from tools.deployment.stage_settings import UNKNOWN_SITE, SettingsError
from tools.infra.transformed import needed
from tools.stack import stacks

Json = dict[str, Any]
Clients = Callable[[str], Any]
NOT_YET = "not-yet"  # of parameters that no imported resource reads


def main(arguments: list[str]) -> int:
    """Exit status 0 when the stack stands around what stayed."""
    made = argparse.ArgumentParser(prog="python -m tools lost-stack", description=__doc__.splitlines()[0])
    made.add_argument("stage")
    stage = made.parse_args(arguments).stage
    try:
        _recover(stage)
    except (stacks.StackError, SettingsError, BotoCoreError, ClientError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Now make the rest: make deploy STAGE={stage}")
    return 0


def _recover(stage: str) -> None:
    settings, name = stage_settings.read(stage), f"tanggap-{stage}"
    found = reviewing.account(REGION)
    print(f"{name} in account {found.number}, {REGION}, as {found.caller}")
    if stacks.standing(name, REGION).parameters:
        raise stacks.StackError(f"{name} stands: nothing to import")
    template = json.loads(Path(package().template).read_text())
    there = stayed(template, name, found.number, lambda service: boto3.client(service, region_name=REGION))
    if not there:
        raise stacks.StackError(f"Nothing of {name} stayed in {REGION}: deploy it as a new stage")
    known = {"Stage": stage, "SiteUrl": settings.site_url or UNKNOWN_SITE, "MailSender": settings.mail_sender}
    parameters = {key: str(known.get(key) or NOT_YET) for key in _without_default(template)}
    told = [f"  import  {logical} ({template['Resources'][logical]['Type']})" for logical in there]
    print("\n".join([f"{name}: {len(there)} resources", *told]))
    body = json.dumps(around(template, there))
    stacks.import_resources(name, REGION, body=body, resources=_asked(template, there), parameters=parameters)


def _asked(template: Json, there: dict[str, Json]) -> list[Json]:
    kinds = {logical: template["Resources"][logical]["Type"] for logical in there}
    return [
        {"LogicalResourceId": logical, "ResourceType": kinds[logical], "ResourceIdentifier": identifier}
        for logical, identifier in there.items()
    ]


def _without_default(template: Json) -> list[str]:
    return [name for name, about in template["Parameters"].items() if "Default" not in about]


def around(template: Json, there: dict[str, Json]) -> Json:
    """The template of these resources alone. What names a resource that is not there yet is left out: the deployment
    adds it."""
    absent = template["Resources"].keys() - there.keys()
    kept = {name: _alone(template["Resources"][name], absent) for name in there}
    parts = {part: template[part] for part in ("AWSTemplateFormatVersion", "Parameters", "Conditions")}
    return parts | {"Resources": kept}


def _alone(resource: Json, absent: Set[str]) -> Json:
    given = resource["Properties"]
    return {
        "Type": resource["Type"],
        "DeletionPolicy": "Retain",  # an import asks for one; the deployment writes ours
        "Properties": {name: value for name, value in given.items() if not needed({"Properties": value}) & absent},
    }


def stayed(template: Json, name: str, account: str, client: Clients) -> dict[str, Json]:
    """What is left of a stack, by logical id: how CloudFormation identifies it for an import."""
    return dict(_stayed(template, {"AWS::StackName": name, "AWS::AccountId": account}, client))


def _stayed(template: Json, words: dict[str, str], client: Clients) -> Iterator[tuple[str, Json]]:
    for logical, resource in sorted(template["Resources"].items()):
        look = LOOKS.get(resource["Type"])
        if look and "Retain" in resource.get("DeletionPolicy", "") and "Condition" not in resource:
            identifier = look(client, resource["Properties"], words)
            if identifier:
                yield logical, identifier


def _text(value: Any, words: dict[str, str]) -> str:
    """A name as the template spells it."""
    text: str = value["Fn::Sub"] if isinstance(value, dict) else value
    for word, meaning in words.items():
        text = text.replace(f"${{{word}}}", meaning)
    return text


def _table(client: Clients, properties: Json, words: dict[str, str]) -> Json | None:
    named = {"TableName": _text(properties["TableName"], words)}
    return _if_there(lambda: client("dynamodb").describe_table(**named), named)


def _bucket(client: Clients, properties: Json, words: dict[str, str]) -> Json | None:
    named = {"BucketName": _text(properties["BucketName"], words)}
    owner = words["AWS::AccountId"]
    look = {"Bucket": named["BucketName"], "ExpectedBucketOwner": owner}
    return _if_there(lambda: client("s3").head_bucket(**look), named)


def _secret(client: Clients, properties: Json, words: dict[str, str]) -> Json | None:
    asked = {"SecretId": _text(properties["Name"], words)}
    try:
        return {"Id": client("secretsmanager").describe_secret(**asked)["ARN"]}
    except ClientError as error:
        return _absent(error)


def _pool(client: Clients, properties: Json, words: dict[str, str]) -> Json | None:
    wanted = _text(properties["UserPoolName"], words)
    pages = client("cognito-idp").get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 60})
    ids = [pool["Id"] for pool in pages.search("UserPools") if pool and pool["Name"] == wanted]
    if len(ids) > 1:
        raise stacks.StackError(f"{len(ids)} pools are named {wanted}: delete those that are empty")
    return {"UserPoolId": ids[0]} if ids else None


def _key(client: Clients, _properties: Json, words: dict[str, str]) -> Json | None:
    alias = f"alias/{words['AWS::StackName']}-contacts"
    try:
        return {"KeyId": client("kms").describe_key(KeyId=alias)["KeyMetadata"]["KeyId"]}
    except ClientError as error:
        return _absent(error)


def _alias(client: Clients, properties: Json, words: dict[str, str]) -> Json | None:
    named = {"AliasName": _text(properties["AliasName"], words)}
    return _if_there(lambda: client("kms").describe_key(KeyId=named["AliasName"]), named)


def _if_there(look: Callable[[], Any], identifier: Json) -> Json | None:
    try:
        look()
    except ClientError as error:
        return _absent(error)
    return identifier


def _absent(error: ClientError) -> None:
    """Raises the error again when it says something else than that there is none."""
    if error.response["Error"]["Code"] not in ("ResourceNotFoundException", "NotFoundException", "404", "NoSuchBucket"):
        raise error


LOOKS: dict[str, Callable[[Clients, Json, dict[str, str]], Json | None]] = {
    "AWS::DynamoDB::Table": _table,
    "AWS::S3::Bucket": _bucket,
    "AWS::SecretsManager::Secret": _secret,
    "AWS::Cognito::UserPool": _pool,
    "AWS::KMS::Key": _key,
    "AWS::KMS::Alias": _alias,
}
