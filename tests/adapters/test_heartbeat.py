"""The sweeper's beat is a row that the stream brings to relay, which does nothing at it, and that the table forgets."""

from datetime import datetime
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import raw
from chalicelib.adapters.dynamodb.heartbeat import KEPT, DynamoHeartbeat
from tests.adapters.roles import Become
from tools.deployment.package import ROOT
from tools.infra import cfn_yaml


def beats(table: Any) -> list[dict[str, Any]]:
    found = table.query(
        TableName=raw.table_name(),
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": "HEARTBEAT"}},
    )
    return [raw.plain(item) for item in found["Items"]]


def test_each_beat_is_a_row_of_its_own_since_the_stream_tells_of_new_rows_only(table: Any, now: datetime) -> None:
    DynamoHeartbeat().beat(now)
    DynamoHeartbeat().beat(now + KEPT)

    assert len({beat["sk"] for beat in beats(table)}) == 2


def test_the_table_forgets_a_beat_after_an_hour(table: Any, now: datetime) -> None:
    DynamoHeartbeat().beat(now)

    (beat,) = beats(table)
    forgets = cfn_yaml.read(ROOT / "infra/data.yaml")["Resources"]["ComplaintsTable"]["Properties"]
    assert beat[forgets["TimeToLiveSpecification"]["AttributeName"]] == int((now + KEPT).timestamp())


@pytest.mark.city
def test_the_sweepers_role_may_beat(become: Become) -> None:
    become("sweep").beat()
