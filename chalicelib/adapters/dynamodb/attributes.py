"""PynamoDB's attributes as our rows use them: read and written without asking each time whether the row is a document
within another, which none of ours is. That was a sixth of what a function did (decision 0099)."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pynamodb import attributes as pynamodb_attributes

__all__ = ["BinaryAttribute", "BooleanAttribute", "JSONAttribute", "NumberAttribute", "UnicodeAttribute", "defaults"]

if TYPE_CHECKING:
    from pynamodb.attributes import BinaryAttribute, BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
else:

    class _OfRow:
        """An attribute is stored under the name by which it is declared."""

        def __get__(self, row, _owner):
            return self if row is None else row.attribute_values.get(self.attr_path[-1])

        def __set__(self, row, value):
            row.attribute_values[self.attr_path[-1]] = value

    class BinaryAttribute(_OfRow, pynamodb_attributes.BinaryAttribute):
        """As PynamoDB's."""

    class BooleanAttribute(_OfRow, pynamodb_attributes.BooleanAttribute):
        """As PynamoDB's."""

    class JSONAttribute(_OfRow, pynamodb_attributes.JSONAttribute):
        """As PynamoDB's."""

    class NumberAttribute(_OfRow, pynamodb_attributes.NumberAttribute):
        """As PynamoDB's, which reads each number as JSON; nearly all are whole."""

        def deserialize(self, value):
            try:
                return int(value)
            except ValueError:
                return json.loads(value)

    class UnicodeAttribute(_OfRow, pynamodb_attributes.UnicodeAttribute):
        """As PynamoDB's."""


@cache
def defaults(kind: type[pynamodb_attributes.AttributeContainer]) -> dict[str, Any]:
    """Values of the attributes that an item may lack, by name."""
    return {name: one.default for name, one in kind.get_attributes().items() if one.default is not None}
