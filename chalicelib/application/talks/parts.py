"""A long message whose parts do not all come: its case says which of them are missing, and its sender is asked to write
them again. May be told of a part any number of times, in any order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.application.handling.remarking import Remark
from chalicelib.application.ports.talks import LongMessage, LongMessages
from chalicelib.application.wording import Phrases
from chalicelib.domain.values import dataclass

WITHIN = timedelta(minutes=15)  # of the first part: a network delivers them one after another


@dataclass(frozen=True, slots=True)
class LongMessageParts:
    """`words` are the city's own language; `now` is the domain's time."""

    rows: LongMessages
    remark: Remark
    words: Callable[[], Phrases]
    now: Callable[[], datetime]

    def came(self, channel: str, number: str, part: tuple[int, int], mark: str) -> None:
        """A part whose words stand in the case; `mark` is its own. Raises UnavailableError."""
        place, of = part
        long = self._current(channel, number, of)
        self.rows.save(replace(long, came={**long.came, mark: place}))

    def miss(self, number: str, of: int) -> None:
        """What has not come in time is missing: the case says so. Raises UnavailableError."""
        long = self.rows.find(number, of)
        if long and long.is_promised and long.until <= self.now():
            self._miss(long)

    def _current(self, channel: str, number: str, of: int) -> LongMessage:
        """The one that is coming, or a new one."""
        known, now = self.rows.find(number, of), self.now()
        if known and now < known.until:
            return known
        if known and known.is_promised:
            self._miss(known)
        return LongMessage(number, channel, of, now + WITHIN)

    def _miss(self, long: LongMessage) -> None:
        parts = ", ".join(map(str, long.missing))
        text = self.words()["talks"]["parts_missing"].format(parts=parts, of=long.of)
        self.remark(long.channel, long.number, text, key=f"parts:{long.of}:{min(long.came)}", missed=True)
        self.rows.save(replace(long, is_missed=True))
