"""The system comments on a case in a channel's name, once for each key."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from chalicelib.application.ports.cases import RACES, CaseFile, Complaints, LostRaceError
from chalicelib.domain.actions.reporting import COMMENT, Comment, check_pace
from chalicelib.domain.actor import Actor
from chalicelib.domain.decide import ActionRequest, decide
from chalicelib.domain.errors import Refusal, UnavailableError
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """Whether the case takes it is decided as of every comment. It shows nothing to anybody, so that the sweeper may
    make one. `salt` answers fresh base64 salts, `now` is the domain's time."""

    complaints: Complaints
    reference: Reference
    now: Callable[[], datetime]
    salt: Callable[[], str]

    def __call__(self, channel: str, number: str, text: str, *, key: str, missed: bool = False) -> bool:
        """False where the case takes no more words, or there is none. `missed`: the reporter is asked to write again
        what did not come. Raises UnavailableError."""
        request = _request(channel, Comment(text=text, missed=missed), key)
        for _ in range(RACES):
            case = self.complaints.case_file(number)
            if case is None:
                return False
            if any(event.operation == request.operation for event in case.events):
                return True
            try:
                self._commit(case, request)
            except LostRaceError:
                continue
            except Refusal:
                return False
            return True
        raise UnavailableError("dynamodb")

    def _commit(self, case: CaseFile, request: ActionRequest) -> None:
        decision = decide(case.complaint, request, reference=self.reference, now=self.now(), salt=self.salt())
        check_pace(decision.event, case.events)
        self.complaints.commit(decision)


def _request(channel: str, comment: Comment, key: str) -> ActionRequest:
    actor = actor_of(channel)
    operation = _hash(f"{actor.role}\x00{actor.id}\x00{key}")
    return ActionRequest(COMMENT, actor, comment, operation=operation, body_hash=_hash(key))


def actor_of(channel: str) -> Actor:
    """The channel as one who acts."""
    return Actor("channel", f"channel:{channel}", channels=(channel,))


def _hash(named: str) -> str:
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]
