"""People: a user of the pool and a row, together; checked against the city's own data before anything is written."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chalicelib.adapters.dynamodb.people.staff import DynamoStaff
from chalicelib.application.ports.people import StaffMember
from tests.builders import CITY, KEL_GAMBIR
from tests.tools.conftest import STACK
from tools.accounts import people, staff
from tools.accounts.people import faults
from tools.accounts.staff import main
from tools.deployment.package import ROOT
from tools.infra import cfn_yaml
from tools.stack.stage import Stage

NAMED = ["--stack", STACK]
SARI = ["sari-binamarga", "--name", "Sari", "--role", "opd_officer", "--unit", "DBM"]


def row(username: str) -> StaffMember | None:
    return DynamoStaff().member(username)


def user(stage: Stage, username: str) -> dict[str, Any]:
    found: dict[str, Any] = stage.client("cognito-idp").users[username]
    return found


PASSWORD = "sebelas-gajah-biru"


Typed = Callable[[str], None]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """What comes by standard input."""

    def give(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    give(f"{PASSWORD}\n")
    return give


def add(*words: str) -> int:
    return main(["add", *words, *NAMED])


def test_adding_somebody_makes_user_and_row(stage: Stage, typed: Typed) -> None:
    assert add(*SARI, "--password") == 0

    assert row("sari-binamarga") == StaffMember("sari-binamarga", "Sari", "opd_officer", "DBM")
    assert user(stage, "sari-binamarga")["UserStatus"] == "CONFIRMED"
    assert user(stage, "sari-binamarga")["password"] == PASSWORD


def test_a_temporary_password_has_to_be_changed(stage: Stage, typed: Typed) -> None:
    assert add(*SARI, "--temporary") == 0

    assert user(stage, "sari-binamarga")["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert user(stage, "sari-binamarga")["password"] == PASSWORD


def test_a_password_never_stands_in_the_command_line(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        add(*SARI, "--password", PASSWORD)
    with pytest.raises(SystemExit):
        add(*SARI, f"--password={PASSWORD}")


@pytest.mark.parametrize(("second", "status"), [(PASSWORD, 0), ("another-one-entirely", 1)])
def test_at_a_terminal_it_is_asked_for_twice_and_not_shown(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, second: str, status: int
) -> None:
    answers = [PASSWORD, second]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(staff, "getpass", lambda prompt: answers.pop(0))

    assert add(*SARI, "--password") == status


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("", "at least 12 signs"),
        ("elevensigns", "at least 12 signs"),
        ("aaaabbbbaaaabbbb", "different signs"),
        ("sari-binamarga-1", "everybody knows: binamarga, sari"),
        ("Tanggap-Jakarta-2026", "everybody knows: tanggap"),
        ("p4ssword password", "everybody knows: password"),
    ],
)
def test_a_password_that_others_would_try_first_is_refused_and_nobody_written(
    stage: Stage, typed: Typed, given: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(f"{given}\n")

    assert add(*SARI, "--password") == 1

    assert told in capsys.readouterr().err
    stage.bind_table()
    assert row("sari-binamarga") is None


def test_the_shortest_password_is_the_pools() -> None:
    pool = cfn_yaml.read(ROOT / "infra" / "identity.yaml")["Resources"]["StaffPool"]["Properties"]
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] == people.SHORTEST


def test_without_a_password_a_temporary_one_is_printed_once(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    add(*SARI)
    add(*SARI)

    assert capsys.readouterr().out.count("sari-binamarga\t") == 1
    assert user(stage, "sari-binamarga")["UserStatus"] == "FORCE_CHANGE_PASSWORD"


def test_adding_again_brings_them_up_to_date_and_back(stage: Stage, typed: Typed) -> None:
    add(*SARI, "--password")
    main(["disable", "sari-binamarga", *NAMED])

    assert add("sari-binamarga", "--name", "Sari", "--role", "opd_supervisor", "--unit", "DSDA") == 0

    assert row("sari-binamarga") == StaffMember("sari-binamarga", "Sari", "opd_supervisor", "DSDA")
    assert user(stage, "sari-binamarga")["Enabled"]
    assert user(stage, "sari-binamarga")["UserStatus"] == "CONFIRMED"


def test_a_disabled_person_keeps_his_row_which_says_so(stage: Stage) -> None:
    add(*SARI)

    assert main(["disable", "Sari-Binamarga", *NAMED]) == 0

    found = row("sari-binamarga")
    assert found
    assert found.disabled
    assert not user(stage, "sari-binamarga")["Enabled"]
    assert user(stage, "sari-binamarga")["signed_out"]


def test_a_stranger_cannot_be_disabled(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["disable", "nobody", *NAMED]) == 1
    assert "nobody" in capsys.readouterr().err


def test_a_file_brings_many_at_once(
    stage: Stage, typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff, "AT_ONCE", 1)  # what plays DynamoDB here copies itself for a transaction, and not safely
    lines = [f"petugas-{n},Petugas {n},opd_officer,DBM,\n" for n in range(30)]
    file = tmp_path / "people.csv"
    file.write_text("username,name,role,unit,channels\n" + "".join(lines) + "meja,Meja,desk,BIRO_PEM,EMAIL;SMS\n")

    assert main(["import", str(file), "--password", *NAMED]) == 0

    assert row("petugas-29") == StaffMember("petugas-29", "Petugas 29", "opd_officer", "DBM")
    assert row("meja") == StaffMember("meja", "Meja", "desk", "BIRO_PEM", ("EMAIL", "SMS"))
    main(["list", "--unit", "DBM", *NAMED])
    assert capsys.readouterr().out.count("opd_officer\tDBM") == 30


def test_after_a_lost_pool_everybody_who_may_act_is_invited_anew(
    stage: Stage, typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    add(*SARI)
    add("meja-x", "--name", "Meja", "--role", "desk", "--unit", "BIRO_PEM", "--channels", "X,FB")
    add("pergi", "--name", "Pergi", "--role", "opd_officer", "--unit", "DBM")
    main(["disable", "pergi", *NAMED])
    before = row("meja-x")

    assert main(["export", str(file), *NAMED]) == 0
    stage.client("cognito-idp").users.clear()
    capsys.readouterr()
    assert main(["import", str(file), *NAMED]) == 0

    assert sorted(stage.client("cognito-idp").users) == ["meja-x", "sari-binamarga"]
    assert row("meja-x") == before
    invited = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines() if "\t" in line]
    assert sorted(invited) == ["meja-x", "sari-binamarga"]
    assert "password" not in file.read_text().lower()


def test_one_wrong_line_and_nobody_is_written(stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "people.csv"
    file.write_text("username,name,role,unit\nsari,Sari,opd_officer,DBM\njoko,Joko,lurah,NOWHERE\n")

    assert main(["import", str(file), *NAMED]) == 1

    said = capsys.readouterr().err
    assert "lurah is no role" in said
    assert "NOWHERE is no unit" in said
    stage.bind_table()
    assert row("sari") is None


def test_a_file_without_its_columns_is_refused(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("user,name\nsari,Sari\n")

    assert main(["import", str(file), *NAMED]) == 1
    assert "no column role, unit, username" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("member", "fault"),
    [
        (StaffMember("sari", "Sari", "reporter", "DBM"), "reporter is no role"),
        (StaffMember("sari", "Sari", "opd_officer", "PLN"), "PLN is no unit of the city"),
        (StaffMember("sari", "Sari", "kelurahan_officer", "DBM"), "DBM is no kelurahan"),
        (StaffMember("sari", "Sari", "validator", "DBM"), "belongs to BIRO_PEM"),
        (StaffMember("sari", "Sari", "inspectorate", "BIRO_PEM"), "belongs to INSPEKTORAT"),
        (StaffMember("sari", "Sari", "desk", "BIRO_PEM"), "a desk needs channels"),
        (StaffMember("sari", "Sari", "desk", "BIRO_PEM", ("JAKI",)), "JAKI is no channel that a desk types in"),
        (StaffMember("sari", "Sari", "validator", "BIRO_PEM", ("EMAIL",)), "only a desk has channels"),
        (StaffMember("sari", " ", "validator", "BIRO_PEM"), "the name is missing"),
        (StaffMember("Sari Dewi", "Sari", "validator", "BIRO_PEM"), "a username has"),
        *(
            (StaffMember(name, "Sari", "validator", "BIRO_PEM"), "stands for somebody else")
            for name in ("reporter", "public", "system", "channel", "coordinator", "validator")
        ),
    ],
)
def test_what_the_citys_data_says_against_a_person(member: StaffMember, fault: str) -> None:
    assert [fault in said for said in faults(member, CITY)] == [True]


def test_a_lurah_stands_in_his_kelurahan() -> None:
    assert list(faults(StaffMember("lurah-gambir", "Ratna", "kelurahan_officer", KEL_GAMBIR), CITY)) == []
