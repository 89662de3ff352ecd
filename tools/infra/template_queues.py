"""Before every subscriber a queue, behind it a dead-letter queue, both with alarms; who may send is said by name."""

from collections.abc import Callable, Iterator
from typing import Any

from chalicelib.entrypoints.queues.dead_letters import MOST_RECEIVES, TRIES
from tools.infra.template_functions import dead_id, queue_id

Part = dict[str, Any]
KEPT_SECONDS = 1_209_600  # 14 days, the longest that SQS keeps
VISIBILITY_FACTOR = 6  # AWS's advice for Lambda: six times the function's timeout


def parts(table: Part) -> Iterator[Part]:
    """The queues of the table of functions, and dead-letter queues that stand alone."""
    for entry in table["functions"].values():
        if "queue" in entry:
            yield {"Resources": _consumed(entry["queue"], entry["timeout"])}
        elif entry["dead"] != "none":
            yield {"Resources": _dead(entry["dead"].removesuffix("-dead"))}


def _consumed(queue: Part, timeout: int) -> Part:
    """A queue before a function. Its dead letters are its own, or those of the function whose failures it takes."""
    name = queue["name"]
    own, dead = queue_id(name), queue.get("dead", f"{name}-dead").removesuffix("-dead")
    receives = MOST_RECEIVES if "personal" in queue else TRIES
    resources = {
        own: _queue(
            name,
            VisibilityTimeout=timeout * VISIBILITY_FACTOR,
            RedrivePolicy={"deadLetterTargetArn": _arn(dead_id(dead)), "maxReceiveCount": receives},
        ),
        f"{own}Old": _alarm(own, f"{name}-old", "ApproximateAgeOfOldestMessage", 3600, "waits longer than an hour"),
    }
    if dead == name:
        resources |= _dead(name)
    return resources | SENDERS[queue["source"]](queue, own)


def _from_topic(queue: Part, own: str) -> Part:
    """From the topic of events, and from those that the queue has as `also`."""
    dead, more = dead_id(queue["name"]), queue.get("also", [])
    topics = [{"Ref": name} for name in ("ComplaintEvents", *more)]
    of_events = {"FilterPolicy": queue["filter"]} if "filter" in queue else {}
    subscriptions = {f"{own}Subscription": _subscription(topics[0], own, dead, of_events)}
    for name in more:
        subscriptions[f"{own}{name}Subscription"] = _subscription({"Ref": name}, own, dead, {})
    sender = {"ArnEquals": {"aws:SourceArn": topics if more else topics[0]}}
    return {**subscriptions, f"{own}Policy": _policy([own, dead], "sns.amazonaws.com", sender)}


def _subscription(topic: Part, own: str, dead: str, chosen: Part) -> Part:
    properties: Part = {
        "TopicArn": topic,
        "Protocol": "sqs",
        "Endpoint": _arn(own),
        "RawMessageDelivery": True,
        "RedrivePolicy": {"deadLetterTargetArn": _arn(dead)},
    }
    return {"Type": "AWS::SNS::Subscription", "Properties": properties | chosen}


def _from_bucket(queue: Part, own: str) -> Part:
    # The bucket's name is spelled out: its ARN would close a circle, since the bucket waits for this policy.
    bucket = {"Fn::Sub": f"arn:${{AWS::Partition}}:s3:::${{AWS::StackName}}-{queue['source']}-${{AWS::AccountId}}"}
    sender = {"ArnEquals": {"aws:SourceArn": bucket}, "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    return {f"{own}Policy": _policy([own], "s3.amazonaws.com", sender)}


def _from_function(_queue: Part, _own: str) -> Part:
    """The sending function's own role says that it may send."""
    return {}


SENDERS: dict[str, Callable[[Part, str], Part]] = {
    "events": _from_topic,
    "photos": _from_bucket,
    "raw": _from_bucket,
    "relay": _from_function,
    "handed": _from_function,
}


def _dead(name: str) -> Part:
    own = dead_id(name)
    return {
        own: _queue(f"{name}-dead"),
        # Rings with the first message and until the last is gone: its age would ring later, and say no more.
        f"{own}Depth": _alarm(own, f"{name}-dead-depth", "ApproximateNumberOfMessagesVisible", 0, "is not empty"),
    }


def _queue(name: str, **more: Any) -> Part:
    standing = {"MessageRetentionPeriod": KEPT_SECONDS, "SqsManagedSseEnabled": True}
    return {
        "Type": "AWS::SQS::Queue",
        "Properties": {"QueueName": {"Fn::Sub": f"${{AWS::StackName}}-{name}"}, **standing, **more},
    }


def _policy(queues: list[str], service: str, condition: Part) -> Part:
    statements = [
        {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sqs:SendMessage",
            "Resource": _arn(queue),
            "Condition": condition,
        }
        for queue in queues
    ]
    document = {"Version": "2012-10-17", "Statement": statements}
    return {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {"Queues": [{"Ref": queue} for queue in queues], "PolicyDocument": document},
    }


def _alarm(own: str, name: str, metric: str, threshold: int, what: str) -> Part:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": {"Fn::Sub": f"${{AWS::StackName}}-{name}"},
            "AlarmDescription": f"The queue {what}: docs/operations.md, 'A queue of dead letters'.",
            "Namespace": "AWS/SQS",
            "MetricName": metric,
            "Dimensions": [{"Name": "QueueName", "Value": {"Fn::GetAtt": [own, "QueueName"]}}],
            "Statistic": "Maximum",
            "Period": 300,
            "EvaluationPeriods": 1,
            "Threshold": threshold,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [{"Ref": "Operations"}],
            "OKActions": [{"Ref": "Operations"}],
        },
    }


def _arn(logical: str) -> Part:
    return {"Fn::GetAtt": [logical, "Arn"]}
