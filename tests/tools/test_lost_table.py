"""A deleted table stands again under its own name, with all that a backup does not hold."""

from typing import Any

import pytest

from chalicelib.adapters.dynamodb.cases.complaints import DynamoComplaints
from tests.builders import NUMBER, a_life, as_decision
from tests.tools.conftest import STACK
from tools.recovery import lost_table
from tools.recovery.replay import complaints_of
from tools.stack.stage import Stage

TABLE = f"{STACK}-complaints"
OLD = "arn:aws:dynamodb:ap-southeast-3:1:table/t/stream/old"


class Mappings:
    """Lambda's event source mappings of relay."""

    def __init__(self) -> None:
        self.there = [{"UUID": "1", "EventSourceArn": OLD, "BatchSize": 50, "MaximumRetryAttempts": 8, "State": "x"}]

    def list_event_source_mappings(self, FunctionName: str) -> dict[str, Any]:  # noqa: N803
        assert FunctionName == f"{STACK}-relay"
        return {"EventSourceMappings": list(self.there)}

    def create_event_source_mapping(self, FunctionName: str, **words: Any) -> None:  # noqa: N803
        self.there.append({"UUID": "2", **words})

    def delete_event_source_mapping(self, UUID: str) -> None:  # noqa: N803
        self.there = [mapping for mapping in self.there if mapping["UUID"] != UUID]


@pytest.fixture
def mappings(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Mappings:
    made, usual = Mappings(), Stage.client
    monkeypatch.setattr(Stage, "client", lambda stage, name: made if name == "lambda" else usual(stage, name))
    return made


@pytest.fixture
def complaints(stage: Stage) -> DynamoComplaints:
    """A table with one case, that somebody saved and then deleted."""
    made, life = complaints_of(stage), a_life()
    made.lodge(as_decision(None, life.complaint, life.events[0]), None)
    client = stage.client("dynamodb")
    client.create_backup(TableName=TABLE, BackupName="kept")
    client.delete_table(TableName=TABLE)
    return made  # type: ignore[return-value]


def test_a_deleted_table_stands_again_with_its_rows(complaints: DynamoComplaints, mappings: Mappings) -> None:
    assert lost_table.main(["--stack", STACK]) == 0

    assert complaints.load(NUMBER) == a_life().complaint


def test_it_is_recoverable_again_and_its_rows_end(
    stage: Stage, complaints: DynamoComplaints, mappings: Mappings
) -> None:
    lost_table.main(["--stack", STACK])

    client = stage.client("dynamodb")
    backups = client.describe_continuous_backups(TableName=TABLE)["ContinuousBackupsDescription"]
    ends = client.describe_time_to_live(TableName=TABLE)["TimeToLiveDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    assert (ends["TimeToLiveStatus"], ends["AttributeName"]) == ("ENABLED", "expires")


def test_relay_reads_the_new_stream_as_it_read_the_old_one(
    stage: Stage, complaints: DynamoComplaints, mappings: Mappings
) -> None:
    lost_table.main(["--stack", STACK])

    table = stage.client("dynamodb").describe_table(TableName=TABLE)["Table"]
    (mapping,) = mappings.there
    assert mapping["EventSourceArn"] == table["LatestStreamArn"]
    assert (mapping["BatchSize"], mapping["MaximumRetryAttempts"]) == (50, 8)
    assert "State" not in mapping
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_IMAGE"


def test_repeating_it_changes_nothing(stage: Stage, complaints: DynamoComplaints, mappings: Mappings) -> None:
    lost_table.main(["--stack", STACK])
    once = list(mappings.there)

    assert lost_table.main(["--stack", STACK]) == 0

    assert mappings.there == once


def test_without_a_backup_it_says_so(stage: Stage, mappings: Mappings, capsys: pytest.CaptureFixture[str]) -> None:
    stage.client("dynamodb").delete_table(TableName=TABLE)

    assert lost_table.main(["--stack", STACK]) == 1

    assert "keeps no backup" in capsys.readouterr().err
