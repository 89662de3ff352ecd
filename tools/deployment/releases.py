"""What was deployed to a stage, newest last: a note for each release, beside the files that it came from."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import boto3

OF_A_RELEASE = ("CodeBucket", "CodeKey", "DependencyLayers", "PhotoLayers", "Version", "Release")


@dataclass(frozen=True, slots=True)
class Release:
    """`template` and `site`: keys in the bucket of artifacts; without an edge there is no site. `parameters`: those of
    OF_A_RELEASE that the stack was given."""

    version: str
    template: str
    parameters: dict[str, str]
    site: str | None = None


class Releases:
    """The releases of one stack."""

    def __init__(self, bucket: str, stack: str, region: str) -> None:
        self._bucket = bucket
        self._folder = f"releases/{stack}/"
        self._client = boto3.client("s3", region_name=region)

    def note(self, release: Release, at: datetime | None = None) -> None:
        """Only when it is another than the last."""
        notes = self._keys()
        if notes and self._read(notes[-1]) == release:
            return
        key = f"{self._folder}{at or datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}.json"
        self._client.put_object(Bucket=self._bucket, Key=key, Body=json.dumps(asdict(release)).encode())

    def all(self) -> list[Release]:
        return [self._read(key) for key in self._keys()]

    def forget_last(self) -> None:
        """After it was taken back: the one before it is the last again. Its files stay."""
        self._client.delete_object(Bucket=self._bucket, Key=self._keys()[-1])

    def _keys(self) -> list[str]:
        return sorted(self._listed())

    def _listed(self) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._folder)
        for found in pages.search("Contents"):
            if found:
                yield found["Key"]

    def _read(self, key: str) -> Release:
        return Release(**json.loads(self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()))
