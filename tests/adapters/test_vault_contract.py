"""One contract for the vault: the fake in memory, KMS played here, and the city, where the API seals and
`notify_citizen` opens. A thief of rows or of rights gets nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from unittest import mock

import pytest
from botocore.exceptions import ClientError

from chalicelib.adapters.aws.client import SmallClient
from chalicelib.adapters.clients import Clients
from chalicelib.adapters.kms import KEPT, KmsVault
from chalicelib.application.ports.cases import Contact, SealedContact
from chalicelib.domain.case.numbers import from_bits
from chalicelib.domain.errors import DamagedError, UnavailableError
from tests.adapters.roles import ON_THE_CITY, Become, CityVault
from tests.builders import NUMBER
from tests.fakes import FrozenClock, MemoryVault

Damage = Callable[[bytes], bytes]
REGION = "ap-southeast-3"
OTHER = "JKT-0000-0001-2"
CHAT = Contact(None, "+6281234567890", None, "id", "s", by="whatsapp", chat="WHATSAPP/6281234567890")
CONTACT = Contact("Budi Santoso", "+6281234567890", "budi@example.id", "id", "rahasia yang panjang")


class Sealing(KmsVault):
    """Keeps what it sealed, as the rows do."""

    def __init__(self, kms: Any) -> None:
        self.kms = kms
        self.rows: dict[str, SealedContact] = {}
        self.time = FrozenClock()
        key_id = kms.create_key()["KeyMetadata"]["KeyId"]
        super().__init__(key_id=key_id, client=kms, contacts=self.rows.get, now=self.time)

    def seal(self, number: str, contact: Contact) -> SealedContact:
        self.rows[number] = super().seal(number, contact)
        return self.rows[number]

    def erase(self, number: str) -> None:
        del self.rows[number]


@pytest.fixture
def kms_vault(aws: None) -> Sealing:
    return Sealing(Clients(region=REGION).client("kms"))


@pytest.fixture(params=["memory", "kms", ON_THE_CITY])
def vault(request: pytest.FixtureRequest, now: datetime) -> Any:
    if request.param == "city":
        return CityVault(request.getfixturevalue("become"), now)
    return MemoryVault() if request.param == "memory" else request.getfixturevalue("kms_vault")


@pytest.mark.parametrize(
    "contact",
    [CONTACT, Contact(None, None, "a@b.id", "en", "s"), Contact("Ñ 漢", "+62812345678", None, "id", "s"), CHAT],
)
def test_a_sealed_contact_opens_as_it_was(vault: Any, number: str, contact: Contact) -> None:
    vault.seal(number, contact)

    assert vault.open(number) == contact


def test_what_is_erased_opens_nothing(vault: Any, number: str) -> None:
    vault.seal(number, CONTACT)
    vault.erase(number)

    assert vault.open(number) is None
    assert vault.open(OTHER) is None


def test_the_mask_is_made_when_it_is_sealed(vault: Any, number: str) -> None:
    masked = {"name": "B***", "phone": "+6281***90", "email": "b***@example.id", "reach": "email"}
    assert vault.seal(number, CONTACT).masked == masked


def test_nothing_of_the_contact_can_be_read_in_the_row(kms_vault: Sealing) -> None:
    row = kms_vault.seal(NUMBER, CONTACT)

    for part in ("Budi", "812345", "budi@", "rahasia"):
        assert part.encode() not in row.sealed + row.data_key
        assert part not in str(row.masked)


def test_the_same_contact_is_never_sealed_alike(kms_vault: Sealing) -> None:
    first, second = (kms_vault.seal(NUMBER, CONTACT) for _ in range(2))

    assert first.sealed != second.sealed
    assert first.data_key != second.data_key


def test_a_row_moved_to_another_complaint_opens_nothing(kms_vault: Sealing) -> None:
    kms_vault.rows[OTHER] = kms_vault.seal(NUMBER, CONTACT)

    with pytest.raises(DamagedError):
        kms_vault.open(OTHER)


def flipped(position: int) -> Damage:
    """One bit of the byte at this position turned."""

    def damage(stored: bytes) -> bytes:
        altered = bytearray(stored)
        altered[position] ^= 1
        return bytes(altered)

    return damage


def cut(length: int) -> Damage:
    return lambda stored: stored[:length]


DAMAGES = {
    "first bit": flipped(0),
    "last byte of the nonce": flipped(11),
    "first byte of the text": flipped(12),
    "inside": flipped(40),
    "last byte": flipped(-1),
    "empty": cut(0),
    "one byte": cut(1),
    "nonce alone": cut(12),
    "cut short": cut(-1),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_row_that_is_damaged_opens_nothing_and_is_not_worth_another_try(kms_vault: Sealing, damage: Damage) -> None:
    row = kms_vault.seal(NUMBER, CONTACT)
    kms_vault.rows[NUMBER] = replace(row, sealed=damage(row.sealed))

    with pytest.raises(DamagedError) as told:
        kms_vault.open(NUMBER)

    assert told.value.what == "contact"


def refusing(code: str) -> AbstractContextManager[Any]:
    """While it lasts, every call is refused so, after all its tries."""
    error = ClientError({"Error": {"Code": code, "Message": ""}}, "Decrypt")
    return mock.patch.object(SmallClient, "_make_api_call", side_effect=error)


@pytest.mark.parametrize("code", ["InvalidCiphertextException", "IncorrectKeyException"])
def test_a_data_key_that_kms_cannot_read_is_not_worth_another_try(kms_vault: Sealing, code: str) -> None:
    kms_vault.seal(NUMBER, CONTACT)

    with refusing(code), pytest.raises(DamagedError):
        kms_vault.open(NUMBER)


@pytest.mark.parametrize("code", ["KMSInternalException", "ThrottlingException", "DisabledException", "AccessDenied"])
def test_a_key_service_that_may_answer_later_is_asked_again(kms_vault: Sealing, code: str) -> None:
    kms_vault.seal(NUMBER, CONTACT)

    with refusing(code), pytest.raises(UnavailableError):
        kms_vault.open(NUMBER)


def test_sealing_asks_for_a_data_key_and_nothing_else(kms_vault: Sealing) -> None:
    with mock.patch.object(
        SmallClient, "_make_api_call", autospec=True, side_effect=SmallClient._make_api_call
    ) as door:
        kms_vault.seal(NUMBER, CONTACT)

    assert [call.args[1] for call in door.mock_calls] == ["GenerateDataKey"]


@contextmanager
def asked_of_kms() -> Iterator[list[str]]:
    """The operations that it is asked for meanwhile."""
    asked: list[str] = []
    call = SmallClient._make_api_call

    def noted(client: SmallClient, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        asked.append(operation)
        return call(client, operation, request)

    with mock.patch.object(SmallClient, "_make_api_call", noted):
        yield asked


def test_the_messages_of_a_case_within_five_minutes_ask_for_its_key_once(kms_vault: Sealing) -> None:
    kms_vault.seal(NUMBER, CONTACT)

    with asked_of_kms() as asked:
        assert [kms_vault.open(NUMBER), kms_vault.open(NUMBER)] == [CONTACT, CONTACT]
        assert asked == ["Decrypt"]
        kms_vault.time.advance(seconds=KEPT.total_seconds())
        assert kms_vault.open(NUMBER) == CONTACT
        assert asked == ["Decrypt"] * 2


def test_a_clock_that_went_back_keeps_no_key_for_longer(kms_vault: Sealing) -> None:
    kms_vault.seal(NUMBER, CONTACT)
    kms_vault.open(NUMBER)

    kms_vault.time.advance(days=-1)
    with asked_of_kms() as asked:
        kms_vault.open(NUMBER)

    assert asked == ["Decrypt"]


def test_a_row_moved_to_another_complaint_opens_nothing_although_its_key_was_just_opened(kms_vault: Sealing) -> None:
    kms_vault.rows[OTHER] = kms_vault.seal(NUMBER, CONTACT)
    kms_vault.open(NUMBER)

    with pytest.raises(DamagedError):
        kms_vault.open(OTHER)


def test_a_container_keeps_the_last_keys_only(monkeypatch: pytest.MonkeyPatch, kms_vault: Sealing) -> None:
    monkeypatch.setattr("chalicelib.adapters.kms.MOST_KEYS", 2)
    numbers = [from_bits(bits) for bits in range(3)]
    for number in numbers:
        kms_vault.seal(number, CONTACT)
        kms_vault.open(number)

    with asked_of_kms() as asked:
        for number in reversed(numbers):
            kms_vault.open(number)

    assert asked == ["Decrypt"]


def test_a_contact_that_was_read_with_its_case_is_not_read_again(kms_vault: Sealing) -> None:
    sealed = kms_vault.seal(NUMBER, CONTACT)
    kms_vault.erase(NUMBER)

    assert kms_vault.open(NUMBER, sealed) == CONTACT


def test_a_key_service_that_refuses_is_tried_again(aws: None) -> None:
    kms = Clients(region=REGION).client("kms")
    vault = KmsVault(key_id="alias/nobody", client=kms, contacts=lambda number: None, now=FrozenClock())

    with pytest.raises(UnavailableError) as told:
        vault.seal(NUMBER, CONTACT)

    assert told.value.service == "kms"
    assert isinstance(told.value.__cause__, ClientError)


def refused(call: Any, **request: Any) -> str:
    with pytest.raises(ClientError) as told:
        call(**request)
    return str(told.value.response["Error"]["Code"])


@pytest.mark.city
@pytest.mark.parametrize("context", [{}, {"name": NUMBER}, {"number": "anything"}], ids=str)
def test_without_the_number_of_a_complaint_no_data_key_is_made_and_none_is_opened(
    become: Become, context: dict[str, str]
) -> None:
    api, notify = become("api"), become("notify_citizen")
    key, client = api.settings.contact_key_id, api.clients.client("kms")
    made = client.generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext={"number": NUMBER})
    opener = notify.clients.client("kms")

    assert refused(client.generate_data_key, KeyId=key, KeySpec="AES_256", EncryptionContext=context) == (
        "AccessDeniedException"
    )
    assert refused(opener.decrypt, KeyId=key, CiphertextBlob=made["CiphertextBlob"], EncryptionContext=context) == (
        "AccessDeniedException"
    )


@pytest.mark.city
@pytest.mark.parametrize("function", ["api", "alert_unit", "sweep", "relay_retry"])
def test_no_other_function_opens_a_contact(become: Become, function: str) -> None:
    api = become("api")
    key, bound = api.settings.contact_key_id, {"number": NUMBER}
    made = api.clients.client("kms").generate_data_key(KeyId=key, KeySpec="AES_256", EncryptionContext=bound)
    client = become(function).clients.client("kms")

    assert refused(client.decrypt, KeyId=key, CiphertextBlob=made["CiphertextBlob"], EncryptionContext=bound) == (
        "AccessDeniedException"
    )
