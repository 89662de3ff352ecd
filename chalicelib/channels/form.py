"""The city's own forms, the citizen's on the web and the desk's: which channel and source a report has, and who may
type one in. What the report says is checked by `application/intake/drafting.py`, as for every channel."""

from chalicelib.application.intake.drafting import Drafting, Origin, ReportInput
from chalicelib.application.intake.taking_in import Intake
from chalicelib.application.people.desks import DeskPermit
from chalicelib.domain.actor import REPORTER, Actor
from chalicelib.domain.errors import FieldError, NotAllowedError
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass

WEB = "WEB"
FORM = "web"  # the kind of the channels whose reports people type into the form themselves
OWN_DESK = "KELURAHAN"  # where citizens come to their kelurahan's counter
TYPING_ROLES = ("desk", "kelurahan_officer", "coordinator")


@dataclass(frozen=True, slots=True)
class Forms:
    reference: Reference
    drafting: Drafting

    def of_citizen(self, report: ReportInput, channel: str = "") -> Intake:
        """`channel`: the form in another site's frame names its own; empty for ours. Raises InvalidError with every
        fault."""
        known = self.reference.channels.get(channel or WEB)
        faults = [] if known and known.kind == FORM else [FieldError("channel", "value", "Not a channel of this form")]
        origin = Origin(REPORTER, "web", channel or WEB)
        required = ("category", "description", "location")
        return self.drafting.intake(report, origin, required=required, faults=faults)

    def permit_desk(self, actor: Actor) -> DeskPermit:
        """Raises NotAllowedError for who types no reports in."""
        if actor.role not in TYPING_ROLES:
            raise NotAllowedError("Only desks type reports in")
        desks = tuple(channel.code for channel in self.reference.channels.values() if channel.desk)
        own = {"coordinator": desks, "kelurahan_officer": (OWN_DESK,)}
        return DeskPermit(actor, own.get(actor.role, tuple(code for code in actor.channels if code in desks)))

    def of_desk(self, permit: DeskPermit, report: ReportInput, channel: str) -> Intake:
        """Typed by staff: the channel is theirs, the place may be unknown. Raises InvalidError."""
        origin = Origin(permit.actor, f"staff:{permit.actor.id}", channel)
        faults = _channel_faults(permit, report, channel)
        return self.drafting.intake(report, origin, required=("category", "description"), faults=faults)


def _channel_faults(permit: DeskPermit, report: ReportInput, channel: str) -> list[FieldError]:
    if not channel:
        unread = any(fault.field == "channel" for fault in report.misformed)
        return [] if unread else [FieldError("channel", "required", "This is needed")]
    return [] if channel in permit.channels else [FieldError("channel", "value", "Not a channel of your desk")]
