"""A reporter's contact as it is typed → as it is kept, and the mask that only the reporter sees."""

from collections.abc import Callable

from chalicelib.application.intake.addresses import read_email
from chalicelib.application.intake.contact_faults import ContactFaultError
from chalicelib.application.intake.telephones import read_telephone
from chalicelib.application.ports.cases import Contact
from chalicelib.domain.errors import FieldError
from chalicelib.domain.ways import WAYS


def read(
    *, name: str | None, phone: str | None, email: str | None, language: str, by: str | None = None
) -> tuple[Contact | None, list[FieldError]]:
    """The contact, and a fault that says what is wrong for each field that nobody can be reached by. None when nothing
    in it reaches anybody or names them. `by` names the way that they chose; it must have its address."""
    number, of_phone = _field("contact.phone", phone, lambda typed: read_telephone(typed).number)
    address, of_address = _field("contact.email", email, read_email)
    contact = Contact(name, number, address, language, secret="", by=by)
    faults = [*of_phone, *of_address]
    if by and not faults and not contact.addresses.get(WAYS[by].address or ""):
        faults.append(FieldError("contact.by", "value", "Give the address or mobile number of the way that you choose"))
    return (contact if name or number or address else None), faults


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
    shown = {
        "name": contact.name and f"{contact.name[0]}***",
        "phone": contact.phone and f"{contact.phone[:5]}***{contact.phone[-2:]}",
        "email": contact.email and f"{contact.email[0]}***@{contact.email.rpartition('@')[2]}",
    }
    return {key: value for key, value in shown.items() if value}
