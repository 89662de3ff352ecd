"""An uploaded object becomes a photo once; a bad one is refused and the complaint is untouched."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from chalicelib.application.photos.arrivals import ObjectCreated
from chalicelib.application.photos.photo_processing import PhotoProcessing
from chalicelib.application.ports.photos import Decoded
from chalicelib.domain.case.complaint import AnnouncedUpload, Complaint, Lodging
from chalicelib.domain.case.evidence import Capture, Photo, kind_of
from chalicelib.domain.errors import UnavailableError
from tests.fakes_photos import MemoryPhotos, MemoryPictures, WordsAsPictures, etag_of

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
NUMBER = "JKT-0000-0001-2"
KEY = f"incoming/{NUMBER}/AFTER"
SENT = b"foto lubang yang sudah ditambal"


def a_photo(photo_id: str = "AFTER", size: int = len(SENT)) -> Photo:
    return Photo(photo_id, NUMBER, "after", "staff", "lurah-gambir", "pending", "image/jpeg", size, NOW)


def a_complaint(*uploads: AnnouncedUpload) -> Complaint:
    return Complaint(
        NUMBER, "waiting", 1, 1, "0" * 64, "jalan-rusak", "KEL_31.71.01.1001", "WEB", "public", NOW,
        Lodging("k", "b", "s"), uploads=uploads,
    )  # fmt: skip


@dataclass
class OneComplaint:
    """Only what photos ask of Complaints."""

    complaint: Complaint

    def load(self, number: str) -> Complaint | None:
        return self.complaint if number == self.complaint.number else None


@dataclass
class City:
    """One case with its bucket."""

    complaints: OneComplaint = field(default_factory=lambda: OneComplaint(a_complaint()))
    photos: MemoryPhotos = field(default_factory=MemoryPhotos)
    pictures: MemoryPictures = field(default_factory=MemoryPictures)
    decoder: WordsAsPictures = field(default_factory=WordsAsPictures)

    def upload(self, data: bytes, key: str = KEY) -> ObjectCreated:
        self.pictures.objects[key] = data
        return ObjectCreated(key, etag_of(data), len(data))

    def process(self, arrived: ObjectCreated) -> str:
        return PhotoProcessing(
            photos=self.photos,
            complaints=self.complaints,  # type: ignore[arg-type]
            pictures=self.pictures,
            decoder=self.decoder,
        ).process(arrived)

    @property
    def shown(self) -> dict[str, bytes]:
        return {key: data for key, data in self.pictures.objects.items() if key.startswith("photos/")}


@pytest.fixture
def city() -> City:
    made = City()
    made.photos.announce(a_photo())
    return made


def test_an_announced_photo_becomes_ready_with_its_two_pictures(city: City) -> None:
    assert city.process(city.upload(SENT)) == "ready"
    photo = city.photos.photo(NUMBER, "AFTER")
    assert photo is not None
    assert photo.variants is not None
    assert (photo.state, photo.kind, photo.capture) == ("ready", "after", Capture(-6.2, 106.8, None))
    assert city.shown == {photo.variants.large: b"large of " + SENT, photo.variants.small: b"small of " + SENT}
    assert photo.variants.large.startswith(f"photos/{NUMBER}/AFTER/{photo.variants.sha256[:16]}")


def test_a_photo_announced_with_the_report_gets_its_row_when_it_comes(city: City) -> None:
    city.complaints.complaint = a_complaint(AnnouncedUpload("FIRST", "image/jpeg", len(SENT)))
    assert city.process(city.upload(SENT, f"incoming/{NUMBER}/FIRST")) == "ready"
    photo = city.photos.photo(NUMBER, "FIRST")
    assert photo is not None
    assert (photo.side, photo.kind, photo.uploader, photo.announced_at) == ("reporter", "before", "reporter", NOW)


@pytest.mark.parametrize("key", ["incoming/x", "incoming/JKT-0000-0001-2/NOBODY", "incoming/JKT-9/A", "a/b/c/d"])
def test_an_object_that_nobody_announced_is_left_alone(city: City, key: str) -> None:
    arrived = city.upload(SENT, key)
    assert city.process(arrived) == "stray"
    assert list(city.photos.rows) == [(NUMBER, "AFTER")]
    assert city.shown == {}


def test_told_twice_it_is_settled_once(city: City) -> None:
    arrived = city.upload(SENT)
    assert [city.process(arrived), city.process(arrived)] == ["ready", "settled"]


def test_replacing_the_object_later_changes_nothing_that_is_shown(city: City) -> None:
    city.process(city.upload(SENT))
    before = (city.photos.photo(NUMBER, "AFTER"), city.shown)
    other = SENT.replace(b"lubang", b"LUBANG")
    assert city.process(city.upload(other)) == "settled"
    assert (city.photos.photo(NUMBER, "AFTER"), city.shown) == before


def test_two_workers_at_once_settle_one_photo(city: City) -> None:
    arrived = city.upload(SENT)
    outcomes = []

    class Interrupted(WordsAsPictures):
        def variants(self, data: bytes) -> Decoded:
            city.decoder = WordsAsPictures()
            outcomes.append(city.process(arrived))
            return super().variants(data)

    city.decoder = Interrupted()
    assert [city.process(arrived), *outcomes] == ["settled", "ready"]


def test_an_object_replaced_before_it_was_read_is_left_to_its_own_event(city: City) -> None:
    first, second = city.upload(SENT), city.upload(SENT.upper().replace(b"FOTO", b"foto"))
    assert [city.process(first), city.process(second)] == ["gone", "ready"]


def test_an_object_that_was_deleted_is_gone(city: City) -> None:
    arrived = city.upload(SENT)
    city.pictures.objects.clear()
    assert city.process(arrived) == "gone"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"ini bukan foto" + bytes(len(SENT) - 14), "not_an_image"), (SENT + b"!", "wrong_size")],
)
def test_what_is_no_photo_is_refused_with_its_reason(city: City, data: bytes, reason: str) -> None:
    complaint = city.complaints.complaint
    assert city.process(city.upload(data)) == "refused"
    photo = city.photos.photo(NUMBER, "AFTER")
    assert photo == replace(a_photo(), state="refused", reason=reason)
    assert (city.complaints.complaint, city.shown) == (complaint, {})


def stands(city: City, state: str) -> None:
    """The photo that was announced is in this state by now."""
    photo = replace(a_photo(), state=state)
    city.photos.rows[photo.number, photo.photo_id] = photo


def test_a_photo_that_was_given_up_is_shown_when_its_event_is_handled_at_last(city: City) -> None:
    stands(city, "expired")
    assert city.process(city.upload(SENT)) == "ready"


@pytest.mark.parametrize("state", ["refused", "ready"])
def test_a_settled_photo_stays_as_it_is(city: City, state: str) -> None:
    stands(city, state)
    assert city.process(city.upload(SENT)) == "settled"


def test_a_silent_bucket_is_tried_again_and_loses_nothing(city: City) -> None:
    arrived = city.upload(SENT)
    city.pictures.silent = True
    with pytest.raises(UnavailableError):
        city.process(arrived)
    city.pictures.silent = False
    assert city.process(arrived) == "ready"


@pytest.mark.parametrize(
    ("side", "settled", "kind"),
    [
        ("staff", False, "after"),
        ("staff", True, "after"),
        ("reporter", False, "before"),
        ("reporter", True, "objection"),
    ],
)
def test_what_a_photo_is_proof_of(side: str, settled: bool, kind: str) -> None:
    assert kind_of(side, settled=settled) == kind
