"""Contacts sealed under KMS: each with a data key of its own, bound to its complaint by the encryption context and by
the cipher's additional data, so that a row copied to another complaint opens nothing. Who seals may not open."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.adapters.dynamodb.contacts import sealed_contact
from chalicelib.application.intake.contacts import mask
from chalicelib.application.ports.cases import Contact, SealedContact
from chalicelib.domain.case.links import answer_hash, answer_token
from chalicelib.domain.errors import DamagedError

NONCE = 12  # bytes: what AES-GCM wants; a key seals once
ALTERED = {"InvalidCiphertextException", "IncorrectKeyException"}  # the data key is not this complaint's, or damaged


class KmsVault:
    """Implements Vault. `contacts` reads the sealed contact of a number."""

    def __init__(
        self, *, key_id: str, client: Any, contacts: Callable[[str], SealedContact | None] = sealed_contact
    ) -> None:
        self._key_id = key_id
        self._client = client
        self._contacts = contacts

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

    def open(self, number: str) -> Contact | None:
        """Raises UnavailableError (try again), DamagedError (never again)."""
        found = self._contacts(number)
        return self.unseal(number, found) if found else None

    def unseal(self, name: str, sealed: SealedContact) -> Contact:
        return Contact(**json.loads(self._clear(name, sealed)))

    def _clear(self, number: str, found: SealedContact) -> bytes:
        from cryptography.exceptions import InvalidTag

        key, nonce, sealed = self._data_key(number, found.data_key), found.sealed[:NONCE], found.sealed[NONCE:]
        try:
            return bytes(_cipher(key).decrypt(nonce, sealed, number.encode()))
        except (InvalidTag, ValueError) as error:  # ValueError: too short to be anything sealed
            raise DamagedError("contact") from error

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


def _stored(contact: Contact) -> dict[str, Any]:
    """Every field; a way and a messenger's address only if there is one."""
    return {name: value for name, value in asdict(contact).items() if value or name not in ("by", "chat")}


def _context(name: str) -> dict[str, str]:
    """What IAM allows to be opened is known by the complaint's number; the cipher is bound to the whole name."""
    return {"number": name.partition("/")[0]}


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
