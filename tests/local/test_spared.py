"""What the emulator does for nobody is left out, and nobody sees it."""

import uuid

from local.emulator import spared


def test_a_name_is_a_random_uuid_as_any_other() -> None:
    names = [spared.name() for _ in range(200)]

    read = [uuid.UUID(name) for name in names]

    assert [str(one) for one in read] == names
    assert {(one.version, one.variant) for one in read} == {(4, uuid.RFC_4122)}
    assert len(set(read)) == len(read)
    assert {one.hex[16] for one in read} == set("89ab")
