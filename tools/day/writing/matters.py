"""What is written in the course of a day: reports in people's own words, and in public also what is none."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tools.day.channels import IN_PUBLIC
from tools.day.plans import Plan
from tools.day.writing import payloads, signing

ASIDES = 1 / 4  # for each report in public: what is none (assumed); one on each channel at least
ANSWERED, CLOSED = "answered", "closed"
WORDS = {ANSWERED: "Kantor kecamatan buka jam berapa?", CLOSED: "Jual pulsa murah, hubungi kami."}
ANSWER = "Senin sampai Jumat, pukul 08.00 sampai 16.00."
_PRIVATE: dict[str, Callable[..., bytes]] = {"X": payloads.x_private, "FB": payloads.facebook_private}
_PUBLIC: dict[str, Callable[..., bytes]] = {"X": payloads.x_public, "FB": payloads.facebook_public}
SIGNED = {"X": signing.x, "FB": signing.meta, "EMAIL": signing.letter}


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that somebody writes. `message_id` is the provider's, `person` who they are there; `mark` stands in its
    words and in no other's. `plan`: the report that it is; None: no report, and the desk ends it as `ends` says."""

    channel: str
    message_id: str
    person: str
    text: str
    mark: str
    plan: Plan | None = None
    ends: str = ""

    @property
    def in_public(self) -> bool:
        return self.plan is None or self.plan.in_public

    @property
    def is_received_by_ses(self) -> bool:
        """Every other letter; the rest comes by a mailbox that posts them."""
        return self.channel == "EMAIL" and int(self.message_id[-1]) % 2 == 0

    @property
    def raw(self) -> bytes:
        """As its provider sends it."""
        if self.channel == "EMAIL":
            photos = self.plan.photos if self.plan else ()
            return payloads.letter(self.message_id, self.person, self.text, [each for each in photos if each])
        made = (_PUBLIC if self.in_public else _PRIVATE)[self.channel]
        return made(self.message_id, self.person, self.text)


def reports(plans: Iterable[Plan], chance: random.Random) -> Iterator[Matter]:
    """Each plan in its sender's own words, with the place as a point where they know it."""
    for plan in plans:
        mark = plan.draft["description"].rpartition(" ")[2].rstrip(".")
        at = plan.draft.get("location")
        text = plan.draft["description"] + (f"\nDi {at['lat']}, {at['lon']}" if at else "")
        person = next(iter(plan.draft.get("contact", {}).values()), "") or _name(chance)
        yield Matter(plan.channel, _name(chance), person, text, mark, plan)


def asides(plans: Iterable[Plan], chance: random.Random) -> Iterator[Matter]:
    """What is written in public and is no report: a question, then an advertisement, by turns."""
    said = [plan.channel for plan in plans if plan.in_public]
    for channel in IN_PUBLIC:
        for number in range(max(1, round(said.count(channel) * ASIDES))):
            ends = (ANSWERED, CLOSED)[number % 2]
            mark = f"tanda{_name(chance)}"
            yield Matter(channel, _name(chance), _name(chance), f"{WORDS[ends]} {mark}", mark, ends=ends)


def _name(chance: random.Random) -> str:
    """A provider's id."""
    return f"1{chance.getrandbits(50):016d}"
