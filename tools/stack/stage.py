"""A stack that stands, as operator commands need it: found by its name, its parts by what CloudFormation says.

Credentials, region and AWS_ENDPOINT_URL are taken as the AWS CLI takes them."""

import argparse
import os
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config

from tools.command_line import parser  # noqa: F401  # commands take it from here, with `named`
from tools.deployment.deploy import REGION
from tools.stack import stacks

# Many calls at once: a client that AWS throttles slows down by itself, and loses none.
PACED = Config(retries={"mode": "adaptive", "max_attempts": 10}, max_pool_connections=16)


def named(made: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Every command names its stack."""
    made.add_argument("--stack", required=True, metavar="S", help="name of the stack, such as tanggap-prod")
    return made


def case_number(typed: str) -> str:
    """An option's number of a report, read as people type it. Raises ArgumentTypeError, whose words argparse prints."""
    from chalicelib.domain.case import numbers
    from chalicelib.domain.errors import NotFoundError, UnreadableError

    try:
        return numbers.read(typed)
    except UnreadableError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    except NotFoundError as error:
        raise argparse.ArgumentTypeError("a report's number has nine letters and digits: JKT-XXXX-XXXX-C") from error


class Stage:
    """Raises StackError when no such stack stands."""

    def __init__(self, stack: str) -> None:
        self.stack = stack
        self.region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or REGION

    def client(self, service: str) -> Any:
        return boto3.client(service, region_name=self.region, config=PACED)

    @cached_property
    def outputs(self) -> dict[str, str]:
        found = stacks.outputs(self.stack, self.region)
        if not found:
            raise stacks.StackError(f"There is no stack {self.stack} in {self.region}")
        return found

    def resources(self, kind: str) -> Iterator[tuple[str, str]]:
        """Logical and physical id of every resource of a type."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=self.stack)
        for resource in pages.search("StackResourceSummaries"):
            if resource["ResourceType"] == kind:
                yield resource["LogicalResourceId"], resource["PhysicalResourceId"]

    def bind_table(self) -> None:
        """Names the stack's tables for the adapters, once per process; they are called as the operator."""
        from chalicelib.adapters.dynamodb import rows
        from chalicelib.adapters.dynamodb.people import people_rows

        client = self.client("dynamodb")
        rows.bind(table_name=self.outputs["TableName"], client=lambda: client)
        people_rows.bind_people(table_name=self.outputs["PeopleTableName"])
