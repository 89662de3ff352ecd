"""One contract of the complaints' rows, for those in memory and for DynamoDB."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.application.ports import AlreadyLodgedError, LostRaceError, PhotoMovedError, SealedContact
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.complaint import Announced, Complaint
from chalicelib.domain.decide import Decision
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.events import Event, words_hash
from chalicelib.domain.evidence import Photo
from tests.builders import DBM, ENGINEER, HOUR, LURAH, NOW, NUMBER, Life, a_life, a_photo, acted

CONTACT = SealedContact({"phone": "+6281***89"}, b"sealed", b"data key")


@pytest.fixture
def life() -> Life:
    """A case that nobody has stored yet."""
    return a_life()


@pytest.fixture
def lodged(rows: Any, life: Life) -> Life:
    rows.complaints.lodge(life.complaint, life.events[0], None)
    return life


def commit(rows: Any, before: Complaint, decision: Decision, photos: Sequence[Photo] = ()) -> None:
    rows.complaints.commit(before, decision.complaint, decision.event, photos)


def kept(*found: Event) -> list[Event]:
    """Events as rows keep them: with the hash of their words, which is all that an erasure leaves."""
    return [replace(event, words_hash=event.words_hash or words_hash(event.salt, event.words)) for event in found]


def decided(life: Life) -> tuple[Complaint, Event]:
    decision = acted(life.complaint, "coordinate", LURAH, unit=DBM)
    return decision.complaint, decision.event


def test_a_lodged_complaint_is_read_as_it_was_written(rows: Any, lodged: Life) -> None:
    assert lodged.complaint == rows.complaints.load(NUMBER)
    assert kept(*lodged.events) == kept(*rows.complaints.events(NUMBER))
    assert kept(*lodged.events) == kept(rows.complaints.event(NUMBER, 1))


def test_what_is_not_there_is_none(rows: Any) -> None:
    assert rows.complaints.load(NUMBER) is None
    assert rows.complaints.case_file(NUMBER) is None
    assert rows.complaints.event(NUMBER, 1) is None
    assert rows.complaints.events(NUMBER) == []


def test_a_taken_number_answers_with_the_complaint_that_has_it(rows: Any, lodged: Life) -> None:
    other = replace(lodged.complaint, category="PJU")

    with pytest.raises(AlreadyLodgedError) as refusal:
        rows.complaints.lodge(other, lodged.events[0], CONTACT)

    assert refusal.value.existing == lodged.complaint == rows.complaints.load(NUMBER)
    assert rows.complaints.case_file(NUMBER).masked_contact is None


def test_a_change_and_its_event_are_stored_together(rows: Any, lodged: Life) -> None:
    before = lodged.complaint
    lodged.does(LURAH, "coordinate", unit=DBM)

    rows.complaints.commit(before, lodged.complaint, lodged.events[-1])

    assert lodged.complaint == rows.complaints.load(NUMBER)
    assert kept(*lodged.events) == kept(*rows.complaints.events(NUMBER))


def test_the_second_of_two_changes_on_one_sequence_loses_the_race(rows: Any, lodged: Life) -> None:
    before = lodged.complaint
    first = acted(before, "coordinate", LURAH, unit=DBM)
    second = acted(before, "comment", LURAH, text="Sedang dicek")
    commit(rows, before, first)

    with pytest.raises(LostRaceError):
        commit(rows, before, second)

    assert rows.complaints.load(NUMBER) == first.complaint
    assert kept(lodged.events[0], first.event) == kept(*rows.complaints.events(NUMBER))


def test_the_same_change_committed_twice_stands_once(rows: Any, lodged: Life) -> None:
    """An answer was lost and the caller came again with the very event."""
    decision = acted(lodged.complaint, "coordinate", LURAH, unit=DBM)

    commit(rows, lodged.complaint, decision)
    commit(rows, lodged.complaint, decision)

    assert kept(lodged.events[0], decision.event) == kept(*rows.complaints.events(NUMBER))


@pytest.mark.parametrize("state", ["pending", "refused", "expired", None])
def test_a_change_that_names_a_photo_needs_it_ready(rows: Any, lodged: Life, state: str | None) -> None:
    photo = a_photo()
    if state:
        rows.photos.announce(replace(photo, state="pending", variants=None))
    if state in ("refused", "expired"):
        rows.photos.settle(replace(photo, state=state, variants=None), announced=False)

    with pytest.raises(PhotoMovedError):
        commit(rows, lodged.complaint, acted(lodged.complaint, "coordinate", LURAH, unit=DBM), [photo])

    assert lodged.complaint == rows.complaints.load(NUMBER)


def test_a_change_that_names_a_ready_photo_is_stored(rows: Any, lodged: Life) -> None:
    rows.photos.settle(a_photo(), announced=True)
    decision = acted(lodged.complaint, "coordinate", LURAH, unit=DBM)

    commit(rows, lodged.complaint, decision, [a_photo()])

    assert decision.complaint == rows.complaints.load(NUMBER)


def test_a_case_file_holds_everything_of_one_complaint_in_order(rows: Any, life: Life, a_notice: Any) -> None:
    rows.complaints.lodge(life.complaint, life.events[0], CONTACT)
    photos = [a_photo(photo_id=photo_id) for photo_id in ("FOTO2", "FOTO1")]
    for photo in photos:
        rows.photos.settle(photo, announced=True)
    rows.notices.claim(a_notice, None)

    file = rows.complaints.case_file(NUMBER)

    assert file.complaint == life.complaint
    assert kept(*life.events) == kept(*file.events)
    assert file.photos == photos[::-1]
    assert file.masked_contact == CONTACT.masked
    assert list(file.notices) == [a_notice]


def test_a_long_history_comes_oldest_first(rows: Any, lodged: Life) -> None:
    for minute in range(12):
        before = lodged.complaint
        lodged.passes(minutes=1).does(LURAH, "comment", text=f"Catatan {minute}")
        rows.complaints.commit(before, lodged.complaint, lodged.events[-1])

    assert kept(*lodged.events) == kept(*rows.complaints.events(NUMBER))
    assert kept(*lodged.events) == kept(*rows.complaints.case_file(NUMBER).events)


def test_what_only_some_complaints_have_survives_too(rows: Any, life: Life) -> None:
    uploads = (Announced("FOTO1", "image/jpeg", 123), Announced("FOTO2", "image/heic", 456))
    rich = replace(life.complaint, uploads=uploads, reach="sms", language="en", area=None, place=None)

    rows.complaints.lodge(rich, life.events[0], None)

    assert rich == rows.complaints.load(NUMBER)


def test_a_whole_life_is_read_as_it_was_lived(rows: Any, lodged: Life) -> None:
    rows.photos.settle(a_photo(), announced=True)
    for step in (
        lambda: lodged.does(LURAH, "coordinate", unit=DBM),
        lambda: lodged.does(ENGINEER, "start"),
        lambda: lodged.proves(ENGINEER),
    ):
        before = lodged.complaint
        lodged.passes(hours=1)
        step()
        rows.complaints.commit(before, lodged.complaint, lodged.events[-1])
        assert lodged.complaint == rows.complaints.load(NUMBER)
    assert kept(*lodged.events) == kept(*rows.complaints.events(NUMBER))


def test_events_are_listed_from_a_time_on(rows: Any, lodged: Life) -> None:
    decision = acted(lodged.complaint, "coordinate", LURAH, unit=DBM)
    commit(rows, lodged.complaint, decision)

    assert kept(decision.event) == kept(*rows.complaints.all_events(since=NOW + HOUR))
    assert len(list(rows.complaints.all_events())) == 2


# ------------------------------------------------------------------------------------------- DynamoDB alone


def test_a_commit_whose_answer_was_lost_is_success(dynamo: Any, wire: Any, life: Life) -> None:
    dynamo.complaints.lodge(life.complaint, life.events[0], None)
    decision = acted(life.complaint, "coordinate", LURAH, unit=DBM)
    wire.loses_the_answer_of("TransactWriteItems")

    commit(dynamo, life.complaint, decision)

    assert wire.calls.count("TransactWriteItems") == 3
    assert dynamo.complaints.load(NUMBER) == decision.complaint


def test_an_intake_whose_answer_was_lost_finds_itself(dynamo: Any, wire: Any, life: Life) -> None:
    """Where the store does not know the repetition by its token; intake then gives the first answer again."""
    wire.loses_the_answer_of("TransactWriteItems")

    with pytest.raises(AlreadyLodgedError) as refusal:
        dynamo.complaints.lodge(life.complaint, life.events[0], None)

    assert refusal.value.existing == life.complaint


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("GetItem", lambda rows, life: rows.complaints.load(NUMBER)),
        ("GetItem", lambda rows, life: rows.complaints.event(NUMBER, 1)),
        ("Query", lambda rows, life: rows.complaints.case_file(NUMBER)),
        ("Query", lambda rows, life: rows.complaints.events(NUMBER)),
        ("Scan", lambda rows, life: list(rows.complaints.all_events())),
        ("TransactWriteItems", lambda rows, life: rows.complaints.lodge(life.complaint, life.events[0], None)),
        ("TransactWriteItems", lambda rows, life: rows.complaints.commit(life.complaint, *decided(life))),
    ],
)
def test_a_store_that_does_not_answer_is_told_as_such(
    dynamo: Any, wire: Any, life: Life, operation: str, call: Any
) -> None:
    wire.is_cut(operation)

    with pytest.raises(UnavailableError):
        call(dynamo, life)


def test_a_case_file_is_one_query(dynamo: Any, wire: Any, life: Life) -> None:
    dynamo.complaints.lodge(life.complaint, life.events[0], CONTACT)
    wire.calls.clear()

    dynamo.complaints.case_file(NUMBER)

    assert wire.calls == ["Query"]


def test_an_ended_case_leaves_both_indexes(dynamo: Any, life: Life) -> None:
    dynamo.complaints.lodge(life.complaint, life.events[0], None)
    before = life.complaint
    life.does(REPORTER, "withdraw")

    dynamo.complaints.commit(before, life.complaint, life.events[-1])

    assert dynamo.queues.page(["KEL_31.71.01.1001"], limit=1, after=None) == []
    assert dynamo.queues.alarms(NOW.replace(year=2030), 1) == []
