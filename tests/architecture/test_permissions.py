"""Least privilege, as written: nothing granted by a star, everything with its reason."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.dynamodb.people.standings import CASE, SEND
from chalicelib.adapters.dynamodb.public.public_rows import ANY
from chalicelib.adapters.dynamodb.rows import UploadsRow
from tools.deployment.package import ROOT

Json = dict[str, Any]
# After a named prefix only. Key: what must stand before the star.
PREFIXES = (
    r"arn:\$\{AWS::Partition\}:s3:::\$\{AWS::StackName\}-photos-\$\{AWS::AccountId\}/(incoming|photos)/\*$",
    r"arn:\$\{AWS::Partition\}:s3:::\$\{AWS::StackName\}-raw-\$\{AWS::AccountId\}/(raw|media)/\*$",
    r"arn:\$\{AWS::Partition\}:s3:::\$\{AWS::StackName\}-erasures-\$\{AWS::AccountId\}/erasures/\*$",
    r"arn:.*:log-group:/aws/lambda/\$\{AWS::StackName\}-[a-z-]+:log-stream:\*$",
    r"arn:.*:\$\{AWS::StackName\}-unit-\*$",
    r"arn:\$\{AWS::Partition\}:states:\$\{AWS::Region\}:\$\{AWS::AccountId\}:execution:\$\{AWS::StackName\}-clocks:\*$",
    r"arn:\$\{AWS::Partition\}:sms-voice:\$\{AWS::Region\}:\$\{AWS::AccountId\}:(sender-id|phone-number)/\*$",
    r"arn:.*:ses:.*:identity/\*$",  # under the condition that the next test asks for
)
STREAMS = {"Effect": "Allow", "Action": ["dynamodb:ListStreams"], "Resource": "*"}
UNSUBSCRIBE = {"Effect": "Allow", "Action": ["sns:Unsubscribe"], "Resource": "*"}
OF_SERVICES = {"ClocksRole", "ApiLogs", "ApiReleaseRole", "MailReceiptRole"}  # not of functions


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def texts(resource: Any) -> Iterator[str]:
    for item in as_list(resource):
        if isinstance(item, str):
            yield item
        elif "Fn::Sub" in item:
            yield as_list(item["Fn::Sub"])[0]


def without_sid(statement: Json) -> Json:
    return {key: value for key, value in statement.items() if key != "Sid"}


def statements(policies: Json) -> list[tuple[str, Json]]:
    return [(name, statement) for name, document in policies.items() for statement in document["Statement"]]


def actions(policies: Json, function: str) -> set[str]:
    allowed = [s for s in policies[function]["Statement"] if s["Effect"] == "Allow"]
    return {action for statement in allowed for action in as_list(statement["Action"])}


def test_every_function_has_its_policy_file_and_none_is_generated(table: Json, policies: Json) -> None:
    config = json.loads((ROOT / ".chalice/config.json").read_text())
    named = config["stages"]["city"]["lambda_functions"]
    names = {"api_handler" if name == "APIHandler" else name for name in table["functions"]}
    assert set(policies) == set(named) == names
    assert {name: entry["iam_policy_file"] for name, entry in named.items()} == {n: f"policy-{n}.json" for n in names}
    assert config["autogen_policy"] is False


def test_no_action_has_a_wildcard(policies: Json) -> None:
    assert not [(name, a) for name, s in statements(policies) for a in as_list(s["Action"]) if "*" in a]


def test_a_resource_has_a_wildcard_only_after_a_named_prefix(policies: Json) -> None:
    for name, statement in statements(policies):
        if without_sid(statement) in (STREAMS, UNSUBSCRIBE):
            continue
        for text in texts(statement["Resource"]):
            assert "*" not in text or any(re.search(prefix, text) for prefix in PREFIXES), (name, text)


def test_mail_goes_out_from_the_configured_sender_alone_and_in_the_sandbox_too(policies: Json) -> None:
    """There SES asks for a right on the recipient's identity as well, which nobody knows beforehand."""
    sending = [s for _, s in statements(policies) if "identity/" in json.dumps(s["Resource"])]

    assert [next(texts(s["Resource"])).rpartition(":")[2] for s in sending] == ["identity/*"]
    assert [s["Condition"] for s in sending] == [{"StringEquals": {"ses:FromAddress": {"Ref": "MailSender"}}}]


def test_only_what_is_no_resource_has_a_star_and_who_sends_sms_publishes_to_no_topic(policies: Json) -> None:
    stars = {name: without_sid(statement) for name, statement in statements(policies) if statement["Resource"] == "*"}
    assert stars == {"relay": STREAMS, "administer": UNSUBSCRIBE}
    sending = [name for name in policies if "sms-voice:SendTextMessage" in actions(policies, name)]
    assert sending == ["notify_citizen", "read_message"]
    assert not [name for name in sending if "sns:Publish" in actions(policies, name)]


def test_nothing_is_granted_twice(policies: Json) -> None:
    for name, document in policies.items():
        granted = [
            (action, json.dumps([s["Resource"], s.get("Condition")]))
            for s in document["Statement"]
            for action in as_list(s["Action"])
        ]
        assert len(set(granted)) == len(granted), name


def test_every_statement_has_its_reason_and_no_reason_is_left_over(policies: Json) -> None:
    reasons = json.loads((ROOT / ".chalice/reasons.json").read_text())
    given = {name: [s["Sid"] for s in document["Statement"]] for name, document in policies.items()}
    assert {name: list(table) for name, table in reasons.items()} == given
    assert all(len(reason) > 15 for table in reasons.values() for reason in table.values())


def test_the_roles_of_the_template_hold_these_policies_and_nothing_else(resources: Json, policies: Json) -> None:
    roles = [r["Properties"] for n, r in resources.items() if r["Type"] == "AWS::IAM::Role" and n not in OF_SERVICES]
    written = [role["Policies"][0]["PolicyDocument"] for role in roles]
    assert len(roles) == len(policies)
    assert all(document in written for document in policies.values())
    assert {json.dumps(role["ManagedPolicyArns"]) for role in roles} == {
        '[{"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"}]'
    }


def test_the_state_machine_may_call_ring_alone(resources: Json) -> None:
    (policy,) = resources["ClocksRole"]["Properties"]["Policies"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Action"] == "lambda:InvokeFunction"
    assert statement["Resource"] == {"Fn::GetAtt": ["Ring", "Arn"]}


def test_the_api_seals_contacts_and_never_opens_them(policies: Json) -> None:
    granted = actions(policies, "api_handler")
    assert {action for action in granted if action.startswith("kms:")} == {"kms:GenerateDataKey"}


@pytest.mark.parametrize(
    ("function", "action"),
    [
        ("api_handler", "kms:GenerateDataKey"),
        ("read_message", "kms:GenerateDataKey"),
        ("notify_citizen", "kms:Decrypt"),
    ],
)
def test_a_data_key_goes_with_the_number_of_its_complaint(policies: Json, function: str, action: str) -> None:
    (statement,) = [s for s in policies[function]["Statement"] if action in as_list(s["Action"])]
    assert statement["Condition"] == {"StringLike": {"kms:EncryptionContext:number": "JKT-????-????-?"}}


def test_only_notify_citizen_opens_contacts(policies: Json) -> None:
    assert [name for name in policies if "kms:Decrypt" in actions(policies, name)] == ["notify_citizen"]


def test_relay_may_all_that_lambda_asks_of_a_role_that_reads_a_stream(policies: Json) -> None:
    asked = {"GetRecords", "GetShardIterator", "DescribeStream", "ListStreams"}
    assert {f"dynamodb:{action}" for action in asked} <= actions(policies, "relay")


@pytest.mark.parametrize("service", ["sns", "sqs", "ses", "cognito-idp", "states", "iam"])
def test_the_api_has_no_right_on(service: str, policies: Json) -> None:
    assert not [action for action in actions(policies, "api_handler") if action.startswith(f"{service}:")]


def test_the_api_signs_uploads_and_links_but_reads_no_original(policies: Json) -> None:
    granted = {
        (s["Action"][0], next(texts(s["Resource"])).partition("}/")[2])
        for s in policies["api_handler"]["Statement"]
        if s["Action"][0].startswith("s3:")
    }
    photos = {("s3:PutObject", "incoming/*"), ("s3:GetObject", "photos/*")}
    messages = {
        ("s3:PutObject", "raw/*"),
        ("s3:GetObject", "raw/*"),
        ("s3:GetObject", "media/*"),
        ("s3:ListBucket", ""),
    }
    assert granted == photos | messages


def granted_on(policies: Json, table: str) -> dict[str, set[str]]:
    """What each function may do with a table."""
    at = {"Fn::GetAtt": [table, "Arn"]}
    found: dict[str, set[str]] = {}
    for name, statement in statements(policies):
        if at in as_list(statement["Resource"]):
            found.setdefault(name, set()).update(as_list(statement["Action"]))
    return found


def test_the_api_reads_people_and_administer_alone_writes_them(policies: Json) -> None:
    one, lists = {"dynamodb:GetItem"}, {"dynamodb:Query"}
    written = {"dynamodb:PutItem", "dynamodb:DeleteItem"}

    assert granted_on(policies, "PeopleTable") == {
        "api_handler": one | lists,
        "administer": one | written,
        "sweep": lists,  # which judges are on duty
    }


def test_administer_reaches_rows_of_people_and_no_key_of_a_client(policies: Json) -> None:
    (statement,) = [s for s in policies["administer"]["Statement"] if s["Sid"] == "People"]
    named = [f"{keys.STAFF_PREFIX}*", f"{keys.UNIT_PREFIX}*", keys.PEOPLE]

    assert statement["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": named}}
    assert not keys.CLIENT_PREFIX.startswith((keys.STAFF_PREFIX, keys.UNIT_PREFIX, keys.PEOPLE))
    assert keys.CLIENTS != keys.PEOPLE


def test_administer_reaches_no_case_no_contact_and_no_message(policies: Json) -> None:
    assert "administer" not in granted_on(policies, "ComplaintsTable")
    services = {action.partition(":")[0] for action in actions(policies, "administer")}
    assert services == {"dynamodb", "cognito-idp", "sns", "logs"}
    assert "sns:Publish" not in actions(policies, "administer")


def test_the_api_alone_calls_administer_and_calls_nothing_else(policies: Json) -> None:
    calling = {
        name: s["Resource"] for name, s in statements(policies) if "lambda:InvokeFunction" in as_list(s["Action"])
    }

    assert calling == {"api_handler": {"Fn::GetAtt": ["Administer", "Arn"]}}


COUNTERS = {name for name in vars(UploadsRow) if name.endswith(("_held", "_ever"))}
OF_UPLOADS = {"dynamodb:Attributes": {"pk", "sk", *COUNTERS}}
OF_FOLLOWERS = {"dynamodb:Attributes": {*OF_UPLOADS["dynamodb:Attributes"], "followers", "told"}}
OF_PUBLIC_ROWS = {"dynamodb:LeadingKeys": {f"{ANY}*"}}
OF_ADDRESSES = {"dynamodb:LeadingKeys": {f"{keys.PSEUDONYM_PREFIX}*"}}
OF_WORDS = {
    "dynamodb:LeadingKeys": {f"{keys.CASE_PREFIX}*"},
    "dynamodb:Attributes": {"pk", "sk", "words", "salt", "text", "landmark", "photo"},
}
ATTRIBUTES_OF_SENDS = {f"{SEND}*", f"{CASE}*", "told", "cases", "turn"}
OF_REMEMBERED = {
    "dynamodb:LeadingKeys": {f"{keys.PSEUDONYM_PREFIX}*", f"{keys.TALK_PREFIX}*"},
    "dynamodb:Attributes": {"pk", "sk", "sends", *ATTRIBUTES_OF_SENDS, "said", "version"},
}
OF_MESSAGES = {"dynamodb:LeadingKeys": {f"{keys.PSEUDONYM_PREFIX}*", f"{keys.SENT_PREFIX}*"}}
OF_TALKS = {"dynamodb:LeadingKeys": {f"{keys.TALK_PREFIX}*", f"{keys.PSEUDONYM_PREFIX}*", f"{keys.SENT_PREFIX}*"}}


def test_no_update_reaches_an_event_but_the_erasure_of_its_words(policies: Json) -> None:
    """Who counts uploads names their counters, who erases the words; the others write partitions that hold no case."""
    allowed: dict[str, list[Json]] = {}
    for name, s in statements(policies):
        if "dynamodb:UpdateItem" in as_list(s["Action"]):
            limits = {key: set(as_list(values)) for named in s["Condition"].values() for key, values in named.items()}
            allowed.setdefault(name, []).append(limits)

    assert allowed == {
        "api_handler": [OF_FOLLOWERS, OF_ADDRESSES],
        "process_photo": [OF_UPLOADS],
        "sweep": [OF_UPLOADS, OF_ADDRESSES],
        "notify_citizen": [OF_MESSAGES],
        "read_message": [OF_TALKS, OF_UPLOADS],
        "project": [OF_PUBLIC_ROWS],
        "erase": [OF_WORDS, OF_REMEMBERED],
    }
    assert not keys.CASE_PREFIX.startswith((keys.PSEUDONYM_PREFIX, keys.SENT_PREFIX, keys.TALK_PREFIX))


def test_the_api_alone_checks_rows_beside_a_change_since_officers_name_photos_there(policies: Json) -> None:
    assert [name for name in policies if "dynamodb:ConditionCheckItem" in actions(policies, name)] == ["api_handler"]


def test_each_index_is_read_by_who_lists_it(policies: Json) -> None:
    """Officers read queues, the sweeper what is due."""
    at = "${ComplaintsTable.Arn}/index/"
    reading = {
        (name, text.removeprefix(at))
        for name, statement in statements(policies)
        for text in texts(statement["Resource"])
        if text.startswith(at)
    }

    assert reading == {("api_handler", "queue"), ("sweep", "alarm"), ("sweep", "queue")}


def test_who_makes_public_lists_writes_no_row_of_a_case(policies: Json) -> None:
    writing = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
    (statement,) = [s for s in policies["project"]["Statement"] if writing & set(as_list(s["Action"]))]

    assert statement["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{ANY}*"]}}
    assert not keys.CASE_PREFIX.startswith(ANY)


def test_nobody_scans_and_nobody_but_erase_deletes_a_row_of_a_case(policies: Json) -> None:
    assert not [name for name in policies if "dynamodb:Scan" in actions(policies, name)]
    deleting = [
        (n, s["Condition"])
        for n, s in statements(policies)
        if {"dynamodb:DeleteItem", "dynamodb:BatchWriteItem"} & set(as_list(s["Action"])) and n != "administer"
    ]
    assert {name for name, _ in deleting} == {"project", "notify_citizen", "call_back", "erase"}
    assert all(set(condition["ForAllValues:StringLike"]) == {"dynamodb:LeadingKeys"} for _, condition in deleting)
    assert [n for n, condition in deleting if keys.CASE_PREFIX + "*" in str(condition)] == ["erase"]
