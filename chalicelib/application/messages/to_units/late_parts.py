"""The unit of a part and whoever holds the case hear once that the part is late. It is a message of the invitation,
which waits for the part's due time. While the case has ended nobody waits for its parts; when it goes on, they do
again."""

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.application.messages.to_units.when_due import Outstanding, TellWhenDue
from chalicelib.application.ports.cases import Complaints, EventFile
from chalicelib.domain import messages
from chalicelib.domain.actions.promised_parts import opens_again, part_invited
from chalicelib.domain.case.parts import Part
from chalicelib.domain.messages import PART_IS_LATE, Message
from chalicelib.domain.reference import Reference
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class TellLateParts:
    """Costs nothing for an event of a case without parts."""

    complaints: Complaints
    tell: TellWhenDue
    reference: Reference

    def __call__(self, found: EventFile) -> list[str]:
        """The states of the messages of the parts that the event makes somebody wait for. Any number of times."""
        return [self._told(invited, part) for invited, part in self._promised(found)]

    def _told(self, invited: EventFile, part: Part) -> str:
        complaint = invited.complaint
        due = Outstanding(part.due_at, part.is_open and complaint.is_open, comes_back=True)
        units = messages.late_part_units(part, complaint, self.reference)
        return self.tell(invited, Message(messages.late_part(part.part_id), PART_IS_LATE), due, units)

    def _promised(self, found: EventFile) -> Iterator[tuple[EventFile, Part]]:
        """Parts with the event that asked for each."""
        complaint = found.complaint
        goes_on = complaint.open_parts and opens_again(found.event)
        for event in self.complaints.events(complaint.number) if goes_on else [found.event]:
            part = complaint.part(part_invited(event) or "")
            if part and (part.is_open or not goes_on):
                yield replace(found, event=event), part
