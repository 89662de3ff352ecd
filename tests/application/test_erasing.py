"""A reporter's data leave every row and object; what was restored from before leaves again."""

from datetime import timedelta

import pytest

from chalicelib.application.handling.erasing import EraseAgain, EraseCase
from chalicelib.application.ports.followers import Follower
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.erasure import Erasure
from chalicelib.domain.case.evidence import incoming_key
from chalicelib.domain.errors import UnavailableError
from tests.builders import CITY, LURAH, NUMBER, a_life, a_photo
from tests.fakes import MemoryCity
from tests.fakes_erasing import MemoryErasures, MemoryPersonalObjects, MemoryPersonalRows

REPORTED = a_photo(REPORTER)


class Parts:
    """A case with a follower, a photo of each side and a kept message behind it, and the use cases over it."""

    def __init__(self) -> None:
        self.table = MemoryCity()
        self.life = (
            a_life().does(REPORTER, "comment", text="Rumah saya nomor 7").does(LURAH, "comment", text="Kami cek")
        )
        self.rows = MemoryPersonalRows(self.table.complaints, {NUMBER: ["raw/email/ab"]})
        self.objects, self.ledger = MemoryPersonalObjects(), MemoryErasures()
        self.erase = EraseCase(
            complaints=self.table.complaints, rows=self.rows, objects=self.objects, ledger=self.ledger
        )
        self.store()
        self.table.followers.add(Follower(NUMBER, "a1", 1))
        for photo in (REPORTED, a_photo(photo_id="bukti")):
            self.table.photos.rows[NUMBER, photo.photo_id] = photo

    def store(self) -> None:
        """The case as the domain decided it."""
        self.table.complaints.rows[NUMBER] = self.life.complaint
        self.table.complaints.history[NUMBER] = list(self.life.events)

    def ask(self) -> None:
        self.life.passes(hours=1).does(REPORTER, "erase")
        self.store()

    def again(self) -> int:
        return EraseAgain(
            complaints=self.table.complaints,
            ledger=self.ledger,
            erase=self.erase,
            reference=CITY,
            now=lambda: self.life.now + timedelta(days=1),
            salt=lambda: "c2FsdA==",
        )()

    def words(self) -> list[dict[str, object]]:
        return [dict(event.words) for event in self.table.complaints.events(NUMBER)]


@pytest.fixture
def parts() -> Parts:
    return Parts()


def test_a_case_whose_reporter_asked_for_nothing_is_left_alone(parts: Parts) -> None:
    before = parts.words()

    assert parts.erase(NUMBER) == "kept"
    assert (parts.words(), parts.objects.removed, parts.ledger.lines) == (before, [], {})


def test_words_photos_followers_and_the_kept_message_go_and_the_proof_stays(parts: Parts) -> None:
    parts.ask()

    assert parts.erase(NUMBER) == "erased"

    assert parts.words() == [{}, {}, {"text": "Kami cek"}, {}]
    assert [photo.photo_id for photo in parts.rows.photos(NUMBER)] == ["bukti"]
    assert parts.table.followers.count(NUMBER) == 0
    original = incoming_key(NUMBER, REPORTED.photo_id)
    assert parts.objects.removed == [original, "large.webp", "small.webp", "raw/email/ab"]


def test_the_ledger_says_it_before_anything_goes(parts: Parts) -> None:
    parts.ask()

    def broken(_keys: object) -> None:
        raise UnavailableError("s3")

    parts.objects.remove_photos = broken  # type: ignore[method-assign,assignment]
    with pytest.raises(UnavailableError):
        parts.erase(NUMBER)

    assert parts.ledger.lines[NUMBER] == Erasure(NUMBER, parts.life.now)
    assert len(parts.rows.photos(NUMBER)) == 2


def test_an_erasure_that_comes_twice_changes_nothing_more(parts: Parts) -> None:
    parts.ask()
    parts.erase(NUMBER)
    before = parts.words()

    assert (parts.erase(NUMBER), parts.words()) == ("erased", before)


def test_nobody_reads_the_words_before_the_rows_have_followed(parts: Parts) -> None:
    parts.ask()

    case = parts.table.complaints.case_file(NUMBER)

    assert case is not None
    assert [dict(event.words) for event in case.events] == [{}, {}, {"text": "Kami cek"}, {}]
    assert [photo.photo_id for photo in case.photos] == ["bukti"]
    assert case.masked_contact is None


def test_what_a_restore_brings_back_is_erased_again(parts: Parts) -> None:
    parts.ledger.note(Erasure(NUMBER, parts.life.now))  # the restored case knows nothing of it

    assert parts.again() == 1

    found = parts.table.complaints.load(NUMBER)
    assert found is not None
    assert (found.erased is not None, parts.words()[:2]) == (True, [{}, {}])


def test_rows_that_came_back_beside_an_erased_case_go_again(parts: Parts) -> None:
    parts.ask()
    parts.erase(NUMBER)
    sequence = parts.life.complaint.sequence
    parts.table.photos.rows[NUMBER, REPORTED.photo_id] = REPORTED

    assert parts.again() == 1
    assert [photo.photo_id for photo in parts.rows.photos(NUMBER)] == ["bukti"]
    assert parts.table.complaints.rows[NUMBER].sequence == sequence  # it is not asked twice


def test_a_case_of_the_ledger_that_is_not_there_is_no_fault(parts: Parts) -> None:
    parts.ledger.note(Erasure("JKT-0000-0002-4", parts.life.now))

    assert parts.again() == 0
