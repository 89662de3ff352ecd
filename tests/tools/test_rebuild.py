"""Public lists and figures are made again from the history alone."""

import pytest

from chalicelib.adapters.dynamodb.cases.complaints import DynamoComplaints
from chalicelib.adapters.dynamodb.public.figures import DynamoFigures
from chalicelib.adapters.dynamodb.public.generations import DynamoGenerations
from chalicelib.domain.case.figures import total
from tests.builders import a_life, as_decision
from tests.tools.conftest import STACK
from tools.recovery import rebuild
from tools.stack.stage import Stage


@pytest.fixture
def lodged(stage: Stage) -> None:
    """A case that nobody has projected."""
    stage.bind_table()
    life = a_life()
    DynamoComplaints(queue_key=lambda complaint: None, task_key=lambda task: task.queue).lodge(
        as_decision(None, life.complaint, life.events[0]), None
    )


def test_a_new_set_is_built_and_served(lodged: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = DynamoGenerations().served()

    assert rebuild.main(["--stack", STACK]) == 0

    assert DynamoGenerations().served() == before + 1
    assert total(DynamoFigures().channels().values()).count("received") == 1
    assert capsys.readouterr().out.startswith("1 cases projected")


def test_the_former_set_is_deleted_and_counts_are_not_doubled(lodged: None) -> None:
    for _ in range(2):
        rebuild.main(["--stack", STACK])

    assert total(DynamoFigures().channels().values()).count("received") == 1
    assert DynamoGenerations().discard_others() == 0


def test_a_stack_that_is_not_there_is_told(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebuild.main(["--stack", "tanggap-nowhere"]) == 1

    assert "tanggap-nowhere" in capsys.readouterr().err
