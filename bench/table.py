"""The complaints' table as infra/data.yaml defines it, with what its indexes hold of an item."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from bench.sizes import Item, item_size, write_units
from tools.infra import cfn_yaml
from tools.infra.template import INFRA

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Index:
    """A global secondary index. `projected` None: everything."""

    name: str
    keys: tuple[str, ...]
    projected: frozenset[str] | None

    def entry(self, item: Item | None) -> Item | None:
        """What the index holds of the item; None when it has no keys for it (the index is sparse)."""
        if item is None or any(key not in item for key in self.keys):
            return None
        return {name: value for name, value in item.items() if self._holds(name)}

    def _holds(self, name: str) -> bool:
        return self.projected is None or name in self.projected

    def write_units(self, before: Item | None, after: Item | None) -> int:
        """A changed projection is one write; a changed key is a deletion and a new entry; nothing changed is free."""
        old, new = self.entry(before), self.entry(after)
        if old == new:
            return 0
        if old and new and all(old[key] == new[key] for key in self.keys):
            return write_units(max(item_size(old), item_size(new)))
        return sum(write_units(item_size(entry)) for entry in (old, new) if entry)


@dataclass(frozen=True, slots=True)
class Table:
    keys: tuple[str, ...]
    indexes: tuple[Index, ...]

    def key_of(self, item: Item) -> Item:
        return {name: item[name] for name in self.keys}

    def index(self, name: str) -> Index:
        return next(index for index in self.indexes if index.name == name)


def definition(table: str = "ComplaintsTable") -> dict[str, Any]:
    """The properties of a table's resource."""
    properties: dict[str, Any] = cfn_yaml.read(INFRA / "data.yaml")["Resources"][table]["Properties"]
    return properties


@cache
def table() -> Table:
    """Read once: every counted call asks for it, and reading the file is a quarter of a counted life."""
    properties = definition()
    keys = _names(properties["KeySchema"])
    return Table(keys, tuple(_index(one, keys) for one in properties["GlobalSecondaryIndexes"]))


def _index(given: dict[str, Any], table_keys: tuple[str, ...]) -> Index:
    keys = _names(given["KeySchema"])
    kind = given["Projection"]["ProjectionType"]
    others = given["Projection"].get("NonKeyAttributes", ())
    return Index(given["IndexName"], keys, None if kind == "ALL" else frozenset((*table_keys, *keys, *others)))


def _names(schema: list[dict[str, str]]) -> tuple[str, ...]:
    return tuple(key["AttributeName"] for key in schema)
