"""Each port has a fake and a real adapter with the very same public methods, so that neither can grow a promise of its
own; and no port is without them."""

import inspect
import pkgutil
from importlib import import_module
from typing import Any, get_type_hints

import pytest

from chalicelib.adapters.channel_secrets import SecretsManagerChannels
from chalicelib.adapters.cognito import CognitoTokens
from chalicelib.adapters.cognito_accounts import CognitoAccounts
from chalicelib.adapters.dynamodb.cases.complaints import DynamoComplaints
from chalicelib.adapters.dynamodb.cases.erasing import DynamoPersonalRows
from chalicelib.adapters.dynamodb.cases.photos import DynamoPhotos
from chalicelib.adapters.dynamodb.cases.queues import DynamoQueues
from chalicelib.adapters.dynamodb.floods import DynamoFloods
from chalicelib.adapters.dynamodb.heartbeat import DynamoHeartbeat
from chalicelib.adapters.dynamodb.messages.incoming import DynamoMessageSources, DynamoMessageTasks
from chalicelib.adapters.dynamodb.messages.ledger import DynamoNotices
from chalicelib.adapters.dynamodb.messages.long_messages import DynamoLongMessages
from chalicelib.adapters.dynamodb.messages.stuck import DynamoStuckCallBacks
from chalicelib.adapters.dynamodb.messages.talks import DynamoTalks
from chalicelib.adapters.dynamodb.people.bench import DynamoBenchLoads
from chalicelib.adapters.dynamodb.people.clients import DynamoClientKeys, DynamoRates
from chalicelib.adapters.dynamodb.people.followers import DynamoFollowers
from chalicelib.adapters.dynamodb.people.reporters import DynamoAsks, DynamoOwnCases, DynamoPasses
from chalicelib.adapters.dynamodb.people.staff import DynamoStaff
from chalicelib.adapters.dynamodb.people.standings import DynamoDayCounts, DynamoStandings
from chalicelib.adapters.dynamodb.public.dated import DynamoDatedCases
from chalicelib.adapters.dynamodb.public.figures import DynamoFigures
from chalicelib.adapters.dynamodb.public.generations import DynamoGenerations
from chalicelib.adapters.dynamodb.public.lists import DynamoPublicLists
from chalicelib.adapters.dynamodb.rule_store import DynamoRules
from chalicelib.adapters.erasures import S3ErasureLedger, S3PersonalObjects
from chalicelib.adapters.kms import KmsVault
from chalicelib.adapters.messengers.chat_pictures import HttpChatPictures
from chalicelib.adapters.messengers.chats import HttpChats
from chalicelib.adapters.messengers.raw_messages import S3KeptPictures, S3Originals, S3RawMessages
from chalicelib.adapters.messengers.replies import ChannelReplies
from chalicelib.adapters.orders import LambdaOrders
from chalicelib.adapters.partners.call_backs import HttpsPartners
from chalicelib.adapters.photos.decoder import PillowDecoder
from chalicelib.adapters.photos.pictures import S3Pictures
from chalicelib.adapters.photos.uploads import SignedUploads
from chalicelib.adapters.secrets import IntakeSecrets
from chalicelib.adapters.ses import SesMail
from chalicelib.adapters.sms.voice import SmsVoice
from chalicelib.adapters.sns import SnsEventTopic, SnsUnitAlerts
from chalicelib.adapters.sqs import SqsDeadLetters, SqsHandBack, SqsRelayRetries
from chalicelib.adapters.step_functions import StepFunctionsTimers
from chalicelib.adapters.unit_topics import SnsUnitTopics
from chalicelib.application import ports
from chalicelib.application.ports.cases import Complaints, Vault
from chalicelib.application.ports.cases import IntakeSecrets as IntakeSecretsPort
from chalicelib.application.ports.channels import (
    ChannelSecrets,
    KeptPictures,
    MessageSources,
    MessageTasks,
    Originals,
    ProvidersPictures,
    RawMessages,
)
from chalicelib.application.ports.clients import ClientKeys, Rates
from chalicelib.application.ports.clocks import Heartbeat, Timers
from chalicelib.application.ports.dated import DatedCases
from chalicelib.application.ports.erasing import ErasureLedger, PersonalObjects, PersonalRows
from chalicelib.application.ports.floods import Floods
from chalicelib.application.ports.followers import Followers
from chalicelib.application.ports.messages import (
    Chats,
    DeadLetters,
    EventTopic,
    HandBack,
    Mail,
    Notices,
    RelayRetries,
    Sms,
    UnitAlerts,
)
from chalicelib.application.ports.partners import CallBackAddresses, Partners, StuckCallBacks
from chalicelib.application.ports.people import Accounts, AdministrationOrders, BenchLoads, Staff, Tokens, UnitTopics
from chalicelib.application.ports.photos import Decoder, Photos, Pictures, Uploads
from chalicelib.application.ports.public import CityFigures, Generations, PublicLists, RoutedCases
from chalicelib.application.ports.queues import Queues
from chalicelib.application.ports.replies import Replies
from chalicelib.application.ports.reporters import Asks, OwnCases, Passes
from chalicelib.application.ports.rules import RuleStore
from chalicelib.application.ports.standings import DayCounts, Standings
from chalicelib.application.ports.talks import LongMessages, Talks
from tests import fakes, fakes_open311, fakes_partners
from tests.channels.city_with_channels import (
    FixedChannelSecrets,
    MemoryKeptPictures,
    MemoryOriginals,
    MemoryRaw,
    MemorySources,
    MemoryTasks,
    PlayedPictures,
)
from tests.city_in_memory import OrdersInMemory
from tests.fakes_erasing import MemoryErasures, MemoryPersonalObjects, MemoryPersonalRows
from tests.fakes_reporters import MemoryAsks, MemoryOwnCases, MemoryPasses
from tests.fakes_rules import MemoryRules

# port: fake, real. The rest of a fake's public names is for tests, and is named here.
IMPLEMENTED: dict[Any, tuple[type, type]] = {
    Complaints: (fakes.MemoryComplaints, DynamoComplaints),
    Photos: (fakes.MemoryPhotos, DynamoPhotos),
    Queues: (fakes.MemoryQueues, DynamoQueues),
    CallBackAddresses: (fakes_partners.FixedAddresses, SecretsManagerChannels),
    Partners: (fakes_partners.RecordingPartners, HttpsPartners),
    StuckCallBacks: (fakes_partners.MemoryStuck, DynamoStuckCallBacks),
    Notices: (fakes.MemoryLedger, DynamoNotices),
    Floods: (fakes.MemoryFloods, DynamoFloods),
    Followers: (fakes.MemoryFollowers, DynamoFollowers),
    EventTopic: (fakes.RecordingTopic, SnsEventTopic),
    RelayRetries: (fakes.RecordingRetries, SqsRelayRetries),
    DeadLetters: (fakes.RecordingDeadLetters, SqsDeadLetters),
    HandBack: (fakes.RecordingHandBack, SqsHandBack),
    UnitAlerts: (fakes.RecordingAlerts, SnsUnitAlerts),
    Mail: (fakes.RecordingMail, SesMail),
    Sms: (fakes.RecordingSms, SmsVoice),
    Chats: (fakes.RecordingChats, HttpChats),
    Talks: (fakes.MemoryTalks, DynamoTalks),
    Replies: (fakes.RecordingReplies, ChannelReplies),
    Timers: (fakes.FakeTimers, StepFunctionsTimers),
    Heartbeat: (fakes.MemoryHeartbeat, DynamoHeartbeat),
    Uploads: (fakes.FakeUploads, SignedUploads),
    Pictures: (fakes.MemoryPictures, S3Pictures),
    Decoder: (fakes.WordsAsPictures, PillowDecoder),
    Vault: (fakes.MemoryVault, KmsVault),
    Staff: (fakes.MemoryStaff, DynamoStaff),
    BenchLoads: (fakes.MemoryBenchLoads, DynamoBenchLoads),
    Tokens: (fakes.FakeTokens, CognitoTokens),
    IntakeSecretsPort: (fakes.FixedSecrets, IntakeSecrets),
    PublicLists: (fakes.MemoryPublicLists, DynamoPublicLists),
    RoutedCases: (fakes.MemoryPublicLists, DynamoPublicLists),
    RuleStore: (MemoryRules, DynamoRules),
    CityFigures: (fakes.MemoryPublicLists, DynamoFigures),
    Generations: (fakes.MemoryPublicLists, DynamoGenerations),
    Accounts: (fakes.MemoryAccounts, CognitoAccounts),
    UnitTopics: (fakes.MemoryTopics, SnsUnitTopics),
    AdministrationOrders: (OrdersInMemory, LambdaOrders),
    ChannelSecrets: (FixedChannelSecrets, SecretsManagerChannels),
    LongMessages: (fakes.MemoryLongMessages, DynamoLongMessages),
    KeptPictures: (MemoryKeptPictures, S3KeptPictures),
    ProvidersPictures: (PlayedPictures, HttpChatPictures),
    RawMessages: (MemoryRaw, S3RawMessages),
    MessageTasks: (MemoryTasks, DynamoMessageTasks),
    MessageSources: (MemorySources, DynamoMessageSources),
    PersonalRows: (MemoryPersonalRows, DynamoPersonalRows),
    PersonalObjects: (MemoryPersonalObjects, S3PersonalObjects),
    ErasureLedger: (MemoryErasures, S3ErasureLedger),
    OwnCases: (MemoryOwnCases, DynamoOwnCases),
    Asks: (MemoryAsks, DynamoAsks),
    Passes: (MemoryPasses, DynamoPasses),
    Originals: (MemoryOriginals, S3Originals),
    Standings: (fakes.MemoryStandings, DynamoStandings),
    DayCounts: (fakes.MemoryDayCounts, DynamoDayCounts),
    DatedCases: (fakes_open311.MemoryDatedCases, DynamoDatedCases),
    ClientKeys: (fakes_open311.MemoryClientKeys, DynamoClientKeys),
    Rates: (fakes_open311.MemoryRates, DynamoRates),
}
ALSO = {
    fakes.MemoryLedger: {"of"},
    fakes.MemoryStandings: {"confirm_by_officer"},  # a report's own transaction
    fakes.MemoryVault: {"erase"},
    fakes.MemoryTopics: {"confirm"},  # what a subscriber does
    SnsUnitTopics: {"arn"},  # which the operator's command shows
    fakes.MemoryFollowers: {"count"},
    DynamoGenerations: {"served", "written"},  # which the public lists read
}
FAILING = {"answer"}  # makes a fake fail next


def methods(kind: type) -> set[str]:
    """Public methods, data and properties left out."""
    return {name for name, value in vars_of(kind).items() if inspect.isfunction(value) and not name.startswith("_")}


def vars_of(kind: type) -> dict[str, Any]:
    """Names of the class and of its bases, `object` and `Protocol` left out."""
    bases = [base for base in reversed(kind.__mro__) if base.__module__.split(".")[0] in ("chalicelib", "tests")]
    fields = {name for base in bases for name in getattr(base, "__dataclass_fields__", {})}
    return {name: value for base in bases for name, value in vars(base).items() if name not in fields}


def promised(kind: type) -> set[str]:
    """By every port that this class stands for."""
    return {name for port, both in IMPLEMENTED.items() if kind in both for name in methods(port)}


EACH = sorted({kind for both in IMPLEMENTED.values() for kind in both}, key=lambda kind: kind.__name__)
PAIRS = [(port, kind) for port, both in IMPLEMENTED.items() for kind in both]


def test_no_port_is_without_fake_and_adapter() -> None:
    modules = [import_module(f"{ports.__name__}.{found.name}") for found in pkgutil.iter_modules(ports.__path__)]
    declared = {v for module in modules for v in vars(module).values() if getattr(v, "_is_protocol", False)}

    assert {port.__name__ for port in declared} - {"Protocol"} == {port.__name__ for port in IMPLEMENTED}


@pytest.mark.parametrize("kind", EACH, ids=lambda kind: kind.__name__)
def test_it_does_what_its_ports_promise_and_no_more(kind: type) -> None:
    allowed = ALSO.get(kind, set()) | (FAILING if issubclass(kind, fakes.Failing) else set())

    assert methods(kind) - allowed == promised(kind)


@pytest.mark.parametrize(("port", "kind"), PAIRS, ids=lambda value: value.__name__)
def test_it_takes_what_its_port_says(port: Any, kind: type) -> None:
    for name in methods(port):
        said, done = (inspect.signature(getattr(owner, name)).parameters.values() for owner in (port, kind))
        assert [(p.name, p.kind, p.default) for p in said] == [(p.name, p.kind, p.default) for p in done], name


@pytest.mark.parametrize(("port", "kind"), PAIRS, ids=lambda value: value.__name__)
def test_it_answers_what_its_port_says(port: Any, kind: type) -> None:
    for name in methods(port):
        said, done = (get_type_hints(getattr(owner, name)).get("return") for owner in (port, kind))
        assert str(said) == str(done), name
