"""What stands for an address where no address may stand: in keys, ledgers and links. The token of an address goes with
its messages and proves that somebody reads them; the pseudonym is the token's hash, and names the address's rows."""

import hashlib

SIGNS = {"sms": 8}  # of a token, by way: an SMS has no room for more
MOST_SIGNS = 16  # by every other way
_WITHOUT_DOTS = ("gmail.com", "googlemail.com")  # here dots in the name make no other mailbox


def pseudonym(token: str) -> str:
    """Hex, 128 bits. Who has it learns neither the token nor the address."""
    return hashlib.sha256(b"pseudonym\x00" + token.encode("utf-8", "replace")).hexdigest()[:32]


def mailbox_of(address: str) -> str:
    """One spelling for all e-mail addresses that lead to one mailbox: a tag behind `+` and capitals do not make
    another."""
    name, _, domain = address.lower().rpartition("@")
    name = name.partition("+")[0] or name
    if domain in _WITHOUT_DOTS:
        name, domain = name.replace(".", ""), _WITHOUT_DOTS[0]
    return f"{name}@{domain}"
