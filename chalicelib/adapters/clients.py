"""Clients of AWS services, made by the first call, so that a request which needs none pays for none: small ones
(decisions 0071, 0087), and botocore's for what those do not speak. Short times."""

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.adapters.aws.client import SmallClient
    from chalicelib.adapters.aws.known_services import Service
    from chalicelib.adapters.aws.signature import AccessKeys

CONNECT, READ = 1, 3  # seconds: a request of the API has 25
PATIENT = 6  # seconds for the one try of a message: an answer that is not waited for makes its fate unknown; lease 8
TRIES = 3


class Clients:
    """`endpoint` is AWS_ENDPOINT_URL, or empty for AWS's own addresses; `keys` the access keys that the environment
    holds, or None: then botocore looks for them where the AWS CLI does."""

    def __init__(self, *, region: str, endpoint: str = "", keys: "AccessKeys | None" = None) -> None:
        self._region = region
        self._endpoint = endpoint
        self._own_keys = keys

    @cache  # noqa: B019 - one object per process
    def client(self, service: str) -> Any:
        """For calls that may come twice: repeated after a fault, three tries in all."""
        return _Late(lambda: self.make(service, TRIES))

    @cache  # noqa: B019
    def once(self, service: str) -> Any:
        """For messages that people read: never repeated here, because a lost answer is no lost message. The ledger of
        notices decides what is sent again."""
        return _Late(lambda: self.make(service, 1))

    @cache  # noqa: B019
    def patient(self, service: str, seconds: int) -> Any:
        """For a call that is waited for so long, and not repeated."""
        return _Late(lambda: self.make(service, 1, seconds))

    @cache  # noqa: B019
    def paged(self, service: str) -> Any:
        """As `client`, by botocore, which knows pages and errors by name."""
        return _Late(lambda: self.described(service, TRIES))

    def make(self, service: str, tries: int, seconds: int | None = None) -> Any:
        """A small client for a service that it speaks to, else one of botocore."""
        from chalicelib.adapters.aws.known_services import SERVICES

        if known := SERVICES.get(service):
            return self._small(known, tries, seconds or _patience(tries))
        return self.described(service, tries, seconds)

    def described(self, service: str, tries: int, seconds: int | None = None) -> Any:
        """A client that botocore makes from its description of the service."""
        from botocore.config import Config

        config = Config(
            connect_timeout=CONNECT,
            read_timeout=seconds or _patience(tries),
            retries={"total_max_attempts": tries, "mode": "standard"},
        )
        return self._session.create_client(
            service, region_name=self._region, endpoint_url=self._endpoint or None, config=config
        )

    @cached_property
    def dynamodb(self) -> "SmallClient":
        """The client of the rows, which every function calls most: three tries, as `client` makes them."""
        from chalicelib.adapters.aws.known_services import DYNAMODB

        return self._small(DYNAMODB, TRIES, READ)

    def _small(self, service: "Service", tries: int, seconds: int) -> "SmallClient":
        from chalicelib.adapters.aws.client import SmallClient
        from chalicelib.adapters.aws.connections import Connections

        url = self._endpoint or f"https://{service.host}.{self._region}.amazonaws.com"
        connections = Connections(url, connect=CONNECT, read=seconds)
        return SmallClient(service, region=self._region, connections=connections, keys=self.keys, tries=tries)

    def keys(self) -> Any:
        """The access keys of now: those that are not the environment's change while a function lives. Raises
        botocore's NoCredentialsError."""
        return self._own_keys or self._keys_of_the_machine()

    def _keys_of_the_machine(self) -> Any:
        from botocore.exceptions import NoCredentialsError

        found = self._session.get_credentials()
        if found is None:
            raise NoCredentialsError
        return found.get_frozen_credentials()

    @cached_property
    def _session(self) -> Any:
        from botocore.session import get_session

        made, own = get_session(), self._own_keys
        if own:
            made.set_credentials(own.access_key, own.secret_key, own.token)
        return made


def _patience(tries: int) -> int:
    return PATIENT if tries == 1 else READ


class _Late:
    """Stands for a client until its first operation is asked for."""

    def __init__(self, make: Any) -> None:
        self._make = make

    @cached_property
    def _client(self) -> Any:
        return self._make()

    def __getattr__(self, operation: str) -> Any:
        return getattr(self._client, operation)
