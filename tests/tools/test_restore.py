"""What a table lost comes back from one restored beside it, and nobody is told anything twice."""

from typing import Any

import pytest

from chalicelib.adapters.dynamodb import keys
from chalicelib.domain.case import numbers
from tests.tools.conftest import STACK
from tools import restore
from tools.stage import Stage

FIRST, SECOND = (numbers.from_bits(bits) for bits in (1, 2))
RESTORED = f"{STACK}-restored"


def row(number: str, sk: str, value: str) -> dict[str, Any]:
    return {"pk": {"S": keys.case(number)}, "sk": {"S": sk}, "value": {"S": value}}


@pytest.fixture
def dynamodb(stage: Stage) -> Any:
    """The stack's table, and beside it one with two whole cases, a person and a public row."""
    client = stage.client("dynamodb")
    client.create_table(
        TableName=RESTORED,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    )
    for number in (FIRST, SECOND):
        for sk in (keys.event(1), keys.COMPLAINT, keys.notice("1#citizen")):
            client.put_item(TableName=RESTORED, Item=row(number, sk, "then"))
    for pk in ("STAFF#lurah-gambir", "KEY#0a", "CLIENTS", "G1#CELL#1#2", "SENT#2026-03-02", "PUBLIC"):
        client.put_item(TableName=RESTORED, Item={"pk": {"S": pk}, "sk": {"S": "x"}})
    return client


def test_who_wanted_no_messages_gets_none_after_a_restore(dynamodb: Any) -> None:
    dynamodb.put_item(
        TableName=RESTORED, Item={"pk": {"S": keys.standing("a1")}, "sk": {"S": keys.STANDING}, "value": {"S": "then"}}
    )

    restore.main(["--stack", STACK, "--table", RESTORED])

    assert standing(dynamodb)[keys.standing("a1"), keys.STANDING] == "then"


def standing(client: Any) -> dict[tuple[str, str], str]:
    items = client.scan(TableName=f"{STACK}-complaints")["Items"]
    return {(item["pk"]["S"], item["sk"]["S"]): item.get("value", {}).get("S", "") for item in items}


def test_what_is_missing_comes_back_and_what_stands_stays(dynamodb: Any) -> None:
    dynamodb.put_item(TableName=f"{STACK}-complaints", Item=row(FIRST, keys.COMPLAINT, "now"))

    assert restore.main(["--stack", STACK, "--table", RESTORED]) == 0

    found = standing(dynamodb)
    assert found[keys.case(FIRST), keys.COMPLAINT] == "now"
    assert len(found) == 6  # two cases of three rows; no person, no public row


def test_people_and_keys_come_back_into_their_own_table(dynamodb: Any) -> None:
    assert restore.main(["--stack", STACK, "--table", RESTORED, "--people"]) == 0

    assert standing(dynamodb) == {}
    people = dynamodb.scan(TableName=f"{STACK}-people")["Items"]
    assert {item["pk"]["S"] for item in people} == {"STAFF#lurah-gambir", "KEY#0a", "CLIENTS"}


def test_people_have_no_number(dynamodb: Any) -> None:
    with pytest.raises(SystemExit):
        restore.main(["--stack", STACK, "--table", RESTORED, "--people", "--number", FIRST])


def test_repeating_it_writes_nothing(dynamodb: Any, capsys: pytest.CaptureFixture[str]) -> None:
    restore.main(["--stack", STACK, "--table", RESTORED])
    capsys.readouterr()

    restore.main(["--stack", STACK, "--table", RESTORED])

    assert capsys.readouterr().out.startswith("0 rows written\n")


def test_events_come_after_the_ledger_of_messages(stage: Stage, dynamodb: Any) -> None:
    source = restore.Restore(stage, RESTORED, into="TableName", overwrite=False)
    order: list[str] = []
    source._put = lambda item: order.append(item["sk"]["S"]) or True  # type: ignore[method-assign,func-returns-value]

    source(None)

    assert [sk.startswith("EVENT#") for sk in order] == [False] * 4 + [True] * 2


def test_one_case_can_be_put_back_as_it_was(dynamodb: Any) -> None:
    dynamodb.put_item(TableName=f"{STACK}-complaints", Item=row(FIRST, keys.COMPLAINT, "spoiled"))

    restore.main(["--stack", STACK, "--table", RESTORED, "--number", FIRST.lower(), "--overwrite"])

    found = standing(dynamodb)
    assert found[keys.case(FIRST), keys.COMPLAINT] == "then"
    assert {pk for pk, _ in found} == {keys.case(FIRST)}


def test_everything_is_never_overwritten_at_once(dynamodb: Any) -> None:
    with pytest.raises(SystemExit):
        restore.main(["--stack", STACK, "--table", RESTORED, "--overwrite"])
    assert standing(dynamodb) == {}


def test_a_table_that_is_not_there_is_told(dynamodb: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert restore.main(["--stack", STACK, "--table", "nowhere"]) == 1
    assert "not found" in capsys.readouterr().err.lower()
