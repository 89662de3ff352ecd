"""Rows are read and written by shorter ways than PynamoDB's; PynamoDB says what is right."""

from typing import Any

import pytest
from pynamodb.attributes import AttributeContainer, NumberAttribute
from pynamodb.exceptions import AttributeNullError

from chalicelib.adapters.dynamodb import attributes
from chalicelib.adapters.dynamodb.cases import photos  # noqa: F401 - declares rows of its own
from chalicelib.adapters.dynamodb.people.people_rows import StaffRow
from chalicelib.adapters.dynamodb.store import StoredRow

SAMPLES: dict[str, list[Any]] = {
    "S": ["", "text", '{"a": [1, null]}', "null", "“ ”"],
    "N": ["0", "-7", "1772413200123", "1.5", "1e3", "-0"],
    "B": [b"", b"\0\xff"],
    "BOOL": [True, False],
}


def kinds(kind: type[StoredRow] = StoredRow) -> list[type[StoredRow]]:
    return [kind, *(found for one in kind.__subclasses__() for found in kinds(one))]


def an_item(kind: type[StoredRow], turn: int) -> dict[str, Any]:
    """Every attribute, each with the sample whose turn it is."""
    item = {}
    for name, attribute in kind.get_attributes().items():
        samples = SAMPLES[attribute.attr_type]
        is_json = type(attribute).__name__.endswith("JSONAttribute")
        item[name] = {attribute.attr_type: '{"a": 1}' if is_json else samples[turn % len(samples)]}
    return item


def items(kind: type[StoredRow]) -> list[dict[str, Any]]:
    whole = [an_item(kind, turn) for turn in range(6)]
    lean = {name: value for name, value in whole[1].items() if not kind.get_attributes()[name].null}
    empty = {**whole[1], **{name: {"NULL": True} for name, one in kind.get_attributes().items() if one.null}}
    return [*whole, lean, empty, {**lean, "nobody declares it": {"S": "x"}}, {}]


def read_by_pynamodb(kind: type[StoredRow], item: dict[str, Any]) -> StoredRow:
    row = kind.__new__(kind)
    row._container_deserialize(dict(item))
    return row


def written(serialize: Any) -> Any:
    try:
        return serialize()
    except AttributeNullError:
        return AttributeNullError


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_row_is_read_as_pynamodb_reads_it(kind: type[StoredRow]) -> None:
    for item in items(kind):
        row, right = kind.from_raw_data(item), read_by_pynamodb(kind, item)

        assert row.attribute_values == right.attribute_values
        assert [getattr(row, name) for name in kind.get_attributes()] == [
            right.attribute_values.get(name) for name in kind.get_attributes()
        ]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_a_row_is_written_as_pynamodb_writes_it(kind: type[StoredRow]) -> None:
    for item in items(kind):
        row = read_by_pynamodb(kind, item)

        assert written(row.serialize) == written(lambda row=row: AttributeContainer._container_serialize(row))


def test_a_row_that_says_nothing_of_it_has_the_declared_value() -> None:
    row = StaffRow("p", "s")

    assert (row.disabled, row.on_duty) == (False, True)


def test_what_a_row_was_given_counts_more_than_what_is_declared() -> None:
    row = StaffRow("p", "s", on_duty=False)

    assert row.on_duty is False


@pytest.mark.parametrize("text", SAMPLES["N"])
def test_a_number_is_read_as_pynamodb_reads_it(text: str) -> None:
    read, right = attributes.NumberAttribute().deserialize(text), NumberAttribute().deserialize(text)

    assert (read, type(read)) == (right, type(right))
