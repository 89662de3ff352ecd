"""A reporter's contact as it is typed → as it is kept, and the mask that only the reporter sees."""

from collections.abc import Callable

from chalicelib.application.intake.addresses import read_email
from chalicelib.application.intake.contact_faults import ContactFaultError
from chalicelib.application.intake.telephones import read_telephone
from chalicelib.application.ports.cases import Contact
from chalicelib.domain.errors import FieldError
from chalicelib.domain.text.privacy import shown

NO_WAY = {
    "email": "For messages by e-mail an address is needed",
    "sms": "For messages by SMS a mobile number (08…) is needed",
}


def read(
    *,
    name: str | None,
    phone: str | None,
    email: str | None,
    language: str,
    by: str | None = None,
    chat: str | None = None,
) -> tuple[Contact | None, list[FieldError]]:
    """The contact, and a fault that says what is wrong for each field that nobody can be reached by. None when nothing
    in it reaches anybody or names them. `by` names the way that they chose; it must have its address. `chat` comes
    from a provider, never from a person."""
    number, of_phone = _field("contact.phone", phone, lambda typed: read_telephone(typed).number)
    address, of_address = _field("contact.email", email, read_email)
    contact = Contact(name, number, address, language, secret="", by=by, chat=chat)
    wrong = [*of_phone, *of_address] or _way_faults(contact)
    return (contact if name or number or address or chat else None), wrong


def _way_faults(contact: Contact) -> list[FieldError]:
    """Who asks for a way must be reached by it: else a wish would be lost without a word."""
    if contact.by is None or (contact.way and contact.way.name == contact.by):
        return []
    return [FieldError("contact.by", "value", NO_WAY.get(contact.by, "No address for this way"))]


def _field(path: str, typed: str | None, reader: Callable[[str], str]) -> tuple[str | None, list[FieldError]]:
    if not typed:
        return None, []
    try:
        return reader(typed), []
    except ContactFaultError as fault:
        return None, [FieldError(path, "value", fault.message)]


def telephone(text: str) -> str | None:
    """E.164 of an Indonesian mobile number or fixed line; None for anything else."""
    try:
        return read_telephone(text).number
    except ContactFaultError:
        return None


def email(text: str) -> str | None:
    """The address as a server takes it; None when it is none."""
    try:
        return read_email(text)
    except ContactFaultError:
        return None


def mask(contact: Contact) -> dict[str, str]:
    """Enough for the owner to recognise, too little for anybody else."""
    masked = {
        "reach": contact.reach,
        "name": contact.name and f"{shown(contact.name)[:1]}***",
        "phone": contact.phone and f"{contact.phone[:5]}***{contact.phone[-2:]}",
        "email": contact.email and f"{contact.email[0]}***@{contact.email.rpartition('@')[2]}",
    }
    return {key: value for key, value in masked.items() if value}
