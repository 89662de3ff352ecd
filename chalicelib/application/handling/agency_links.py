"""The link of the agency outside the city that a case was referred to. An officer hands it on; the city sends it to
nobody."""

import hmac
from collections.abc import Callable

from chalicelib.application.ports.cases import Secrets
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.links import agency_hash, agency_token
from chalicelib.domain.values import dataclass

PAGE = "/instansi"


@dataclass(frozen=True, slots=True)
class AgencyLinks:
    """`secrets` answers the secret of the stack, asked for where there is a link to make or to show."""

    secrets: Callable[[], Secrets]
    site_url: Callable[[], str]

    def hash_after(self, complaint: Complaint) -> str:
        """What is kept of the link, if the next event of the case refers it."""
        return agency_hash(agency_token(self.secrets().current, complaint.number, complaint.sequence + 1))

    def address(self, complaint: Complaint) -> str | None:
        """The link of the referral that stands. None without one, and once the secret that it was made with is
        forgotten: then the link goes on working for who has it."""
        outside = complaint.outside
        if outside is None or not outside.link_hash:
            return None
        secrets = self.secrets()
        for secret in filter(None, (secrets.current, secrets.former)):
            token = agency_token(secret, complaint.number, outside.referral)
            if hmac.compare_digest(agency_hash(token), outside.link_hash):
                return f"{self.site_url()}{PAGE}#{complaint.number}~{token}"
        return None
