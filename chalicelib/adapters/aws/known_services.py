"""The services that the small client calls, as AWS describes them (botocore's data, service-2.json of each)."""

from collections.abc import Mapping

from chalicelib.adapters.aws.protocols import AwsJson, Dialect, Query, RestJson, bytes_of, time_of
from chalicelib.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """`name` as botocore and the code call it; `host`: the first part of its address; `signing`: its name in
    signatures. `tokens`: operations that carry a token, by which a repeated call counts once."""

    name: str
    host: str
    signing: str
    dialect: Dialect
    tokens: frozenset[str] = frozenset()


ATTRIBUTES = {"MessageAttributes": ("Name", "Value")}
RESULTS = frozenset({"Successful", "Failed"})
KMS = AwsJson("TrentService", "1.1", {"CiphertextBlob": bytes_of, "Plaintext": bytes_of})
SECRETS = AwsJson("secretsmanager", "1.1", {"CreatedDate": time_of, "SecretBinary": bytes_of})
STATES = AwsJson("AWSStepFunctions", reads={"startDate": time_of, "stopDate": time_of})
SNS = Query("2010-03-31", ATTRIBUTES, RESULTS, frozenset({"SenderFault"}))
SES = RestJson({"SendEmail": "/v2/email/outbound-emails"})
DYNAMODB = Service(
    "dynamodb",
    "dynamodb",
    "dynamodb",
    AwsJson("DynamoDB_20120810", is_dynamodb=True),
    frozenset({"TransactWriteItems"}),
)
SERVICES: Mapping[str, Service] = {
    service.name: service
    for service in (
        DYNAMODB,
        Service("kms", "kms", "kms", KMS),
        Service("secretsmanager", "secretsmanager", "secretsmanager", SECRETS),
        Service("stepfunctions", "states", "states", STATES),
        Service("sqs", "sqs", "sqs", AwsJson("AmazonSQS")),
        Service("sns", "sns", "sns", SNS),
        Service("sesv2", "email", "ses", SES),
        Service("pinpoint-sms-voice-v2", "sms-voice", "sms-voice", AwsJson("PinpointSMSVoiceV2")),
    )
}
