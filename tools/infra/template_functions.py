"""Per function: the same pins for all, its size and environment, its log group and its alarms."""

from collections.abc import Iterator
from typing import Any

Part = dict[str, Any]
RETENTION_DAYS = 30  # assumed: long enough to look into a complaint's week, short for what may identify people
# cfn-lint wants SAM's AutoPublishAlias beside SnapStart; our alias stands under a condition, in infra/release.yaml.
OF_THE_API = {"Metadata": {"cfn-lint": {"config": {"ignore_checks": ["W2530"]}}}}
# API Gateway says whether a call is traced. Nobody else who calls says so, and Lambda would then take the first of each
# second: nearly every one.
OF_THE_CALLER = {"Fn::If": ["TracesAll", "Active", "PassThrough"]}
MANAGED = {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"}


def parts(table: Part) -> Iterator[Part]:
    """One part per function of the table."""
    for function, entry in table["functions"].items():
        yield {"Resources": _resources(function, entry, table)}


def logical_id(function: str) -> str:
    """As Chalice writes it: CamelCase, the REST function apart."""
    return function if function == "APIHandler" else "".join(word.capitalize() for word in function.split("_"))


def role_id(function: str) -> str:
    return "ApiHandlerRole" if function == "APIHandler" else f"{logical_id(function)}Role"


def short_name(function: str, entry: Part) -> str:
    """What follows the stack's name in the function's own."""
    name: str = entry.get("name") or function.replace("_", "-")
    return name


def _resources(function: str, entry: Part, table: Part) -> Part:
    own, short = logical_id(function), short_name(function, entry)
    # What fails behind a queue comes again and ends in its dead letters, whose alarm rings in any case.
    watched = (
        {} if "queue" in entry else {f"{own}Errors": _errors(own, short, 0.01 if function == "APIHandler" else None)}
    )
    made = {"DependsOn": [f"{own}Logs"], "Properties": _properties(function, entry, table)}
    return watched | {
        own: made | (OF_THE_API if function == "APIHandler" else {}),
        # X-Ray knows no resources, so our own policies, which may not say "*", cannot grant it: AWS's own policy does.
        role_id(function): {"Properties": {"ManagedPolicyArns": [MANAGED]}},
        f"{own}Logs": _log_group(short),
    }


def _properties(function: str, entry: Part, table: Part) -> Part:
    variables = table["variables"]
    names = ["STAGE", "VERSION", *entry["environment"]]
    properties: Part = {
        "FunctionName": {"Fn::Sub": f"${{AWS::StackName}}-{short_name(function, entry)}"},
        "Runtime": "python3.13",
        "Architectures": ["arm64"],
        "CodeUri": {"Bucket": {"Ref": "CodeBucket"}, "Key": {"Ref": "CodeKey"}},
        "Timeout": entry["timeout"],
        "MemorySize": entry["memory"],
        "Tracing": OF_THE_CALLER,
        "Layers": _layers(photo=entry.get("photo_layer", False)),
        "Environment": {"Variables": {name: variables[name] for name in names} | _dead_letters(entry)},
    }
    if function == "APIHandler":
        share = {"Fn::If": ["HasApiShare", {"Ref": "ApiAtOnce"}, {"Ref": "AWS::NoValue"}]}
        properties["ReservedConcurrentExecutions"] = share
        woken = {"Fn::If": ["HasSnapStart", {"ApplyOn": "PublishedVersions"}, {"Ref": "AWS::NoValue"}]}
        properties["SnapStart"] = woken
    return properties | _events(function, entry, table["at_once"])


def _dead_letters(entry: Part) -> Part:
    """Where a function writes what failed to the end by itself: its queue's messages may hold something of a person."""
    queue = entry.get("queue", {})
    return {"DEAD_LETTERS_URL": {"Ref": dead_id(queue["name"])}} if "personal" in queue else {}


def _layers(*, photo: bool) -> Part:
    dependencies = {"Ref": "DependencyLayers"}
    if not photo:
        return {"Fn::If": ["HasDependencyLayers", dependencies, {"Ref": "AWS::NoValue"}]}
    both = {"Fn::Join": [",", [{"Fn::Join": [",", dependencies]}, {"Fn::Join": [",", {"Ref": "PhotoLayers"}]}]]}
    with_photo = {"Fn::If": ["HasPhotoLayers", {"Fn::Split": [",", both]}, dependencies]}
    return {"Fn::If": ["HasDependencyLayers", with_photo, {"Ref": "AWS::NoValue"}]}


def _events(function: str, entry: Part, at_once: Part) -> Part:
    if function == "relay":
        return {"Events": {"RelayDynamodbEventSource": {"Properties": _stream()}}}
    if function == "sweep":
        return {
            "DeadLetterQueue": {"Type": "SQS", "TargetArn": {"Fn::GetAtt": ["SweepDead", "Arn"]}},
        }
    if "queue" not in entry:
        return {}
    queue = entry["queue"]
    source: Part = {
        # The same intrinsic as Chalice writes: two dictionaries would be joined, not replaced.
        "Queue": {"Fn::Sub": f"${{{queue_id(queue['name'])}.Arn}}"},
        "BatchSize": queue["batch"],
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "ScalingConfig": {"MaximumConcurrency": at_once[function]["calls"]},
    }
    return {"Events": {f"{logical_id(function)}SqsEventSource": {"Properties": source}}}


def queue_id(name: str) -> str:
    """Logical id of the queue with this name."""
    return logical_id(name.replace("-", "_")) + "Queue"


def dead_id(name: str) -> str:
    """Logical id of the dead-letter queue of the queue or function with this name."""
    return logical_id(name.replace("-", "_")) + "Dead"


def _stream() -> Part:
    """Only inserted rows of events, and the sweeper's beats, by which relay is seen to be called; nothing blocks the
    shard for longer than eight tries."""
    pattern = '{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"EVENT#"},{"prefix":"BEAT#"}]}}}}'
    return {
        "Stream": {"Fn::GetAtt": ["ComplaintsTable", "StreamArn"]},
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": 50,
        "FilterCriteria": {"Filters": [{"Pattern": pattern}]},
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 8,
        "MaximumRecordAgeInSeconds": 82800,  # 23 h: the stream itself forgets after 24
        "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": {"Fn::GetAtt": ["RelayDead", "Arn"]}}},
    }


def _log_group(short: str) -> Part:
    return {
        "Type": "AWS::Logs::LogGroup",
        "Properties": {
            "LogGroupName": {"Fn::Sub": f"/aws/lambda/${{AWS::StackName}}-{short}"},
            "RetentionInDays": RETENTION_DAYS,
        },
    }


def _errors(own: str, short: str, rate: float | None) -> Part:
    """Any error in five minutes, or for the API the share of calls that fail."""
    properties: Part = {
        "AlarmName": {"Fn::Sub": f"${{AWS::StackName}}-{short}-errors"},
        "AlarmDescription": f"Errors of the function {short}: docs/operations.md, 'An alarm rings'.",
        "EvaluationPeriods": 1,
        "Threshold": rate or 0,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
        "AlarmActions": [{"Ref": "Operations"}],
        "OKActions": [{"Ref": "Operations"}],
    }
    # Lambda reports Errors as 0 or 1 per call: the average is the share of calls that failed.
    statistic = {"Statistic": "Average" if rate else "Sum"}
    source = {"Namespace": "AWS/Lambda", "MetricName": "Errors", "Period": 300}
    dimensions = {"Dimensions": [{"Name": "FunctionName", "Value": {"Ref": own}}]}
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties | source | dimensions | statistic}
