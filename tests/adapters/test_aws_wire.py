"""One POST over a socket: every form in which HTTP/1.1 lets an answer come is read, and what is no answer is an error
of the connection. The standard library's client says what is right."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPException, HTTPResponse

import pytest

from chalicelib.adapters.aws.connections import Connections
from chalicelib.adapters.aws.wire import Reply, exchange

OK = b"HTTP/1.1 200 OK\r\n"
LARGE = b"x" * 200_000
# What is answered, and whether the connection may be used again.
ANSWERS = {
    "with a length": (OK + b"Content-Length: 2\r\n\r\n{}", True),
    "with nothing in it": (OK + b"content-length: 0\r\n\r\n", True),
    "larger than one part": (OK + b"content-length: 200000\r\n\r\n" + LARGE, True),
    "in chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;more=yes\r\n}\r\n0\r\n\r\n", True),
    "in chunks with a trailer": (OK + b"transfer-encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\nx: y\r\n\r\n", True),
    "until the other side closes": (OK + b"\r\n{}", False),
    "after which the other side closes": (OK + b"connection: close\r\ncontent-length: 2\r\n\r\n{}", False),
    "of an older server": (b"HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}", False),
    "announced by another": (b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"content-length: 2\r\n\r\n{}", True),
    "without a body": (b"HTTP/1.1 204 No Content\r\n\r\n", True),
    "a refusal without words for its status": (b"HTTP/1.1 400\r\nx-a: b\r\ncontent-length: 2\r\n\r\n{}", True),
    "with spaces before a value": (OK + b"X-Amz-Crc32:   12\r\nContent-Length:2\r\n\r\n{}", True),
    "with a colon in a value": (OK + b"date: Mon, 02 Mar 2026 01:00:00 GMT\r\ncontent-length: 0\r\n\r\n", True),
}
NO_ANSWERS = {
    "nothing": b"",
    "half a head": OK,
    "another protocol": b"SSH-2.0-x\r\n\r\n",
    "no number for a status": b"HTTP/1.1 OK\r\n\r\n",
    "less than its length": OK + b"content-length: 3\r\n\r\n{}",
    "a length that is no number": OK + b"content-length: x\r\n\r\n{}",
    "a length below nothing": OK + b"content-length: -1\r\n\r\n{}",
    "a chunk that breaks off": OK + b"transfer-encoding: chunked\r\n\r\n5\r\n{}",
    "a chunk without a size": OK + b"transfer-encoding: chunked\r\n\r\n{}\r\n",
    "a head without an end": OK + b"x: " + LARGE,
}


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with closing(here), closing(there):
        here.settimeout(60)
        yield here, there


def say(there: socket.socket, text: bytes) -> threading.Thread:
    """Says it all, and nothing more."""

    def said() -> None:
        there.sendall(text)
        there.shutdown(socket.SHUT_WR)

    thread = threading.Thread(target=said)
    thread.start()
    return thread


def read_by_the_standard_library(text: bytes) -> Reply:
    here, there = socket.socketpair()
    with closing(here), closing(there), closing(HTTPResponse(here, method="POST")) as response:
        thread = say(there, text)
        response.begin()
        body = response.read()
        thread.join()
        return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, body)


@pytest.mark.parametrize(("text", "may_be_kept"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_read_as_the_standard_library_reads_it(
    pair: tuple[socket.socket, socket.socket], text: bytes, may_be_kept: bool
) -> None:
    here, there = pair
    thread = say(there, text)

    reply, is_kept = exchange(here, "/", {}, b"{}")

    thread.join()
    assert reply == read_by_the_standard_library(text)
    assert is_kept == may_be_kept


@pytest.mark.parametrize("text", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_answer_is_an_error_of_the_connection(
    pair: tuple[socket.socket, socket.socket], text: bytes
) -> None:
    here, there = pair
    thread = say(there, text)

    with pytest.raises((HTTPException, OSError)):
        exchange(here, "/", {}, b"{}")
    thread.join()


def test_a_connection_on_which_more_came_than_was_asked_for_is_not_used_again(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    here, there = pair
    thread = say(there, OK + b"content-length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n\r\n")

    _, is_kept = exchange(here, "/", {}, b"{}")

    thread.join()
    assert not is_kept


def test_a_request_leaves_with_its_headers_and_its_length(pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    thread = say(there, OK + b"content-length: 0\r\n\r\n")

    exchange(here, "/v2/email", {"host": "a", "x-amz-target": "T"}, b"body")

    thread.join()
    assert there.recv(1000) == b"POST /v2/email HTTP/1.1\r\nhost: a\r\nx-amz-target: T\r\ncontent-length: 4\r\n\r\nbody"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_header_cannot_begin_another_one(end: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        connections = Connections(f"http://127.0.0.1:{server.getsockname()[1]}", connect=20, read=20)

        with pytest.raises(ValueError, match="ends its line"):
            connections.exchange({"x-amz-security-token": f"a{end}x-other: b"}, b"")
