"""Every command of docs/operations.md that one machine can run is run on a local city, as it is printed and in the
page's order. The stack, and what the page leaves to its reader, is that of the city."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.city import City, an_email, eventually, standing
from tests.tools import printed, typed_aws
from tools.deployment.package import ROOT

pytestmark = pytest.mark.city
STACK, REGION = "tanggap-local", "ap-southeast-3"
PAGE = list(dict.fromkeys(printed.commands("docs/operations.md")))
BY_OTHERS = "tests/journeys/test_deploy.py and test_disasters.py run it"
NO_SERVICE = "the local cloud does not play it"
OF_THE_CHECKOUT = "it changes or tests the checkout, not an account"
NOT_HERE = {  # by how they begin
    **dict.fromkeys(("make deploy", "make rollback", "make teardown", "python -m tools lost-stack"), BY_OTHERS),
    **dict.fromkeys(("make package", ". .venv", "cp stages", "python -m pytest", "ROWS="), OF_THE_CHECKOUT),
    **dict.fromkeys(("python -m tools upgrades", "python -m tools costs"), OF_THE_CHECKOUT),
    **dict.fromkeys(("aws account", "aws freetier", "aws service-quotas", "aws pinpoint-sms-voice-v2"), NO_SERVICE),
    **dict.fromkeys(("aws sesv2 put-email-identity-mail-from-attributes", "aws sesv2 put-account-details"), NO_SERVICE),
    "aws sesv2 delete-suppressed-destination": NO_SERVICE,
    "aws sns subscribe --region us-east-1": "there is no stack in us-east-1",
}
REFUSED = {  # by how they begin: what they say on a city that is new, has no edge and whose mails nobody confirms
    "python -m tools secrets rotate intake": "it was changed 0 hours ago",
    "python -m tools secrets rotate edge": "has no edge",
    "python -m tools units confirm": "AWS refuses",
    "python -m tools units check": "units have nobody who hears their alerts",
}


def told_about(command: str, table: dict[str, str]) -> str:
    return next((words for beginning, words in table.items() if command.startswith(beginning)), "")


class Operator:
    """Who types them, one after the other."""

    def __init__(self, city: City, folder: Path) -> None:
        self._city = city
        mail = an_email()
        self._case = city.lodge(contact={"email": mail}).drive("coordinated")
        eventually(lambda: city.mailbox(to=mail), lambda found: len(found) >= 2, what="its letters")
        account = {"AWS_ENDPOINT_URL": city.origin, "AWS_DEFAULT_REGION": REGION}
        self._environment = {**os.environ, **city.operator(), **account}
        self._people = folder / "people.csv"
        self._known: dict[str, str] = {}  # what an answer names and a later command asks for
        self.tool(["staff", "export", str(self._people), "--stack", STACK])

    def types(self, command: str) -> tuple[int, str]:
        """Exit status, and what was printed."""
        words = [self._own(word) for word in shlex.split(command)]
        if words[0] == "aws":
            return 0, str(self.aws(words[1:]))
        return self.tool(words[3:])

    def tool(self, words: list[str]) -> tuple[int, str]:
        ended = subprocess.run(
            [sys.executable, "-m", "tools", *words],
            cwd=ROOT,
            env=self._environment,
            input='{"from": "1", "token": "t"}',
            capture_output=True,
            text=True,
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr

    def aws(self, words: list[str]) -> Any:
        """Raises ClientError where the local cloud refuses."""
        typed = typed_aws.read(words)
        given = {name: self._known.get(name, value) for name, value in typed.parameters.items()}
        client = self._city.aws(typed.service)
        if typed.operation == "create-backup":  # the page says: restore beside, look, back that up
            self._restored_again()
        answer = getattr(client, typed.operation.replace("-", "_"))(**given)
        self._note(typed.operation, answer)
        return answer

    def _own(self, word: str) -> str:
        for stack in ("tanggap-trial", "tanggap-production"):
            word = word.replace(stack, STACK)
        own = {"S": STACK, "people.csv": str(self._people), "CHANNEL": "WHATSAPP", "ARN": self._known.get("backup", "")}
        number = {printed.NUMBER: self._case.number, "NUMBER": self._case.number}
        return {**own, **number}.get(word, word)

    def _note(self, operation: str, answer: dict[str, Any]) -> None:
        match operation:
            case "describe-stacks":
                outputs = {o["OutputKey"]: o["OutputValue"] for o in answer["Stacks"][0]["Outputs"]}
                self._known["TopicArn"] = outputs["OperationsTopicArn"]
                self._known["UserPoolId"] = outputs["UserPoolId"]
                self._known["stateMachineArn"] = outputs["StateMachineArn"]
                self._known["Username"] = "validator-1"
                self._known["Endpoint"] = "operator@example.go.id"
            case "request-certificate":
                self._known["CertificateArn"] = answer["CertificateArn"]
            case "list-queues":
                (self._known["QueueUrl"],) = answer["QueueUrls"]
            case "list-event-source-mappings":
                self._known["UUID"] = answer["EventSourceMappings"][0]["UUID"]
            case "list-executions":
                self._known["executionArn"] = answer["executions"][0]["executionArn"]
            case "create-backup":
                self._known["backup"] = answer["BackupDetails"]["BackupArn"]

    def _restored_again(self) -> None:
        source, target = f"{STACK}-complaints", f"{STACK}-restored"
        self._city.aws("dynamodb").restore_table_to_point_in_time(
            SourceTableName=source, TargetTableName=target, UseLatestRestorableTime=True
        )


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    with standing(tmp_path_factory.mktemp("page"), WEB="0") as (_, client):
        yield Operator(client, tmp_path_factory.mktemp("papers"))


HERE = [command for command in PAGE if not told_about(command, NOT_HERE)]


@pytest.mark.parametrize("command", HERE, ids=HERE)
def test_a_command_of_the_page_does_what_the_page_says(operator: Operator, command: str) -> None:
    status, said = operator.types(command)

    assert status == (1 if told_about(command, REFUSED) else 0), said
    assert told_about(command, REFUSED) in said


def test_no_reason_is_left_over() -> None:
    assert [begun for begun in [*NOT_HERE, *REFUSED] if not any(command.startswith(begun) for command in PAGE)] == []
