"""What an action's needs name, looked up: photos, people, places, other cases, who receives the case there."""

from collections.abc import Callable

from chalicelib.application.handling.agency_links import AgencyLinks
from chalicelib.application.intake.placing import find_spot
from chalicelib.application.ports.cases import CaseFile, Complaints
from chalicelib.application.ports.people import Staff
from chalicelib.application.reading.case_photos import all_photos
from chalicelib.application.routing.router import Router
from chalicelib.domain.case import numbers
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.judging import EMPTY, Bench
from chalicelib.domain.case.tasks import PART
from chalicelib.domain.errors import FieldError, NotFoundError, UnreadableError
from chalicelib.domain.needs import Needs, WithLocation, WithOutside, photos_of
from chalicelib.domain.place.places import Places
from chalicelib.domain.place.spots import Spot
from chalicelib.domain.reference import Category, Reference
from chalicelib.domain.situation import Named, Officer
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class NamedThings:
    """`staff` is asked where an action names an officer, `places` where it names a spot, `bench` where a proof is to be
    judged."""

    complaints: Complaints
    staff: Callable[[], Staff]
    places: Callable[[], Places]
    route: Router
    bench: Callable[[Category], Bench]
    agency_links: AgencyLinks
    reference: Reference

    def find(self, needs: Needs, case: CaseFile, *, is_judged: bool) -> tuple[Named, tuple[FieldError, ...]]:
        """What the needs name of this case, and a fault for a spot that is none of the city's."""
        spot, faults = self._spot(needs)
        about_photos = photos_of(needs) or hasattr(needs, "photo_id") or is_judged
        category = getattr(needs, "category", "")
        named = Named(
            photos={photo.photo_id: photo for photo in all_photos(case)} if about_photos else {},
            officer=self._officer(getattr(needs, "officer", "")),
            spot=spot,
            other=self._other(getattr(needs, "survivor", "") or case.complaint.merged_into),
            parts={task.task_id: task.facts for task in case.tasks if task.kind == PART},
            route=self.route.anew(case, spot=spot, category=category) if spot or category else None,
            bench=self.bench(self.reference.categories[case.complaint.category]) if is_judged else EMPTY,
            link_hash=self.agency_links.hash_after(case.complaint) if isinstance(needs, WithOutside) else "",
        )
        return named, faults

    def _other(self, number: str | None) -> Complaint | None:
        """The case that a merge names, or named."""
        try:
            return self.complaints.load(numbers.read(number)) if number else None
        except (NotFoundError, UnreadableError):
            return None

    def _spot(self, needs: Needs) -> tuple[Spot | None, tuple[FieldError, ...]]:
        if not isinstance(needs, WithLocation) or needs.location is None:
            return None, ()
        found = find_spot(needs.location, places=self.places(), reference=self.reference)
        return (None, (found,)) if isinstance(found, FieldError) else (found, ())

    def _officer(self, username: str) -> Officer | None:
        member = self.staff().member(username) if username else None
        return Officer(member.username, member.unit, member.role) if member and not member.disabled else None
