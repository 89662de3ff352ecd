"""What a city writes down of the calls that it lets through."""

from pathlib import Path

import pytest

from local.emulator.calls import Calls

STACK = "arn:aws:sts::000000000000:assumed-role/tanggap-local"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "calls.txt"


def test_a_call_is_written_once_by_role_statement_and_action(file: Path) -> None:
    calls = Calls(file)
    for _ in range(2):
        calls.note(f"{STACK}-ArmRole/session", "Table", "dynamodb:GetItem")
    calls.note(f"{STACK}-ArmRole/session", "Start", "states:StartExecution")

    assert file.read_text() == "ArmRole Table dynamodb:GetItem\nArmRole Start states:StartExecution\n"


def test_two_cities_share_a_file(file: Path) -> None:
    for statement in ("Table", "Start"):
        Calls(file).note(f"{STACK}-ArmRole/session", statement, "a:B")

    assert len(file.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    "principal", ["", "arn:aws:iam::000000000000:user/operator", "arn:aws:sts::0:assumed-role/other/s"]
)
def test_who_is_no_function_is_not_written(file: Path, principal: str) -> None:
    Calls(file).note(principal, "Table", "dynamodb:GetItem")

    assert not file.exists()
