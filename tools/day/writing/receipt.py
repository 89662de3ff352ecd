"""SES's receipt rule, played: it puts a letter into the bucket of raw messages, under its own id of it."""

from functools import cached_property
from pathlib import Path
from typing import Any

from local import operator_key
from tools.day.client import City

STACK, REGION = "tanggap-local", "ap-southeast-3"
FOLDER = "raw/email/"


class Receipt:
    """Acts with the operator's key of the local city: no role of SES is there."""

    def __init__(self, city: City) -> None:
        self._city = city

    def put(self, message_id: str, raw: bytes) -> None:
        self._made("s3").put_object(Bucket=self._bucket, Key=f"{FOLDER}{message_id}", Body=raw)

    @cached_property
    def _bucket(self) -> str:
        (stack,) = self._made("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        return next(str(o["OutputValue"]) for o in stack["Outputs"] if o["OutputKey"] == "RawBucketName")

    def _made(self, service: str) -> Any:
        """A client of its own for each call: letters are few, and their threads many."""
        import boto3

        key = operator_key.read(Path(self._city.local("GET", "")["operator_key"]))
        names = {"aws_access_key_id": key.id, "aws_secret_access_key": key.secret, "region_name": REGION}
        return boto3.session.Session(**names).client(service, endpoint_url=self._city.url)
