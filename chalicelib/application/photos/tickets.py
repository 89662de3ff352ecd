"""Upload forms after the report: for its reporter, and for staff who may act on the case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.application.handling.access import CaseAccess
from chalicelib.application.people.identity import check_reads_cases
from chalicelib.application.ports.cases import CaseFile
from chalicelib.application.ports.photos import Photos, Uploads
from chalicelib.application.reading.views import Views, all_photos
from chalicelib.domain import rights
from chalicelib.domain.actor import REPORTER, Actor
from chalicelib.domain.errors import ConflictError, NotAllowedError, NotFoundError
from chalicelib.domain.evidence import PER_SIDE, Photo, kind_of
from chalicelib.domain.reference import Reference


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
        if case is None or not self.views.sees(actor, case.complaint):
            raise NotFoundError
        if actor != REPORTER and not self._may_prove(actor, case):
            raise NotAllowedError("Only who works the case uploads to it")
        return UploadPermit(actor, case)

    def issue(self, permit: UploadPermit, content_type: str, size: int) -> dict[str, Any]:
        """{photo_id, url, fields, expires_at}. Raises ConflictError (state_forbids) where nothing can be added."""
        case, actor = permit.case, permit.actor
        side = "reporter" if actor == REPORTER else "staff"
        if not self._takes_more(case, actor, side):
            offered = self.views.offered(case.complaint, actor)
            raise ConflictError("state_forbids", version=case.complaint.version, allowed_actions=offered)
        photo = Photo(
            self.random_id(),
            case.complaint.number,
            kind=kind_of(side, settled=case.complaint.settled),
            side=side,
            uploader=actor.id,
            state="pending",
            content_type=content_type,
            size=size,
            announced_at=self.now(),
        )
        self.photos.announce(photo)
        return {"photo_id": photo.photo_id, **self.uploads.form(photo.number, photo.photo_id, content_type, size)}

    def _may_prove(self, actor: Actor, case: CaseFile) -> bool:
        return rights.may_upload(actor, case.complaint, self.reference)

    def _takes_more(self, case: CaseFile, actor: Actor, side: str) -> bool:
        mine = [photo for photo in all_photos(case) if photo.side == side and photo.state_at(self.now()) != "expired"]
        return len(mine) < PER_SIDE and bool(self.views.offered(case.complaint, actor))
