"""Clients of AWS services: botocore alone (boto3 adds nothing that we use), short times, and made by the first call, so
that a request which needs none pays for none."""

from functools import cache, cached_property
from typing import Any

CONNECT, READ = 1, 3  # seconds: a request of the API has 25
PATIENT = 6  # seconds for the one try of a message: an answer that is not waited for makes its fate unknown; lease 8
TRIES = 3


class Clients:
    """`endpoint` is AWS_ENDPOINT_URL, or empty for AWS's own addresses."""

    def __init__(self, *, region: str, endpoint: str = "") -> None:
        self._region = region
        self._endpoint = endpoint

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

    def keys(self) -> Any:
        """The frozen credentials of now: a function's change while it lives."""
        return self._session.get_credentials().get_frozen_credentials()

    @cached_property
    def _session(self) -> Any:
        from botocore.session import get_session

        return get_session()


class _Late:
    """Stands for a client until its first operation is asked for."""

    def __init__(self, clients: Clients, service: str, tries: int, seconds: int | None = None) -> None:
        self._clients, self._asked = clients, (service, tries, seconds)

    @cached_property
    def _client(self) -> Any:
        return self._clients.make(*self._asked)

    def __getattr__(self, operation: str) -> Any:
        return getattr(self._client, operation)
