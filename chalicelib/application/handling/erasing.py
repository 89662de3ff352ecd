"""`erase`: what a reporter gave is taken out of every row and object that holds it. The ledger is written before
anything goes, so that whatever a restore brings back can be erased again."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.application.ports.cases import Complaints, LostRaceError
from chalicelib.application.ports.erasing import ErasureLedger, PersonalObjects, PersonalRows
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.erasure import ERASE, Erasure, goes
from chalicelib.domain.case.evidence import Photo, incoming_key
from chalicelib.domain.decide import ActionRequest, decide
from chalicelib.domain.needs import Needs
from chalicelib.domain.reference import Reference


class EraseCase:
    """Follows the event by which the case's own row forgot already."""

    def __init__(
        self, *, complaints: Complaints, rows: PersonalRows, objects: PersonalObjects, ledger: ErasureLedger
    ) -> None:
        self._complaints = complaints
        self._rows = rows
        self._objects = objects
        self._ledger = ledger

    def __call__(self, number: str) -> str:
        """erased, also when it was before; `kept` where nobody asked. Raises UnavailableError: all of it is repeated.

        Objects go before the rows that name them."""
        complaint = self._complaints.load(number)
        if complaint is None or complaint.erased is None:
            return "kept"
        self._ledger.note(Erasure(number, complaint.erased))
        photos = [photo for photo in self._rows.photos(number) if goes(photo, complaint.erased)]
        self._objects.remove_photos([key for photo in photos for key in _keys(photo)])
        self._objects.remove_messages(self._rows.raw_keys(number))
        self._rows.remove(number, [photo.photo_id for photo in photos])
        self._rows.strip(number, self._worded(number, complaint.erased))
        return "erased"

    def _worded(self, number: str, erased: datetime) -> list[int]:
        return [event.sequence for event in self._complaints.events(number) if event.words and goes(event, erased)]


def _keys(photo: Photo) -> list[str]:
    variants = photo.variants
    return [incoming_key(photo.number, photo.photo_id), *([variants.large, variants.small] if variants else [])]


class EraseAgain:
    """After a restore: every case of the ledger is erased once more, before the table is opened to anybody. The rest
    of the city may be asleep, so nothing is left to the event."""

    def __init__(
        self,
        *,
        complaints: Complaints,
        ledger: ErasureLedger,
        erase: Callable[[str], str],
        reference: Reference,
        now: Callable[[], datetime],
        salt: Callable[[], str],
    ) -> None:
        self._complaints = complaints
        self._ledger = ledger
        self._erase = erase
        self._reference = reference
        self._now = now
        self._salt = salt

    def __call__(self) -> int:
        """How many cases were erased. Safe to repeat. Raises UnavailableError."""
        return sum(self._once_more(line.number) for line in self._ledger.all())

    def _once_more(self, number: str) -> bool:
        complaint = self._complaints.load(number)
        while complaint is not None and complaint.erased is None:
            self._ask(complaint)
            complaint = self._complaints.load(number)
        return complaint is not None and self._erase(number) == "erased"

    def _ask(self, complaint: Complaint) -> None:
        """As its reporter did before; lost to somebody else's decision, it is asked again."""
        request = ActionRequest(ERASE, REPORTER, Needs(), version=complaint.version)
        decision = decide(complaint, request, reference=self._reference, now=self._now(), salt=self._salt())
        try:
            self._complaints.commit(decision)
        except LostRaceError:
            return
