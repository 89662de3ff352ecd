"""Opening a case for somebody who may want to change it. What may be seen is decided when it is used."""

from chalicelib.application.people.identity import Names, actor_by
from chalicelib.application.ports.cases import CaseFile, Complaints
from chalicelib.domain.actor import PUBLIC, REPORTER, Actor
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CaseAccess:
    """A case and who stands before it; made by `OpenCase` only. `case` is None if there is no such case: the 404 is
    raised only after the body was parsed, to keep the contract's order of refusals."""

    actor: Actor
    case: CaseFile | None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Opens a case for staff by token, for the reporter by secret, for others by a link. `names` answers the pseudonyms
    of a pass."""

    complaints: Complaints
    names: Names

    def as_staff(self, number: str, actor: Actor) -> CaseAccess:
        """The reporter's secret opens no staff route, and a token no reporter's."""
        return CaseAccess(actor, self.complaints.case_file(number))

    def as_public(self, number: str) -> CaseAccess:
        """Without credentials: for what everybody may do."""
        return CaseAccess(PUBLIC, self.complaints.case_file(number))

    def as_reporter(self, number: str, secret: str) -> CaseAccess:
        """By the secret, or by the link of a question or of an agency. Raises UnauthenticatedError."""
        case = self.complaints.case_file(number)
        return CaseAccess(REPORTER if case is None else actor_by(case, secret, self.names), case)
