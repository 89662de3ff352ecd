"""Upload forms after the report: for its reporter, for staff who may act on the case, for the agency that has it."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from chalicelib.application.handling.access import CaseAccess
from chalicelib.application.people.identity import check_reads_cases, check_unspent
from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.ports.photos import Photos, Uploads
from chalicelib.application.reading.case_photos import all_photos
from chalicelib.application.reading.views import Views
from chalicelib.domain import rights
from chalicelib.domain.actor import REPORTER, WRITE_FROM_OUTSIDE, Actor
from chalicelib.domain.case.evidence import Photo, kind_of
from chalicelib.domain.errors import ConflictError, NotAllowedError, NotFoundError
from chalicelib.domain.lifecycle import ROWS
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

ID = 16  # signs of base64url: 96 bits


@dataclass(frozen=True, slots=True)
class UploadPermit:
    """Somebody who may upload to this case; made by `Tickets.permit` only."""

    actor: Actor
    case: CaseFile


@dataclass(frozen=True, slots=True)
class Tickets:
    """`random_id` answers fresh URL-safe ids."""

    photos: Photos
    uploads: Uploads
    views: Views
    reference: Reference
    now: Callable[[], datetime]
    random_id: Callable[[], str]

    def permit(self, access: CaseAccess) -> UploadPermit:
        """Raises NotFoundError, NotAllowedError: whether this person may upload here at all."""
        case, actor = access.case, access.actor
        check_reads_cases(actor)
        if case is not None:
            check_unspent(actor, case.complaint)
        if case is None or not self.views.is_there_for(actor, case.complaint):
            raise NotFoundError
        if actor.role != REPORTER.role and not self._may_prove(actor, case):
            raise NotAllowedError("Only who works the case uploads to it")
        return UploadPermit(actor, case)

    def issue(
        self, permit: UploadPermit, content_type: str, size: int, *, photo_id: str = "", key: str | None = None
    ) -> dict[str, Any]:
        """{photo_id, url, fields, expires_at}. `photo_id`, or a client's `key`: of a photo that may have been announced
        before, which is announced once. Raises ConflictError: state_forbids where nothing can be added, key_reused
        where the key announced another photo."""
        case, actor = permit.case, permit.actor
        side = actor.role if actor.role in WRITE_FROM_OUTSIDE else "staff"
        offered = self.views.offered(case.complaint, actor)
        photo = Photo(
            photo_id or _named_by(key, case.complaint.number, actor) or self.random_id(),
            case.complaint.number,
            kind=kind_of(side, settled=case.complaint.settled),
            side=side,
            uploader=actor.id,
            state="pending",
            content_type=content_type,
            size=size,
            announced_at=self.now(),
        )
        known = next((one for one in all_photos(case) if one.photo_id == photo.photo_id), None)
        reused = _reused(known, photo) if known and key else None
        refusal = reused if known else self._refusal(photo, case, offered)
        if refusal:
            raise ConflictError(refusal, version=case.complaint.version, allowed_actions=offered)
        return {"photo_id": photo.photo_id, **self.uploads.form(photo.number, photo.photo_id, content_type, size)}

    def _may_prove(self, actor: Actor, case: CaseFile) -> bool:
        return rights.may_upload(actor, case.complaint, self.reference)

    def _refusal(self, photo: Photo, case: CaseFile, offered: Sequence[str]) -> str | None:
        """Why the photo is not announced now; None where it is, also by the same key at the same time."""
        if _takes_photos(offered) and self._has_place(photo, case):
            return None
        known = self.photos.photo(photo.number, photo.photo_id)
        return _reused(known, photo) if known else "state_forbids"

    def _has_place(self, photo: Photo, case: CaseFile) -> bool:
        """Whether it is announced: counted where it is written, with the report's own photos, which no row counts."""
        ids = {upload.photo_id for upload in case.complaint.uploads} if photo.side == "reporter" else set()
        held = [p for p in all_photos(case) if p.photo_id in ids and p.state_at(self.now()) != "expired"]
        return self.photos.announce(photo, with_report=len(held), ever_with_report=len(ids))


def _reused(known: Photo, photo: Photo) -> str | None:
    """The refusal of a key that announced another photo."""
    announced = (known.content_type, known.size) == (photo.content_type, photo.size)
    return None if announced else "key_reused"


def _named_by(key: str | None, number: str, actor: Actor) -> str:
    """The id that a client's key gives: nobody can take another's. "" without a key."""
    if key is None:
        return ""
    derived = hashlib.sha256("\x00".join(("photo", number, actor.role, actor.id, key)).encode()).digest()
    return base64.urlsafe_b64encode(derived)[:ID].decode()


def _takes_photos(offered: Sequence[str]) -> bool:
    """Whether an upload could still enter the history: by one of the actions that somebody is offered."""
    return any("photos" in ROWS[action].fields for action in offered)
