"""Answers to letters: the tag in the address says which case they are about, and is the proof that its holder had one
of its letters. Who is named as the sender proves nothing, and is not looked at."""

import hashlib
import hmac
from collections.abc import Sequence

from chalicelib.application.handling.access import CaseAccess
from chalicelib.application.photos.tickets import Tickets
from chalicelib.application.ports.cases import Complaints
from chalicelib.application.ports.channels import Originals, Picture
from chalicelib.application.talks.attaching import Attaching
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.links import number_of_tag, tag
from chalicelib.domain.errors import Refusal
from chalicelib.domain.values import dataclass

WITHOUT_WORDS = "(foto)"  # what is written of a letter that brings pictures only


@dataclass(frozen=True, slots=True)
class LetterAnswers:
    """`tickets` announce photos, as a reporter's page does; `originals` take them."""

    complaints: Complaints
    attach: Attaching
    tickets: Tickets
    originals: Originals

    def __call__(self, about: str, text: str, message_id: str, pictures: Sequence[Picture]) -> str:
        """The number of the case that the answer stands in; "" where the tag is not right, or the case takes no more.
        Raises UnavailableError: the same letter again adds nothing."""
        complaint = self._case_of(about)
        if complaint is None or not (text or pictures):
            return ""
        number, digest = complaint.number, hashlib.sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()
        is_new = not self._stands(number, digest)
        if not self.attach(number, text or WITHOUT_WORDS, key=f"letter {digest}"):
            return ""
        if is_new:
            self._add(number, pictures)
        return number

    def _case_of(self, about: str) -> Complaint | None:
        number = number_of_tag(about)
        complaint = self.complaints.load(number) if number else None
        if complaint is None:
            return None
        right = tag(number, complaint.lodging.secret_hash)
        return complaint if hmac.compare_digest(about.encode(), right.encode()) else None

    def _stands(self, number: str, digest: str) -> bool:
        """Whether this letter was put in before: its pictures came with it."""
        return self.attach.stands(number, key=f"letter {digest}")

    def _add(self, number: str, pictures: Sequence[Picture]) -> None:
        for picture in pictures:
            case = self.complaints.case_file(number)
            try:
                permit = self.tickets.permit(CaseAccess(REPORTER, case))
                ticket = self.tickets.issue(permit, picture.content_type, len(picture.data))
            except Refusal:  # no more photos are taken
                return
            self.originals.put(number, ticket["photo_id"], picture.content_type, picture.data)
