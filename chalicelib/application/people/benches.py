"""Who could judge a proof now."""

from collections.abc import Callable, Mapping

from chalicelib.application.ports.people import BenchLoads, Staff, StaffMember
from chalicelib.domain import routing
from chalicelib.domain.case.judging import Bench
from chalicelib.domain.reference import Category
from chalicelib.domain.rights import judging_role
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Benches:
    """The judges on duty of the unit that judges. `lot` answers fresh base64 randomness."""

    staff: Staff
    loads: BenchLoads
    lot: Callable[[], str]

    def __call__(self, category: Category, loads: Mapping[str, int] | None = None) -> Bench:
        """`loads`: how many proofs each has open, where the caller has just counted them. Raises UnavailableError."""
        role, people = judging_role(category), self.staff.members([routing.judge(category)])
        known = self.loads.read() if loads is None else loads
        return Bench({m.username: known.get(m.username, 0) for m in people if _judges(m, role)}, self.lot())


def _judges(member: StaffMember, role: str) -> bool:
    return member.role == role and member.on_duty and not member.disabled
