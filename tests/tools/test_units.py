"""The units' topics: made once, for all who can hold a case, and listened to by whom an operator says."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.adapters.unit_topics import topic_name
from chalicelib.application.people.subscribers import protocol
from tests.tools.conftest import STACK
from tools.accounts import units
from tools.accounts.units import holding, main
from tools.stack.stage import Stage

NAMED = ["--stack", STACK]


def topics(stage: Stage) -> set[str]:
    pages = stage.client("sns").get_paginator("list_topics").paginate()
    return {topic["TopicArn"].rpartition(":")[2] for topic in pages.search("Topics")}


def test_every_unit_that_can_hold_a_case_gets_its_topic_and_no_other(stage: Stage) -> None:
    assert main(["provision", *NAMED]) == 0

    made = {name for name in topics(stage) if "-unit-" in name}
    assert f"{STACK}-unit-KEL_31-71-01-1001" in made
    assert f"{STACK}-unit-PLN" not in made
    assert len(made) == len(holding())


def test_provisioning_again_makes_nothing(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    main(["provision", *NAMED])
    main(["provision", *NAMED])

    assert capsys.readouterr().out.splitlines()[-1].startswith("0 topics made, ")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A city of three units: all of Jakarta's take their time."""
    monkeypatch.setattr(units, "holding", lambda: dict.fromkeys(("DBM", "DBM.31.71", "KEL_31.71.01.1001")))


def policy(stage: Stage, unit: str) -> dict[str, Any]:
    arn = stage.outputs["UnitTopicPrefix"] + topic_name(unit)
    read: dict[str, Any] = json.loads(
        stage.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"].get("Policy", "{}")
    )
    return read


def only_alert_unit(stage: Stage, unit: str) -> bool:
    (statement,) = policy(stage, unit)["Statement"]
    return bool(
        statement["Action"] == "sns:Publish"
        and statement["Principal"] == {"AWS": stage.outputs["AlertUnitRoleArn"]}
        and statement["Resource"] == stage.outputs["UnitTopicPrefix"] + topic_name(unit)
    )


def test_only_the_role_that_alerts_units_may_publish_to_their_topics(stage: Stage, few: None) -> None:
    main(["provision", *NAMED])

    assert all(only_alert_unit(stage, unit) for unit in ("DBM", "DBM.31.71", "KEL_31.71.01.1001"))


def test_a_topic_that_was_made_before_gets_its_policy_once(
    stage: Stage, few: None, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.client("sns").create_topic(Name=f"{STACK}-unit-DBM")

    main(["provision", *NAMED])
    main(["provision", *NAMED])

    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("1 were there, 1 of them given their policy")
    assert said[1].endswith("were there, 0 of them given their policy")
    assert only_alert_unit(stage, "DBM")


def test_a_role_that_was_made_anew_takes_the_place_of_the_former(stage: Stage, few: None) -> None:
    main(["provision", *NAMED])
    stage.outputs["AlertUnitRoleArn"] = stage.outputs["AlertUnitRoleArn"].replace("-1", "-2")

    main(["provision", *NAMED])

    assert only_alert_unit(stage, "DBM")


def test_an_operator_says_who_listens(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    main(["provision", *NAMED])

    assert main(["subscribe", "DBM.31.71", "+628110000001", *NAMED]) == 0
    assert main(["list", "DBM.31.71", *NAMED]) == 0
    assert "sms\t+628110000001" in capsys.readouterr().out
    assert main(["unsubscribe", "--stack", STACK, "DBM.31.71", "+628110000001"]) == 0
    main(["list", "DBM.31.71", *NAMED])
    assert "+628110000001" not in capsys.readouterr().out.replace("+628110000001 listens", "")


@pytest.mark.parametrize("words", [["NOBODY", "a@example.id"], ["PLN", "a@example.id"], ["DBM", "somewhere"]])
def test_an_unknown_unit_an_external_one_and_no_address_are_refused(
    stage: Stage, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["subscribe", *words, *NAMED]) == 1
    assert capsys.readouterr().err


def test_who_does_not_listen_cannot_be_taken_away(stage: Stage) -> None:
    main(["provision", *NAMED])

    assert main(["unsubscribe", "DBM", "a@example.id", *NAMED]) == 1


def test_a_stack_that_is_not_there_is_said(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["provision", "--stack", "tanggap-elsewhere"]) == 1
    assert "tanggap-elsewhere" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("a@example.id", "email"),
        ("+628110000001", "sms"),
        ("https://example.id/hook", "https"),
        ("arn:aws:sqs:ap-southeast-3:1:queue", "sqs"),
    ],
)
def test_an_address_says_how_it_is_reached(address: str, kind: str) -> None:
    assert protocol(address) == kind


@pytest.mark.parametrize(
    ("given", "token"),
    [
        ("abc123", "abc123"),
        (
            "https://sns.ap-southeast-3.amazonaws.com/confirmation.html?TopicArn=arn:x&Token=abc123&Endpoint=a@b",
            "abc123",
        ),
    ],
)
def test_a_confirmation_is_by_the_links_token_so_that_no_reader_of_the_mailbox_ends_it(
    stage: Stage, few: None, monkeypatch: pytest.MonkeyPatch, given: str, token: str
) -> None:
    calls: list[dict[str, Any]] = []
    topics_of = units.Topics(stage)
    monkeypatch.setattr(topics_of._sns, "confirm_subscription", lambda **call: calls.append(call))
    monkeypatch.setattr(units, "Topics", lambda _stage: topics_of)

    assert main(["confirm", "DBM", given, *NAMED]) == 0

    arn = stage.outputs["UnitTopicPrefix"] + "DBM"
    assert calls == [{"TopicArn": arn, "Token": token, "AuthenticateOnUnsubscribe": "true"}]


def test_units_that_nobody_hears_are_named_until_each_is_heard(
    stage: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few_units = {code: unit for code, unit in units.data.reference().units.items() if code in ("DBM", "DBM.31.71")}
    monkeypatch.setattr(units, "holding", lambda: dict.fromkeys(few_units))
    monkeypatch.setattr(units.data, "reference", lambda: SimpleNamespace(units=few_units))
    main(["provision", *NAMED])
    main(["subscribe", "DBM", "+628110000001", *NAMED])
    capsys.readouterr()

    assert main(["check", *NAMED]) == 1
    assert capsys.readouterr().err.splitlines()[:-1] == ["DBM.31.71"]

    main(["subscribe", "DBM.31.71", "+628110000002", *NAMED])
    assert main(["check", *NAMED]) == 0
