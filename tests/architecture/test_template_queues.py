"""What the template promises about topics, queues and the stream."""

import json
from typing import Any

from chalicelib.adapters import ses_events
from chalicelib.adapters.dynamodb import keys
from chalicelib.adapters.sms import events as sms_events
from chalicelib.application.messages import relaying
from chalicelib.domain.case.erasure import ERASE
from tools.infra.template_functions import logical_id

Json = dict[str, Any]
ALONE = {"SweepDead"}  # dead letters of a function that no queue feeds


def queues(resources: Json) -> Json:
    return {name: r["Properties"] for name, r in resources.items() if r["Type"] == "AWS::SQS::Queue"}


def sources(functions: Json) -> dict[str, Json]:
    """Event source properties by the function's logical id."""
    return {name: next(iter(f["Events"].values()))["Properties"] for name, f in functions.items() if "Events" in f}


def consumer(functions: Json, queue: str) -> str | None:
    named = {"Fn::Sub": f"${{{queue}.Arn}}"}
    return next((name for name, source in sources(functions).items() if source.get("Queue") == named), None)


def live(resources: Json) -> Json:
    return {name: queue for name, queue in queues(resources).items() if not name.endswith("Dead")}


def alarmed(resources: Json, queue: str, metric: str) -> bool:
    dimension = {"Name": "QueueName", "Value": {"Fn::GetAtt": [queue, "QueueName"]}}
    alarms = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::CloudWatch::Alarm"]
    return any(a.get("MetricName") == metric and dimension in a.get("Dimensions", []) for a in alarms)


def test_every_queue_has_a_dead_letter_queue_and_one_consumer(resources: Json, functions: Json) -> None:
    assert live(resources)
    for name, queue in live(resources).items():
        dead = queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        assert dead in queues(resources)
        assert consumer(functions, name)


def test_every_dead_letter_queue_belongs_to_a_queue_or_a_function(resources: Json) -> None:
    behind = {q["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0] for q in live(resources).values()}
    assert {name for name in queues(resources) if name.endswith("Dead")} == behind | ALONE


def test_every_queue_alarms_by_age_and_every_dead_letter_queue_by_depth(resources: Json) -> None:
    for name in queues(resources):
        rings_by = "ApproximateNumberOfMessagesVisible" if name.endswith("Dead") else "ApproximateAgeOfOldestMessage"
        assert alarmed(resources, name, rings_by), name


def test_a_message_stays_hidden_six_times_as_long_as_its_function_may_take(resources: Json, functions: Json) -> None:
    for name, queue in live(resources).items():
        function = functions[consumer(functions, name) or ""]
        assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]


def test_queues_keep_for_fourteen_days_encrypted(resources: Json) -> None:
    for queue in queues(resources).values():
        assert queue["MessageRetentionPeriod"] == 14 * 86_400
        assert queue["SqsManagedSseEnabled"] is True


def test_every_batch_is_answered_in_part(functions: Json) -> None:
    for name, source in sources(functions).items():
        if name != "Sweep":
            assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name


def test_the_stream_delivers_inserted_events_and_beats_only_from_its_beginning(functions: Json) -> None:
    source = sources(functions)["Relay"]
    pattern = json.loads(source["FilterCriteria"]["Filters"][0]["Pattern"])
    assert pattern == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": keys.EVENT_PREFIX}, {"prefix": keys.BEAT_PREFIX}]}}},
    }
    assert source["StartingPosition"] == "TRIM_HORIZON"


def test_a_poisoned_record_blocks_the_stream_for_eight_tries_at_most(functions: Json) -> None:
    source = sources(functions)["Relay"]
    assert source["BisectBatchOnFunctionError"] is True
    assert source["MaximumRetryAttempts"] == 8
    assert source["MaximumRecordAgeInSeconds"] < 86_400
    assert source["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["RelayDead", "Arn"]}


def test_what_relay_cannot_do_holds_no_record_of_the_stream(resources: Json, functions: Json) -> None:
    """Lambda writes a failed batch's place in the stream to a queue or a topic, and whole records to a bucket."""
    assert sources(functions)["Relay"]["DestinationConfig"]["OnFailure"]["Type"] == "SQS"
    assert functions["Relay"]["Environment"]["Variables"]["RELAY_RETRY_URL"] == {"Ref": "RelayRetryQueue"}
    assert consumer(functions, "RelayRetryQueue") == "RelayRetry"


def test_a_retry_of_relay_has_as_many_tries_as_its_waits_say_and_then_alarms(resources: Json) -> None:
    policy = queues(resources)["RelayRetryQueue"]["RedrivePolicy"]
    assert policy == {"deadLetterTargetArn": {"Fn::GetAtt": ["RelayDead", "Arn"]}, "maxReceiveCount": relaying.TRIES}
    assert alarmed(resources, "RelayDead", "ApproximateNumberOfMessagesVisible")
    assert max(relaying.WAITS) + sum(relaying.WAITS) < queues(resources)["RelayRetryQueue"]["MessageRetentionPeriod"]


def test_subscriptions_are_raw_with_a_dead_letter_queue_of_their_own(resources: Json) -> None:
    subscriptions = {n: r["Properties"] for n, r in resources.items() if r["Type"] == "AWS::SNS::Subscription"}
    operator = subscriptions.pop("OperatorListens")
    assert (operator["Protocol"], operator["TopicArn"]) == ("email", {"Ref": "Operations"})
    assert len(subscriptions) == 7
    for name, subscription in subscriptions.items():
        assert subscription["RawMessageDelivery"] is True
        assert subscription["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0].endswith("Dead"), name


def test_timers_are_armed_by_events_that_arm_and_data_erased_by_those_that_ask_it(resources: Json) -> None:
    policies = {n: r["Properties"].get("FilterPolicy") for n, r in resources.items() if n.endswith("Subscription")}
    assert {name: policy for name, policy in policies.items() if policy} == {
        "ArmQueueSubscription": {"arms": ["yes"]},
        "EraseQueueSubscription": {"action": [ERASE]},
    }


def test_no_consumer_of_a_queue_may_take_the_whole_account(functions: Json, table: Json) -> None:
    bounds = {
        name: source["ScalingConfig"]["MaximumConcurrency"]
        for name, source in sources(functions).items()
        if "Queue" in source
    }
    assert bounds == {logical_id(name): entry["calls"] for name, entry in table["at_once"].items()}
    assert all(2 <= calls <= 1000 for calls in bounds.values())  # what Lambda takes


def test_only_the_api_has_a_share_of_its_own_and_a_stage_sets_it(functions: Json) -> None:
    shares = {
        name: f["ReservedConcurrentExecutions"] for name, f in functions.items() if "ReservedConcurrentExecutions" in f
    }
    assert shares == {"APIHandler": {"Fn::If": ["HasApiShare", {"Ref": "ApiAtOnce"}, {"Ref": "AWS::NoValue"}]}}


def test_only_the_named_source_may_send_to_a_queue(resources: Json) -> None:
    policies = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::SQS::QueuePolicy"]
    assert len(policies) == 7
    for statement in (s for p in policies for s in p["PolicyDocument"]["Statement"]):
        assert statement["Action"] == "sqs:SendMessage"
        assert "aws:SourceArn" in statement["Condition"]["ArnEquals"]


def test_what_ses_says_of_letters_goes_to_who_keeps_the_ledger_and_to_nobody_else(resources: Json) -> None:
    told = {n: r["Properties"] for n, r in resources.items() if r["Type"] == "AWS::SNS::Subscription"}
    (endpoint,) = [s["Endpoint"] for s in told.values() if s["TopicArn"] == {"Ref": "MailFates"}]
    assert endpoint == {"Fn::GetAtt": ["NotifyCitizenQueue", "Arn"]}
    sources = [
        statement["Condition"]["ArnEquals"]["aws:SourceArn"]
        for statement in resources["NotifyCitizenQueuePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    ]
    assert sources == [[{"Ref": "ComplaintEvents"}, {"Ref": "MailFates"}, {"Ref": "SmsFates"}]] * 2
    (publishes,) = resources["MailFatesPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert publishes["Principal"] == {"Service": "ses.amazonaws.com"}
    assert publishes["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_ses_reports_what_came_back_and_keeps_its_rates(resources: Json) -> None:
    destination = resources["LettersReport"]["Properties"]["EventDestination"]
    assert {kind.capitalize() for kind in destination["MatchingEventTypes"]} == set(ses_events.KINDS)
    assert destination["SnsDestination"] == {"TopicARN": {"Ref": "MailFates"}}
    assert resources["LettersReport"]["DependsOn"] == "MailFatesPolicy"
    assert resources["Letters"]["Properties"]["ReputationOptions"] == {"ReputationMetricsEnabled": True}


def test_what_is_said_of_sms_goes_to_who_keeps_the_ledger_and_to_nobody_else(resources: Json) -> None:
    told = {n: r["Properties"] for n, r in resources.items() if r["Type"] == "AWS::SNS::Subscription"}
    (endpoint,) = [s["Endpoint"] for s in told.values() if s["TopicArn"] == {"Ref": "SmsFates"}]
    assert endpoint == {"Fn::GetAtt": ["NotifyCitizenQueue", "Arn"]}
    (publishes,) = resources["SmsFatesPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert publishes["Principal"] == {"Service": "sms-voice.amazonaws.com"}
    assert publishes["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}


def test_of_sms_whatever_is_final_is_reported(resources: Json) -> None:
    assert resources["TextMessages"]["DependsOn"] == "SmsFatesPolicy"
    (destination,) = resources["TextMessages"]["Properties"]["EventDestinations"]
    assert set(destination["MatchingEventTypes"]) == set(sms_events.KINDS)
    assert destination["SnsDestination"] == {"TopicArn": {"Ref": "SmsFates"}}
    assert destination["Enabled"] is True


def test_only_relay_and_its_retry_may_publish_events(resources: Json) -> None:
    (statement,) = resources["ComplaintEventsPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    roles = [{"Fn::GetAtt": ["RelayRole", "Arn"]}, {"Fn::GetAtt": ["RelayRetryRole", "Arn"]}]
    assert statement["Principal"] == {"AWS": roles}
    assert statement["Action"] == "sns:Publish"
