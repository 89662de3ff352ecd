"""The one page of graphs that two operators look at: what comes in, what goes out, what is late, what it costs."""

import json
from collections.abc import Collection, Iterator
from typing import Any

Part = dict[str, Any]
Metric = list[Any]
Graph = tuple[str, str, str, list[Metric]]
COLUMNS, WIDTH, HEIGHT = 3, 8, 6  # the page is 24 wide


def dashboard(table: Part) -> Part:
    """The resource's body, for the table of functions: names of the stack's parts are filled in by CloudFormation."""
    widgets = [_widget(place, *graph) for place, graph in enumerate(_graphs(table["functions"].values()))]
    return {"Fn::Sub": json.dumps({"start": "-P1D", "widgets": widgets})}


LETTERS = ("Send", "Bounce", "Complaint")
API = ["ApiName", "${AWS::StackName}"]
LOOKS = ["FunctionName", "${APIHandler}"]  # by the function's own URL; what fails there is asked once more at the API
BILL = ["AWS/Billing", "EstimatedCharges", "Currency", "USD"]
SMS = ["AWS/SMSVoice", "TextMessageMonthlySpend", {"region": "${AWS::Region}"}]


def _of_queue(metric: str, name: str) -> Metric:
    return ["AWS/SQS", metric, "QueueName", f"${{AWS::StackName}}-{name}"]


def _graphs(functions: Collection[Part]) -> Iterator[Graph]:
    """Title, statistic, region where it is not the stack's own, metrics."""
    queues = [entry["queue"]["name"] for entry in functions if "queue" in entry]
    dead = sorted({*queues, "relay", "sweep"} - {"relay-retry"})  # relay's own take those of its retries
    yield "Received: reports and reopenings", "Sum", "", [_of_queue("NumberOfMessagesSent", "arm")]
    yield "Told: letters of the account, and what came back", "Sum", "", [["AWS/SES", name] for name in LETTERS]
    yield (
        "Late: clocks that rang at their breach",
        "Sum",
        "",
        [["AWS/Lambda", "Invocations", "FunctionName", "${Ring}"]],
    )
    yield (
        "Oldest waiting message, seconds",
        "Maximum",
        "",
        [_of_queue("ApproximateAgeOfOldestMessage", q) for q in queues],
    )
    yield "Dead letters", "Maximum", "", [_of_queue("ApproximateNumberOfMessagesVisible", f"{q}-dead") for q in dead]
    yield "Oldest event not yet relayed, ms", "Maximum", "", [["AWS/Lambda", "IteratorAge", "FunctionName", "${Relay}"]]
    yield "API: refusals and faults", "Sum", "", [["AWS/ApiGateway", name, *API] for name in ("4XXError", "5XXError")]
    yield "Channels: messages whose signature was refused", "Sum", "", [["${AWS::StackName}", "ChannelRefused"]]
    yield "API: the slowest of twenty, ms", "p95", "", [["AWS/ApiGateway", "Latency", *API]]
    looks = [["AWS/Lambda", name, *LOOKS] for name in ("UrlRequestCount", "Url4xxCount", "Url5xxCount")]
    yield "Looks that the edge did not keep: asked, refused, failed", "Sum", "", looks
    yield "Looks: the slowest, ms", "Maximum", "", [["AWS/Lambda", "UrlRequestLatency", *LOOKS]]
    yield "Cost of the account, month to date, USD", "Maximum", "us-east-1", [BILL, SMS]


def _widget(place: int, title: str, statistic: str, region: str, metrics: list[Metric]) -> Part:
    row, column = divmod(place, COLUMNS)
    return {
        "type": "metric",
        "x": column * WIDTH,
        "y": row * HEIGHT,
        "width": WIDTH,
        "height": HEIGHT,
        "properties": {
            "title": title,
            "stat": statistic,
            "period": 300,
            "region": region or "${AWS::Region}",
            "metrics": metrics,
        },
    }
