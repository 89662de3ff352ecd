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
from chalicelib.domain.errors import UnavailableError

NONCE = 12  # bytes: what AES-GCM wants; a key seals once


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
        clear = json.dumps(asdict(contact)).encode()
        sealed = nonce + _cipher(made["Plaintext"]).encrypt(nonce, clear, number.encode())
        return SealedContact(mask(contact), sealed, made["CiphertextBlob"])

    def open(self, number: str) -> Contact | None:
        """Raises UnavailableError."""
        from cryptography.exceptions import InvalidTag

        found = self._contacts(number)
        if found is None:
            return None
        with answering("kms"):
            key = self._client.decrypt(
                KeyId=self._key_id, CiphertextBlob=found.data_key, EncryptionContext=_context(number)
            )["Plaintext"]
        nonce, sealed = found.sealed[:NONCE], found.sealed[NONCE:]
        try:
            return Contact(**json.loads(_cipher(key).decrypt(nonce, sealed, number.encode())))
        except InvalidTag as error:  # damaged or moved: not what was sealed, so nobody is told anything
            raise UnavailableError("kms") from error


def _context(number: str) -> dict[str, str]:
    return {"number": number}


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
