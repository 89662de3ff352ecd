"""Somebody asks for the link to the reports of an address. What is done, and answered, is the same whether anybody has
ever reported with it; the function that sends looks."""

from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.application.intake.contacts import read
from chalicelib.application.intake.derivation import contact_token
from chalicelib.application.ports.cases import Contact
from chalicelib.application.ports.reporters import Ask, Asks
from chalicelib.domain.errors import FieldError, InvalidError, all_faults
from chalicelib.domain.pseudonyms import pseudonym
from chalicelib.domain.values import dataclass
from chalicelib.domain.ways import chat_address

WAYS_TO = {"email": "email", "phone": "sms"}  # the field of an address, and the way that tells it


@dataclass(frozen=True, slots=True)
class AskForReports:
    """`secrets` answers the server's secrets, the present one first; `now` is the domain's time."""

    asks: Asks
    secrets: Callable[[], tuple[bytes, ...]]
    now: Callable[[], datetime]

    def __call__(
        self, *, email: str | None, phone: str | None, language: str, misformed: Sequence[FieldError] = ()
    ) -> None:
        """Raises InvalidError for none, for both, and for what no message reaches, with the `misformed` fields."""
        contact, faults = read(name=None, phone=phone, email=email, language=language)
        field = "email" if email else "phone"
        if bool(email) == bool(phone):
            faults = [FieldError("email", "required", "Give one address: an e-mail address, or a mobile number")]
        elif not faults and (contact is None or contact.way is None):
            faults = [FieldError("contact.phone", "value", "No SMS reaches this number: give a mobile one (08…)")]
        wrong = [FieldError(f.field.removeprefix("contact."), f.code, f.message) for f in faults]
        faults = all_faults(misformed, wrong)
        if faults or contact is None:
            raise InvalidError(faults)
        self.asks.ask(Ask(self._names(contact), WAYS_TO[field], language, self.now()))

    def _names(self, contact: Contact) -> tuple[str, ...]:
        """A telephone number is two addresses: WhatsApp's is the same number. Under a former secret of the server each
        had another name."""
        reached = [contact, *_on_whatsapp(contact)]
        return tuple(pseudonym(contact_token(secret, each)) for secret in self.secrets() for each in reached)


def _on_whatsapp(contact: Contact) -> list[Contact]:
    if contact.phone is None:
        return []
    chat = chat_address("WHATSAPP", contact.phone.removeprefix("+"))
    return [Contact(None, None, None, contact.language, secret="", chat=chat)]
