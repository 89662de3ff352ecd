"""A dict that keeps its values packed, and answers as one that does not. Whoever reads a value gets a copy."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

MISSING = object()


class Packed(dict[str, Any]):
    """A subclass says how a value is packed and unpacked."""

    def __init__(self, plain: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.update(plain or {})

    @staticmethod
    def pack(value: Any) -> Any:
        raise NotImplementedError

    @staticmethod
    def unpack(packed: Any) -> Any:
        raise NotImplementedError

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, self.pack(value))

    def __getitem__(self, key: str) -> Any:
        return self.unpack(super().__getitem__(key))

    def __iter__(self) -> Iterator[str]:
        """Python copies a dict past all of these methods, but for one that has this of its own."""
        return super().__iter__()

    def get(self, key: str, default: Any = None) -> Any:
        packed = super().get(key, MISSING)
        return default if packed is MISSING else self.unpack(packed)

    def setdefault(self, key: str, default: Any = None) -> Any:
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, *given: Any, **named: Any) -> None:
        for key, value in dict(*given, **named).items():
            self[key] = value

    def pop(self, key: str, *default: Any) -> Any:
        known = key in self
        packed = super().pop(key, *default)
        return self.unpack(packed) if known else packed

    def values(self) -> Any:
        return [self.unpack(packed) for packed in list(super().values())]

    def items(self) -> Any:
        return [(key, self.unpack(packed)) for key, packed in list(super().items())]

    def copy(self) -> dict[str, Any]:
        return dict(self.items())

    def __deepcopy__(self, _: Any) -> Self:
        """What is packed does not change: two may share it."""
        other = type(self)()
        for key, packed in super().items():
            dict.__setitem__(other, key, packed)
        return other
