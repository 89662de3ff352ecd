"""Who is asking: staff by a verified token and their row, which alone decides what they may do; a reporter by the
secret of the case. Wrong credentials are refused everywhere, also where none are needed."""

import hashlib
import hmac
from collections.abc import Callable, Container
from typing import TYPE_CHECKING

from chalicelib.application.people.passes import is_pass
from chalicelib.application.ports.cases import CaseFile
from chalicelib.domain import rights
from chalicelib.domain.actor import REPORTER, RESPONDENT, Actor, agency
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.links import agency_hash, answer_hash
from chalicelib.domain.errors import GoneError, NotAllowedError, UnauthenticatedError

if TYPE_CHECKING:
    from chalicelib.application.ports.people import Staff, StaffMember, Tokens


Names = Callable[[str], Container[str]]
LONGEST_SECRET = 256  # characters that we hash at all


class Identity:
    """Who a token belongs to, as their row says now."""

    def __init__(self, *, tokens: "Tokens", staff: "Staff") -> None:
        self._tokens = tokens
        self._staff = staff

    def member(self, token: str) -> "StaffMember":
        """The person behind an access token, as the row says now. Raises UnauthenticatedError."""
        member = self._staff.member(self._tokens.username(token))
        if member is None or member.disabled:
            raise UnauthenticatedError("No such user, or no longer")
        return member

    def actor(self, token: str) -> Actor:
        member = self.member(token)
        return Actor(member.role, member.username, member.unit, member.channels)


def check_reads_cases(actor: Actor) -> None:
    """Raises NotAllowedError for who reads no case at all, before anything tells whether there is one."""
    if actor.role == rights.CASELESS:
        raise NotAllowedError("This role reads no cases")


def hash_of_secret(secret: str) -> str:
    """Hex SHA-256: a secret of 128 random bits needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_by(case: CaseFile, secret: str, names: Names) -> Actor:
    """Who asks, by their credentials. The secret, or a pass to all reports of an address, makes them the reporter, with
    all rights of one. The link of a question makes them the respondent, who may only answer. The link of a referral
    makes them the agency. The last two may be spent. `names`: the pseudonyms of a pass. Raises UnauthenticatedError."""
    if is_pass(secret):
        if case.pseudonym is None or case.pseudonym not in names(secret):
            raise UnauthenticatedError("The link does not open this report")
        return REPORTER
    if case.answer_hash and hmac.compare_digest(answer_hash(secret[:LONGEST_SECRET]), case.answer_hash):
        return RESPONDENT
    outside = case.complaint.outside
    if outside and outside.link_hash and hmac.compare_digest(agency_hash(secret[:LONGEST_SECRET]), outside.link_hash):
        return agency(outside.referral)
    if not is_own(case.complaint, secret):
        raise UnauthenticatedError("The secret is not the one of this report")
    return REPORTER


def check_unspent(actor: Actor, complaint: Complaint) -> None:
    """Raises GoneError for a link that was used, whose time is over, or whose question was not asked yet; for that of
    an agency that no longer has the case."""
    if not rights.opens(actor, complaint):
        raise GoneError("This link was used, or its time is over")


def is_own(complaint: Complaint, secret: str) -> bool:
    """Whether it is the reporter's own secret, and no link."""
    given = secret if len(secret) <= LONGEST_SECRET else ""
    return hmac.compare_digest(hash_of_secret(given), complaint.lodging.secret_hash)
