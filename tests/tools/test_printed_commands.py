"""Whoever types a command as a page prints it is understood: every word is one that the command takes."""

import pytest

from tests.tools import printed

PRINTED = [(page, command) for page in printed.pages() for command in dict.fromkeys(printed.commands(page))]


@pytest.mark.parametrize(("page", "command"), PRINTED, ids=[f"{page}: {command}" for page, command in PRINTED])
def test_a_printed_command_is_taken_as_it_is_printed(page: str, command: str) -> None:
    assert printed.fault(command) == ""


def test_the_operators_page_prints_no_half_of_a_command_of_aws() -> None:
    """Elsewhere a sentence may name one; there somebody has to type it."""
    bare = [command for page, command in PRINTED if page == "docs/operations.md" and command.startswith("aws ")]
    assert bare
    assert [command for command in bare if " --" not in command] == []


def test_the_operators_page_prints_what_this_looks_at() -> None:
    """Else a change of the page's form would leave nothing to look at."""
    begun = {command.split()[0] for page, command in PRINTED if page == "docs/operations.md"}
    assert {"make", "python", "aws"} <= begun


@pytest.mark.parametrize(
    "command",
    [
        "make deploy",
        "make deplyo STAGE=trial",
        "python -m tools upgrades --acept",
        "python -m tools quotas now",
        "python -m tools restor --stack S",
        "python -m tools restore --stack S",
        "python -m tools staff add lurah-gambir --stack S",
        "python -m tools channels call-back JAKI --stack S",
        "aws dynamodb restore-table --region ap-southeast-3",
        "aws sns subscribe --region ap-southeast-3 --protocol email",
        "aws sns subscribe --topic-arn x --protocol email",
        "aws sesv9 get-account",
        "aws sqs list-queue --region ap-southeast-3",
        "aws sts get-caller-identity now --region ap-southeast-3",
        "aws stepfunctions list-executions --region ap-southeast-3 --state-machine-arn x --status-filter SLEEPING",
        "aws sts get-caller-identity --region ap-southeast-3 --query 'Stacks[0.Outputs'",
        """aws ses create-receipt-rule --region ap-southeast-1 --rule-set-name x --rule '{"Naem": "letters"}'""",
        """aws ses create-receipt-rule --region ap-southeast-1 --rule-set-name x --rule '{"Name": "letters"'""",
        "aws sns set-sms-attributes --region ap-southeast-3 --attributes",
        "aws lambda update-event-source-mapping --region ap-southeast-3 --uuid x --enabeld",
        "python -m tests.accuracies",
        "python -m pytest tests/journeys/test_disaster.py -s",
        "python docs/partners_client.py http://127.0.0.1:8080",
    ],
)
def test_a_word_too_many_too_few_or_wrong_is_found(command: str) -> None:
    assert printed.fault(command)
