"""Item sizes by AWS's published rules."""

import pytest

from bench.sizes import item_size, read_units, value_size, write_units


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"S": "Jalan"}, 5),
        ({"S": "café"}, 5),
        ({"N": "0"}, 1),
        ({"N": "7"}, 2),
        ({"N": "1700000000123"}, 8),
        ({"N": "1200"}, 2),
        ({"N": "-12"}, 3),
        ({"B": b"12345"}, 5),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"L": [{"S": "ab"}, {"N": "1"}]}, 3 + 2 + 2 + 2),
        ({"M": {"a": {"S": "xy"}}}, 3 + 1 + 1 + 2),
        ({"SS": ["ab", "c"]}, 3),
    ],
)
def test_a_value_is_as_large_as_aws_says(value: dict, expected: int) -> None:
    assert expected == value_size(value)


def test_an_item_counts_its_names_as_well() -> None:
    assert len("pk") + 2 + len("status") + 7 == item_size({"pk": {"S": "C1"}, "status": {"S": "waiting"}})


@pytest.mark.parametrize(("size", "expected"), [(0, 1), (1, 1), (1024, 1), (1025, 2)])
def test_a_write_is_billed_by_the_kilobyte(size: int, expected: int) -> None:
    assert expected == write_units(size)


@pytest.mark.parametrize(("size", "strong", "eventual"), [(0, 1, 0.5), (4096, 1, 0.5), (4097, 2, 1)])
def test_a_read_is_billed_by_four_kilobytes_and_half_when_it_may_be_old(
    size: int, strong: float, eventual: float
) -> None:
    assert (strong, eventual) == (read_units(size, consistent=True), read_units(size, consistent=False))
