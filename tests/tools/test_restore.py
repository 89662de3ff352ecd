"""What a table lost comes back from one restored beside it, and nobody is told anything twice."""

from typing import Any

import pytest

from chalicelib.adapters.dynamodb import keys
from chalicelib.domain.case import numbers
from tests.builders import NUMBER, a_life, as_decision
from tests.tools.conftest import STACK
from tools.recovery import restore
from tools.recovery.replay import complaints_of
from tools.stack.stage import Stage

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

    assert capsys.readouterr().out.startswith("0 rows written in ")


def test_nobody_is_told_of_an_event_that_comes_back(dynamodb: Any) -> None:
    restore.main(["--stack", STACK, "--table", RESTORED])

    marked = [item["sk"]["S"] for item in scanned(dynamodb) if keys.RESTORED in item]
    assert marked == [keys.event(1)] * 2


def scanned(client: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.scan(TableName=f"{STACK}-complaints")["Items"]
    return items


def test_a_history_that_came_back_is_read_as_it_was(stage: Stage, dynamodb: Any) -> None:
    complaints, life = complaints_of(stage), a_life()
    complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    for item in scanned(dynamodb):
        dynamodb.put_item(TableName=RESTORED, Item=item)
        dynamodb.delete_item(TableName=f"{STACK}-complaints", Key={"pk": item["pk"], "sk": item["sk"]})

    restore.main(["--stack", STACK, "--table", RESTORED, "--number", NUMBER])

    complaints = complaints_of(stage)  # the command bound the rows to a client of its own
    assert complaints.load(NUMBER) == life.complaint
    assert [event.digest for event in complaints.events(NUMBER)] == [life.events[0].digest]


def test_more_rows_than_a_call_takes_come_back_each_once(dynamodb: Any) -> None:
    for sequence in range(2, 60):
        dynamodb.put_item(TableName=RESTORED, Item=row(FIRST, keys.event(sequence), "then"))
    for sequence in range(2, 60, 7):
        dynamodb.put_item(TableName=f"{STACK}-complaints", Item=row(FIRST, keys.event(sequence), "now"))

    restore.main(["--stack", STACK, "--table", RESTORED])

    values = list(standing(dynamodb).values())
    assert (values.count("now"), values.count("then")) == (9, 6 + 58 - 9)


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
