"""The case that goes on in place of a merged one, as far as people who do not work on it are told."""

from chalicelib.application.ports.cases import Complaints
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.publicity import is_shielded
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Survivors:
    """One read for a case that was merged, none for others."""

    complaints: Complaints
    reference: Reference

    def __call__(self, complaint: Complaint) -> str | None:
        """Its number. None of a case that was not merged, or whose survivor is shielded, since whenever: nobody learns
        from another report that such a case exists."""
        survivor = self.complaints.load(complaint.merged_into) if complaint.merged_into else None
        if survivor is None or is_shielded(survivor, self.reference.categories[survivor.category]):
            return None
        return survivor.number
