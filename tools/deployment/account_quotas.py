"""`python -m tools quotas`: what the account allows, what a stage needs, and what to ask AWS for. The deployment
command begins with it.

The services' own answers are asked, not the list of Service Quotas: they say what holds now."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tools.command_line import wordless
from tools.infra import quotas
from tools.stack.stacks import StackError

LEFT_FOR_OTHERS = 100  # calls at once that Lambda keeps for functions without a share of their own
FOR_THE_API = 250  # calls at once: 2,500 a second of 0.1 s each
CALLS_A_SECOND = 2_500  # of API Gateway, on an ordinary day; a flood season wants 10,000
LETTERS_A_SECOND = 14  # what SES gives outside its sandbox, and what our consumer is bounded for
ASK = "ask for more at https://console.aws.amazon.com/servicequotas"
OF_SMS = "/aws-service-role/sms-voice.amazonaws.com/"
SPEND_UNSEEN = (
    "nothing counts what is spent, so sms-spent can never ring: aws iam create-service-linked-role"
    " --aws-service-name sms-voice.amazonaws.com"
)
Clients = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the account allows. `ask`: what to ask AWS for; empty where it is enough."""

    what: str
    has: str
    ask: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.has}" + (f"; {self.ask}" if self.ask else "")


def findings(client: Clients, parameters: Mapping[str, str]) -> Iterator[Finding]:
    """`parameters`: those of the stack that say how much a stage sends. What cannot be read is told as that."""
    for what, look in LOOKS.items():
        try:
            yield look(client, parameters)
        except (ClientError, BotoCoreError) as error:
            yield Finding(what, "unknown", f"it could not be read ({error})")


def _calls_at_once(client: Clients, parameters: Mapping[str, str]) -> Finding:
    has = client("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
    share = int(parameters.get("ApiAtOnce", "0"))
    needed = quotas.together() + max(share, FOR_THE_API)
    told = f"{has:,.0f} calls at once in all of the account, {needed:,} wanted"
    if share and has - share < LEFT_FOR_OTHERS:
        raise StackError(
            f"api_at_once = {share} is refused by AWS: the account has {has:,.0f} calls at once, and {LEFT_FOR_OTHERS}"
            f" of them stay for other functions; ask for {needed:,} (Lambda, concurrent executions), or take it out"
        )
    return Finding("Lambda", told, f"{ASK}: Lambda, concurrent executions, 1,000" if has < needed else "")


def _calls_a_second(client: Clients, _parameters: Mapping[str, str]) -> Finding:
    has = client("apigateway").get_account()["throttleSettings"]["rateLimit"]
    ask = f"{ASK}: API Gateway, throttle rate, 10,000" if has < CALLS_A_SECOND else ""
    return Finding("API Gateway", f"{has:,.0f} calls a second, {CALLS_A_SECOND:,} wanted", ask)


def _mail(client: Clients, parameters: Mapping[str, str]) -> Finding:
    found = client("sesv2").get_account()
    if not found.get("ProductionAccessEnabled"):
        return Finding("E-mail", "SES is in its sandbox", "ask for production access: until then citizens get no mail")
    has, wanted = found["SendQuota"], int(parameters.get("MailPerDay", "20000"))
    told = f"{has['Max24HourSend']:,.0f} a day and {has['MaxSendRate']:,.0f} a second, {wanted:,} a day wanted"
    enough = has["Max24HourSend"] >= wanted and has["MaxSendRate"] >= LETTERS_A_SECOND
    return Finding("E-mail", told, "" if enough else f"ask for {wanted:,} a day and {LETTERS_A_SECOND} a second (SES)")


def _sms(client: Clients, parameters: Mapping[str, str]) -> Finding:
    service = client("pinpoint-sms-voice-v2")
    attributes = service.describe_account_attributes()["AccountAttributes"]
    if {"Name": "ACCOUNT_TIER", "Value": "SANDBOX"} in attributes:
        return Finding("SMS", "in its sandbox", "ask to leave it: until then only verified numbers get an SMS")
    has = _usd_a_month(service)
    wanted = int(parameters.get("SmsPerDay", "5000"))
    told = f"{has:,.0f} USD a month, up to {wanted:,} SMS a day"
    if has < wanted * 0.02:
        few, many = has / 0.35, has / 0.02
        return Finding("SMS", told, f"at 0.02 to 0.35 USD each that is {few:,.0f} to {many:,.0f} SMS: raise it")
    return Finding("SMS", told, "" if client("iam").list_roles(PathPrefix=OF_SMS)["Roles"] else SPEND_UNSEEN)


def _usd_a_month(service: Any) -> float:
    limits = {limit["Name"]: limit for limit in service.describe_spend_limits()["SpendLimits"]}
    return float(limits.get("TEXT_MESSAGE_MONTHLY_SPEND_LIMIT", {}).get("EnforcedLimit", 1))


LOOKS: dict[str, Callable[[Clients, Mapping[str, str]], Finding]] = {
    "Lambda": _calls_at_once,
    "API Gateway": _calls_a_second,
    "E-mail": _mail,
    "SMS": _sms,
}


def tell(region: str, parameters: Mapping[str, str]) -> None:
    """Raises StackError for what AWS would refuse in the middle of a deployment."""
    for finding in findings(lambda service: boto3.client(service, region_name=region), parameters):
        print(f"  {finding}")


def main(arguments: list[str]) -> int:
    """Exit status 1 when AWS would refuse the deployment."""
    wordless("quotas", __doc__, arguments)
    from tools.deployment.deploy import REGION

    try:
        tell(REGION, {})
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
