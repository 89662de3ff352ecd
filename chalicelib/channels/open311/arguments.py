"""The arguments of a request, from the query or a form: a list of texts by name. One that is empty is one that was not
given. Faults are collected, so that all of them are told together."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TypeVar

from chalicelib.application.ports.channels import Picture
from chalicelib.channels.open311.vocabulary import JURISDICTION, WIB
from chalicelib.domain.errors import FieldError, InvalidError, NotFoundError
from chalicelib.domain.text.spelling import is_blank
from chalicelib.domain.values import dataclass

DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{0,20})?")
WHOLE = re.compile(r"[1-9][0-9]{0,5}")
CENTURY = range(2000, 2100)  # years
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a form, by the argument's name."""

    name: str
    picture: Picture


class Arguments:
    """What was sent. `faults` grows with each argument that cannot be read; `refuse` raises them."""

    def __init__(self, sent: Mapping[str, Sequence[str]], files: Sequence[SentFile] = ()) -> None:
        self.files = tuple(files)
        self.sent = {
            name: [value for value in map(str.strip, values) if not is_blank(value)] for name, values in sent.items()
        }
        self.faults: list[FieldError] = []

    def fault(self, name: str, message: str, code: str = "value") -> None:
        self.faults.append(FieldError(name, code, message))

    def refuse(self) -> None:
        """Raises InvalidError if anything was wrong."""
        if self.faults:
            raise InvalidError(self.faults)

    def one(self, name: str, longest: int = 500) -> str:
        """The text, or "" where none was given. Two different ones, and one that is too long, are faults."""
        values = list(dict.fromkeys(self.sent.get(name, ())))
        if len(values) > 1:
            self.fault(name, "Give it once")
        elif values and len(values[0]) > longest:
            self.fault(name, f"At most {longest} characters", "too_long")
        elif values:
            return values[0]
        return ""

    def required(self, name: str, longest: int = 500) -> str:
        """As `one`; nothing at all is a fault."""
        if not self.sent.get(name):
            self.fault(name, "This is required", "required")
        return self.one(name, longest)

    def several(self, name: str) -> list[str]:
        """Values between commas, from every occurrence; each once, in their order."""
        parts = (part.strip() for value in self.sent.get(name, ()) for part in value.split(","))
        return list(dict.fromkeys(part for part in parts if part))

    def moment(self, name: str, *, end_of_day: bool = False) -> datetime | None:
        """ISO 8601; without a zone it is the city's. A date alone is its first second, or its last."""
        return self._read(name, lambda text: read_moment(text, end_of_day=end_of_day), "A time as ISO 8601")

    def whole(self, name: str, most: int) -> int | None:
        """From 1 to `most`."""
        found = self._read(name, lambda text: int(text) if WHOLE.fullmatch(text) else None, "A whole number")
        if found is not None and found > most:
            self.fault(name, f"At most {most}")
        return found

    def degrees(self, name: str, most: int) -> float | None:
        """Plain decimal degrees of WGS84."""
        return self._read(name, lambda text: read_degrees(text, most), f"A decimal from -{most} to {most}")

    def flag(self, name: str) -> bool:
        return self.one(name).lower() in ("true", "1", "yes")

    def check_jurisdiction(self) -> None:
        """We serve one: none given is ours. Raises NotFoundError for another one."""
        named = self.one("jurisdiction_id")
        if named and named.lower().removeprefix("www.") != JURISDICTION:
            raise NotFoundError(f"jurisdiction_id: we serve {JURISDICTION}")

    def _read(self, name: str, reader: Callable[[str], T | None], expected: str) -> T | None:
        text = self.one(name)
        found = reader(text) if text else None
        if text and found is None:
            self.fault(name, f"{expected} is expected")
        return found


def read_degrees(text: str, most: int) -> float | None:
    """Reads degrees; None for what is no plain decimal between the bounds."""
    value = float(text) if DEGREES.fullmatch(text) else None
    return value if value is not None and abs(value) <= most else None


def read_moment(text: str, *, end_of_day: bool = False) -> datetime | None:
    """Reads a time; None for what is no time of this century. A plus sign that a query has turned into a blank is one
    again."""
    mended = re.sub(r"(?<=[0-9]) (?=[0-9]{2}:?[0-9]{2}$)", "+", text) if "T" in text else text
    try:
        at = datetime.fromisoformat(mended)
        if len(mended) <= 10:
            at = datetime.combine(date.fromisoformat(mended), time(23, 59, 59) if end_of_day else time())
    except ValueError:
        return None
    if at.year not in CENTURY:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=WIB)).astimezone(UTC)
