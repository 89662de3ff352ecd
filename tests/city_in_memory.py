"""The application as it is wired for real, over ports in memory: the composition root with other adapters."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from chalicelib.application.handling.acting import ActionInput
from chalicelib.application.intake.taking_in import Intake
from chalicelib.application.people.orders import as_document, as_refusal
from chalicelib.application.ports.cases import Contact, Secrets
from chalicelib.application.ports.people import StaffMember
from chalicelib.bootstrap import Bootstrap
from chalicelib.domain.actor import REPORTER, Actor
from chalicelib.domain.case import queues
from chalicelib.domain.case.lodging import Draft
from chalicelib.domain.errors import FieldError, Refusal
from chalicelib.settings import read
from tests.builders import CITY, GAMBIR, MONAS, POTHOLE, STAFF, Given
from tests.fakes import (
    FakeTokens,
    FrozenClock,
    MemoryAccounts,
    MemoryCity,
    MemoryPublicLists,
    MemoryStaff,
    MemoryTopics,
    MemoryVault,
    RecordingChats,
    RecordingHandBack,
    RecordingMail,
    RecordingSms,
    ready,
)
from tests.fakes import FakeUploads as Uploads
from tests.fakes_open311 import MemoryClientKeys, MemoryDatedCases, MemoryRates
from tests.fakes_partners import FixedAddresses, MemoryStuck, RecordingPartners
from tests.fakes_rules import MemoryRules

SITE = "https://tanggap.example"
KEY = "kunci-idempoten-00001"


class CityInMemory(Bootstrap):
    """Every use case of the real root; `clock` stands until it is moved."""

    def __init__(self) -> None:
        ceilings = {"MAIL_PER_DAY": "1000", "SMS_PER_DAY": "1000", "CHATS_PER_DAY": "1000"}
        super().__init__(read({"SITE_URL": SITE, "STAGE": "test", "VERSION": "1", **ceilings}))
        self.clock = FrozenClock()
        self.table = MemoryCity(queue_key=lambda complaint: queues.place_in(complaint, CITY))
        self.reference = CITY
        self.complaints = self.table.complaints
        self.photos = self.table.photos
        self.queues = self.table.queues
        self.followers = self.table.complaints.followers
        self.notices_ledger = self.table.notices
        self.standings, self.day_counts = self.table.standings, self.table.day_counts
        self.floods, self.digests = self.table.floods, self.table.digests
        self.bench_loads = self.table.bench_loads
        self.lists = self.figures = MemoryPublicLists()
        self.rule_store = MemoryRules()
        self.dated = MemoryDatedCases(self.lists, self.complaints)
        self.client_keys, self.rates = MemoryClientKeys(), MemoryRates()
        self.staff = MemoryStaff({actor.id: member(actor) for actor in STAFF})
        self.tokens = FakeTokens()
        self.accounts = MemoryAccounts()
        self.unit_topics = MemoryTopics()
        self.orders = OrdersInMemory(self)
        self.vault = MemoryVault()
        self.talks = self.table.talks
        self.own_cases, self.asks, self.passes = self.table.own_cases, self.table.asks, self.table.passes
        self.chats, self.sms, self.mail = RecordingChats(), RecordingSms(), RecordingMail()
        self.uploads = Uploads()
        self.to_partners, self.partners = RecordingHandBack(), RecordingPartners()
        self.call_back_addresses, self.stuck_call_backs = FixedAddresses(), MemoryStuck()
        self.server_secrets = Secrets(b"the secret of these tests")

    def now(self):
        return self.clock()

    machine_now = now

    def pseudonym_of(self, number: str) -> str | None:
        found = self.complaints.contacts.get(number)
        return found.pseudonym if found else None

    def secrets(self) -> Secrets:
        return self.server_secrets

    def lodge(self, **differences: Any) -> dict[str, Any]:
        """A report by the web, answered as the citizen sees it."""
        return self.intake(an_intake(**differences))

    def does(
        self,
        number: str,
        actor: Actor,
        action: str,
        version: int | None = 1,
        *,
        secret: str | None = None,
        key: str | None = None,
        misformed: tuple[FieldError, ...] = (),
        **values: Any,
    ) -> dict[str, Any]:
        """An action as a route hands it on, by staff or with the reporter's secret; the caller's new view."""
        access = self.open_case.as_reporter(number, secret) if secret else self.open_case.as_staff(number, actor)
        return self.act(access, an_action(action, version, key=key, misformed=misformed, **values))

    def settle_photo(self, number: str, photo_id: str) -> None:
        """The photo has come and is ready."""
        photo = self.photos.photo(number, photo_id)
        assert photo
        self.photos.rows[number, photo_id] = ready(photo)

    def refuse_photo(self, number: str, photo_id: str, reason: str) -> None:
        """What has come is no photo that can be shown."""
        photo = self.photos.photo(number, photo_id)
        assert photo
        self.photos.rows[number, photo_id] = replace(photo, state="refused", reason=reason)

    def pass_time(self, span: timedelta) -> None:
        self.clock.advance(span)


class OrdersInMemory:
    """Implements AdministrationOrders: the function itself, called as Lambda calls it."""

    def __init__(self, city: CityInMemory) -> None:
        self._city = city

    def give(self, token: str, order: str, values: Any) -> dict[str, Any]:
        event = json.loads(json.dumps({"token": token, "order": order, "values": dict(values)}))
        told = json.loads(json.dumps(self._told(event)))
        if "refusal" in told:
            raise as_refusal(told["refusal"])
        return told["answer"]

    def _told(self, event: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"answer": self._city.administer(event["token"], event["order"], event["values"])}
        except Refusal as refusal:
            return {"refusal": as_document(refusal)}


def member(actor: Any) -> StaffMember:
    return StaffMember(actor.id, f"Nama {actor.id}", actor.role, actor.unit or "", actor.channels)


_KEYS = count(1)


def an_intake(**differences: Any) -> Intake:
    """A pothole in Gambir, with a key of its own."""
    known = {"category": POTHOLE, "channel": "WEB", "visibility": "public", "area": GAMBIR, "place": MONAS}
    words = {"words": {"description": "Jalan berlubang di depan pasar"}}
    draft = Draft(**{**known, **words, **differences.pop("draft", {})})
    body = differences.pop("body", {"description": draft.words.get("description"), "category": draft.category})
    body_hash = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    fresh = {"key": f"kunci-uji-{next(_KEYS):08d}", "source": "web", "actor": REPORTER, "body_hash": body_hash}
    return Intake(draft, **{**fresh, **differences})


SITI = Contact("Siti", None, "siti@example.com", "id", secret="")


def an_action(
    action: str,
    version: int | None = 1,
    *,
    key: str | None = None,
    misformed: tuple[FieldError, ...] = (),
    **values: Any,
) -> ActionInput:
    """An action as the door reads it."""
    request = Given(values, misformed).request(action, REPORTER, version)
    sent = json.dumps([action, version, values], sort_keys=True, default=str)
    body_hash = hashlib.sha256(sent.encode()).hexdigest()[:32]
    return ActionInput(action, request.needs, body_hash, version, request.misformed, key)
