"""The photo bucket: originals are read as their event told of them, variants are written under names of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from chalicelib.domain.errors import UnavailableError

GONE = {"NoSuchKey", "PreconditionFailed", "404", "412"}  # expired by the bucket's rule, or replaced by its sender
SHOWN = {
    "ContentType": "image/webp",
    "ContentDisposition": "inline",
    "CacheControl": "private, max-age=31536000, immutable",  # named by content; private, because links are signed
}


class S3Pictures:
    """`bucket` by name; the client (26 MB) is made on the first call."""

    def __init__(self, *, bucket: str, client: Any = None) -> None:
        self._bucket = bucket
        self._given = client

    @cached_property
    def _client(self) -> Any:
        if self._given is not None:
            return self._given
        import boto3

        return boto3.client("s3")

    def original(self, key: str, etag: str) -> bytes | None:
        from botocore.exceptions import ClientError

        with _answering():
            try:
                answer = self._client.get_object(Bucket=self._bucket, Key=key, IfMatch=f'"{etag}"')
                return bytes(answer["Body"].read())
            except ClientError as error:
                if error.response["Error"]["Code"] in GONE:
                    return None
                raise

    def store(self, key: str, data: bytes) -> None:
        with _answering():
            self._client.put_object(Bucket=self._bucket, Key=key, Body=data, **SHOWN)


@contextmanager
def _answering() -> Iterator[None]:
    """Whatever else the bucket says is a bucket that does not answer: the record is tried again."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise UnavailableError("s3") from error
