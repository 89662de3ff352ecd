"""An update of another system about a report that it handed to us → a comment on the case, once for each id."""

import hashlib

from chalicelib.application.handling.access import OpenCase
from chalicelib.application.handling.acting import Act, ActionInput
from chalicelib.application.ports.cases import CaseFile
from chalicelib.channels.incoming import Incoming
from chalicelib.domain.actions import read_needs
from chalicelib.domain.actor import Actor
from chalicelib.domain.case import numbers
from chalicelib.domain.errors import NotFoundError, Refusal, UnreadableError
from chalicelib.domain.values import dataclass

COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class TakeUpdate:
    """Our number and the system's own must both be right: neither alone says which case is meant."""

    open_case: OpenCase
    act: Act

    def __call__(self, channel: str, update: Incoming) -> str:
        """The number of the case that it stands in, whether it is new or was taken before; empty where there is no such
        case of this channel, or the case takes no more words. Raises UnavailableError."""
        actor = Actor("channel", f"channel:{channel}", channels=(channel,))
        number = _read(update.number)
        access = self.open_case.as_staff(number, actor) if number and update.text else None
        if access is None or access.case is None or not _is_meant(access.case, channel, update.tracking_id):
            return ""
        needs, misformed = read_needs(COMMENT, {"text": update.text})
        same = hashlib.sha256(update.message_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        try:
            self.act(access, ActionInput(COMMENT, needs, same, misformed=misformed, key=f"update:{update.message_id}"))
        except Refusal:
            return ""
        return number


def _is_meant(case: CaseFile, channel: str, tracking_id: str) -> bool:
    known = case.first.words.get("partner", {}).get("tracking_id")
    return case.complaint.channel == channel and bool(known) and known == tracking_id


def _read(typed: str) -> str:
    try:
        return numbers.read(typed)
    except (NotFoundError, UnreadableError):
        return ""
