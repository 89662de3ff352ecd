"""The operator connects channels: what senders sign with, where partners are called back, and what was not told."""

import io
import json
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.messages.ledger import DynamoNotices
from chalicelib.adapters.dynamodb.messages.stuck import DynamoStuckCallBacks
from chalicelib.application.ports.messages import Notice
from chalicelib.application.ports.partners import StuckCallBack
from tests.builders import NOW, NUMBER
from tests.tools.conftest import STACK
from tools.accounts import channels
from tools.stack.stage import Stage

URL = "https://jaki.example/told"


@pytest.fixture
def secrets(stage: Stage) -> Any:
    """What the stack's secret holds now."""
    client = stage.client("secretsmanager")
    made = client.create_secret(Name=f"{STACK}-channels", SecretString="{}")
    stage.outputs["ChannelSecretsId"] = made["ARN"]
    return lambda: json.loads(client.get_secret_value(SecretId=made["ARN"])["SecretString"])


def run(*words: str) -> int:
    return channels.main(["--stack", STACK, *words])


def test_a_changed_secret_leaves_the_address_of_call_backs(secrets: Any) -> None:
    run("rotate", "JAKI")
    run("call-back", "JAKI", URL)

    run("rotate", "JAKI")

    assert (len(secrets()["JAKI"]["keys"]), secrets()["JAKI"]["call_back"]["url"]) == (2, URL)


def test_what_we_sign_with_is_not_what_the_partner_signs_with(secrets: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run("rotate", "JAKI")
    run("call-back", "JAKI", URL)

    printed = capsys.readouterr().out.split()
    assert printed == [secrets()["JAKI"]["keys"][0], secrets()["JAKI"]["call_back"]["keys"][0]]
    assert len(set(printed)) == 2


def test_another_address_keeps_the_secret_and_prints_none(secrets: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run("call-back", "JAKI", URL)
    before = secrets()["JAKI"]["call_back"]["keys"]
    capsys.readouterr()

    run("call-back", "JAKI", f"{URL}/2")

    assert secrets()["JAKI"]["call_back"] == {"url": f"{URL}/2", "keys": before}
    assert capsys.readouterr().out == ""


def test_the_former_secret_signs_until_the_next_change(secrets: Any) -> None:
    run("call-back", "JAKI", URL)
    seen = []
    for _ in range(3):
        seen.append(secrets()["JAKI"]["call_back"]["keys"])
        run("call-back-rotate", "JAKI")

    assert [len(keys) for keys in seen] == [1, 2, 2]
    assert seen[2][1] == seen[1][0]


@pytest.mark.parametrize(
    "words",
    [
        ("call-back", "JAKI", "http://jaki.example/told"),
        ("call-back", "JAKI", "jaki.example"),
        ("call-back", "WEB", URL),
        ("call-back", "jaki", URL),
        ("call-back-rotate", "QLUE"),
        ("replay", "JAKI", "JKT-XXXX"),
    ],
)
def test_what_cannot_be_is_refused(secrets: Any, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert run(*words) == 1

    assert capsys.readouterr().err
    assert secrets() == {}


def test_a_partner_that_is_told_nothing_any_more_may_still_send(secrets: Any) -> None:
    run("rotate", "JAKI")
    run("call-back", "JAKI", URL)

    run("call-back-end", "JAKI")

    assert secrets().keys() == {"JAKI"}
    assert secrets()["JAKI"].keys() == {"keys"}


def test_a_provider_secret_comes_on_standard_input(secrets: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("rahasia\n"))

    run("set", "FB")

    assert secrets()["FB"]["keys"] == ["rahasia"]
    assert secrets()["FB"]["verify_token"]


def test_the_list_shows_no_secret(secrets: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run("rotate", "JAKI")
    run("call-back", "JAKI", URL)
    printed = capsys.readouterr().out.split()

    run("list")

    shown = capsys.readouterr().out
    assert f"JAKI         connected  {URL}" in shown
    assert not [key for key in printed if key in shown]


@pytest.fixture
def failed(stage: Stage, secrets: Any) -> Notice:
    """A call-back that failed to the end."""
    stage.bind_table()
    key = "000001#partner:JAKI"
    notice = Notice(NUMBER, key, "waiting", "callback", "failed", NOW, NOW, NOW, tries=18)
    DynamoNotices().claim(notice, None)
    DynamoStuckCallBacks().note(StuckCallBack("JAKI", NUMBER, key, 18, "503", NOW))
    return notice


def test_what_is_stuck_is_shown_without_a_person(failed: Notice, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stuck", "JAKI") == 0

    assert capsys.readouterr().out.split()[:6] == [NUMBER, "event", "1", "try", "18", "503"]


def test_what_is_replayed_is_a_promise_again(failed: Notice, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("replay", "JAKI", NUMBER) == 0

    found = DynamoNotices().find(NUMBER, failed.key)
    assert capsys.readouterr().out == "1 call-backs are due again\n"
    assert found
    assert (found.state, found.tries, found.promised) == ("deferred", 1, True)
