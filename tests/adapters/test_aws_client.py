"""The small client: signs as botocore does, keeps its connections, and says by botocore's errors what
became of a call."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import patch

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.aws.client import SmallClient
from chalicelib.adapters.aws.connections import Connections
from chalicelib.adapters.aws.known_services import DYNAMODB
from chalicelib.adapters.aws.signature import AccessKeys, signed
from chalicelib.adapters.aws.wire import Reply

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
KEYS = AccessKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
WHO_MAY = ("ASIAEXAMPLE", "a-secret", "a-token")
WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)


def signed_by_botocore(headers: dict[str, str], body: bytes, keys: AccessKeys) -> str:
    request = AWSRequest("POST", "https://dynamodb.ap-southeast-3.amazonaws.com/", headers, body)
    held = ReadOnlyCredentials(keys.access_key, keys.secret_key, keys.token)
    with patch("botocore.auth.get_current_datetime", lambda: NOW):
        SigV4Auth(held, "dynamodb", "ap-southeast-3").add_auth(request)
    return str(request.headers["Authorization"])


@given(target=WORDS, body=st.binary(max_size=60), secret=WORDS, token=st.none() | WORDS.filter(str.strip))
def test_a_request_is_signed_as_botocore_signs_it(target: str, body: bytes, secret: str, token: str | None) -> None:
    keys = AccessKeys("AKIDEXAMPLE", secret, token)
    headers = {"host": "dynamodb.ap-southeast-3.amazonaws.com", "x-amz-target": target}

    sent = signed(headers, body, keys=keys, region="ap-southeast-3", service="dynamodb", at=NOW)

    assert sent["authorization"] == signed_by_botocore(headers, body, keys)


def test_keys_are_not_shown_where_somebody_prints_them() -> None:
    keys = AccessKeys(*WHO_MAY)

    assert not [part for part in WHO_MAY if part in f"{keys!r} {keys}"]


class Store(BaseHTTPRequestHandler):
    """Answers every call with the body that it got and the number of its connection."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["content-length"]))
        answer = json.dumps({"sent": sent.decode(), "from": self.client_address[1]}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def of(address: str, *, read: float = 20) -> Connections:
    return Connections(address, connect=20, read=read)


def test_calls_go_over_one_connection(address: str) -> None:
    with closing(of(address)) as connections:
        replies = [json.loads(connections.exchange({"host": connections.host}, body).body) for body in (b"1", b"2")]

    assert [reply["sent"] for reply in replies] == ["1", "2"]
    assert len({reply["from"] for reply in replies}) == 1


def test_a_kept_connection_that_the_other_side_closed_is_not_used_again() -> None:
    """A container is frozen for minutes between two calls."""
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as server,
        closing(of(f"http://127.0.0.1:{server.getsockname()[1]}")) as connections,
    ):
        answered = [one_answer(server, connections) for _ in range(3)]

    assert answered == [b"{}", b"{}", b"{}"]


def one_answer(server: socket.socket, connections: Connections) -> bytes:
    """Taken from a server that promises to keep the connection, and hangs up."""

    def serve() -> None:
        accepted, _ = server.accept()
        with closing(accepted):
            accepted.recv(65536)
            accepted.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")

    thread = threading.Thread(target=serve)
    thread.start()
    reply = connections.exchange({"host": connections.host}, b"{}")
    thread.join()
    return reply.body


def test_nobody_there_means_that_nothing_was_sent() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]

    with pytest.raises(EndpointConnectionError):
        of(f"http://127.0.0.1:{port}").exchange({}, b"{}")


def test_an_answer_that_does_not_come_means_that_the_call_may_have_arrived() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:  # it takes the connection, and is silent
        connections = of(f"http://127.0.0.1:{server.getsockname()[1]}", read=0.01)

        with pytest.raises(ReadTimeoutError):
            connections.exchange({}, b"{}")


def test_a_connection_that_breaks_off_means_that_the_call_may_have_arrived() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def hang_up() -> None:
            accepted, _ = server.accept()
            accepted.recv(65536)
            accepted.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        with pytest.raises(ConnectionClosedError):
            of(f"http://127.0.0.1:{server.getsockname()[1]}").exchange({}, b"{}")
        thread.join()


class Played:
    """Stands for connections: answers what it was given, in turn, and keeps what was sent."""

    host, url = "dynamodb.ap-southeast-3.amazonaws.com", "https://dynamodb.ap-southeast-3.amazonaws.com"

    def __init__(self, *answers: Reply | Exception) -> None:
        self._answers = list(answers)
        self.sent: list[dict[str, Any]] = []
        self.pauses: list[float] = []

    def exchange(self, headers: dict[str, str], body: bytes, path: str) -> Reply:
        self.sent.append({**json.loads(body), "target": headers["x-amz-target"]})
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def call(played: Any, operation: str, request: dict[str, Any]) -> dict[str, Any]:
    client = SmallClient(
        DYNAMODB,
        region="ap-southeast-3",
        connections=played,
        keys=lambda: KEYS,
        tries=3,
        pause=played.pauses.append,
    )
    return client._make_api_call(operation, request)


def reply(status: int, **body: Any) -> Reply:
    return Reply(status, {"x-amzn-requestid": "r-1"}, json.dumps(body).encode())


def refusal(code: str, status: int = 400, **more: Any) -> Reply:
    return reply(status, __type=f"com.amazonaws.dynamodb.v20120810#{code}", message="why", **more)


DONE = reply(200, Item={"n": {"N": "1"}})
AGAIN = {
    "an answer that was lost": ReadTimeoutError(endpoint_url="x"),
    "a connection that broke": ConnectionClosedError(endpoint_url="x"),
    "nobody there": EndpointConnectionError(endpoint_url="x"),
    "a fault inside": refusal("InternalServerError", 500),
    "something in between that fails": Reply(503, {}, b"<html>"),
    "too many calls": refusal("ThrottlingException"),
    "too many on this row": refusal("ProvisionedThroughputExceededException"),
    "the same transaction under way": refusal("TransactionInProgressException"),
}
FINAL = {
    "a lost condition": refusal("ConditionalCheckFailedException"),
    "a cancelled transaction": refusal("TransactionCanceledException", CancellationReasons=[{"Code": "None"}]),
    "no right": refusal("AccessDeniedException"),
    "a mistake": refusal("ValidationException"),
    "a refusal that is no JSON": Reply(403, {}, b"<html>"),
}


@pytest.mark.parametrize("first", AGAIN.values(), ids=AGAIN)
def test_what_another_try_may_mend_is_tried_again(first: Any) -> None:
    played = Played(first, first, DONE)

    assert call(played, "GetItem", {}) == {"Item": {"n": {"N": "1"}}}
    assert len(played.sent) == 3
    assert len(played.pauses) == 2


@pytest.mark.parametrize("first", AGAIN.values(), ids=AGAIN)
def test_after_three_tries_the_last_answer_counts(first: Any) -> None:
    played = Played(first, first, first)

    with pytest.raises(type(first) if isinstance(first, Exception) else ClientError):
        call(played, "GetItem", {})
    assert len(played.sent) == 3


@pytest.mark.parametrize("first", FINAL.values(), ids=FINAL)
def test_an_answer_that_another_try_would_get_again_is_final(first: Any) -> None:
    played = Played(first)

    with pytest.raises(ClientError):
        call(played, "PutItem", {})


def test_a_refusal_is_read_as_botocore_reads_it() -> None:
    item = {"head": {"B": "AAE="}, "status": {"S": "new"}}
    why = [{"Code": "ConditionalCheckFailed", "Item": item}, {"Code": "None"}]

    with pytest.raises(ClientError) as refused:
        call(Played(refusal("TransactionCanceledException", CancellationReasons=why)), "TransactWriteItems", {})

    told = refused.value.response
    assert told["Error"] == {"Code": "TransactionCanceledException", "Message": "why"}
    assert told["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert told["CancellationReasons"][0]["Item"] == {"head": {"B": b"\0\1"}, "status": {"S": "new"}}


def test_a_transaction_carries_one_token_through_all_its_tries() -> None:
    """So DynamoDB carries it out once, though an answer was lost."""
    played = Played(ReadTimeoutError(endpoint_url="x"), DONE)

    call(played, "TransactWriteItems", {"TransactItems": []})

    first, second = (sent["ClientRequestToken"] for sent in played.sent)
    assert first == second
    assert 1 <= len(first) <= 36


def test_two_transactions_carry_two_tokens() -> None:
    played = Played(DONE, DONE)

    for _ in range(2):
        call(played, "TransactWriteItems", {"TransactItems": []})

    assert played.sent[0]["ClientRequestToken"] != played.sent[1]["ClientRequestToken"]


@given(st.binary(max_size=40))
def test_binary_values_arrive_as_they_were_sent(value: bytes) -> None:
    played = Played(DONE)
    call(played, "PutItem", {"Item": {"B": {"B": value}, "s": {"S": "B"}}})
    answered = Played(reply(200, Item=played.sent[0]["Item"]))

    assert call(answered, "GetItem", {})["Item"] == {"B": {"B": value}, "s": {"S": "B"}}
