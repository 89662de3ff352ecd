"""Settings → adapters, each made when it is first asked for. Types are the ports, so that mypy proves that each adapter
is what its port promises."""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.adapters.aws.signature import AccessKeys
    from chalicelib.adapters.clients import Clients
    from chalicelib.adapters.dynamodb.public.generations import DynamoGenerations
    from chalicelib.adapters.dynamodb.public.lists import DynamoPublicLists
    from chalicelib.application.ports.cases import Complaints, Secrets, Vault
    from chalicelib.application.ports.cases import IntakeSecrets as IntakeSecretsPort
    from chalicelib.application.ports.clocks import Timers
    from chalicelib.application.ports.messages import EventTopic, HandBack, Mail, Notices, RelayRetries, Sms
    from chalicelib.application.ports.people import Staff, Tokens
    from chalicelib.application.ports.photos import Photos, Pictures, Uploads
    from chalicelib.application.ports.queues import Queues
    from chalicelib.domain.case.complaint import Complaint
    from chalicelib.domain.case.tasks import Task
    from chalicelib.domain.place.places import Places
    from chalicelib.domain.reference import Reference
    from chalicelib.settings import Settings


class Adapters:
    """Everything outside the application, by the name of its port."""

    def __init__(self, settings: "Settings") -> None:
        self.settings = settings
        self.offset = timedelta(seconds=int(settings.clock_offset_seconds))

    def machine_now(self) -> datetime:
        """The machine's time: of tokens, signatures, leases."""
        return datetime.now(UTC)

    def pause(self, seconds: float) -> None:
        """Waits: for a worker that may still be alive, never on a request's path."""
        sleep(seconds)

    def now(self) -> datetime:
        """The domain's time, in whole milliseconds, as rows keep it: the machine's unless a stage is told otherwise."""
        now = self.machine_now() + self.offset
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    @cached_property
    def reference(self) -> "Reference":
        from chalicelib.data import reference

        overlay = self.settings.reference_overlay  # its cache tells () and (None) apart, and would keep two cities
        return reference(overlay) if overlay else reference()

    def places(self) -> "Places":
        """Read when a point is to be found, not before."""
        from chalicelib.data import places

        return places()

    @cached_property
    def clients(self) -> "Clients":
        from chalicelib.adapters.clients import Clients

        given = self.settings
        return Clients(region=given.aws_region, endpoint=given.aws_endpoint_url, keys=self._environments_keys())

    def _environments_keys(self) -> "AccessKeys | None":
        """Lambda puts a function's keys there, for as long as its container may live."""
        from chalicelib.adapters.aws.signature import AccessKeys

        given = self.settings
        if not (given.aws_access_key_id and given.aws_secret_access_key):
            return None
        return AccessKeys(given.aws_access_key_id, given.aws_secret_access_key, given.aws_session_token or None)

    def _bind(self) -> None:
        """Names the table for every row, before the first use of one."""
        from chalicelib.adapters.dynamodb.rows import bind

        self.settings.require("table_name")
        bind(table_name=self.settings.table_name, client=lambda: self.clients.dynamodb)

    @cached_property
    def complaints(self) -> "Complaints":
        from chalicelib.adapters.dynamodb.cases.complaints import DynamoComplaints

        self._bind()
        return DynamoComplaints(queue_key=self._queue_key, task_key=self._task_key)

    def _queue_key(self, complaint: "Complaint") -> tuple[str, datetime] | None:
        """Asked when a case is written."""
        from chalicelib.adapters.dynamodb.cases.queues import queue_key

        return queue_key(complaint, self.reference)

    def _task_key(self, task: "Task") -> str:
        from chalicelib.adapters.dynamodb.cases.queues import task_key

        return task_key(task, self.reference)

    @cached_property
    def photos(self) -> "Photos":
        from chalicelib.adapters.dynamodb.cases.photos import DynamoPhotos

        self._bind()
        return DynamoPhotos()

    @cached_property
    def queues(self) -> "Queues":
        from chalicelib.adapters.dynamodb.cases.queues import DynamoQueues
        from chalicelib.domain.case.queues import shards

        self._bind()
        return DynamoQueues(shards=lambda name: shards(name, self.reference))

    @cached_property
    def notices_ledger(self) -> "Notices":
        from chalicelib.adapters.dynamodb.messages.ledger import DynamoNotices

        self._bind()
        return DynamoNotices()

    @cached_property
    def staff(self) -> "Staff":
        from chalicelib.adapters.dynamodb.people.people_rows import bind_people
        from chalicelib.adapters.dynamodb.people.staff import DynamoStaff

        self._bind()
        self.settings.require("people_table_name")
        bind_people(table_name=self.settings.people_table_name)
        return DynamoStaff()

    @cached_property
    def lists(self) -> "DynamoPublicLists":
        from chalicelib.adapters.dynamodb.public.lists import DynamoPublicLists

        self._bind()
        return DynamoPublicLists()

    @cached_property
    def generations(self) -> "DynamoGenerations":
        from chalicelib.adapters.dynamodb.public.generations import DynamoGenerations

        self._bind()
        return DynamoGenerations()

    @cached_property
    def tokens(self) -> "Tokens":
        from chalicelib.adapters.cognito import CognitoTokens

        given = self.settings
        given.require("user_pool_id", "user_pool_client_id")
        return CognitoTokens(
            pool_id=given.user_pool_id,
            client_id=given.user_pool_client_id,
            region=given.aws_region,
            keys_url=given.identity_keys_url,
        )

    @cached_property
    def _intake_secrets(self) -> "IntakeSecretsPort":
        from chalicelib.adapters.secrets import IntakeSecrets

        self.settings.require("intake_secret_id")
        secret_id, client = self.settings.intake_secret_id, self.clients.client("secretsmanager")
        return IntakeSecrets(secret_id=secret_id, client=client, now=self.machine_now)

    def secrets(self) -> "Secrets":
        """The server's secret, at most five minutes old."""
        return self._intake_secrets.read()

    @cached_property
    def vault(self) -> "Vault":
        from chalicelib.adapters.kms import KmsVault

        self._bind()
        self.settings.require("contact_key_id")
        key_id, client = self.settings.contact_key_id, self.clients.client("kms")
        return KmsVault(key_id=key_id, client=client, now=self.machine_now)

    @cached_property
    def uploads(self) -> "Uploads":
        from chalicelib.adapters.photos.uploads import SignedUploads

        given = self.settings
        given.require("photo_bucket")
        return SignedUploads(
            given.photo_bucket,
            given.aws_region,
            keys=self.clients.keys,
            now=self.machine_now,
            endpoint=given.aws_endpoint_url,
        )

    @cached_property
    def pictures(self) -> "Pictures":
        from chalicelib.adapters.photos.pictures import S3Pictures

        self.settings.require("photo_bucket")
        return S3Pictures(bucket=self.settings.photo_bucket, client=self.clients.client("s3"))

    @cached_property
    def topic(self) -> "EventTopic":
        from chalicelib.adapters.sns import SnsEventTopic

        self.settings.require("events_topic_arn")
        return SnsEventTopic(topic_arn=self.settings.events_topic_arn, client=self.clients.client("sns"))

    @cached_property
    def relay_retries(self) -> "RelayRetries":
        from chalicelib.adapters.sqs import SqsRelayRetries

        self.settings.require("relay_retry_url")
        return SqsRelayRetries(url=self.settings.relay_retry_url, client=self.clients.client("sqs"))

    @cached_property
    def hand_back(self) -> "HandBack":
        from chalicelib.adapters.sqs import SqsHandBack
        from chalicelib.domain.messages import PARTNER, UNIT, WAITED

        given = self.settings
        given.require("notify_queue_url", "alert_queue_url", "call_back_queue_url")
        urls = {**dict.fromkeys((UNIT, *WAITED), given.alert_queue_url), PARTNER: given.call_back_queue_url}
        return SqsHandBack(notify_url=given.notify_queue_url, urls=urls, client=self.clients.client("sqs"))

    @cached_property
    def mail(self) -> "Mail":
        from chalicelib.adapters.ses import SesMail

        given = self.settings
        given.require("mail_sender")
        client, configured = self.clients.once("sesv2"), given.mail_configuration_set
        return SesMail(sender=given.mail_sender, client=client, configuration_set=configured)

    @cached_property
    def sms(self) -> "Sms":
        from chalicelib.adapters.sms.voice import SmsVoice

        client, given = self.clients.once("pinpoint-sms-voice-v2"), self.settings
        return SmsVoice(client=client, sender_id=given.sms_sender_id, configuration_set=given.sms_configuration_set)

    @cached_property
    def timers(self) -> "Timers":
        from chalicelib.adapters.step_functions import StepFunctionsTimers

        self.settings.require("state_machine_arn")
        arn = self.settings.state_machine_arn
        client, once = self.clients.client("stepfunctions"), self.clients.once("stepfunctions")
        return StepFunctionsTimers(state_machine_arn=arn, client=client, once=once, offset=self.offset)
