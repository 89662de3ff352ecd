"""What SES puts into the bucket of raw messages is read as if it had been posted."""

import io
from datetime import UTC, datetime
from typing import Any

from chalicelib.adapters.messengers.raw_messages import S3RawMessages
from chalicelib.application.ports.channels import RawMessage

AT = datetime(2026, 11, 27, 3, tzinfo=UTC)
LETTER = b"From: siti@example.com\r\n\r\nJalan rusak"


class Bucket:
    """Holds what SES wrote: the letter, and nothing about it."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - the client's names
        self.read.append(f"{Bucket}/{Key}")
        told = {"Metadata": {}, "ContentType": "application/octet-stream", "LastModified": AT}
        return {"Body": io.BytesIO(LETTER), **told}


def test_a_letter_that_ses_received_is_one_of_the_channel_from_the_time_when_it_came() -> None:
    found = S3RawMessages(bucket="raw", client=Bucket()).read("raw/email/0cx8z8c7jv9k")

    assert found == RawMessage("EMAIL", "application/octet-stream", LETTER, AT)


def test_what_ses_writes_to_try_the_folder_is_no_letter() -> None:
    bucket = Bucket()

    found = S3RawMessages(bucket="raw", client=bucket).read("raw/email/AMAZON_SES_SETUP_NOTIFICATION")

    assert (found, bucket.read) == (None, [])
