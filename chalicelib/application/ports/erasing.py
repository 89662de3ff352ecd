"""What an erasure reaches: rows, objects, and the ledger that remembers it."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from chalicelib.domain.case.erasure import Erasure
from chalicelib.domain.case.evidence import Photo


class PersonalRows(Protocol):
    """The rows beside a case's own that hold what its reporter gave. Every method may be called again."""

    def raw_keys(self, number: str) -> list[str]:
        """The keys of the kept messages that the case was made of (consistent)."""

    def photos(self, number: str) -> list[Photo]:
        """Every photo of the case that still has a row (consistent)."""

    def strip(self, number: str, sequences: Sequence[int]) -> None:
        """Takes words and salt out of these events, and the first words of the report out of its tasks."""

    def remove(self, number: str, photo_ids: Sequence[str]) -> None:
        """Deletes the rows of these photos, the contact, the followers, and the message tasks of the case. Also deletes
        what the rows of the address say of the case: that it waits, that it was told, and the conversation."""


class PersonalObjects(Protocol):
    """Photos and kept messages. An object that is gone is no fault. Every method may be called again."""

    def remove_photos(self, keys: Sequence[str]) -> None: ...

    def remove_messages(self, keys: Sequence[str]) -> None: ...


class ErasureLedger(Protocol):
    """Outside the table, so that a restored table can be held against it."""

    def note(self, erasure: Erasure) -> None:
        """One line per case; a later one takes its place."""

    def all(self) -> Iterator[Erasure]:
        """Operator commands only: every line, in no order."""
