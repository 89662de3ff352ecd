"""One contract of the complaints' rows, for those in memory and for DynamoDB, here and on the city (by the API; the
operator alone reads the whole history)."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.cases.complaint_rows import complaint_row
from chalicelib.adapters.dynamodb.cases.complaints import USUAL
from chalicelib.adapters.dynamodb.cases.translation import event_row
from chalicelib.application.ports.cases import (
    LAST_EVENTS,
    AlreadyLodgedError,
    LostRaceError,
    PhotoMovedError,
    SealedContact,
    with_whole_history,
)
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case import numbers
from chalicelib.domain.case.complaint import AnnouncedUpload, Complaint, Extension, Hidden, Outside, Said
from chalicelib.domain.case.custody import Custody
from chalicelib.domain.case.events import Event, words_hash
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.case.parts import Part
from chalicelib.domain.decision import Decision
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.rules import Route, RouteRecord
from tests.builders import ANOTHER, DBM, DSDA, ENGINEER, HOUR, LURAH, Life, a_life, acted, as_decision, given
from tests.fakes import MemoryComplaints

CONTACT = SealedContact({"phone": "+6281***89"}, b"sealed", b"data key", answer_hash=b"hash of a link")


@pytest.fixture
def lodged(rows: Any, life: Life) -> Life:
    rows.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    return life


def commit(rows: Any, before: Complaint, decision: Decision, photos: Sequence[Photo] = ()) -> None:
    rows.complaints.commit(as_decision(before, decision.complaint, decision.event, photos))


def kept(*found: Event) -> list[Event]:
    """Events as rows keep them: with the hash of their words, which is all that an erasure leaves."""
    return [replace(event, words_hash=event.words_hash or words_hash(event.salt, event.words)) for event in found]


def coordinated(life: Life) -> Decision:
    return acted(life.complaint, "coordinate", LURAH, unit=DBM, now=life.now)


def decided(life: Life) -> tuple[Complaint, Event]:
    decision = coordinated(life)
    return decision.complaint, decision.event


@pytest.mark.parametrize("owners", [(), (DSDA, "KEL")], ids=["the category's owners", "owners of its own"])
def test_what_a_rule_said_stays_with_the_case(rows: Any, number: str, now: datetime, owners: tuple[str, ...]) -> None:
    record = RouteRecord("JLN_LUBANG", DSDA, owners)
    life = a_life(number=number, now=now, route=Route(DSDA, False, "pumps", 3, record))

    rows.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)

    assert rows.complaints.load(number).route == record


def test_a_lodged_complaint_is_read_as_it_was_written(rows: Any, lodged: Life) -> None:
    assert lodged.complaint == rows.complaints.load(lodged.complaint.number)
    assert kept(*lodged.events) == kept(*rows.complaints.events(lodged.complaint.number))
    assert kept(*lodged.events) == kept(rows.complaints.event(lodged.complaint.number, 1))


MEASURED = {
    "location": {"lat": -6.175392, "lon": 106.827153, "accuracy_m": 4.823},
    "answers": {"depth": 0.1, "length": 12.0, "lamps": 3, "tiny": 1e-07, "marks": ["a", "b"]},
}


def test_people_s_numbers_come_back_as_they_were_sent(rows: Any, lodged: Life) -> None:
    (change,) = acted(lodged.complaint, "comment", LURAH, text="Sudah diukur", now=lodged.now).changes
    measured = replace(change.event, words=MEASURED)
    after = replace(change.after, head=measured.digest)
    rows.complaints.commit(Decision((replace(change, after=after, event=measured),)))

    found = rows.complaints.event(lodged.complaint.number, 2)

    assert found.words == MEASURED
    assert found.digest == measured.digest


def test_an_event_is_read_with_its_case_and_with_the_words_of_the_report(rows: Any, lodged: Life) -> None:
    decision = acted(lodged.complaint, "comment", LURAH, text="Sudah diukur", now=lodged.now)
    rows.complaints.commit(decision)

    first, second = (rows.complaints.event_file(lodged.complaint.number, sequence) for sequence in (1, 2))

    assert first.complaint == second.complaint == decision.complaint
    assert kept(first.event, second.event) == kept(*lodged.events, decision.event)
    assert kept(first.first, second.first) == kept(*lodged.events, *lodged.events)


def test_an_event_that_is_yet_to_come_has_no_file(rows: Any, lodged: Life) -> None:
    assert rows.complaints.event_file(lodged.complaint.number, 2) is None


def test_what_is_not_there_is_none(rows: Any, number: str) -> None:
    assert rows.complaints.event_file(number, 1) is None
    assert rows.complaints.load(number) is None
    assert rows.complaints.case_file(number) is None
    assert rows.complaints.event(number, 1) is None
    assert rows.complaints.events(number) == []


def test_a_taken_number_answers_with_the_complaint_that_has_it(rows: Any, lodged: Life) -> None:
    other = replace(lodged.complaint, category="PJU")

    with pytest.raises(AlreadyLodgedError) as refusal:
        rows.complaints.lodge(as_decision(None, other, lodged.events[0]), CONTACT)

    assert refusal.value.existing == lodged.complaint == rows.complaints.load(lodged.complaint.number)
    assert rows.complaints.case_file(lodged.complaint.number).masked_contact is None


def test_a_change_and_its_event_are_stored_together(rows: Any, lodged: Life) -> None:
    before = lodged.complaint
    lodged.does(LURAH, "coordinate", unit=DBM)

    rows.complaints.commit(as_decision(before, lodged.complaint, lodged.events[-1]))

    assert lodged.complaint == rows.complaints.load(lodged.complaint.number)
    assert kept(*lodged.events) == kept(*rows.complaints.events(lodged.complaint.number))


def test_the_second_of_two_changes_on_one_sequence_loses_the_race(rows: Any, lodged: Life) -> None:
    before = lodged.complaint
    first = coordinated(lodged)
    second = acted(before, "comment", LURAH, text="Sedang dicek", now=lodged.now)
    commit(rows, before, first)

    with pytest.raises(LostRaceError):
        commit(rows, before, second)

    assert rows.complaints.load(lodged.complaint.number) == first.complaint
    assert kept(lodged.events[0], first.event) == kept(*rows.complaints.events(lodged.complaint.number))


def test_the_same_change_committed_twice_stands_once(rows: Any, lodged: Life) -> None:
    """An answer was lost and the caller came again with the very event."""
    decision = coordinated(lodged)

    commit(rows, lodged.complaint, decision)
    commit(rows, lodged.complaint, decision)

    assert kept(lodged.events[0], decision.event) == kept(*rows.complaints.events(lodged.complaint.number))


@pytest.mark.parametrize("state", ["pending", "refused", "expired", None])
def test_a_change_that_names_a_photo_needs_it_ready(rows: Any, lodged: Life, photo: Photo, state: str | None) -> None:
    if state:
        rows.photos.announce(replace(photo, state="pending", variants=None))
    if state in ("refused", "expired"):
        rows.photos.settle(replace(photo, state=state, variants=None), announced=False)

    with pytest.raises(PhotoMovedError):
        commit(rows, lodged.complaint, coordinated(lodged), [photo])

    assert lodged.complaint == rows.complaints.load(lodged.complaint.number)


def test_a_change_that_names_a_ready_photo_is_stored(rows: Any, lodged: Life, photo: Photo) -> None:
    rows.photos.settle(photo, announced=True)
    decision = coordinated(lodged)

    commit(rows, lodged.complaint, decision, [photo])

    assert decision.complaint == rows.complaints.load(lodged.complaint.number)


def test_a_case_file_holds_everything_of_one_complaint_in_order(
    rows: Any, life: Life, photo: Photo, a_notice: Any
) -> None:
    rows.complaints.lodge(as_decision(None, life.complaint, life.events[0]), CONTACT)
    photos = [replace(photo, photo_id=photo_id) for photo_id in ("FOTO2", "FOTO1")]
    for one in photos:
        rows.photos.settle(one, announced=True)
    rows.notices.claim(a_notice, None)

    file = rows.complaints.case_file(life.complaint.number)

    assert file.complaint == life.complaint
    assert kept(*life.events) == kept(*file.events)
    assert file.photos == photos[::-1]
    assert (file.masked_contact, file.answer_hash) == (CONTACT.masked, CONTACT.answer_hash)
    assert [notice for notice in file.notices if notice.kind == "email"] == [a_notice]  # the city alerts the unit


def test_a_long_history_comes_oldest_first(rows: Any, lodged: Life) -> None:
    for minute in range(12):
        before = lodged.complaint
        lodged.passes(minutes=1).does(LURAH, "comment", text=f"Catatan {minute}")
        rows.complaints.commit(as_decision(before, lodged.complaint, lodged.events[-1]))

    assert kept(*lodged.events) == kept(*rows.complaints.events(lodged.complaint.number))
    assert kept(*lodged.events) == kept(*rows.complaints.case_file(lodged.complaint.number).events)


def test_what_only_some_complaints_have_survives_too(rows: Any, life: Life) -> None:
    uploads = (AnnouncedUpload("FOTO1", "image/jpeg", 123), AnnouncedUpload("FOTO2", "image/heic", 456))
    said = Said(reporter=3, staff=20, internal=100, agency=1)
    custody = Custody(life.now, {DBM: 3600, "DSDA": 1}, (DBM, "DSDA"), ((DBM, "DSDA"),))
    rich = replace(
        life.complaint,
        uploads=uploads,
        reachable=True,
        language="en",
        area=None,
        place=None,
        said=said,
        custody=custody,
        asked=True,
        extension=Extension(life.now, ENGINEER.id, "APPROVAL_DBM", "7"),
        outside=Outside("PLN", "PLN-17", life.now, 7, "k" * 22),
    )

    rows.complaints.lodge(as_decision(None, rich, life.events[0]), None)

    assert rich == rows.complaints.load(life.complaint.number)


def test_what_several_units_and_reports_add_survives_too(rows: Any, life: Life) -> None:
    at = life.complaint.received_at + HOUR
    parts = (Part("1", DSDA, at), Part("2", DBM, at, "done"))
    rich = replace(
        life.complaint,
        parts=parts,
        hidden=Hidden("minor", at),
        merged_into=ANOTHER,
        halted=("coordination", "resolution"),
        merged=(ANOTHER,),
        cleared=("FOTO1",),
        withheld=("FOTO2",),
        returns=ANOTHER,
        look="open",
    )

    rows.complaints.lodge(as_decision(None, rich, life.events[0]), None)

    assert rich == rows.complaints.load(life.complaint.number)


def test_a_case_file_has_what_its_parts_say(rows: Any, lodged: Life) -> None:
    lodged.does(LURAH, "coordinate", unit=DBM)
    rows.complaints.commit(lodged.decisions[-1])
    lodged.does(ENGINEER, "invite", unit=DSDA, text="Mohon perbaiki saluran")
    rows.complaints.commit(lodged.decisions[-1])

    (task,) = rows.complaints.case_file(lodged.complaint.number).tasks

    assert (task.kind, task.task_id, task.number) == ("part", "1", lodged.complaint.number)
    assert (task.state, task.facts["text"]) == ("open", "Mohon perbaiki saluran")


def test_a_merge_writes_both_cases_or_neither(rows: Any, lodged: Life, now: datetime) -> None:
    other = a_life(number=numbers.from_bits(secrets.randbits(40)), now=now)
    rows.complaints.lodge(as_decision(None, other.complaint, other.events[0]), None)
    sent = given(survivor=other.complaint.number, text="Aduan yang sama", other=other.complaint)
    merge = acted(lodged.complaint, "merge", LURAH, now=now, sent=sent)
    moved = acted(other.complaint, "comment", LURAH, now=now, text="Sudah dilihat")
    rows.complaints.commit(moved)

    with pytest.raises(LostRaceError):
        rows.complaints.commit(merge)
    assert rows.complaints.load(lodged.complaint.number).status == "waiting"

    again = given(survivor=other.complaint.number, text="Aduan yang sama", other=moved.complaint)
    rows.complaints.commit(acted(lodged.complaint, "merge", LURAH, now=now, sent=again))
    assert rows.complaints.load(lodged.complaint.number).merged_into == other.complaint.number
    assert rows.complaints.load(other.complaint.number).merged == (lodged.complaint.number,)
    assert rows.complaints.events(other.complaint.number)[-1].facts == {"merged": lodged.complaint.number}


def test_a_whole_life_is_read_as_it_was_lived(rows: Any, lodged: Life, photo: Photo) -> None:
    rows.photos.settle(photo, announced=True)
    for step in (
        lambda: lodged.does(LURAH, "coordinate", unit=DBM),
        lambda: lodged.does(ENGINEER, "start"),
        lambda: lodged.proves(ENGINEER),
    ):
        before = lodged.complaint
        lodged.passes(hours=1)
        step()
        rows.complaints.commit(as_decision(before, lodged.complaint, lodged.events[-1]))
        assert lodged.complaint == rows.complaints.load(lodged.complaint.number)
    assert kept(*lodged.events) == kept(*rows.complaints.events(lodged.complaint.number))


def test_events_are_listed_from_a_time_on(rows: Any, lodged: Life) -> None:
    lodged.passes(hours=1)
    decision = coordinated(lodged)
    commit(rows, lodged.complaint, decision)

    def told(since: datetime | None) -> list[int]:
        return sorted(e.sequence for e in rows.complaints.all_events(since) if e.number == decision.event.number)

    assert told(lodged.now) == [2]
    assert told(None) == [1, 2]


# ------------------------------------------------------------------------------------------- DynamoDB alone


def test_a_commit_whose_answer_was_lost_is_success(dynamo: Any, wire: Any, life: Life) -> None:
    dynamo.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    decision = coordinated(life)
    wire.loses_the_answer_of("TransactWriteItems")

    commit(dynamo, life.complaint, decision)

    assert wire.calls.count("TransactWriteItems") == 3
    assert dynamo.complaints.load(life.complaint.number) == decision.complaint


def test_an_intake_whose_answer_was_lost_finds_itself(dynamo: Any, wire: Any, life: Life) -> None:
    """Where the store does not know the repetition by its token; intake then gives the first answer again."""
    wire.loses_the_answer_of("TransactWriteItems")

    with pytest.raises(AlreadyLodgedError) as refusal:
        dynamo.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)

    assert refusal.value.existing == life.complaint


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("GetItem", lambda rows, life: rows.complaints.load(life.complaint.number)),
        ("GetItem", lambda rows, life: rows.complaints.event(life.complaint.number, 1)),
        ("BatchGetItem", lambda rows, life: rows.complaints.event_file(life.complaint.number, 1)),
        ("Query", lambda rows, life: rows.complaints.case_file(life.complaint.number)),
        ("Query", lambda rows, life: rows.complaints.events(life.complaint.number)),
        ("Scan", lambda rows, life: list(rows.complaints.all_events())),
        (
            "TransactWriteItems",
            lambda rows, life: rows.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None),
        ),
        ("TransactWriteItems", lambda rows, life: rows.complaints.commit(as_decision(life.complaint, *decided(life)))),
    ],
)
def test_a_store_that_does_not_answer_is_told_as_such(
    dynamo: Any, wire: Any, life: Life, operation: str, call: Any
) -> None:
    wire.is_cut(operation)

    with pytest.raises(UnavailableError):
        call(dynamo, life)


@pytest.fixture
def talked(empty_rows: Any, life: Life) -> Life:
    """A case of 450 events: everybody wrote, the officers most of all among themselves."""
    empty_rows.complaints.lodge(as_decision(None, life.complaint, life.events[0]), CONTACT)
    voices = [(REPORTER, {}), (LURAH, {}), *[(LURAH, {"internal": True})] * 3]
    for step in range(449):
        actor, needs = voices[step % len(voices)]
        life.passes(minutes=10).does(actor, "comment", text=f"Catatan {step}", **needs)
    write(empty_rows.complaints, life)
    return life


def write(complaints: Any, life: Life) -> None:
    """A life after its report, without its transactions: what plays the store copies itself for each."""
    if isinstance(complaints, MemoryComplaints):
        complaints.rows[life.complaint.number] = life.complaint
        complaints.history[life.complaint.number] = list(life.events)
        return
    for event in life.events[1:]:
        event_row(event).save()
    complaint_row(life.complaint).save()


def test_of_a_long_case_its_file_holds_the_report_and_the_last_events(
    empty_rows: Any, talked: Life, photo: Photo, a_notice: Any
) -> None:
    empty_rows.photos.settle(photo, announced=True)
    empty_rows.notices.claim(a_notice, None)
    complaints = empty_rows.complaints

    file = complaints.case_file(talked.complaint.number)

    assert file.complaint == talked.complaint
    assert kept(file.first) == kept(talked.events[0])
    assert kept(*file.events) == kept(*talked.events[-LAST_EVENTS:])
    assert (file.photos, file.notices, file.masked_contact) == ([photo], [a_notice], CONTACT.masked)
    assert kept(*with_whole_history(file, complaints).events) == kept(*talked.events)


def test_the_history_before_a_sequence_is_read_back_to_the_report(empty_rows: Any, talked: Life) -> None:
    read, before = [], 450
    while found := empty_rows.complaints.events_before(talked.complaint.number, before):
        assert len(found) <= LAST_EVENTS
        read, before = [*found, *read], found[0].sequence

    assert kept(*read) == kept(*talked.events[:-1])


@pytest.mark.parametrize(("before", "sequences"), [(1, []), (2, [1]), (3, [1]), (999_999, [1])])
def test_before_and_after_a_short_history_there_is_nothing(
    rows: Any, lodged: Life, before: int, sequences: list[int]
) -> None:
    found = rows.complaints.events_before(lodged.complaint.number, before)

    assert [event.sequence for event in found] == sequences


@pytest.mark.parametrize("events", [LAST_EVENTS - 1, LAST_EVENTS, LAST_EVENTS + 1])
def test_a_history_is_told_from_a_longer_one_by_a_single_event(empty_rows: Any, life: Life, events: int) -> None:
    empty_rows.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    while len(life.events) < events:
        life.passes(minutes=10).does(LURAH, "comment", text="halo", internal=True)
    write(empty_rows.complaints, life)

    file = empty_rows.complaints.case_file(life.complaint.number)

    assert kept(*file.events) == kept(*life.events[-LAST_EVENTS:])
    assert (file.lodged is None) == (events <= LAST_EVENTS)


def test_a_long_case_is_read_by_three_queries_and_a_part_of_it_by_one(dynamo: Any, wire: Any, life: Life) -> None:
    dynamo.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    for _ in range(USUAL):
        life.passes(minutes=10).does(LURAH, "comment", text="halo", internal=True)
    write(dynamo.complaints, life)
    wire.calls.clear()

    dynamo.complaints.case_file(life.complaint.number)
    dynamo.complaints.events_before(life.complaint.number, USUAL)

    assert wire.calls == ["Query"] * 4


def test_a_case_file_is_one_query(dynamo: Any, wire: Any, life: Life) -> None:
    dynamo.complaints.lodge(as_decision(None, life.complaint, life.events[0]), CONTACT)
    wire.calls.clear()

    dynamo.complaints.case_file(life.complaint.number)

    assert wire.calls == ["Query"]


def test_an_ended_case_leaves_both_indexes(dynamo: Any, life: Life) -> None:
    dynamo.complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    before = life.complaint
    life.does(REPORTER, "withdraw")

    dynamo.complaints.commit(as_decision(before, life.complaint, life.events[-1]))

    assert dynamo.queues.page(["KEL_31.71.01.1001"], limit=1, after=None) == []
    assert dynamo.queues.alarms(life.now + 1000 * HOUR, 1) == []
