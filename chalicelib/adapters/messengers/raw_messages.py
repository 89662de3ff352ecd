"""The bucket of raw messages: what channels sent, byte by byte, and pictures that were fetched for them, until the
bucket's rule empties it. And the way of their photos into the photo bucket."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.adapters.photos.pictures import GONE
from chalicelib.application.ports.channels import Picture, RawMessage
from chalicelib.domain.case.evidence import incoming_key

FOLDER = "raw"
SET_UP = "/AMAZON_SES_SETUP_NOTIFICATION"  # what SES puts first where its letters go


class S3RawMessages:
    """Implements RawMessages. A key names the channel and the hash of the bytes, or SES's id of a letter that its
    receipt rule put there: no person."""

    def __init__(self, *, bucket: str, client: Any) -> None:
        self._bucket = bucket
        self._client = client

    def keep(self, message: RawMessage) -> str:
        key = f"{FOLDER}/{message.channel.lower()}/{hashlib.sha256(message.body).hexdigest()}"
        told = {"received-at": message.received_at.isoformat()}
        with answering("s3"):
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=message.body,
                ContentType=message.content_type or "application/octet-stream",
                Metadata=told,
            )
        return key

    def read(self, key: str) -> RawMessage | None:
        from botocore.exceptions import ClientError

        if key.endswith(SET_UP):
            return None
        with answering("s3"):
            try:
                found = self._client.get_object(Bucket=self._bucket, Key=key)
                body = bytes(found["Body"].read())
            except ClientError as error:
                if error.response["Error"]["Code"] in GONE:
                    return None
                raise
        at = found["Metadata"].get("received-at")
        received_at = datetime.fromisoformat(at) if at else found["LastModified"].astimezone(UTC)
        return RawMessage(key.split("/")[1].upper(), found["ContentType"], body, received_at)


class S3KeptPictures:
    """Implements KeptPictures, in the bucket of raw messages: its rule empties both folders."""

    def __init__(self, *, bucket: str, client: Any) -> None:
        self._bucket = bucket
        self._client = client

    def keep(self, key: str, picture: Picture) -> None:
        with answering("s3"):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=picture.data, ContentType=picture.content_type)

    def find(self, key: str) -> Picture | None:
        from botocore.exceptions import ClientError

        with answering("s3"):
            try:
                found = self._client.get_object(Bucket=self._bucket, Key=key)
                return Picture(found["ContentType"], bytes(found["Body"].read()))
            except ClientError as error:
                if error.response["Error"]["Code"] in GONE:
                    return None
                raise


class S3Originals:
    """Implements Originals: the photo's own place, which the upload form of a citizen would fill."""

    def __init__(self, *, bucket: str, client: Any) -> None:
        self._bucket = bucket
        self._client = client

    def put(self, number: str, photo_id: str, content_type: str, data: bytes) -> None:
        with answering("s3"):
            self._client.put_object(
                Bucket=self._bucket, Key=incoming_key(number, photo_id), Body=data, ContentType=content_type
            )
