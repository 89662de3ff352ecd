"""Answers to letters: the tag in the address says which case they are about, and is the proof that its holder had one
of its letters. Who is named as the sender proves nothing, and is not looked at."""

import hashlib
import hmac
from collections.abc import Sequence

from chalicelib.application.ports.cases import Complaints
from chalicelib.application.ports.channels import Picture
from chalicelib.application.talks.attaching import Attaching
from chalicelib.application.talks.picturing import AddPictures
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.links import number_of_tag, tag
from chalicelib.domain.values import dataclass

WITHOUT_WORDS = "(foto)"  # what is written of a message that brings pictures only


@dataclass(frozen=True, slots=True)
class LetterAnswers:
    """`attach` puts words into a case, `add` pictures."""

    complaints: Complaints
    attach: Attaching
    add: AddPictures

    def __call__(self, about: str, text: str, message_id: str, pictures: Sequence[Picture]) -> str:
        """The number of the case that the answer stands in; "" where the tag is not right, or the case takes no more.
        Raises UnavailableError: the same letter again adds nothing."""
        complaint = self._case_of(about)
        if complaint is None or not (text or pictures):
            return ""
        number, digest = complaint.number, hashlib.sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()
        if not self.attach(number, text or WITHOUT_WORDS, key=f"letter {digest}"):
            return ""
        self.add(number, {f"letter {digest} {place}": picture for place, picture in enumerate(pictures)})
        return number

    def _case_of(self, about: str) -> Complaint | None:
        number = number_of_tag(about)
        complaint = self.complaints.load(number) if number else None
        if complaint is None:
            return None
        right = tag(number, complaint.lodging.secret_hash)
        return complaint if hmac.compare_digest(about.encode(), right.encode()) else None
