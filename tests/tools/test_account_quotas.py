"""What an account allows is told before a deployment, with what to ask for."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tools.deployment import account_quotas
from tools.infra import quotas
from tools.stack.stacks import StackError

ENOUGH = {
    "lambda": {"get_account_settings": {"AccountLimit": {"ConcurrentExecutions": 1000}}},
    "apigateway": {"get_account": {"throttleSettings": {"rateLimit": 10000.0}}},
    "sesv2": {
        "get_account": {"ProductionAccessEnabled": True, "SendQuota": {"Max24HourSend": 50000.0, "MaxSendRate": 14.0}}
    },
    "pinpoint-sms-voice-v2": {
        "describe_account_attributes": {"AccountAttributes": [{"Name": "ACCOUNT_TIER", "Value": "PRODUCTION"}]},
        "describe_spend_limits": {
            "SpendLimits": [
                {"Name": "VOICE_MESSAGE_MONTHLY_SPEND_LIMIT", "EnforcedLimit": 1},
                {"Name": "TEXT_MESSAGE_MONTHLY_SPEND_LIMIT", "EnforcedLimit": 5000},
            ]
        },
    },
    "iam": {"list_roles": {"Roles": [{"RoleName": "AWSServiceRoleForSMSVoice"}]}},
}


class Service:
    """Answers each call with what it was given, or refuses it."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        answer = self._answers[name]
        if isinstance(answer, Exception):
            raise answer
        return lambda **_: answer


def told(answers: dict[str, dict[str, Any]], **parameters: str) -> dict[str, account_quotas.Finding]:
    known = ENOUGH | answers
    found = account_quotas.findings(lambda service: Service(known[service]), parameters)
    return {finding.what: finding for finding in found}


def test_an_account_that_allows_enough_is_asked_for_nothing() -> None:
    assert told({}).keys() == account_quotas.LOOKS.keys()
    assert [finding for finding in told({}).values() if finding.ask] == []


def lambda_with(calls: int) -> dict[str, Any]:
    return {"lambda": {"get_account_settings": {"AccountLimit": {"ConcurrentExecutions": calls}}}}


def ses_with(a_day: float, a_second: float = 14.0) -> dict[str, Any]:
    quota = {"Max24HourSend": a_day, "MaxSendRate": a_second}
    return {"sesv2": {"get_account": {"ProductionAccessEnabled": True, "SendQuota": quota}}}


SHORT: dict[str, tuple[dict[str, Any], str, str]] = {
    "a new account of Lambda": (lambda_with(10), "Lambda", "concurrent executions"),
    "one call less than all functions take": (
        lambda_with(quotas.together() + account_quotas.FOR_THE_API - 1),
        "Lambda",
        "concurrent executions",
    ),
    "a slow API Gateway": (
        {"apigateway": {"get_account": {"throttleSettings": {"rateLimit": 500.0}}}},
        "API Gateway",
        "throttle rate",
    ),
    "mail in the sandbox": (
        {"sesv2": {"get_account": {"ProductionAccessEnabled": False}}},
        "E-mail",
        "production access",
    ),
    "less mail than the ceiling": (ses_with(10_000), "E-mail", "20,000 a day"),
    "mail too slow": (ses_with(50_000, 1.0), "E-mail", "14 a second"),
    "SMS in the sandbox": (
        {
            "pinpoint-sms-voice-v2": {
                "describe_account_attributes": {"AccountAttributes": [{"Name": "ACCOUNT_TIER", "Value": "SANDBOX"}]}
            }
        },
        "SMS",
        "verified numbers",
    ),
    "the first month's dollar of SMS": (
        {
            "pinpoint-sms-voice-v2": {
                "describe_account_attributes": {"AccountAttributes": []},
                "describe_spend_limits": {"SpendLimits": []},
            }
        },
        "SMS",
        "3 to 50 SMS",
    ),
    "SMS whose cost nothing counts": ({"iam": {"list_roles": {"Roles": []}}}, "SMS", "create-service-linked-role"),
}


@pytest.mark.parametrize("kind", SHORT)
def test_what_is_short_says_what_to_ask_for(kind: str) -> None:
    answers, what, words = SHORT[kind]

    found = told(answers)

    assert words in found[what].ask
    assert [finding.what for finding in found.values() if finding.ask] == [what]


def test_the_ceiling_of_the_stage_counts() -> None:
    assert "200,000 a day" in told({}, MailPerDay="200000")["E-mail"].ask


@pytest.mark.parametrize("share", ["901", "1000"])
def test_a_share_that_lambda_refuses_is_told_beforehand(share: str) -> None:
    with pytest.raises(StackError, match=f"api_at_once = {share} is refused"):
        told({}, ApiAtOnce=share)


def test_the_largest_share_that_lambda_takes_is_none_of_our_business() -> None:
    assert "concurrent executions" in told({}, ApiAtOnce="900")["Lambda"].ask


@pytest.mark.parametrize("service", ENOUGH)
def test_what_may_not_be_read_stops_nothing(service: str) -> None:
    refused = ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "Get")

    found = told({service: dict.fromkeys(ENOUGH[service], refused)})

    assert [finding.has for finding in found.values()].count("unknown") == 1
