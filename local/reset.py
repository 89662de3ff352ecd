"""The city without what happened in it: no complaints, messages or faults, and real time. People, keys, secrets and
topics stay. What may be thousands is removed inside the emulator, where a call each would take a minute."""

from local.clock import Clock
from local.emulator.cloud import Cloud
from local.emulator.faults import Faults
from local.emulator.work import Work
from local.emulator.workers import Permits
from local.played.mailbox import Mailbox
from local.settings import STACK


class Reset:
    def __init__(self, *, cloud: Cloud, permits: Permits, work: Work, clock: Clock, faults: Faults, mailbox: Mailbox):
        self._cloud = cloud
        self._permits = permits
        self._work = work
        self._clock = clock
        self._faults = faults
        self._mailbox = mailbox

    def __call__(self) -> None:
        self._faults.clear()
        self._work.settle(patience=5)
        with self._permits.all(patience=10):
            self._stop_executions()
            self._purge_queues()
            self._empty_bucket("PhotoBucketName")
            self._empty_bucket("RawBucketName")
            self._empty_bucket("ErasureBucketName")
            self._delete_rows()
        self._work.settle(patience=5)
        self._mailbox.clear()
        self._clock.put_back()

    def _stop_executions(self) -> None:
        from ministack.services import stepfunctions

        with self._cloud.in_scope():
            for execution in list(stepfunctions._executions.values()):
                if execution["status"] == "RUNNING":
                    stepfunctions._stop_execution({"executionArn": execution["executionArn"], "cause": "reset"})

    def _purge_queues(self) -> None:
        """Emptied where they are: SQS lets a queue be purged once a minute only."""
        from ministack.services import sqs

        with sqs._queues_lock:
            for queue in sqs._queues._data.values():
                queue["messages"].clear()

    def _empty_bucket(self, name: str) -> None:
        s3, bucket = self._cloud.client("s3"), _output(self._cloud, name)
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for found in page.get("Contents", []):
                s3.delete_object(Bucket=bucket, Key=found["Key"])

    def _delete_rows(self) -> None:
        """Without a record of the stream for each."""
        from ministack.services import dynamodb

        with self._cloud.in_scope():
            table = dynamodb._tables[f"{STACK}-complaints"]
            for pk, rows in list(table["items"].items()):
                for sk in list(rows):
                    dynamodb._remove_item(table, pk, sk)


def _output(cloud: Cloud, name: str) -> str:
    stack = cloud.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    return next(o["OutputValue"] for o in stack["Outputs"] if o["OutputKey"] == name)
