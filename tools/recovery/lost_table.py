"""`python -m tools lost-table --stack S [--people] [--backup ARN]`: makes a deleted table of a stack again, under its
own name. The source is the backup that AWS keeps of a deleted table for 35 days, or the backup that is named. It gets
back what a backup does not hold: stream, point-in-time recovery, time to live, protection; and relay reads the new
stream.

Rows come back as they are: nobody is told anything again. At the end every erasure since is done once more."""

import sys
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from tools.recovery.erasures import erase_again, told
from tools.stack import tags
from tools.stack.stacks import StackError
from tools.stack.stage import Stage, named, parser

PATIENCE = {"Delay": 20, "MaxAttempts": 540}  # three hours: what AWS needs grows with the table
# Of a mapping, as it is described and as it is made again.
KEPT = (
    *("BatchSize", "FilterCriteria", "FunctionResponseTypes", "BisectBatchOnFunctionError", "MaximumRetryAttempts"),
    *("MaximumRecordAgeInSeconds", "DestinationConfig", "MaximumBatchingWindowInSeconds", "ParallelizationFactor"),
)


def main(arguments: list[str]) -> int:
    """Exit status 1 when the table stands, or there is no backup of it."""
    made = named(parser("lost-table", __doc__))
    made.add_argument("--people", action="store_true", help="the table of people")
    made.add_argument("--backup", metavar="ARN", help="this one, not the newest that AWS kept")
    options = made.parse_args(arguments)
    try:
        stage = Stage(options.stack)
        table = LostTable(stage, stage.outputs["PeopleTableName" if options.people else "TableName"])
        table.restore(options.backup)
        table.settle(cases=not options.people)
        print(f"{table.name} stands")
        if not options.people:
            print(told(erase_again(stage)()))
    except (StackError, ClientError, WaiterError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class LostTable:
    """One table of a stack that stands without it. Each step may be repeated."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.name = name
        self._stage = stage
        self._dynamodb = stage.client("dynamodb")

    def restore(self, backup: str | None) -> None:
        """Raises StackError without a backup. A table that stands already is left alone."""
        if self._stands():
            return
        self._dynamodb.restore_table_from_backup(TargetTableName=self.name, BackupArn=backup or self._newest())
        self._dynamodb.get_waiter("table_exists").wait(TableName=self.name, WaiterConfig=PATIENCE)

    def _stands(self) -> bool:
        try:
            self._dynamodb.describe_table(TableName=self.name)
        except self._dynamodb.exceptions.ResourceNotFoundException:
            return False
        return True

    def _newest(self) -> str:
        asked = {"TableName": self.name, "BackupType": "ALL"}
        found = self._dynamodb.list_backups(**asked)["BackupSummaries"]
        if not found:
            raise StackError(f"AWS keeps no backup of {self.name}: name one of your own with --backup")
        newest = max(found, key=lambda backup: backup["BackupCreationDateTime"])
        return str(newest["BackupArn"])

    def settle(self, *, cases: bool) -> None:
        """What a restored table is without. `cases`: that one has a stream, and rows that end by themselves."""
        protected = self._stage.stack == "tanggap-production"
        self._dynamodb.update_table(TableName=self.name, DeletionProtectionEnabled=protected)
        self._dynamodb.update_continuous_backups(
            TableName=self.name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
        arn = self._described()["TableArn"]
        self._dynamodb.tag_resource(ResourceArn=arn, Tags=tags.listed(tags.of(self._stage.stack)))
        if cases:
            self._let_rows_end()
            self._read_by_relay(self._stream())

    def _let_rows_end(self) -> None:
        known = self._dynamodb.describe_time_to_live(TableName=self.name)["TimeToLiveDescription"]
        if known["TimeToLiveStatus"] in ("DISABLED", "DISABLING"):
            wanted = {"AttributeName": "expires", "Enabled": True}
            self._dynamodb.update_time_to_live(TableName=self.name, TimeToLiveSpecification=wanted)

    def _stream(self) -> str:
        """Its ARN."""
        if "LatestStreamArn" not in self._described():
            wanted = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
            self._dynamodb.update_table(TableName=self.name, StreamSpecification=wanted)
            self._dynamodb.get_waiter("table_exists").wait(TableName=self.name, WaiterConfig=PATIENCE)
        return str(self._described()["LatestStreamArn"])

    def _described(self) -> dict[str, Any]:
        found: dict[str, Any] = self._dynamodb.describe_table(TableName=self.name)["Table"]
        return found

    def _read_by_relay(self, stream: str) -> None:
        """A mapping keeps its stream for life: it is made again with the old one's words, and the old one goes."""
        client, relay = self._stage.client("lambda"), f"{self._stage.stack}-relay"
        found = client.list_event_source_mappings(FunctionName=relay)["EventSourceMappings"]
        if all(mapping["EventSourceArn"] != stream for mapping in found) and found:
            words = {word: found[0][word] for word in KEPT if word in found[0]}
            client.create_event_source_mapping(
                FunctionName=relay,
                EventSourceArn=stream,
                StartingPosition="TRIM_HORIZON",
                Tags=tags.of(self._stage.stack),
                **words,
            )
        for mapping in found:
            if mapping["EventSourceArn"] != stream:
                client.delete_event_source_mapping(UUID=mapping["UUID"])
