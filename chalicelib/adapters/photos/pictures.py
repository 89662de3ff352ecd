"""The photo bucket: originals are read as their event told of them, variants are written under names of their own."""

from typing import Any

from chalicelib.adapters.answers import answering

GONE = {"NoSuchKey", "PreconditionFailed", "404", "412"}  # expired by the bucket's rule, or replaced by its sender
SHOWN = {
    "ContentType": "image/webp",
    "ContentDisposition": "inline",
    "CacheControl": "private, max-age=31536000, immutable",  # named by content; private, because links are signed
}


class S3Pictures:
    """Implements Pictures. Whatever else the bucket says, it does not answer: the record is tried again."""

    def __init__(self, *, bucket: str, client: Any) -> None:
        self._bucket = bucket
        self._client = client

    def original(self, key: str, etag: str) -> bytes | None:
        from botocore.exceptions import ClientError

        with answering("s3"):
            try:
                answer = self._client.get_object(Bucket=self._bucket, Key=key, IfMatch=f'"{etag}"')
                return bytes(answer["Body"].read())
            except ClientError as error:
                if error.response["Error"]["Code"] in GONE:
                    return None
                raise

    def store(self, key: str, data: bytes) -> None:
        with answering("s3"):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=data, **SHOWN)
