"""What becomes of an uploaded object: a photo that is ready, or refused with a reason. The complaint is untouched.

Objects are announced at least once and in no order, may be replaced while their form lives, and may belong to nobody.
So: a photo is settled once, by a conditional write; its variants are named by content and written before."""

from dataclasses import replace

from chalicelib.application.photos.arrivals import ObjectCreated
from chalicelib.application.ports.cases import Complaints
from chalicelib.application.ports.photos import Decoder, Photos, PictureRefusedError, Pictures
from chalicelib.domain.case.evidence import Photo, Variants, announced_photo, split_incoming, variant_key
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PhotoProcessing:
    """Judges an uploaded photo, and stores the two pictures that people see."""

    photos: Photos
    complaints: Complaints
    pictures: Pictures
    decoder: Decoder

    def process(self, arrived: ObjectCreated) -> str:
        """ready or refused; settled (was already); gone (deleted or replaced since); stray (nobody announced it: the
        object is left alone until it expires). Raises UnavailableError: try again."""
        found = self._announced(arrived.key)
        if found is None:
            return "stray"
        photo, announced = found
        if not photo.awaits_object:
            return "settled"
        settled = self._judged(photo, arrived)
        if settled is None:
            return "gone"
        return settled.state if self.photos.settle(settled, announced=announced) else "settled"

    def _announced(self, key: str) -> tuple[Photo, bool] | None:
        """The photo, and whether it is still only announced inside its complaint."""
        named = split_incoming(key)
        if named is None:
            return None
        photo = self.photos.photo(*named)
        if photo is not None:
            return photo, False
        photo = self._announced_with_report(*named)
        return (photo, True) if photo else None

    def _announced_with_report(self, number: str, photo_id: str) -> Photo | None:
        complaint = self.complaints.load(number)
        uploads = complaint.uploads if complaint else ()
        upload = next((upload for upload in uploads if upload.photo_id == photo_id), None)
        return announced_photo(complaint, upload) if complaint and upload else None

    def _judged(self, photo: Photo, arrived: ObjectCreated) -> Photo | None:
        """The photo as it shall be settled; None when the object is no longer there."""
        if arrived.size != photo.size:
            return replace(photo, state="refused", reason="wrong_size")
        original = self.pictures.original(arrived.key, arrived.etag)
        try:
            return None if original is None else self._ready(photo, original)
        except PictureRefusedError as refused:
            return replace(photo, state="refused", reason=refused.reason)

    def _ready(self, photo: Photo, original: bytes) -> Photo:
        decoded = self.decoder.variants(original)
        large, small = (variant_key(photo.number, photo.photo_id, decoded.sha256, name) for name in ("large", "small"))
        self.pictures.store(large, decoded.large)
        self.pictures.store(small, decoded.small)
        variants = Variants(large, small, decoded.width, decoded.height, decoded.sha256)
        return replace(photo, state="ready", variants=variants, capture=decoded.capture)
