"""The key that signs is kept for a day, a region and a service: whatever else it is asked for, it is derived anew."""

from datetime import UTC, datetime

import pytest

from chalicelib.adapters.aws.signature import AccessKeys, Scope, signature

KEYS = AccessKeys("AKIA", "secret")
SCOPE = Scope(datetime(2026, 11, 27, 12, tzinfo=UTC), "ap-southeast-3", "dynamodb")
OTHERS = {
    "another secret": (AccessKeys("AKIA", "rotated"), SCOPE),
    "another day": (KEYS, Scope(datetime(2026, 11, 28, 0, tzinfo=UTC), SCOPE.region, SCOPE.service)),
    "another region": (KEYS, Scope(SCOPE.at, "us-east-1", SCOPE.service)),
    "another service": (KEYS, Scope(SCOPE.at, SCOPE.region, "kms")),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_was_signed_before_lends_no_key_to_what_is_signed_for(other: tuple[AccessKeys, Scope]) -> None:
    first = signature("text", KEYS, SCOPE)

    assert signature("text", *other) != first
    assert signature("text", KEYS, SCOPE) == first


def test_a_second_in_the_day_changes_the_stamp_and_not_the_key() -> None:
    later = Scope(SCOPE.at.replace(second=1), SCOPE.region, SCOPE.service)

    assert (SCOPE.stamp, later.stamp) == ("20261127T120000Z", "20261127T120001Z")
    assert signature("text", KEYS, later) == signature("text", KEYS, SCOPE)
