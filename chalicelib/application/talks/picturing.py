"""Pictures that came with words about a case: they go the way of every photo of its reporter, each once, however often
their message comes."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from chalicelib.application.handling.access import CaseAccess
from chalicelib.application.photos.tickets import Tickets
from chalicelib.application.ports.cases import Complaints
from chalicelib.application.ports.channels import Originals, Picture
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.errors import Refusal
from chalicelib.domain.values import dataclass

ID_BYTES = 12  # of a photo's id, as chance makes them


@dataclass(frozen=True, slots=True)
class AddPictures:
    """`tickets` announce photos, as a reporter's page does; `originals` take them."""

    complaints: Complaints
    tickets: Tickets
    originals: Originals

    def __call__(self, number: str, pictures: Mapping[str, Picture]) -> int:
        """How many the case did not take. `pictures` by a name that each has whenever it comes. Raises
        UnavailableError."""
        return sum(not self._added(number, name, picture) for name, picture in pictures.items())

    def _added(self, number: str, name: str, picture: Picture) -> bool:
        case = self.complaints.case_file(number)
        try:
            permit = self.tickets.permit(CaseAccess(REPORTER, case))
            ticket = self.tickets.issue(permit, picture.content_type, len(picture.data), photo_id=_id(number, name))
        except Refusal:  # no more photos are taken
            return False
        self.originals.put(number, ticket["photo_id"], picture.content_type, picture.data)
        return True


def _id(number: str, name: str) -> str:
    digest = hashlib.sha256(f"{number}\x00{name}".encode("utf-8", "surrogatepass")).digest()
    return urlsafe_b64encode(digest[:ID_BYTES]).decode()
