"""`python -m tools photos restore --stack S --before TIME`: puts every picture that people see back as it stood at a
time: what was deleted or overwritten since. The bucket keeps former versions for 30 days.

What was erased at a reporter's wish has no version left, and stays away. Safe to repeat."""

import argparse
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from tools.recovery.replay import moment
from tools.stack.stacks import StackError
from tools.stack.stage import Stage, named, parser

SEEN = "photos/"  # what people see; originals are not kept that long
AT_ONCE = 16


def main(arguments: list[str]) -> int:
    """Exit status 1 when there is no such stack."""
    options = _options(arguments)
    try:
        print(f"{Photos(Stage(options.stack)).restore(options.before)} pictures put back")
    except (StackError, ClientError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    made = named(parser("photos", __doc__))
    made.add_argument("what", choices=["restore"])
    made.add_argument("--before", type=moment, required=True, help="ISO 8601; without a zone it is UTC")
    return made.parse_args(arguments)


class Photos:
    """The stack's bucket of pictures."""

    def __init__(self, stage: Stage) -> None:
        self._s3 = stage.client("s3")
        self._bucket = stage.outputs["PhotoBucketName"]

    def restore(self, at: datetime) -> int:
        """How many were put back."""
        wanted = [(key, version) for key, found in self._versions().items() if (version := _lost(found, at))]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda one: self._copy(*one), wanted))
        return len(wanted)

    def _versions(self) -> dict[str, list[dict[str, Any]]]:
        """The versions of each key, with the marks of deletions."""
        by_key: dict[str, list[dict[str, Any]]] = defaultdict(list)
        pages = self._s3.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=SEEN)
        for page in pages:
            for version in page.get("Versions", []):
                by_key[version["Key"]].append(version)
            for mark in page.get("DeleteMarkers", []):
                by_key[mark["Key"]].append({**mark, "ETag": None})
        return by_key

    def _copy(self, key: str, version: str) -> None:
        source = {"Bucket": self._bucket, "Key": key, "VersionId": version}
        self._s3.copy_object(Bucket=self._bucket, Key=key, CopySource=source)


def _lost(found: list[dict[str, Any]], at: datetime) -> str | None:
    """The version that stood at that time, when something else, or nothing, stands now."""
    earlier = [version for version in found if version["LastModified"] <= at]
    then = max(earlier, key=lambda version: version["LastModified"], default=None)
    now = next(version for version in found if version["IsLatest"])
    return then["VersionId"] if then and then["ETag"] and then["ETag"] != now["ETag"] else None
