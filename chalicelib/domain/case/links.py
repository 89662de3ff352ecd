"""What leads back to a case besides its secret: the one-use link of a question, the link of an agency outside the city,
and the tag of an address.

The link's token opens the answer and nothing else, and follows from the
secret of the report, so that whoever writes the message can name it. The city keeps only its hash, beside the contact:
what is stored answers for nobody.

The agency's token follows from the secret of the stack and from the referral, so that another referral has another
link. The row of the case keeps a hash.

The tag stands in the address that answers to a letter go to. Who has it may add words to the case, and nothing else. It
follows from the hash of the secret, which never leaves the city."""

import base64
import hashlib
import hmac
import re

TOKEN_BYTES = 18
TAG_BYTES = 10
KEPT_SIGNS = 22  # of a hash in base64: 132 bits, in the row of every case that is referred
_TAG = re.compile(r"(?i)jkt([0-9a-z]{9})\.([a-z2-7]{16})")


def answer_token(secret: str) -> str:
    """144 bits, URL-safe. One case asks once, so one token per case is enough."""
    code = hmac.new(secret.encode(), b"answer", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(code[:TOKEN_BYTES]).decode()


def answer_hash(token: str) -> bytes:
    """What is kept of it: SHA-256."""
    return hashlib.sha256(token.encode()).digest()


def agency_token(stack_secret: bytes, number: str, referral: int) -> str:
    """144 bits, URL-safe; `referral` is the sequence of the event that referred the case."""
    code = hmac.new(stack_secret, f"agency\x00{number}\x00{referral}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(code[:TOKEN_BYTES]).decode()


def agency_hash(token: str) -> str:
    """What is kept of it: the beginning of its SHA-256."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).decode()[:KEPT_SIGNS]


def tag(number: str, secret_hash: str) -> str:
    """For the part of an address behind `+`, where capitals may be lost: the number and 80 bits."""
    code = hmac.new(secret_hash.encode(), b"mail " + number.encode(), hashlib.sha256).digest()
    return f"{number.replace('-', '')}.{base64.b32encode(code[:TAG_BYTES]).decode()}".lower()


def number_of_tag(text: str) -> str:
    """The number that a tag names; "" for what is no tag. Whether the tag is right, `tag` says."""
    found = _TAG.fullmatch(text)
    signs = found[1].upper() if found else ""
    return f"JKT-{signs[:4]}-{signs[4:8]}-{signs[8]}" if signs else ""
