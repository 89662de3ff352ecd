"""Whether an alarm can ring: its metric is one that the service writes, under these dimensions, with a rule for the
time in which there is no data. One that cannot is never seen: CloudWatch takes it, and it stays silent."""

import re
from collections.abc import Iterator
from typing import Any

from tools.deployment.package import ROOT
from tools.infra.documented_metrics import DOCUMENTED, NAMED_BY, WORDS

Json = dict[str, Any]
OWN = {"Fn::Sub": "${AWS::StackName}"}  # the namespace of what we count ourselves, from lines of the log
BELOW = {"LessThanThreshold", "LessThanOrEqualToThreshold"}


def alarms(resources: Json) -> Json:
    return {name: r["Properties"] for name, r in resources.items() if r["Type"] == "AWS::CloudWatch::Alarm"}


def metrics_of(alarm: Json) -> Iterator[Json]:
    """Each metric with its statistic, of an alarm on one or on an expression over several."""
    for part in alarm.get("Metrics", []):
        if "MetricStat" in part:
            yield {**part["MetricStat"]["Metric"], "Statistic": part["MetricStat"]["Stat"]}
    if "MetricName" in alarm:
        yield {**alarm, "Statistic": alarm.get("Statistic") or alarm["ExtendedStatistic"]}


def faults(resources: Json) -> list[str]:
    """What keeps an alarm of these resources from ringing, each with its name."""
    return [
        f"{name}: {fault}"
        for name, alarm in alarms(resources).items()
        for fault in [
            *(fault for metric in metrics_of(alarm) for fault in of_metric(metric, resources)),
            *of_missing_data(alarm),
        ]
    ]


def of_metric(metric: Json, resources: Json) -> Iterator[str]:
    if metric["Namespace"] == OWN:
        yield from of_our_own(metric, resources)
        return
    known = DOCUMENTED.get((metric["Namespace"], metric["MetricName"]))
    if known is None:
        yield f"{metric['Namespace']} writes no {metric['MetricName']}"
        return
    given = {dimension["Name"]: dimension["Value"] for dimension in metric.get("Dimensions", [])}
    if given.keys() not in known.dimensions:
        yield f"{metric['MetricName']} is not written by {sorted(given)}"
    if metric["Statistic"] not in known.statistics:
        yield f"{metric['Statistic']} of {metric['MetricName']} means nothing"
    yield from (fault for item in given.items() for fault in of_dimension(*item, resources))


def of_dimension(name: str, value: Any, resources: Json) -> Iterator[str]:
    """A dimension names a resource of its type, as that type is named; or a word of the service."""
    if name in WORDS and value not in WORDS[name]:
        yield f"{name} {value} is no word of the service"
    if name in NAMED_BY:
        named = _named(value)
        if resources.get(named, {}).get("Type") not in NAMED_BY[name]:
            yield f"{name} names no {NAMED_BY[name][0]}"
    if name == "QueueName" and value != {"Fn::GetAtt": [_named(value), "QueueName"]}:
        yield "a queue's Ref is its address, not its name"
    if name == "ApiName" and value != resources["RestAPI"]["Properties"]["Name"]:
        yield "the API has another name"


def _named(value: Any) -> str:
    """The logical id that a Ref or GetAtt leads to; a spelled-out name leads nowhere."""
    if not isinstance(value, dict):
        return ""
    return str(value.get("Ref") or value.get("Fn::GetAtt", [""])[0])


def of_our_own(metric: Json, resources: Json) -> Iterator[str]:
    """What we count ourselves is counted from a line that some code writes."""
    filters = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::Logs::MetricFilter"]
    counting = [
        found["FilterPattern"]
        for found in filters
        for made in found["MetricTransformations"]
        if (made["MetricName"], made["MetricNamespace"]) == (metric["MetricName"], OWN)
    ]
    if not counting:
        yield f"no filter counts {metric['MetricName']}"
    for pattern in counting:
        line = re.findall(r'\$\.message = "(\w+)"', pattern)
        if not line or not written(line[0]):
            yield f"no code writes the line of {pattern}"


def written(line: str) -> bool:
    sources = (ROOT / "chalicelib").rglob("*.py")
    return any(re.search(rf'\)?\.(info|warning|error)\("{line}"', path.read_text()) for path in sources)


def of_missing_data(alarm: Json) -> Iterator[str]:
    """What rings when something does not happen rings without data too; all else is quiet without."""
    wanted = "breaching" if alarm["ComparisonOperator"] in BELOW else "notBreaching"
    if alarm.get("TreatMissingData") != wanted:
        yield f"without data it must be {wanted}"
