"""What the contracts do not test on a local city: what a role must not be able to do, that one of many at once wins,
and the work of functions whose use of a port is like another's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from botocore.exceptions import ClientError

from chalicelib.application.ports.cases import Contact, LostRaceError
from chalicelib.application.ports.messages import Notice, ProviderBusyError
from chalicelib.application.reading.projection import projection_of
from chalicelib.domain.case.evidence import Photo
from chalicelib.domain.errors import UnavailableError
from tests.adapters.roles import Become
from tests.builders import CITY, LURAH, Life, acted, as_decision

CONTACT = Contact("Budi", None, "budi@example.id", "id", "rahasia")
REFUSED = r"AuthorizationError|AccessDenied"


@pytest.fixture
def lodged(become: Become, life: Life) -> Life:
    """By the API."""
    become("api").complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    return life


def at_once(attempt: Callable[[int], bool], workers: int = 8) -> int:
    """How many of them won."""
    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(attempt, range(workers)))


def test_of_many_changes_on_one_sequence_one_wins(become: Become, lodged: Life) -> None:
    api, case = become("api"), lodged.complaint

    def change(turn: int) -> bool:
        decision = acted(case, "comment", LURAH, text=f"Catatan {turn}", now=lodged.now)
        try:
            api.complaints.commit(as_decision(case, decision.complaint, decision.event))
        except LostRaceError:
            return False
        return True

    assert at_once(change) == 1
    assert [event.sequence for event in api.complaints.events(case.number)] == [1, 2]


def test_of_many_claims_of_one_message_one_wins(become: Become, a_notice: Notice) -> None:
    ledger = become("notify_citizen").notices_ledger

    assert at_once(lambda turn: ledger.claim(a_notice, None)) == 1


def test_of_many_settlements_of_one_photo_one_wins(become: Become, photo: Photo) -> None:
    photos = become("process_photo").photos

    assert at_once(lambda turn: photos.settle(photo, announced=True)) == 1


def test_the_api_cannot_open_what_it_sealed(become: Become, life: Life) -> None:
    api, number = become("api"), life.complaint.number
    api.complaints.lodge(as_decision(None, life.complaint, life.events[0]), api.vault.seal(number, CONTACT))

    with pytest.raises(UnavailableError) as told:
        api.vault.open(number)

    assert "AccessDenied" in str(told.value.__cause__)


def test_who_tells_units_writes_to_no_citizen(become: Become, number: str) -> None:
    about = {"event": "reply", "number": number, "message_id": "percobaan"}

    with pytest.raises(ProviderBusyError, match=REFUSED):
        become("alert_unit").sms.send("+6281234567890", "Percobaan", **about)


def test_the_sweeper_can_neither_open_contacts_nor_publish(become: Become) -> None:
    sweep = become("sweep")

    with pytest.raises(ClientError, match=REFUSED):
        sweep.clients.client("sns").publish(TopicArn="arn:aws:sns:ap-southeast-3:000000000000:any", Message="x")
    with pytest.raises(ClientError, match="AccessDenied"):
        sweep.clients.client("kms").generate_data_key(KeyId="alias/tanggap-local-contacts", KeySpec="AES_256")


def test_who_rings_commits(become: Become, lodged: Life) -> None:
    ring, before = become("ring"), lodged.complaint
    lodged.does(LURAH, "comment", text="Percobaan")

    ring.complaints.commit(as_decision(before, lodged.complaint, lodged.events[-1]))

    assert ring.complaints.load(before.number) == lodged.complaint


@pytest.mark.parametrize("function", ["arm", "alert_unit", "notify_citizen", "process_photo", "project", "sweep"])
def test_who_works_on_a_case_reads_it(become: Become, lodged: Life, function: str) -> None:
    assert become(function).complaints.load(lodged.complaint.number) == lodged.complaint


def test_who_tells_units_claims_their_messages(become: Become, a_notice: Notice) -> None:
    ledger, alert = become("alert_unit").notices_ledger, replace(a_notice, kind="alert")

    assert ledger.claim(alert, None)
    ledger.record(replace(alert, state="sent"))
    assert ledger.find(alert.number, alert.key) == replace(alert, state="sent")


def test_the_sweeper_settles_photos_that_never_came(become: Become, photo: Photo) -> None:
    expired = replace(photo, state="expired", variants=None)

    assert become("sweep").photos.settle(expired, announced=True)


def test_who_projects_keeps_a_case_that_it_read_once(become: Become, lodged: Life) -> None:
    """The city's own function may have been first."""
    project = become("project")
    file = project.complaints.case_file(lodged.complaint.number)
    assert file

    project.lists.keep(projection_of(file, CITY.categories[file.complaint.category]))

    assert not project.lists.keep(projection_of(file, CITY.categories[file.complaint.category]))
