"""Who judges a proof: the city draws one of those on duty. Nobody can know it before, and who has less to do is drawn
more often. It is never somebody who sent a picture or proposed the proof."""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import field, replace

from chalicelib.domain.case.complaint import NOBODY
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Bench:
    """The people on duty who may judge, by username, with how many proofs each has open, as far as the city knows.
    `lot` is fresh randomness of this one draw (base64)."""

    open: Mapping[str, int] = field(default_factory=dict)
    lot: str = ""

    def draw(self, *, barred: Collection[str], spared: Collection[str]) -> str:
        """One of them, or NOBODY. `barred` are never drawn, `spared` only if there is nobody else."""
        allowed = {who: count for who, count in self.open.items() if who not in barred}
        rested = {who: count for who, count in allowed.items() if who not in spared}
        return _drawn(rested or allowed, self.lot)

    def given_to(self, judge: str, lot: str) -> "Bench":
        """The same after one more proof, for the next draw."""
        return replace(self, open={**self.open, judge: self.open.get(judge, 0) + 1}, lot=lot)


EMPTY = Bench()


def _drawn(people: Mapping[str, int], lot: str) -> str:
    """Each has one lot, and one more for every proof that they have less than who has most."""
    most = max(people.values(), default=0)
    lots = [who for who in sorted(people) for _ in range(most - people[who] + 1)]
    if not lots:
        return NOBODY
    number = int.from_bytes(hmac.new(lot.encode(), b"judge", hashlib.sha256).digest())
    return lots[number % len(lots)]
