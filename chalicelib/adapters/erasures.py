"""What an erasure does in buckets: objects that go, and the ledger, one object per case under its number."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.domain.case.erasure import Erasure

FOLDER = "erasures"


class S3PersonalObjects:
    """Implements PersonalObjects. S3 answers the deletion of an object that is gone as it answers any other."""

    def __init__(self, *, photos: str, messages: str, client: Any) -> None:
        self._photos = photos
        self._messages = messages
        self._client = client

    def remove_photos(self, keys: Sequence[str]) -> None:
        self._remove(self._photos, keys)

    def remove_messages(self, keys: Sequence[str]) -> None:
        self._remove(self._messages, keys)

    def _remove(self, bucket: str, keys: Sequence[str]) -> None:
        for key in keys:
            with answering("s3"):
                self._client.delete_object(Bucket=bucket, Key=key)


class S3ErasureLedger:
    """Implements ErasureLedger. A key names the case alone, and no line names a person."""

    def __init__(self, *, bucket: str, client: Any) -> None:
        self._bucket = bucket
        self._client = client

    def note(self, erasure: Erasure) -> None:
        line = {"number": erasure.number, "at": erasure.at.isoformat(), "ground": erasure.ground}
        with answering("s3"):
            self._client.put_object(
                Bucket=self._bucket,
                Key=f"{FOLDER}/{erasure.number}.json",
                Body=json.dumps(line).encode(),
                ContentType="application/json",
            )

    def all(self) -> Iterator[Erasure]:
        with answering("s3"):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=FOLDER):
                for found in page.get("Contents", []):
                    yield self._line(found["Key"])

    def _line(self, key: str) -> Erasure:
        line = json.loads(self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read())
        return Erasure(line["number"], datetime.fromisoformat(line["at"]), line["ground"])
