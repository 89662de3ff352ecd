"""The photos of a case: those that arrived, and those that were only announced."""

from datetime import datetime

from chalicelib.application.ports.cases import CaseFile
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.evidence import Photo, announced_photo


def all_photos(case: CaseFile) -> list[Photo]:
    """The photos with a row, and before them those that were announced with the report and have no row yet."""
    arrived = {photo.photo_id for photo in case.photos}
    awaited = [u for u in case.complaint.uploads if u.photo_id not in arrived]
    known = [*(announced_photo(case.complaint, upload) for upload in awaited), *case.photos]
    return sorted(known, key=lambda photo: photo.announced_at)


def photos_of_answer(case: CaseFile, now: datetime) -> list[Photo]:
    """What the reporter's side has announced since the last question."""
    clock = case.complaint.clocks.get("answer")
    since = clock.started_at if clock else now
    return [photo for photo in all_photos(case) if photo.side == REPORTER.role and photo.announced_at >= since]
