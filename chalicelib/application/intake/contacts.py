"""A reporter's contact as it is typed → as it is kept, and the mask that only the reporter sees."""

import re

from chalicelib.application.ports.cases import Contact

_TELEPHONE = re.compile(r"\+62[1-9][0-9]{6,12}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
LONGEST_EMAIL = 254  # RFC 5321


def telephone(text: str) -> str | None:
    """+62… of 08…, 62… or +62… with spaces, dashes, dots and brackets; None for anything else."""
    signs = re.sub(r"[\s().\-]", "", text)
    for prefix in ("+62", "62", "0"):
        if signs.startswith(prefix):
            found = "+62" + signs.removeprefix(prefix)
            return found if _TELEPHONE.fullmatch(found) else None
    return None


def email(text: str) -> str | None:
    """The address without the space around it; None when it is none."""
    address = text.strip()
    labels = address.rpartition("@")[2].split(".")
    proper = all(label[:1] not in ("", "-") and label[-1:] != "-" and len(label) <= 63 for label in labels)
    return address if proper and len(address) <= LONGEST_EMAIL and _EMAIL.fullmatch(address) else None


def mask(contact: Contact) -> dict[str, str]:
    """Enough for the owner to recognise, too little for anybody else."""
    shown = {
        "name": contact.name and f"{contact.name[0]}***",
        "phone": contact.phone and f"{contact.phone[:5]}***{contact.phone[-2:]}",
        "email": contact.email and f"{contact.email[0]}***@{contact.email.rpartition('@')[2]}",
    }
    return {key: value for key, value in shown.items() if value}
