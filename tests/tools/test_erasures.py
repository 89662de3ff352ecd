"""Every case of the ledger of erasures is erased once more, over the stack's own table and buckets."""

from datetime import timedelta

import pytest

from chalicelib.adapters.dynamodb.cases.complaints import DynamoComplaints
from chalicelib.adapters.erasures import S3ErasureLedger
from chalicelib.domain.case.erasure import Erasure
from tests.builders import NUMBER, a_life, as_decision
from tests.tools.conftest import STACK
from tools.recovery import erasures
from tools.recovery.replay import complaints_of
from tools.stack.stage import Stage


@pytest.fixture
def restored(stage: Stage) -> DynamoComplaints:
    """A table with a case as it was before its reporter asked, and the ledger that remembers that they did."""
    complaints, life = complaints_of(stage), a_life()
    complaints.lodge(as_decision(None, life.complaint, life.events[0]), None)
    ledger = S3ErasureLedger(bucket=stage.outputs["ErasureBucketName"], client=stage.client("s3"))
    ledger.note(Erasure(NUMBER, life.now + timedelta(hours=1)))
    return complaints  # type: ignore[return-value]


def test_what_was_restored_is_erased_again(restored: DynamoComplaints, capsys: pytest.CaptureFixture[str]) -> None:
    assert erasures.main(["--stack", STACK]) == 0

    found = restored.load(NUMBER)
    assert found is not None
    assert (found.erased is not None, found.place) == (True, None)
    assert [dict(event.words) for event in restored.events(NUMBER)] == [{}, {}]
    assert capsys.readouterr().out == "1 cases of the ledger of erasures erased again\n"


def test_repeating_it_adds_nothing_to_the_history(restored: DynamoComplaints) -> None:
    for _ in range(2):
        erasures.main(["--stack", STACK])

    assert [event.action for event in restored.events(NUMBER)] == ["lodge", "erase"]


def test_without_the_stack_it_says_so(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert erasures.main(["--stack", "tanggap-nowhere"]) == 1
    assert "tanggap-nowhere" in capsys.readouterr().err
