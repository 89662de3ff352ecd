"""The small client with AWS played in this process: moto answers where a connection would be opened."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from unittest import mock

from chalicelib.adapters.aws.connections import Connections
from chalicelib.adapters.aws.wire import Reply


def answer(url: str, headers: Mapping[str, str], body: bytes) -> Reply:
    """What moto answers to a request; it must be playing."""
    from botocore.awsrequest import AWSRequest
    from moto.core.models import botocore_stubber

    request = AWSRequest(method="POST", url=url, data=body, headers=dict(headers)).prepare()
    found = botocore_stubber(event_name="before-send", request=request)
    if found is None:
        message = f"nobody plays {url}"
        raise RuntimeError(message)
    return Reply(found.status_code, {name.lower(): value for name, value in found.headers.items()}, found.content)


@contextmanager
def played() -> Iterator[None]:
    """While it lasts, AWS's own addresses are played; a city on this machine is called as it is."""
    outside = Connections.exchange

    def exchange(self: Connections, headers: Mapping[str, str], body: bytes, path: str = "/") -> Reply:
        if self.host.endswith(".amazonaws.com"):
            return answer(f"{self.url}{path}", headers, body)
        return outside(self, headers, body, path)

    with mock.patch.object(Connections, "exchange", exchange):
        yield
