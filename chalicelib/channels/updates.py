"""An update of another system about a report that it handed to us → a comment on the case, once for each id."""

from chalicelib.application.handling.access import OpenCase
from chalicelib.application.handling.remarking import Remark, actor_of
from chalicelib.application.ports.cases import CaseFile
from chalicelib.channels.incoming import Incoming
from chalicelib.domain.case import numbers
from chalicelib.domain.errors import NotFoundError, UnreadableError
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class TakeUpdate:
    """Our number and the system's own must both be right: neither alone says which case is meant."""

    open_case: OpenCase
    remark: Remark

    def __call__(self, channel: str, update: Incoming) -> str:
        """The number of the case that it stands in, whether it is new or was taken before; empty where there is no such
        case of this channel, or the case takes no more words. Raises UnavailableError."""
        number = _read(update.number)
        access = self.open_case.as_staff(number, actor_of(channel)) if number and update.text else None
        if access is None or access.case is None or not _is_meant(access.case, channel, update.tracking_id):
            return ""
        return number if self.remark(channel, number, update.text, key=f"update:{update.message_id}") else ""


def _is_meant(case: CaseFile, channel: str, tracking_id: str) -> bool:
    known = case.first.words.get("partner", {}).get("tracking_id")
    return case.complaint.channel == channel and bool(known) and known == tracking_id


def _read(typed: str) -> str:
    try:
        return numbers.read(typed)
    except (NotFoundError, UnreadableError):
        return ""
