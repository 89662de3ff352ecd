"""What nobody can guess: ids and salts, fresh from the machine's own chance."""

import os
from base64 import b64encode, urlsafe_b64encode

ID_BYTES = 12  # of a photo's id: 96 bits
SALT_BYTES = 12


def random_id() -> str:
    """Fresh, URL-safe, 16 signs."""
    return urlsafe_b64encode(os.urandom(ID_BYTES)).decode()


def salt() -> str:
    """Fresh, base64: keeps the hash of erased words from being guessed."""
    return b64encode(os.urandom(SALT_BYTES)).decode()
