"""What was lost in a running city is brought back by the operator's command, as docs/operations.md prints it, and the
city goes on: nobody is told twice, and whoever acts next is told as ever. `-s` prints how long each command took."""

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from chalicelib.adapters.dynamodb.keys import STANDING
from chalicelib.adapters.dynamodb.keys import standing as standing_of
from tests.city import HANGS, LURAH, OFFICER, SUPERVISOR, Case, City, an_email, eventually, standing
from tools.deployment.package import ROOT

pytestmark = pytest.mark.city
STACK, REGION = "tanggap-local", "ap-southeast-3"
ROWS = int(os.environ.get("ROWS", "300"))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """One city, for whose table, pictures and people nobody else looks."""
    with standing(tmp_path_factory.mktemp("lost"), WEB="0") as (_, client):
        yield client


def operate(city: City, *words: str) -> str:
    """What the command printed."""
    account = {**city.operator(), "AWS_ENDPOINT_URL": city.origin, "AWS_DEFAULT_REGION": REGION}
    began = time.monotonic()
    called = [sys.executable, "-m", "tools", *words, "--stack", STACK]
    ended = subprocess.run(called, cwd=ROOT, env={**os.environ, **account}, capture_output=True, text=True, check=False)
    print(f"\n{' '.join(words)}: {time.monotonic() - began:.1f} s: {ended.stdout.strip()}")
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout


def a_followed_case(city: City) -> tuple[Case, str]:
    """With a letter for each of its two statuses."""
    mail = an_email()
    case = city.lodge(contact={"email": mail}).drive("coordinated")
    told(city, mail, "waiting", "coordinated")
    return case, mail


def as_it_stands(case: Case) -> dict[str, Any]:
    """Its reporter's view, but for what counts on: how long the case has been in whose hands."""
    return {name: value for name, value in case.view().items() if name != "held"}


def told(city: City, mail: str, *events: str) -> None:
    eventually(lambda: city.mailbox(to=mail), lambda found: len(found) >= len(events), what=f"letters to {mail}")
    assert sorted(message["event"] for message in city.mailbox(to=mail)) == sorted(events)


def goes_on(city: City, case: Case, mail: str) -> None:
    """The next step is told, and nothing before it is told again."""
    case.act("assign", SUPERVISOR, officer=OFFICER)
    told(city, mail, "waiting", "coordinated", "assigned")


def test_lost_rows_come_back_from_a_table_that_was_restored_beside(city: City) -> None:
    case, mail = a_followed_case(city)
    dynamodb, shown = city.aws("dynamodb"), as_it_stands(case)
    table, beside = f"{STACK}-complaints", f"{STACK}-restored"
    dynamodb.restore_table_to_point_in_time(SourceTableName=table, TargetTableName=beside, UseLatestRestorableTime=True)
    for row in rows_of(city, case):
        dynamodb.delete_item(TableName=table, Key={"pk": row["pk"], "sk": row["sk"]})
    assert city.get(f"/complaints/{case.number}").status_code == 404

    operate(city, "restore", "--table", beside)
    operate(city, "rebuild")

    assert as_it_stands(case) == shown
    goes_on(city, case, mail)


def test_many_rows_come_back_at_once_each_once(city: City) -> None:
    """ROWS=20000 for a rate that means something. Rows of addresses, which nobody reads without being asked."""
    dynamodb, beside, keys = city.aws("dynamodb"), f"{STACK}-many", {"pk": "HASH", "sk": "RANGE"}
    dynamodb.create_table(
        TableName=beside,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in keys],
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys.items()],
    )
    for first in range(0, ROWS, 25):
        put = [{"PutRequest": {"Item": an_address(n)}} for n in range(first, min(first + 25, ROWS))]
        dynamodb.batch_write_item(RequestItems={beside: put})

    said = operate(city, "restore", "--table", beside), operate(city, "restore", "--table", beside)

    assert [line.partition(" rows written in ")[0] for line in said] == [str(ROWS), "0"]
    last = an_address(ROWS - 1)
    key = {"pk": last["pk"], "sk": last["sk"]}
    assert dynamodb.get_item(TableName=f"{STACK}-complaints", Key=key)["Item"] == last


def an_address(number: int) -> dict[str, Any]:
    """A row of 1 KB, as most of a case are."""
    return {"pk": {"S": standing_of(f"many-{number}")}, "sk": {"S": STANDING}, "value": {"S": "x" * 900}}


def rows_of(city: City, case: Case) -> list[dict[str, Any]]:
    pages = city.aws("dynamodb").get_paginator("scan").paginate(TableName=f"{STACK}-complaints")
    key = case.number.removeprefix("JKT-").replace("-", "")
    return [row for page in pages for row in page["Items"] if key in row["pk"]["S"]]


def test_a_lost_table_stands_again_and_relay_reads_it(city: City) -> None:
    """AWS itself backs up a table that is deleted; here somebody does."""
    case, mail = a_followed_case(city)
    dynamodb, shown = city.aws("dynamodb"), as_it_stands(case)
    dynamodb.create_backup(TableName=f"{STACK}-complaints", BackupName="of the deleted table")
    dynamodb.delete_table(TableName=f"{STACK}-complaints")

    operate(city, "lost-table")

    assert as_it_stands(case) == shown
    goes_on(city, case, mail)


def test_lost_people_come_back_with_the_rights_that_they_had(city: City) -> None:
    dynamodb, people = city.aws("dynamodb"), f"{STACK}-people"
    dynamodb.create_backup(TableName=people, BackupName="of the deleted table")
    dynamodb.delete_table(TableName=people)

    operate(city, "lost-table", "--people")

    assert city.lodge().drive("coordinated").view()["status"] == "coordinated"


def test_lost_pictures_come_back_as_they_stood(city: City) -> None:
    case = city.lodge().drive("awaiting_validation")
    address = case.staff(SUPERVISOR)["photos"][0]["urls"]["large"]
    picture, now = requests.get(address, timeout=HANGS).content, datetime.now(UTC)
    s3, bucket = city.aws("s3"), city.environment("erase")["PHOTO_BUCKET"]
    lost = [found["Key"] for found in s3.list_objects_v2(Bucket=bucket, Prefix="photos/")["Contents"]]
    eventually(lambda: datetime.now(UTC) - now, lambda gone: gone.total_seconds() > 1, what="the next second")
    for key in lost:
        s3.delete_object(Bucket=bucket, Key=key)
    assert requests.get(address, timeout=HANGS).status_code == 404

    said = operate(city, "photos", "restore", "--before", now.isoformat())

    assert said.startswith(str(len(lost)))
    assert requests.get(case.staff(SUPERVISOR)["photos"][0]["urls"]["large"], timeout=HANGS).content == picture


def test_who_lost_the_pool_of_users_invites_everybody_anew(city: City, tmp_path: Path) -> None:
    kept, cognito = tmp_path / "people.csv", city.aws("cognito-idp")
    pool = city.environment("administer")["USER_POOL_ID"]
    operate(city, "staff", "export", str(kept))
    users = [user["Username"] for user in cognito.list_users(UserPoolId=pool)["Users"]]
    for user in users:
        cognito.admin_delete_user(UserPoolId=pool, Username=user)

    said = operate(city, "staff", "import", str(kept))

    given = dict(line.split("\t") for line in said.splitlines() if "\t" in line)
    with kept.open(encoding="utf-8", newline="") as file:
        assert {row["username"] for row in csv.DictReader(file)} == set(users) == set(given)
    assert asked_for_a_new_password(city, pool, LURAH, given[LURAH])


def asked_for_a_new_password(city: City, pool: str, user: str, password: str) -> bool:
    client = city.environment("administer")["USER_POOL_CLIENT_ID"]
    answer = city.aws("cognito-idp").initiate_auth(
        ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": user, "PASSWORD": password}
    )
    return bool(answer.get("ChallengeName") == "NEW_PASSWORD_REQUIRED")
