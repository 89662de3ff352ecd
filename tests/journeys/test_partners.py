"""Partners' systems on the running city: a report by the reference client, its statuses called back to the partner that
the city plays, and LAPOR! both ways."""

import json
import subprocess
import sys
import time
import uuid
from typing import Any

import pytest

from chalicelib.channels.signatures import sign_standard
from tests.city import COORDINATOR, GAMBIR, LURAH, ROOT, Case, City, eventually

CLIENT = ROOT / "docs" / "partner_client.py"


def called_back(city: City, key: str, value: str) -> list[dict[str, Any]]:
    """What a partner heard of the report with this id, in its order."""
    heard = [json.loads(item["text"])["data"] for item in city.mailbox() if item["kind"] == "callback"]
    return [data for data in heard if data.get(key) == value]


def case_of(city: City, key: str, value: str) -> Case:
    """The case, by the number that its partner was told."""
    told = eventually(lambda: called_back(city, key, value), what="the first call-back")
    return Case(city, {"number": told[0]["number"], "secret": "", "uploads": []}, {})


@pytest.mark.parametrize("channel", ["jaki", "qlue"])
def test_a_partners_report_comes_back_to_it_with_every_status(city: City, channel: str) -> None:
    secret = city.local()["channels"][channel]["secret"]
    program = [sys.executable, str(CLIENT), city.origin, channel, secret, "Jalan berlubang di depan pasar"]
    status, report_id = subprocess.run(program, check=True, capture_output=True, text=True).stdout.split()

    case = case_of(city, "id", report_id)
    case.act("coordinate", LURAH, unit="DBM")
    told = eventually(lambda: called_back(city, "id", report_id), lambda heard: len(heard) == 2)

    assert status == "202"
    assert [data["status"] for data in told] == ["waiting", "coordinated"]


def handed(city: City, **fields: Any) -> None:
    """LAPOR! sends, signed."""
    raw = json.dumps(fields).encode()
    secret = city.local()["channels"]["lapor1708"]["secret"]
    headers = sign_standard(secret, fields["update_id"], int(time.time()), raw)
    answer = city.call("POST", "/channels/lapor1708", data=raw, headers=headers)
    assert answer.status_code == 202, answer.text


def test_a_report_of_lapor_is_taken_over_answered_and_handed_back(city: City) -> None:
    tracking_id = uuid.uuid4().hex
    report = {"title": "Jalan rusak", "description": "Lubang besar", "category": "Jalan Rusak", "location": GAMBIR}
    handed(city, update_id=f"{tracking_id}-1", type="report", tracking_id=tracking_id, **report)

    case = case_of(city, "tracking_id", tracking_id)
    reply = {"type": "reply", "tracking_id": tracking_id, "number": case.number, "text": "Makin besar lubangnya"}
    handed(city, update_id=f"{tracking_id}-2", **reply)
    eventually(lambda: [line for line in case.staff(COORDINATOR)["timeline"] if line["action"] == "comment"])
    case.act("reject", COORDINATOR, reason_code="outside_authority", text="Ini jalan nasional")
    told = eventually(lambda: called_back(city, "tracking_id", tracking_id), lambda heard: len(heard) == 2)

    assert [(data["status"], data.get("answer")) for data in told] == [
        ("VERIFIKASI", None),
        ("BUKAN_WEWENANG", "Ini jalan nasional"),
    ]
