"""The one page of graphs that two operators look at: what comes in, what goes out, what is late, what it costs."""

import json
from typing import Any

Part = dict[str, Any]
Metric = list[Any]
COLUMNS, WIDTH, HEIGHT = 3, 8, 6  # the page is 24 wide
QUEUES = ("notify-citizen", "alert-unit", "arm", "project", "erase", "photos", "messages", "relay-retry")


def dashboard() -> Part:
    """The resource's body: names of the stack's parts are filled in by CloudFormation."""
    widgets = [_widget(place, *graph) for place, graph in enumerate(GRAPHS)]
    return {"Fn::Sub": json.dumps({"start": "-P1D", "widgets": widgets})}


WITH_DEAD = (*(name for name in QUEUES if name != "relay-retry"), "relay", "sweep")
LETTERS = ("Send", "Bounce", "Complaint")
API = ["ApiName", "${AWS::StackName}"]
BILL = ["AWS/Billing", "EstimatedCharges", "Currency", "USD"]
SMS = ["AWS/SNS", "SMSMonthToDateSpentUSD", {"region": "${AWS::Region}"}]


def _of_queue(metric: str, name: str) -> Metric:
    return ["AWS/SQS", metric, "QueueName", f"${{AWS::StackName}}-{name}"]


# Title, statistic, region where it is not the stack's own, metrics.
GRAPHS: tuple[tuple[str, str, str, list[Metric]], ...] = (
    ("Received: reports and reopenings", "Sum", "", [_of_queue("NumberOfMessagesSent", "arm")]),
    ("Told: letters of the account, and what came back", "Sum", "", [["AWS/SES", name] for name in LETTERS]),
    ("Late: clocks that rang at their breach", "Sum", "", [["AWS/Lambda", "Invocations", "FunctionName", "${Ring}"]]),
    ("Oldest waiting message, seconds", "Maximum", "", [_of_queue("ApproximateAgeOfOldestMessage", q) for q in QUEUES]),
    ("Dead letters", "Maximum", "", [_of_queue("ApproximateNumberOfMessagesVisible", f"{q}-dead") for q in WITH_DEAD]),
    ("Oldest event not yet relayed, ms", "Maximum", "", [["AWS/Lambda", "IteratorAge", "FunctionName", "${Relay}"]]),
    ("API: refusals and faults", "Sum", "", [["AWS/ApiGateway", name, *API] for name in ("4XXError", "5XXError")]),
    ("API: the slowest of twenty, ms", "p95", "", [["AWS/ApiGateway", "Latency", *API]]),
    ("Cost of the account, month to date, USD", "Maximum", "us-east-1", [BILL, SMS]),
)


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
