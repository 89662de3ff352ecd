"""`python -m tools policies`: every policy of the template, statement by statement, is shown to a linter that knows the
actions, resources and conditions of each AWS service. The local city takes an action that IAM does not know.

The linter (parliament) lives in an environment of its own (.venv-policies), since it needs an older setuptools. What it
finds and we want is listed in infra/accepted_findings.json, each with its reason."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tools.command_line import wordless
from tools.infra import abroad, cfn_yaml
from tools.infra.findings import Finding, accepted_findings, judged

ROOT = Path(__file__).resolve().parents[2]
ACCEPTED = ROOT / "infra" / "accepted_findings.json"
LINTER = ROOT / ".venv-policies" / "bin" / "python"
DOCUMENTS = {"PolicyDocument", "KeyPolicy"}
TRUST = "AssumeRolePolicyDocument"
Json = dict[str, Any]
# Values as AWS would put them where the template refers to something.
PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": "ap-southeast-3",
    "AWS::AccountId": "123456789012",
    "AWS::StackName": "tanggap-x",
}
GIVEN = {"MailSender": "aduan@example.go.id", "SiteUrl": "https://aduan.example.go.id"}
ARNS = {
    "AWS::DynamoDB::Table": "dynamodb:ap-southeast-3:123456789012:table/tanggap-x-{name}",
    "AWS::KMS::Key": "kms:ap-southeast-3:123456789012:key/{name}",
    "AWS::SQS::Queue": "sqs:ap-southeast-3:123456789012:tanggap-x-{name}",
    "AWS::SNS::Topic": "sns:ap-southeast-3:123456789012:tanggap-x-{name}",
    "AWS::StepFunctions::StateMachine": "states:ap-southeast-3:123456789012:stateMachine:tanggap-x-{name}",
    "AWS::SecretsManager::Secret": "secretsmanager:ap-southeast-3:123456789012:secret:tanggap-x-{name}-AbCdEf",
    "AWS::IAM::Role": "iam::123456789012:role/tanggap-x-{name}",
    "AWS::Serverless::Function": "lambda:ap-southeast-3:123456789012:function:tanggap-x-{name}",
    "AWS::Cognito::UserPool": "cognito-idp:ap-southeast-3:123456789012:userpool/ap-southeast-3_AbCdEfGhI",
    "AWS::S3::Bucket": "s3:::tanggap-x-{name}",
}
REF_IS_ARN = ("AWS::SNS::Topic", "AWS::StepFunctions::StateMachine", "AWS::SecretsManager::Secret")


def main(arguments: list[str]) -> int:
    """Exit status 1 when a finding is not accepted, or an accepted one is no longer found."""
    wordless("policies", __doc__, arguments)
    if not LINTER.exists():
        print("The linter is not here: `make check-policies` brings it", file=sys.stderr)
        return 1
    checked = of_both_stacks()
    found, accepted = lint(checked), accepted_findings(ACCEPTED)
    complaints = list(judged(found, accepted, ACCEPTED))
    for line in complaints:
        print(line, file=sys.stderr)
    print(f"{len(checked)} statements of policies: {len(found)} findings, {len(complaints)} lines to be seen to")
    return 1 if complaints else 0


def of_both_stacks() -> dict[str, Json]:
    """Every statement by its place; those of the stack in us-east-1 begin with that."""
    from tools.deployment.package import package

    here = statements(json.loads(package().template.read_text()))
    there = statements(cfn_yaml.read(abroad.FILE))
    return here | {f"us-east-1 {place}": said for place, said in there.items()}


def lint(checked: dict[str, Json]) -> list[Finding]:
    """Runs the linter. Raises CalledProcessError when it fails itself."""
    done = subprocess.run(
        [str(LINTER), "-W", "ignore", str(ROOT / "tools" / "infra" / "policy_linter.py")],
        input=json.dumps(checked),
        capture_output=True,
        text=True,
        check=True,
    )
    return [Finding(**found) for found in json.loads(done.stdout)]


def statements(template: Json) -> dict[str, Json]:
    """Every statement of every policy as a document of its own, by `Resource/Sid` (or its place in the list), with
    sample ARNs where the template refers to resources."""
    resources = template["Resources"]
    sample = Sample({name: resource["Type"] for name, resource in resources.items()})
    found: dict[str, Json] = {}
    for name, resource in resources.items():
        for place, statement in _statements(name, resource.get("Properties", {})):
            key = f"{name}/{place}"
            while key in found:
                key += "+"
            found[key] = {"Version": "2012-10-17", "Statement": [sample.of(statement)]}
    return found


def _statements(name: str, value: Any) -> Iterator[tuple[str, Json]]:
    """With their Sid or number; who may assume a role is a statement about that role, which the linter must be told."""
    if isinstance(value, list):
        for item in value:
            yield from _statements(name, item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == TRUST:
                own = {"Fn::GetAtt": [name, "Arn"]}
                yield from (("trust", {**statement, "Resource": own}) for statement in item["Statement"])
            elif key in DOCUMENTS:
                yield from ((s.get("Sid") or str(place), s) for place, s in enumerate(item["Statement"]))
            else:
                yield from _statements(name, item)


class Sample:
    """Values for what a template refers to, by the types of its resources."""

    def __init__(self, kinds: dict[str, str]) -> None:
        self._kinds = kinds

    def of(self, value: Any) -> Any:
        """The value with every intrinsic function resolved. Raises KeyError for one that is not known here."""
        if isinstance(value, list):
            return [self.of(item) for item in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1 and (function := self._function(next(iter(value)))):
            return function(*value.values())
        return {key: self.of(item) for key, item in value.items()}

    def _ref(self, name: str) -> str:
        if name in PSEUDO or name in GIVEN:
            return PSEUDO.get(name) or GIVEN[name]
        return self._arn(name) if self._kinds[name] in REF_IS_ARN else f"{name}-id".lower()

    def _get_att(self, words: list[str]) -> str:
        name, attribute = words
        stream = "/stream/label" if attribute == "StreamArn" else ""  # a true label is a time, whose colons mislead
        return self._arn(name) + stream

    def _arn(self, name: str) -> str:
        return "arn:aws:" + ARNS[self._kinds[name]].format(name=name.lower())

    def _sub(self, given: Any) -> str:
        text, own = (given, {}) if isinstance(given, str) else given

        def value(found: re.Match[str]) -> str:
            name, _, attribute = found[1].partition(".")
            if name in own:
                return str(self.of(own[name]))
            return self._get_att([name, attribute]) if attribute else self._ref(name)

        return re.sub(r"\$\{([^!][^}]*)\}", value, text)

    def _select(self, words: list[Any]) -> Any:
        return self.of(words[1])[int(words[0])]

    def _split(self, words: list[Any]) -> list[str]:
        return str(self.of(words[1])).split(words[0])

    def _function(self, name: str) -> Callable[[Any], Any] | None:
        return {
            "Ref": self._ref,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
        }.get(name)
