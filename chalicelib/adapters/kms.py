"""Seals contacts under KMS. Each has a data key of its own, which is bound to its complaint by the encryption context
and by the cipher's additional data. So a row that is copied to another complaint opens nothing. Who seals may not open.
An opened data key is kept for a while, in memory only: messages of one case often come together, and each call of KMS
costs."""

import json
import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.adapters.dynamodb.people.contacts import sealed_contact
from chalicelib.application.intake.contacts import mask
from chalicelib.application.ports.cases import Contact, SealedContact
from chalicelib.domain.case.links import answer_hash, answer_token
from chalicelib.domain.errors import DamagedError

NONCE = 12  # bytes: what AES-GCM wants; a key seals once
ALTERED = {"InvalidCiphertextException", "IncorrectKeyException"}  # the data key is not this complaint's, or damaged
KEPT = timedelta(minutes=5)  # a key that was opened; so long a withdrawn right to open still works in a container
MOST_KEYS = 100  # of those, in one container


class KmsVault:
    """Implements Vault. `contacts` reads the sealed contact of a number; `now` is the machine's time."""

    def __init__(
        self,
        *,
        key_id: str,
        client: Any,
        now: Callable[[], datetime],
        contacts: Callable[[str], SealedContact | None] = sealed_contact,
    ) -> None:
        self._key_id = key_id
        self._client = client
        self._contacts = contacts
        self._keys = OpenedKeys(now)

    def seal(self, number: str, contact: Contact) -> SealedContact:
        """Raises UnavailableError."""
        with answering("kms"):
            made = self._client.generate_data_key(
                KeyId=self._key_id, KeySpec="AES_256", EncryptionContext=_context(number)
            )
        nonce = os.urandom(NONCE)
        clear = json.dumps(_stored(contact)).encode()
        sealed = nonce + _cipher(made["Plaintext"]).encrypt(nonce, clear, number.encode())
        code = answer_hash(answer_token(contact.secret))
        return SealedContact(mask(contact), sealed, made["CiphertextBlob"], answer_hash=code)

    def open(self, number: str, sealed: SealedContact | None = None) -> Contact | None:
        """Raises UnavailableError (try again), DamagedError (never again)."""
        found = sealed or self._contacts(number)
        return self.unseal(number, found) if found else None

    def unseal(self, name: str, sealed: SealedContact) -> Contact:
        return Contact(**json.loads(self._clear(name, sealed)))

    def _clear(self, number: str, found: SealedContact) -> bytes:
        from cryptography.exceptions import InvalidTag

        key, nonce, sealed = self._opened_key(number, found.data_key), found.sealed[:NONCE], found.sealed[NONCE:]
        try:
            return bytes(_cipher(key).decrypt(nonce, sealed, number.encode()))
        except (InvalidTag, ValueError) as error:  # ValueError: too short to be anything sealed
            raise DamagedError("contact") from error

    def _opened_key(self, number: str, sealed_key: bytes) -> bytes:
        """Kept by what KMS was asked: a key that was copied to another complaint is asked for there, and refused."""
        asked = (_context(number)["number"], sealed_key)
        key = self._keys.find(asked)
        if key is None:
            key = self._data_key(number, sealed_key)
            self._keys.keep(asked, key)
        return key

    def _data_key(self, number: str, sealed_key: bytes) -> bytes:
        from botocore.exceptions import ClientError

        with answering("kms"):
            try:
                answer = self._client.decrypt(
                    KeyId=self._key_id, CiphertextBlob=sealed_key, EncryptionContext=_context(number)
                )
            except ClientError as error:
                if error.response["Error"]["Code"] in ALTERED:
                    raise DamagedError("contact") from error
                raise
        return bytes(answer["Plaintext"])


class OpenedKeys:
    """Data keys in clear, the last MOST_KEYS, each for KEPT since it was opened; never written anywhere."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: OrderedDict[tuple[str, bytes], tuple[datetime, bytes]] = OrderedDict()

    def find(self, asked: tuple[str, bytes]) -> bytes | None:
        at, key = self._kept.get(asked, (None, b""))
        return key if at and timedelta(0) <= self._now() - at < KEPT else None

    def keep(self, asked: tuple[str, bytes], key: bytes) -> None:
        now = self._now()
        self._kept[asked] = now, key
        self._kept.move_to_end(asked)
        while len(self._kept) > MOST_KEYS or now - next(iter(self._kept.values()))[0] >= KEPT:
            self._kept.popitem(last=False)


def _stored(contact: Contact) -> dict[str, Any]:
    """Every field; a way and a messenger's address only if there is one."""
    return {name: value for name, value in asdict(contact).items() if value or name not in ("by", "chat")}


def _context(name: str) -> dict[str, str]:
    """What IAM allows to be opened is known by the complaint's number; the cipher is bound to the whole name."""
    return {"number": name.partition("/")[0]}


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
