"""The client that docs/ offers to partners: what it signs we believe, what we sign it believes, and nothing else."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.adapters.partners.call_backs import signed
from chalicelib.channels import signatures
from docs import partner_client

NEW, FORMER = "whsec_bmV1", "whsec_Zm9ybWVy"
BODY = b'{"type":"report.status","data":{"number":"JKT-0000-0001-2"}}'


def now() -> int:
    return int(time.time())


@pytest.mark.parametrize("key", [NEW, FORMER])
def test_while_a_secret_is_changed_the_client_may_know_either(key: str) -> None:
    told = partner_client.read_call_back(signed((NEW, FORMER), "m1", now(), BODY), BODY, key)

    assert told == {"type": "report.status", "data": {"number": "JKT-0000-0001-2"}}


FORGED: dict[str, tuple[Mapping[str, str], bytes]] = {
    "another body": (signed((NEW,), "m1", now(), BODY), BODY + b" "),
    "another secret": (signed((FORMER,), "m1", now(), BODY), BODY),
    "an old one": (signed((NEW,), "m1", now() - 86_400, BODY), BODY),
    "no headers": ({}, BODY),
}


@pytest.mark.parametrize(("headers", "body"), FORGED.values(), ids=FORGED)
def test_the_client_believes_nothing_else(headers: Mapping[str, str], body: bytes) -> None:
    assert partner_client.read_call_back(headers, body, NEW) is None


def test_what_the_client_sends_is_signed_as_we_check_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []

    class Answer:
        status = 202

        def __enter__(self) -> "Answer":
            return self

        def __exit__(self, *_: object) -> None: ...

    def keep(request: Any, **_: Any) -> Answer:
        sent.append(request)
        return Answer()

    monkeypatch.setattr("urllib.request.urlopen", keep)

    assert partner_client.send_report("https://tanggap.example", "jaki", NEW, {"id": "1"}) == 202
    (request,) = sent
    headers = {name.lower(): value for name, value in request.header_items()}
    assert request.full_url == "https://tanggap.example/api/channels/jaki"
    assert signatures.check_standard(headers, request.data, [NEW], datetime.now(UTC)) == headers["webhook-id"]
