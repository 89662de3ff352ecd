"""The local city plays the systems of partners: what is signed for one stands in the mailbox, once; and its site lets
the named sites alone hold the form in a frame."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.channels.signatures import sign_standard
from chalicelib.domain.ways import CALLED_BACK
from local.front.front_door import FrontDoor
from local.front.own_routes import OwnRoutes
from local.front.site import Site
from local.played.channels import path_of
from local.played.mailbox import Mailbox
from tests.local.door import Recorded, a_door, ask

SECRET, OTHER = "whsec_bmV1", "whsec_Zm9ybWVy"
NUMBER = "JKT-7F3K-9QXM-4"
TOLD = json.dumps({"type": "report.status", "data": {"number": NUMBER, "status": "coordinated"}}).encode()


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox(lambda: datetime(2026, 3, 2, 5, tzinfo=UTC), "-unit-")


@pytest.fixture
def partners(behind: Recorded, mailbox: Mailbox, tmp_path: Path) -> FrontDoor:
    """A door with its own routes behind it, and nothing else."""
    clock: Any = SimpleNamespace(machine_now=lambda: datetime.now(UTC))
    nobody: Any = SimpleNamespace()
    own = OwnRoutes(
        cloud=nobody,
        deployment=nobody,
        clock=clock,
        mailbox=mailbox,
        faults=nobody,
        reset=nobody,
        origin="http://127.0.0.1:8080",
        key_file=tmp_path,
    )
    own.channels = {channel.lower(): {"call_back_secret": SECRET} for channel in CALLED_BACK}
    own.ready = True
    door = a_door(behind, tmp_path)
    door._own = own
    return door


def signed(secret: str = SECRET, raw: bytes = TOLD) -> dict[str, str]:
    return sign_standard(secret, "m1", int(datetime.now(UTC).timestamp()), raw)


@pytest.mark.parametrize("channel", sorted(CALLED_BACK))
def test_a_call_back_stands_in_the_mailbox_once(partners: FrontDoor, mailbox: Mailbox, channel: str) -> None:
    answers = [ask(partners, "POST", path_of(channel), body=TOLD, **signed()).status for _ in range(2)]

    assert answers == [200, 200]
    assert [(i["kind"], i["to"], i["number"], i["event"]) for i in mailbox.find(number=NUMBER)] == [
        ("callback", channel, NUMBER, "coordinated")
    ]


@pytest.mark.parametrize("headers", [{}, signed(OTHER), signed(raw=TOLD + b" ")], ids=["none", "another", "changed"])
def test_what_is_not_signed_for_the_partner_is_not_believed(
    partners: FrontDoor, mailbox: Mailbox, headers: dict[str, str]
) -> None:
    assert ask(partners, "POST", path_of("JAKI"), body=TOLD, **headers).status == 401
    assert mailbox.items == []


FRIENDS = "https://a.example https://b.example"


@pytest.mark.parametrize(
    ("page", "framers", "ancestors"),
    [
        ("sisip", FRIENDS, FRIENDS),
        ("en/sisip", FRIENDS, FRIENDS),
        ("sisip", "", "'none'"),
        ("lapor", FRIENDS, "'none'"),
        ("index", FRIENDS, "'none'"),
        ("en/sisip/x", FRIENDS, "'none'"),
    ],
)
def test_only_the_form_for_other_sites_may_stand_in_a_frame(
    tmp_path: Path, page: str, framers: str, ancestors: str
) -> None:
    file = tmp_path / f"{page}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("form")

    _, lines, _ = Site(tmp_path, framers=framers).answer(file)

    headers = dict(lines)
    assert f"frame-ancestors {ancestors}" in headers["content-security-policy"].split("; ")
    assert ("x-frame-options" in headers) == ("sisip" not in page.rsplit("/", maxsplit=1)[-1])
