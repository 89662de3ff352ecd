"""What the template promises about functions, table, buckets, clocks and edge."""

import json
from typing import Any

import pytest

from chalicelib.adapters.dynamodb import rows
from tools.deployment.package import ROOT, Package
from tools.infra.template_functions import logical_id, role_id

Json = dict[str, Any]

HANDLERS = {
    "APIHandler": "app.app",
    "Relay": "chalicelib.entrypoints.stream.relay",
    "RelayRetry": "chalicelib.entrypoints.stream.relay_retry",
    "NotifyCitizen": "chalicelib.entrypoints.subscribers.notify_citizen",
    "AlertUnit": "chalicelib.entrypoints.subscribers.alert_unit",
    "CallBack": "chalicelib.entrypoints.subscribers.call_back",
    "Arm": "chalicelib.entrypoints.subscribers.arm",
    "Project": "chalicelib.entrypoints.subscribers.project",
    "Erase": "chalicelib.entrypoints.subscribers.erase",
    "ProcessPhoto": "chalicelib.entrypoints.photos.process_photo",
    "ReadMessage": "chalicelib.entrypoints.channel_messages.read_message",
    "Ring": "chalicelib.entrypoints.timers.ring",
    "Sweep": "chalicelib.entrypoints.schedules.sweep",
    "Administer": "chalicelib.entrypoints.administration.administer",
}
TRIGGERS = {
    "Relay": "RelayDynamodbEventSource",
    "RelayRetry": "RelayRetrySqsEventSource",
    "NotifyCitizen": "NotifyCitizenSqsEventSource",
    "AlertUnit": "AlertUnitSqsEventSource",
    "CallBack": "CallBackSqsEventSource",
    "Arm": "ArmSqsEventSource",
    "Project": "ProjectSqsEventSource",
    "Erase": "EraseSqsEventSource",
    "ProcessPhoto": "ProcessPhotoSqsEventSource",
    "ReadMessage": "ReadMessageSqsEventSource",
    "Sweep": "SweepEvent",
}
LOCAL_ONLY = ("CLOCK_OFFSET_SECONDS", "REFERENCE_OVERLAY", "AWS_ENDPOINT_URL")


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def alarms(resources: Json) -> Json:
    return {name: r["Properties"] for name, r in resources.items() if r["Type"] == "AWS::CloudWatch::Alarm"}


def watched(resources: Json, logical: str, metric: str) -> bool:
    return any(
        alarm.get("MetricName") == metric and f'"{logical}"' in json.dumps(alarm.get("Dimensions"))
        for alarm in alarms(resources).values()
    )


def references(value: Any) -> set[str]:
    """Logical ids that a value names by Ref, GetAtt or Sub, whether or not there is an edge."""
    if isinstance(value, dict) and value.get("Fn::If", [""])[0] == "HasEdge":
        return references(value["Fn::If"][2])
    if isinstance(value, list):
        return {name for item in value for name in references(item)}
    if not isinstance(value, dict):
        return set()
    found = {name for item in value.values() for name in references(item)}
    if isinstance(value.get("Ref"), str):
        found.add(value["Ref"])
    if "Fn::GetAtt" in value:
        found.add(value["Fn::GetAtt"][0])
    if "Fn::Sub" in value:
        text = value["Fn::Sub"] if isinstance(value["Fn::Sub"], str) else value["Fn::Sub"][0]
        found |= {part.split("}")[0].split(".")[0] for part in text.split("${")[1:]}
    return found


def test_the_functions_are_those_of_the_table_with_their_handlers(functions: Json, table: Json) -> None:
    assert {name: properties["Handler"] for name, properties in functions.items()} == HANDLERS
    assert {logical_id(name) for name in table["functions"]} == set(HANDLERS)


def test_logical_ids_of_triggers_are_pinned(functions: Json) -> None:
    assert {name: next(iter(f["Events"])) for name, f in functions.items() if "Events" in f} == TRIGGERS


def test_every_function_is_pinned_to_one_runtime_and_one_processor(functions: Json) -> None:
    assert {(f["Runtime"], *f["Architectures"]) for f in functions.values()} == {("python3.13", "arm64")}


def test_every_function_takes_code_and_layers_by_parameter(functions: Json) -> None:
    for properties in functions.values():
        assert properties["CodeUri"] == {"Bucket": {"Ref": "CodeBucket"}, "Key": {"Ref": "CodeKey"}}
        assert properties["Layers"]["Fn::If"][0] == "HasDependencyLayers"


def test_one_call_of_the_api_in_twenty_is_traced_and_every_call_where_the_stage_says_so(
    functions: Json, resources: Json
) -> None:
    rule = resources["ApiTraces"]["Properties"]["SamplingRule"]
    traced = {json.dumps(f["Tracing"]) for f in functions.values()}

    assert (rule["FixedRate"], rule["ReservoirSize"]) == ({"Fn::If": ["TracesAll", 1, 0.05]}, 0)
    assert traced == {'{"Fn::If": ["TracesAll", "Active", "PassThrough"]}'}  # as API Gateway decided; else untraced


def test_only_the_photo_function_carries_the_photo_layer(functions: Json) -> None:
    assert {name for name, f in functions.items() if "PhotoLayers" in json.dumps(f["Layers"])} == {"ProcessPhoto"}


@pytest.mark.parametrize("function", HANDLERS)
def test_every_function_has_a_role_of_its_own(function: str, resources: Json) -> None:
    own = {"Fn::GetAtt": ["ApiHandlerRole" if function == "APIHandler" else f"{function}Role", "Arn"]}
    assert resources[function]["Properties"]["Role"] == own


@pytest.mark.parametrize("function", HANDLERS)
def test_every_function_has_a_log_group_that_forgets(function: str, resources: Json) -> None:
    group = resources[f"{function}Logs"]["Properties"]
    name = resources[function]["Properties"]["FunctionName"]["Fn::Sub"]
    assert group["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/{name}"}
    assert 0 < group["RetentionInDays"] <= 90


@pytest.mark.parametrize("function", HANDLERS)
def test_a_call_that_fails_rings_by_itself_or_by_the_dead_letters_of_its_queue(
    function: str, resources: Json, functions: Json
) -> None:
    sources = [event["Properties"] for event in functions[function].get("Events", {}).values()]
    (queue,) = [source["Queue"]["Fn::Sub"][2:].removesuffix(".Arn}") for source in sources if "Queue" in source] or [""]
    if not queue:
        assert watched(resources, function, "Errors")
        return
    (dead, _) = resources[queue]["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"]
    depth = resources[f"{dead}Depth"]["Properties"]
    assert (depth["MetricName"], depth["Threshold"]) == ("ApproximateNumberOfMessagesVisible", 0)


def test_refused_calls_ring_for_all_functions_together_since_they_share_one_quota(resources: Json) -> None:
    throttled = resources["Throttled"]["Properties"]
    assert (throttled["MetricName"], "Dimensions" in throttled) == ("Throttles", False)


def test_every_function_has_a_dead_letter_destination_or_is_called_synchronously(table: Json, functions: Json) -> None:
    synchronous = {name for name, entry in table["functions"].items() if entry.get("dead") == "none"}
    assert synchronous == {"APIHandler", "ring", "administer"}
    assert functions["Sweep"]["DeadLetterQueue"]["TargetArn"] == {"Fn::GetAtt": ["SweepDead", "Arn"]}
    assert all("queue" in e or "dead" in e for e in table["functions"].values())


def test_no_function_gets_what_belongs_to_the_local_city(packaged: Package) -> None:
    text = packaged.template.read_text()
    assert not [name for name in LOCAL_ONLY if name in text]


def test_the_api_answers_before_api_gateway_gives_up(functions: Json) -> None:
    assert functions["APIHandler"]["Timeout"] < 29


def test_only_notify_citizen_gets_the_senders_address_and_only_arm_and_ring_the_state_machine(functions: Json) -> None:
    def holders(name: str) -> set[str]:
        return {function for function, f in functions.items() if name in f["Environment"]["Variables"]}

    assert holders("MAIL_SENDER") == {"NotifyCitizen"}
    assert holders("STATE_MACHINE_ARN") == {"Arm", "Ring"}
    assert holders("CONTACT_KEY_ID") == {"APIHandler", "NotifyCitizen", "ReadMessage"}
    assert holders("INTAKE_SECRET_ID") == {"APIHandler", "ReadMessage"}
    assert holders("CHANNEL_SECRETS_ID") == {"APIHandler", "CallBack"}


def test_a_relay_that_falls_an_hour_behind_alarms(resources: Json) -> None:
    behind = resources["RelayBehind"]["Properties"]
    assert (behind["MetricName"], behind["Threshold"]) == ("IteratorAge", 3_600_000)


def test_failed_executions_and_a_silent_sweeper_alarm(resources: Json) -> None:
    assert resources["ClocksFailed"]["Properties"]["MetricName"] == "ExecutionsFailed"
    assert resources["SweeperSilent"]["Properties"]["TreatMissingData"] == "breaching"


def test_the_tables_keys_and_indexes_are_those_of_the_rows(resources: Json) -> None:
    table = resources["ComplaintsTable"]["Properties"]
    indexes = {index["IndexName"]: index for index in table["GlobalSecondaryIndexes"]}
    assert set(indexes) == {"queue", "alarm"}
    assert indexes["queue"]["Projection"]["NonKeyAttributes"] == rows.QUEUE_PROJECTION
    assert indexes["alarm"]["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}


def test_the_table_can_be_restored_and_a_citys_own_is_protected(resources: Json) -> None:
    table = resources["ComplaintsTable"]
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["Properties"]["DeletionProtectionEnabled"]["Fn::If"][0] == "IsProduction"
    assert table["UpdateReplacePolicy"] == "Retain"


def test_buckets_are_closed_to_the_public(resources: Json) -> None:
    buckets = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::S3::Bucket"]
    assert len(buckets) == 4
    for bucket in buckets:
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}


def test_originals_are_gone_after_a_week_and_what_people_see_is_not(resources: Json) -> None:
    rules = resources["PhotoBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    ((prefix, days, more),) = [
        (r["Prefix"], r["ExpirationInDays"], r["NoncurrentVersionExpiration"]["NoncurrentDays"])
        for r in rules
        if "ExpirationInDays" in r
    ]
    assert (prefix, days + more) == ("incoming/", 7)


def test_a_photo_that_was_lost_comes_back_for_a_month_and_then_costs_nothing(resources: Json) -> None:
    bucket = resources["PhotoBucket"]["Properties"]
    kept = {
        rule["Prefix"]: rule["NoncurrentVersionExpiration"]["NoncurrentDays"]
        for rule in bucket["LifecycleConfiguration"]["Rules"]
        if "NoncurrentVersionExpiration" in rule
    }
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert kept["photos/"] == 30


def test_raw_messages_are_encrypted_start_their_queue_and_expire_after_thirty_days(resources: Json) -> None:
    bucket = resources["RawBucket"]["Properties"]
    (told,) = bucket["NotificationConfiguration"]["QueueConfigurations"]
    kept = {rule["Prefix"]: rule["ExpirationInDays"] for rule in bucket["LifecycleConfiguration"]["Rules"]}
    assert "ServerSideEncryptionConfiguration" in bucket["BucketEncryption"]
    (starts,) = told["Filter"]["S3Key"]["Rules"]
    assert (told["Queue"]["Fn::GetAtt"][0], starts["Value"]) == ("MessagesQueue", "raw/")
    assert kept == {"raw/": 30, "media/": 30}


def test_uploads_start_the_photo_queue_and_only_originals_do(resources: Json) -> None:
    told = resources["PhotoBucket"]["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    assert [(t["Queue"]["Fn::GetAtt"][0], t["Filter"]["S3Key"]["Rules"][0]["Value"]) for t in told] == [
        ("PhotosQueue", "incoming/")
    ]


def test_the_bucket_lets_the_site_upload_and_the_sites_policy_names_bucket_and_pool(resources: Json) -> None:
    cors = resources["PhotoBucket"]["Properties"]["CorsConfiguration"]["CorsRules"][0]
    assert cors["AllowedOrigins"] == [{"Ref": "SiteUrl"}]
    config = resources["SiteHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    csp = config["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    directives = {part.split()[0]: part.split()[1:] for part in csp.split("; ")}
    bucket = "https://" + resources["PhotoBucket"]["Properties"]["BucketName"]["Fn::Sub"] + ".s3."
    assert any(source.startswith(bucket) for source in directives["img-src"])
    assert any(source.startswith(bucket) for source in directives["connect-src"])
    assert any("cognito-idp" in source for source in directives["connect-src"])
    assert directives["default-src"] == ["'none'"]
    assert "unsafe" not in csp


def test_the_edge_stands_under_one_condition_and_nothing_else_needs_it(template: Json, resources: Json) -> None:
    edge = {name for name, resource in resources.items() if resource.get("Condition") == "HasEdge"}
    kinds = {"AWS::CloudFront", "AWS::WAFv2"}
    assert {n for n, r in resources.items() if "::".join(r["Type"].split("::")[:2]) in kinds} <= edge
    for name, resource in resources.items():
        if name not in edge:
            assert not references(resource) & edge, name
    assert {c for r in resources.values() if (c := r.get("Condition"))} == {"HasEdge", "HasOperator"}


def test_only_the_form_for_other_sites_may_stand_in_a_frame_and_only_of_the_sites_in_the_setting(
    resources: Json,
) -> None:
    behaviors = resources["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
    framed = {b["PathPattern"] for b in behaviors if b.get("ResponseHeadersPolicyId") == {"Ref": "FramedHeaders"}}
    own, other = (
        resources[name]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        for name in ("SiteHeaders", "FramedHeaders")
    )
    text, values = other["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    assert framed == set(json.loads((ROOT / "infra" / "site_headers.json").read_text())["framed"])
    assert own["FrameOptions"]["FrameOption"] == "DENY"
    assert "frame-ancestors 'none'" in own["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    assert "FrameOptions" not in other
    assert text.endswith("frame-ancestors ${Framers}")
    assert values == {"Framers": {"Fn::If": ["HasEmbedHosts", {"Ref": "EmbedHosts"}, "'none'"]}}


def test_long_answers_of_the_api_are_compressed_because_the_edge_compresses_what_it_caches_only(
    resources: Json,
) -> None:
    from local.front.encoding import SMALLEST

    assert resources["RestAPI"]["Properties"]["MinimumCompressionSize"] == SMALLEST


def test_the_edge_knows_the_pages_that_the_site_has(resources: Json) -> None:
    code = resources["FolderPages"]["Properties"]["FunctionCode"]
    known = json.loads("[" + code.split("var PAGES = [")[1].split("];")[0].rstrip().rstrip(",") + "]")
    build = pytest.importorskip(
        "web.build", reason="the site's borrowed libraries are not here (make run fetches them)"
    )
    strings = pytest.importorskip("web.strings")
    pages = {build.address(page, lang).rstrip("/") for page in build.PAGES for lang in strings.LANGUAGES}
    assert set(known) == pages


def test_the_clocks_sleep_and_ring_with_retries_in_two_states_that_are_paid_for(resources: Json) -> None:
    definition = json.loads(resources["Clocks"]["Properties"]["DefinitionString"]["Fn::Sub"])
    states = definition["States"]
    assert [states["Wait"]["TimestampPath"], states["Wait"]["Next"], states["Ring"]["End"]] == ["$.until", "Ring", True]
    assert set(states) == {"Wait", "Ring"}
    assert states["Ring"]["Retry"][0]["ErrorEquals"] == ["States.ALL"]
    assert states["Ring"]["Resource"] == "${Ring.Arn}"


def test_nobody_signs_himself_up_and_tokens_can_be_revoked(resources: Json) -> None:
    pool, client = resources["StaffPool"]["Properties"], resources["ConsoleClient"]["Properties"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    assert pool["MfaConfiguration"] == {"Fn::If": ["IsProduction", "ON", {"Ref": "StaffMfa"}]}
    assert client["EnableTokenRevocation"] is True
    assert client["ExplicitAuthFlows"] == ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


def test_the_contact_key_turns_and_its_policy_names_every_action(resources: Json) -> None:
    key = resources["ContactKey"]["Properties"]
    actions = [action for statement in key["KeyPolicy"]["Statement"] for action in as_list(statement["Action"])]
    assert key["EnableKeyRotation"] is True
    assert not [action for action in actions if "*" in action]


@pytest.mark.parametrize(
    ("action", "role"),
    [
        ("kms:Decrypt", "NotifyCitizenRole"),
        ("kms:GenerateDataKey", "ApiHandlerRole"),
        ("kms:GenerateDataKey", "ReadMessageRole"),
    ],
)
def test_a_data_key_is_for_named_roles_and_only_with_the_number_of_a_complaint(
    resources: Json, action: str, role: str
) -> None:
    statements = resources["ContactKey"]["Properties"]["KeyPolicy"]["Statement"]
    (statement,) = [statement for statement in statements if action in as_list(statement["Action"])]
    named = [arn["Fn::Sub"] for arn in as_list(statement["Condition"]["ArnLike"]["aws:PrincipalArn"])]
    longest = f"tanggap-{'s' * 21}-{role}-{'x' * 13}"  # as CloudFormation names it; IAM takes 64 signs

    assert f"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/${{AWS::StackName}}-{role}-*" in named
    assert len(named) == {"kms:Decrypt": 1, "kms:GenerateDataKey": 2}[action]
    assert statement["Condition"]["StringLike"] == {"kms:EncryptionContext:number": "JKT-????-????-?"}
    assert len(longest) <= 64
    assert role in resources


def test_role_ids_are_as_chalice_writes_them(resources: Json, table: Json) -> None:
    assert {role_id(name) for name in table["functions"]} <= set(resources)
