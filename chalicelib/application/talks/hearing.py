"""What somebody says in a conversation, as the channel that brought it understood it."""

import hashlib

from chalicelib.application.ports.cases import Contact
from chalicelib.domain.place.spots import Location
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Heard:
    """One message of somebody whom the provider has proved. `contact` is how they are answered; `location` one that
    they shared; `part`: which part of a long message it is, of how many; `raw_key`: where it is kept, `task_id`: of the
    task that it becomes when a person must read it."""

    channel: str
    message_id: str
    text: str
    contact: Contact
    location: Location | None = None
    part: tuple[int, int] = (1, 1)
    raw_key: str = ""
    task_id: str = ""

    @property
    def is_part(self) -> bool:
        return self.part[1] > 1

    @property
    def is_last(self) -> bool:
        """Of a long message; one that is whole is its own last part."""
        return self.part[0] == self.part[1]

    @property
    def mark(self) -> str:
        """Of a message; its own id may hold a telephone number."""
        named = f"{self.channel}\x00{self.message_id}"
        return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]
