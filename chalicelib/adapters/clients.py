"""Clients of AWS services: botocore alone (boto3 adds nothing that we use) and a small one for the rows, short times,
and made by the first call, so that a request which needs none pays for none."""

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.adapters.awsjson.client import JsonClient
    from chalicelib.adapters.awsjson.signature import AccessKeys

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
        return _Late(self, service, TRIES)

    @cache  # noqa: B019
    def once(self, service: str) -> Any:
        """For messages that people read: never repeated here, because a lost answer is no lost message. The ledger of
        notices decides what is sent again."""
        return _Late(self, service, 1)

    @cache  # noqa: B019
    def waiting(self, service: str, seconds: int) -> Any:
        """For a call that is waited for so long, and not repeated."""
        return _Late(self, service, 1, seconds)

    def make(self, service: str, tries: int, seconds: int | None = None) -> Any:
        from botocore.config import Config

        config = Config(
            connect_timeout=CONNECT,
            read_timeout=seconds or (PATIENT if tries == 1 else READ),
            retries={"total_max_attempts": tries, "mode": "standard"},
        )
        return self._session.create_client(
            service, region_name=self._region, endpoint_url=self._endpoint or None, config=config
        )

    @cached_property
    def dynamodb(self) -> "JsonClient":
        """Of the rows, which every function calls most: three tries, as `client` makes them."""
        from chalicelib.adapters.awsjson.client import DYNAMODB, JsonClient
        from chalicelib.adapters.awsjson.connections import Connections

        url = self._endpoint or f"https://dynamodb.{self._region}.amazonaws.com"
        connections = Connections(url, connect=CONNECT, read=READ)
        return JsonClient(DYNAMODB, region=self._region, connections=connections, keys=self.keys, tries=TRIES)

    def keys(self) -> Any:
        """The access keys of now: those that are not the environment's change while a function lives."""
        return self._own_keys or self._session.get_credentials().get_frozen_credentials()

    @cached_property
    def _session(self) -> Any:
        from botocore.session import get_session

        made, own = get_session(), self._own_keys
        if own:
            made.set_credentials(own.access_key, own.secret_key, own.token)
        return made


class _Late:
    """Stands for a client until its first operation is asked for."""

    def __init__(self, clients: Clients, service: str, tries: int, seconds: int | None = None) -> None:
        self._clients, self._asked = clients, (service, tries, seconds)

    @cached_property
    def _client(self) -> Any:
        return self._clients.make(*self._asked)

    def __getattr__(self, operation: str) -> Any:
        return getattr(self._client, operation)
