"""Intake: a report is taken in once, whoever brings it and however often it is sent. Every channel makes the same
command; the number is derived from its key, so that a repetition finds the first answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.application.intake import derivation
from chalicelib.application.intake.derivation import IntakeKey
from chalicelib.application.people.identity import hash_of_secret
from chalicelib.application.ports.cases import AlreadyLodgedError, Complaints, Contact, SealedContact, Secrets, Vault
from chalicelib.application.ports.photos import Uploads
from chalicelib.application.reading.view_parts import clocks_view, unit_view
from chalicelib.application.routing.router import Router
from chalicelib.domain.actor import Actor
from chalicelib.domain.case.complaint import AnnouncedUpload, Complaint, Lodging
from chalicelib.domain.case.events import Event
from chalicelib.domain.case.lodging import Draft, clocks_at_lodge, inputs, lodge
from chalicelib.domain.errors import ConflictError, UnavailableError
from chalicelib.domain.pseudonyms import pseudonym
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

SECRET_SHOWN = timedelta(hours=24)
ATTEMPTS = 8  # of 40 bits each: that many collisions in a row are a fault, not chance


@dataclass(frozen=True, slots=True)
class Intake:
    """What any channel brings. `body_hash` (hex) is of the report as sent: a repetition must equal it. `photos`: type
    and size in bytes of each announced one. `contact` has an empty secret and token; `contact_confirmed`: whoever
    brings it has seen that the address is the person's. `key` is None when the client gave none."""

    draft: Draft
    actor: Actor
    source: str
    body_hash: str
    key: str | None = None
    contact: Contact | None = None
    photos: tuple[tuple[str, int], ...] = ()
    contact_confirmed: bool = False


class TakeIn:
    """`random_id` answers fresh URL-safe ids, `salt` fresh base64 salts; `now` is the domain's time."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        secrets: Callable[[], Secrets],
        vault: Callable[[], Vault],
        uploads: Callable[[], Uploads],
        route: Router,
        reference: Reference,
        site_url: str,
        now: Callable[[], datetime],
        random_id: Callable[[], str],
        salt: Callable[[], str],
    ) -> None:
        self._complaints = complaints
        self._secrets = secrets
        self._vault = vault
        self._uploads = uploads
        self._route = route
        self._reference = reference
        self._site_url = site_url
        self._now = now
        self._random_id = random_id
        self._salt = salt

    def __call__(self, intake: Intake) -> dict[str, Any]:
        """The answer of `POST /complaints`, the same for the same key and body. Raises ConflictError (key_reused)."""
        key = IntakeKey(intake.source, intake.key or self._random_id())
        secrets = self._secrets()
        if intake.key and secrets.former and (found := self._under_former(secrets.former, key)):
            return self._repeated(intake, key, secrets.former, *found)
        uploads = tuple(AnnouncedUpload(self._random_id(), *photo) for photo in intake.photos)
        fresh = replace(intake, draft=replace(intake.draft, uploads=uploads))
        for attempt in range(ATTEMPTS):
            answer = self._attempt(fresh, key, secrets.current, attempt)
            if answer is not None:
                return answer
        raise UnavailableError("numbers")

    def _attempt(self, intake: Intake, key: IntakeKey, server_secret: bytes, attempt: int) -> dict[str, Any] | None:
        """None when the number is taken by another report."""
        number = derivation.number(server_secret, key, attempt)
        secret = derivation.owner_secret(server_secret, key, attempt)
        now = self._now()
        route = self._route(inputs(intake.draft, self._reference, now))
        decision = lodge(
            intake.draft,
            number=number,
            lodging=Lodging(key.hash, intake.body_hash, hash_of_secret(secret)),
            actor=intake.actor,
            reference=self._reference,
            now=now,
            salt=self._salt(),
            route=route,
        )
        try:
            self._complaints.lodge(decision, self._sealed(intake, number, secret, server_secret))
        except AlreadyLodgedError as taken:
            if taken.existing.lodging.key_hash != key.hash:
                return None
            return self._repeated(intake, key, server_secret, taken.existing, attempt)
        self._route.settle(route)
        return self._answer(decision.complaint, decision.event, secret)

    def _sealed(self, intake: Intake, number: str, secret: str, server_secret: bytes) -> SealedContact | None:
        if intake.contact is None:
            return None
        token = derivation.contact_token(server_secret, intake.contact)
        sealed = self._vault().seal(number, replace(intake.contact, secret=secret, token=token))
        known = pseudonym(token) if token else None
        return replace(sealed, pseudonym=known, confirmed=intake.contact_confirmed and known is not None)

    def _under_former(self, former: bytes, key: IntakeKey) -> tuple[Complaint, int] | None:
        """The report that this key made before the server's secret was changed."""
        for attempt in range(ATTEMPTS):
            existing = self._complaints.load(derivation.number(former, key, attempt))
            if existing is None:
                return None
            if existing.lodging.key_hash == key.hash:
                return existing, attempt
        return None

    def _repeated(
        self, intake: Intake, key: IntakeKey, server_secret: bytes, existing: Complaint, attempt: int
    ) -> dict[str, Any]:
        """The first answer again, from the first event: the secret for a day only, forms for what has not arrived."""
        if existing.lodging.body_hash != intake.body_hash:
            raise ConflictError("key_reused")
        case = self._complaints.case_file(existing.number)
        if case is None:
            raise UnavailableError("dynamodb")
        first, arrived = case.first, {photo.photo_id for photo in case.photos}
        awaited = tuple(upload for upload in existing.uploads if upload.photo_id not in arrived)
        recent = self._now() - first.at <= SECRET_SHOWN
        secret = derivation.owner_secret(server_secret, key, attempt) if recent else None
        return self._answer(replace(existing, uploads=awaited), first, secret)

    def _answer(self, complaint: Complaint, event: Event, secret: str | None) -> dict[str, Any]:
        typed = complaint.lodging.typed_by is not None
        shown = (
            None if typed and complaint.reachable else secret
        )  # a desk's receipt has it only where nothing else will
        public = f"{self._site_url}/lacak/#{complaint.number}"
        running = clocks_at_lodge(event.facts["clocks"], event.at)
        return {
            "number": complaint.number,
            "secret": shown,
            "status": event.status,
            "version": event.version,
            "clocks": clocks_view(running, event.at),
            "unit": unit_view(event.unit, self._reference),
            "links": {"public": public, "owner": f"{public}~{shown}" if shown else None},
            "uploads": [self._upload(complaint.number, upload) for upload in complaint.uploads],
            "entry_hash": event.digest,
        }

    def _upload(self, number: str, upload: AnnouncedUpload) -> dict[str, Any]:
        form = self._uploads().form(number, upload.photo_id, upload.content_type, upload.size)
        return {"photo_id": upload.photo_id, **form}
