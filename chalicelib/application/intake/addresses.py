"""E-mail addresses as people type and paste them → the address that a server takes. `web/static/js/email.js` reads the
same way."""

import re

from chalicelib.application.intake.contact_faults import ContactFaultError
from chalicelib.domain.text.spelling import LONGEST, unescaped, visible

LONGEST_EMAIL, LONGEST_NAME, LONGEST_LABEL = 254, 64, 63  # characters: RFC 5321, RFC 1035
_MAILTO = re.compile(r"(?i)mailto:([^?]*)")
_BLANK = re.compile(r"\s")
_NAME = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")  # the atoms and dots of RFC 5322
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_TOP = re.compile(r"[a-z]{2,}|xn--[a-z0-9-]+")
_NOWHERE = ("arpa", "internal", "invalid", "lan", "local", "localdomain", "localhost", "onion")  # no mail is sent there


def read_email(text: str) -> str:
    """Without invisible signs, `mailto:` and `<>` around it; the domain in small letters. Raises ContactFaultError."""
    address = _inner(visible(text[:LONGEST]).strip())
    if _BLANK.search(address):
        raise ContactFaultError("email_blank")
    if not address.isascii():
        raise ContactFaultError("email_foreign")
    name, at, domain = address.partition("@")
    domain = domain.lower()
    fault = _fault_of_name(name) or _fault_of_domain(domain)
    if not (at and name and domain) or "@" in domain:
        raise ContactFaultError("email_at")
    if len(address) > LONGEST_EMAIL or len(name) > LONGEST_NAME:
        raise ContactFaultError("email_long")
    if fault:
        raise ContactFaultError(fault)
    return f"{name}@{domain}"


def _inner(text: str) -> str:
    """`<budi@…>`, `mailto:budi@…?subject=…`: what is meant by them."""
    inside = text[1:-1].strip() if text.startswith("<") and text.endswith(">") else text
    link = _MAILTO.match(inside)
    return unescaped(link[1]).strip() if link else inside


def _fault_of_name(name: str) -> str | None:
    if name.startswith(".") or name.endswith(".") or ".." in name:
        return "email_dots"
    return None if _NAME.fullmatch(name) else "email_signs"


def _fault_of_domain(domain: str) -> str | None:
    """A name with a top level that people register names below: no address of a machine, nothing of one's own net."""
    labels = domain.split(".")
    proper = all(_LABEL.fullmatch(label) and len(label) <= LONGEST_LABEL for label in labels)
    reached = len(labels) > 1 and _TOP.fullmatch(labels[-1]) and labels[-1] not in _NOWHERE
    return None if proper and reached else "email_domain"
