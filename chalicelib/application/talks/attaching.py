"""What somebody says of a case that is theirs, by whatever channel: an answer where the case waits for one, else a
comment. Who speaks was proved before: by the provider of the channel, or by the case's tag in an address."""

import hashlib
from collections.abc import Callable
from typing import Any

from chalicelib.application.handling.access import CaseAccess
from chalicelib.application.handling.acting import ActionInput
from chalicelib.application.ports.cases import Complaints
from chalicelib.application.reading.views import Views
from chalicelib.domain.actions.verbs import VERBS
from chalicelib.domain.actor import REPORTER
from chalicelib.domain.errors import Refusal
from chalicelib.domain.values import dataclass

FITTING = ("answer", "comment")  # whichever the case offers first
LONGEST = 2_000  # characters of a comment
TRIES = 2


@dataclass(frozen=True, slots=True)
class Attaching:
    """`act` is the use case of every change."""

    complaints: Complaints
    views: Views
    act: Callable[[CaseAccess, ActionInput], dict[str, Any]]

    def __call__(self, number: str, text: str, *, key: str) -> bool:
        """True once the words stand in the case, however often it is told; False where it takes no more of them.
        Raises UnavailableError."""
        pieces = [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]
        attached = [self._attached(number, piece, f"{key}:{place}") for place, piece in enumerate(pieces)]
        return all(attached)

    def _attached(self, number: str, text: str, key: str) -> bool:
        """Somebody may be faster with an action of theirs: then the case is asked once more what it offers."""
        return any(self._tried(number, text, key) for _ in range(TRIES))

    def _tried(self, number: str, text: str, key: str) -> bool:
        case = self.complaints.case_file(number)
        if case is None:
            return False
        offered = self.views.offered(case.complaint, REPORTER)
        action = next((name for name in FITTING if name in offered), FITTING[-1])
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        sent = ActionInput(action, VERBS[action].needs(text=text), digest, case.complaint.version, key=key)
        try:
            self.act(CaseAccess(REPORTER, case), sent)
        except Refusal:
            return False
        return True
