"""Parts of a file, as S3 answers them."""

import pytest

from local.front.ranges import cut

CONTENT = b"0123456789"
PARTS = [
    ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
    ("bytes=8-", 206, b"89", "bytes 8-9/10"),
    ("bytes=-3", 206, b"789", "bytes 7-9/10"),
    ("bytes=-99", 206, CONTENT, "bytes 0-9/10"),
    ("bytes=5-99999", 206, b"56789", "bytes 5-9/10"),
    ("bytes=10-", 416, b"", "bytes */10"),
    ("bytes=-0", 416, b"", "bytes */10"),
    ("bytes=4-2", 416, b"", "bytes */10"),
    ("bytes=-", 200, CONTENT, None),
    ("bytes=0-1,4-5", 200, CONTENT, None),
    ("lines=0-1", 200, CONTENT, None),
    ("bytes=a-b", 200, CONTENT, None),
]


@pytest.mark.parametrize(("wanted", "status", "part", "told"), PARTS)
def test_one_range_is_cut_out_and_the_rest_is_answered_whole(
    wanted: str, status: int, part: bytes, told: str | None
) -> None:
    answered, headers, content = cut(CONTENT, wanted)

    assert (answered, content, dict(headers).get("content-range")) == (status, part, told)
