"""What services document of the metrics that our alarms watch: the sets of dimensions under which a metric exists, and
the statistics that mean something. An alarm on anything else never leaves INSUFFICIENT_DATA, and CloudWatch is silent
about it. Step Functions, DynamoDB, SMS and URLs of functions were looked up on 2026-11-27 in AWS's public copy of its
guides; the others stand as they are known."""

from dataclasses import dataclass

LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"
URLS = "https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html"
SQS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html"
STATES = "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html"
API = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html"
DYNAMODB = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html"
SES = "https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html"
SMS = "https://docs.aws.amazon.com/sms-voice/latest/userguide/monitoring-cloudwatch.html"
SITE = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html"
WALL = "https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html"
BILLING = (
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html"
)
COUNTED = frozenset({"Sum", "SampleCount"})
MEASURED = frozenset({"Average", "Minimum", "Maximum", "p90", "p95", "p99"})


@dataclass(frozen=True, slots=True)
class Metric:
    """`dimensions`: each set of names under which it is written."""

    source: str
    dimensions: tuple[frozenset[str], ...]
    statistics: frozenset[str]


def by(*names: str) -> frozenset[str]:
    return frozenset(names)


FUNCTION = (by("FunctionName"), by("FunctionName", "Resource"))
QUEUE, MACHINE = (by("QueueName"),), (by("StateMachineArn"),)
REST = (by("ApiName"), by("ApiName", "Stage"))
TABLE = (by("TableName"), by("TableName", "GlobalSecondaryIndexName"))
DOCUMENTED = {
    ("AWS/Lambda", "Invocations"): Metric(LAMBDA, FUNCTION, COUNTED),
    ("AWS/Lambda", "Errors"): Metric(LAMBDA, FUNCTION, COUNTED | {"Average"}),  # 0 or 1 a call: the share that failed
    ("AWS/Lambda", "Throttles"): Metric(LAMBDA, (*FUNCTION, by()), COUNTED),  # without one: of all functions
    ("AWS/Lambda", "Duration"): Metric(LAMBDA, FUNCTION, MEASURED),
    ("AWS/Lambda", "IteratorAge"): Metric(LAMBDA, FUNCTION, MEASURED),  # comes with an invocation, never without
    ("AWS/Lambda", "UrlRequestCount"): Metric(URLS, FUNCTION, COUNTED),
    ("AWS/Lambda", "Url4xxCount"): Metric(URLS, FUNCTION, COUNTED),
    ("AWS/Lambda", "Url5xxCount"): Metric(URLS, FUNCTION, COUNTED),
    ("AWS/Lambda", "UrlRequestLatency"): Metric(URLS, FUNCTION, frozenset({"Average", "Maximum"})),
    # Written for six hours after the last use of a queue, so an empty one that nobody polls has none.
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): Metric(SQS, QUEUE, MEASURED),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): Metric(SQS, QUEUE, MEASURED | {"Sum"}),
    ("AWS/States", "ExecutionsFailed"): Metric(STATES, MACHINE, COUNTED),
    ("AWS/States", "ExecutionsTimedOut"): Metric(STATES, MACHINE, COUNTED),
    ("AWS/States", "ExecutionsAborted"): Metric(STATES, MACHINE, COUNTED),
    # Of StateTransition alone. A StartExecution that is refused shows in ThrottledEvents.
    ("AWS/States", "ExecutionThrottled"): Metric(STATES, MACHINE, COUNTED),
    ("AWS/States", "ThrottledEvents"): Metric(STATES, (by("APIName"), by("ServiceMetric")), COUNTED),
    ("AWS/ApiGateway", "5XXError"): Metric(API, REST, COUNTED | {"Average"}),
    ("AWS/ApiGateway", "4XXError"): Metric(API, REST, COUNTED | {"Average"}),
    ("AWS/ApiGateway", "Latency"): Metric(API, REST, MEASURED),
    ("AWS/DynamoDB", "ReadThrottleEvents"): Metric(DYNAMODB, TABLE, COUNTED),
    ("AWS/DynamoDB", "WriteThrottleEvents"): Metric(DYNAMODB, TABLE, COUNTED),
    # Of the account, and of each configuration set that asks for it; a share between 0 and 1.
    ("AWS/SES", "Reputation.BounceRate"): Metric(SES, (by(), by("ses:configuration-set")), MEASURED),
    ("AWS/SES", "Reputation.ComplaintRate"): Metric(SES, (by(), by("ses:configuration-set")), MEASURED),
    ("AWS/SES", "Send"): Metric(SES, (by(),), COUNTED),
    ("AWS/SES", "Bounce"): Metric(SES, (by(),), COUNTED),
    ("AWS/SES", "Complaint"): Metric(SES, (by(),), COUNTED),
    ("AWS/SQS", "NumberOfMessagesSent"): Metric(SQS, QUEUE, COUNTED),
    # In us-east-1 alone, of whatever region the resource is.
    ("AWS/CloudFront", "5xxErrorRate"): Metric(SITE, (by("DistributionId", "Region"),), MEASURED),
    ("AWS/WAFV2", "BlockedRequests"): Metric(WALL, (by("WebACL", "Rule"), by("WebACL", "Rule", "Region")), COUNTED),
    ("AWS/Billing", "EstimatedCharges"): Metric(BILLING, (by("Currency"), by("Currency", "ServiceName")), MEASURED),
    # Written where the account has the role that AWS calls service-linked, from its first SMS on.
    ("AWS/SMSVoice", "TextMessageMonthlySpend"): Metric(SMS, (by(), by("IsoCountryCode")), MEASURED),
}
# The types of the resource that a dimension names; what is not here is a word of the service's own.
NAMED_BY = {
    "FunctionName": ("AWS::Serverless::Function", "AWS::Lambda::Function"),
    "QueueName": ("AWS::SQS::Queue",),
    "StateMachineArn": ("AWS::StepFunctions::StateMachine",),
    "TableName": ("AWS::DynamoDB::Table",),
}
WORDS = {
    "Region": {"Global"},
    "Rule": {"ALL"},
    "APIName": {"StartExecution"},
    "GlobalSecondaryIndexName": {"queue", "alarm"},
}
