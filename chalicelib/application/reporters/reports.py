"""The reports of one person, by a pass: which there are and how they stand, joining addresses, forgetting all."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from chalicelib.application.handling.access import CaseAccess
from chalicelib.application.handling.acting import ActionInput
from chalicelib.application.people.passes import Bearers
from chalicelib.application.ports.cases import Complaints
from chalicelib.application.ports.reporters import OwnCases
from chalicelib.application.ports.standings import Standings
from chalicelib.application.reading.view_parts import View, area_view, category_view, unit_view
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.case.complaint import Complaint
from chalicelib.domain.case.erasure import ERASE
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.labels import STATUS
from chalicelib.domain.needs import Needs
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

MOST_SHOWN = 50
TRIES = 3  # of an erasure, while somebody else decides on the case


@dataclass(frozen=True, slots=True)
class Reports:
    """`act` is the use case of every change; `now` is the domain's time."""

    bearers: Bearers
    own: OwnCases
    complaints: Complaints
    standings: Standings
    act: Callable[[CaseAccess, ActionInput], dict[str, Any]]
    reference: Reference
    now: Callable[[], datetime]

    def check(self, token: str) -> None:
        """Raises UnauthenticatedError."""
        self.bearers.held(token)

    def show(self, token: str) -> View:
        """{items, more, until}: the newest first; `more` says that there are others. Who came by the link has read a
        message there, so the address is confirmed. Raises UnauthenticatedError."""
        held = self.bearers.held(token)
        for name in held.names:
            self.standings.confirm(name, self.now())
        numbers = self._numbers(token)
        items = [_item(complaint, self.reference) for complaint in self._loaded(numbers[:MOST_SHOWN])]
        return {"items": items, "more": len(numbers) > MOST_SHOWN, "until": held.until.isoformat()}

    def join(self, token: str, other: str) -> View:
        """From now on either address shows the reports of both: whoever asks has read a message at each. Raises
        UnauthenticatedError."""
        one, two = self.bearers.proved(token)[0], self.bearers.proved(other)[0]
        if one != two:
            self.own.join(one, two)
        return self.show(token)

    def forget(self, token: str) -> View:
        """{erased, left}: each report's data are erased as its reporter erases them; what is left is asked for again.
        Raises UnauthenticatedError, UnavailableError."""
        numbers = self._numbers(token)
        erased = sum(self._erased(complaint.number) for complaint in self._loaded(numbers[:MOST_SHOWN]))
        return {"erased": erased, "left": len(list(self._loaded(numbers)))}

    def _numbers(self, token: str) -> list[str]:
        found = {number: at for name in self.bearers.names(token) for at, number in self.own.of(name)}
        return sorted(found, key=lambda number: (found[number], number), reverse=True)

    def _loaded(self, numbers: list[str]) -> Iterator[Complaint]:
        """The cases that were not erased."""
        for number in numbers:
            complaint = self.complaints.load(number)
            if complaint is not None and complaint.erased is None:
                yield complaint

    def _erased(self, number: str) -> bool:
        return any(self._tried(number) for _ in range(TRIES))

    def _tried(self, number: str) -> bool:
        case = self.complaints.case_file(number)
        if case is None or case.complaint.erased is not None:
            return case is not None
        sent = ActionInput(ERASE, Needs(), hashlib.sha256(b"forget").hexdigest(), case.complaint.version)
        try:
            self.act(CaseAccess(REPORTER, case), sent)
        except ConflictError:
            return False
        return True


def _item(complaint: Complaint, reference: Reference) -> View:
    return {
        "number": complaint.number,
        "status": complaint.status,
        "label": STATUS[complaint.status].official,
        "version": complaint.version,
        "category": category_view(complaint.category, reference),
        "area": area_view(complaint.area, reference),
        "unit": unit_view(complaint.unit, reference),
        "received_at": complaint.received_at.isoformat(),
    }
