"""What happens after the commit, by the real root over ports in memory: subscribers, clocks and sweeper over one table,
two clocks that stand, and providers that remember what they sent."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chalicelib.application.messages.letters import Letters
from chalicelib.application.ports.cases import Contact
from chalicelib.data import messages
from chalicelib.domain.actor import REPORTER, Actor
from chalicelib.domain.case import numbers
from chalicelib.domain.case.complaint import Lodging
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.lodging import Draft, lodge
from chalicelib.domain.decision import Decision
from chalicelib.domain.messages import PARTNER, UNIT, WAITED
from chalicelib.domain.pseudonyms import pseudonym
from tests.builders import CITY, COORDINATOR, ENGINEER, LURAH, VALIDATOR, Given, a_draft, a_proof, acted
from tests.city_in_memory import SITE, CityInMemory
from tests.fakes import (
    FakeTimers,
    FrozenClock,
    MemoryCity,
    RecordingAlerts,
    RecordingHandBack,
    RecordingMail,
    RecordingSms,
)

SECRET = "Abcdefghijklmnopqrstuvwxyz_-"  # 28 signs, none of them real
SITI = Contact("Siti", None, "siti@example.id", "id", SECRET)
BUDI = Contact("Budi", "+628110000001", None, "id", SECRET)

# The straight life of a case, by who does what.
LIFE: tuple[tuple[str, Actor, dict[str, Any]], ...] = (
    ("coordinate", LURAH, {"unit": "DBM"}),
    ("assign", ENGINEER, {"unit": "DBM"}),
    ("start", ENGINEER, {}),
    ("propose_done", ENGINEER, {}),
    ("validate", VALIDATOR, {}),
    ("confirm", REPORTER, {}),
)


def letters(site: str = SITE) -> Letters:
    return Letters(words=messages.words, shell=messages.shell, site_url=site, reference=CITY)


class Flow(CityInMemory):
    """`now` is the domain's time, `machine` the machine's; `pauses` collects what a worker waited for another."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.machine = FrozenClock(), FrozenClock()  # type: ignore[method-assign, assignment]
        self.machine_now = self.machine  # type: ignore[method-assign, assignment]
        self.table = MemoryCity()
        self.complaints, self.photos = self.table.complaints, self.table.photos
        self.queues, self.notices_ledger = self.table.queues, self.table.notices
        self.standings, self.day_counts = self.table.standings, self.table.day_counts
        self.followers, self.floods = self.table.complaints.followers, self.table.floods
        self.digests, self.bench_loads = self.table.digests, self.table.bench_loads
        self.mail, self.sms, self.alerts = RecordingMail(), RecordingSms(), RecordingAlerts()
        self.unit_alerts = self.alerts
        self.hand_back, self.timers = RecordingHandBack(), FakeTimers()
        self.pauses: list[float] = []

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.pass_time(seconds=seconds)

    def pass_time(self, **parts: float) -> None:
        """Both clocks go on; `now.advance` alone is a jump of the domain's."""
        self.now.advance(**parts)
        self.machine.advance(**parts)

    def lodge(self, contact: Contact | None = SITI, *, bits: int = 1, draft: Draft | None = None) -> str:
        """A report, committed; its number."""
        number = numbers.from_bits(bits)
        language = contact.language if contact else "id"
        decision = lodge(
            replace(draft or a_draft(), reachable=contact is not None, language=language),
            number=number,
            lodging=Lodging("00" * 32, "11" * 32, "22" * 32),
            actor=REPORTER,
            reference=CITY,
            now=self.now(),
            salt="garam",
        )
        sealed = self.vault.seal(number, contact) if contact else None
        if sealed and contact and contact.token:
            sealed = replace(sealed, pseudonym=pseudonym(contact.token))
        self.complaints.lodge(decision, sealed)
        return number

    def act(self, number: str, action: str, actor: Actor, sent: Given | None = None, **named: Any) -> Event:
        """An action of somebody who has seen the case as it is, committed; its event."""
        before = self.complaints.rows[number]
        decision: Decision = acted(before, action, actor, now=self.now(), sent=sent, **named)
        for photo in decision.photos:  # it came before
            self.table.photos.rows[photo.number, photo.photo_id] = photo
        self.complaints.commit(decision)
        return decision.event

    def live(self, number: str, steps: int = len(LIFE)) -> None:
        """The first steps of the straight life, a minute apart."""
        for action, actor, named in LIFE[:steps]:
            self.pass_time(minutes=1)
            proof = a_proof(actor) if action == "propose_done" else None
            self.act(number, action, actor, proof, **named)

    def tell(self, number: str) -> None:
        """Every event reaches both subscribers once, in order."""
        for event in self.complaints.events(number):
            self.notify_citizen(number)
            self.tell_listeners(number)
            self.alert_unit(number, event.sequence)

    def hand_over(self) -> None:
        """What the sweeper handed back reaches the subscribers."""
        given, self.hand_back.given = self.hand_back.given, []
        for event, to in given:
            if to.kind == PARTNER:
                self.call_back(event.number)
            elif to.kind not in (UNIT, *WAITED):
                self.notify_citizen(event.number)
                self.tell_listeners(event.number)
            else:
                self.alert_unit(event.number, event.sequence)

    def told(self, number: str) -> list[str]:
        """What the reporter got, in the order in which it was sent."""
        return [sent.event for sent in (*self.mail.sent, *self.sms.sent, *self.chats.sent) if sent.number == number]


Call = Callable[[], object]


def shuffled_twice(calls: list[Call], seed: int) -> list[Call]:
    """Every call two times, in an order of its own."""
    twice = [*calls, *calls]
    random.Random(seed).shuffle(twice)
    return twice


__all__ = ["BUDI", "COORDINATOR", "LIFE", "SITE", "SITI", "Flow", "letters", "shuffled_twice"]
