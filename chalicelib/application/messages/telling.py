"""Everybody who hears of a case, from one read of it."""

from chalicelib.application.messages.case_in_hand import CaseInHand
from chalicelib.application.messages.listeners import TellListeners
from chalicelib.application.messages.sending import NotifyCitizen
from chalicelib.application.ports.cases import Complaints
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class TellPeople:
    """May be called for any event, any number of times, in any order."""

    complaints: Complaints
    notify_citizen: NotifyCitizen
    tell_listeners: TellListeners

    def __call__(self, number: str) -> tuple[list[str], list[str]]:
        """The states of the reporter's messages and of the others'. The reporter comes first; a contact that can never
        be opened keeps nothing from the others. Raises as both do."""
        at_hand = CaseInHand(number, self.complaints)
        try:
            states = self.notify_citizen(number, at_hand)
        finally:
            others = self.tell_listeners(number, at_hand)
        return states, others
