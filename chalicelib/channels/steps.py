"""What a client sends to do something with a message that is no case yet."""

import hashlib

from chalicelib.application.intake.drafting import ReportInput
from chalicelib.domain.actor import Actor
from chalicelib.domain.errors import FieldError
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class StepInput:
    """A step as a client sent it; `misformed` could not be read. `body_hash` (hex) is of the whole body as sent, `key`
    the Idempotency-Key. `version` is what the caller has seen."""

    body_hash: str
    key: str | None = None
    version: int | None = None
    misformed: tuple[FieldError, ...] = ()
    text: str = ""
    reason_code: str = ""
    report: ReportInput | None = None
    photos: bool = True

    def operation(self, actor: Actor) -> str:
        named = f"{actor.role}\x00{actor.id}\x00{self.key}".encode()
        return hashlib.sha256(named).hexdigest()[:32] if self.key else ""
