"""The short way of an SDK's call through the port: who takes it, and that nobody else notices it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from local.front import sdk_call
from local.front.sdk_call import SdkCall
from local.front.serving import configured
from tests.local.door import in_a_loop

SIGNED = "AWS4-HMAC-SHA256 Credential=ASIA0123456789ABCDEF/20260101/ap-southeast-3/dynamodb/aws4_request"
HEADERS = {
    "Host": "127.0.0.1:8080",
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "DynamoDB_20120810.GetItem",
    "Authorization": SIGNED,
}
BODY = b'{"TableName": "cases"}'
PATIENCE = 60  # seconds: what takes longer hangs


def written(
    body: bytes = BODY, *, first: str = "POST / HTTP/1.1", left: str = "", more: str = "", **changed: str
) -> bytes:
    """A call as SDKs spell it, with other headers instead, or without one."""
    headers = {
        "Content-Length": str(len(body)),
        **HEADERS,
        **{name.replace("_", "-"): v for name, v in changed.items()},
    }
    lines = [f"{name}: {value}" for name, value in headers.items() if name != left]
    return "\r\n".join([first, *lines, *([more] if more else []), "", ""]).encode() + body


SHORT = {
    "a call": written(),
    "a mail": written(first="POST /v2/email/outbound-emails HTTP/1.1"),
    "without a blank": written(more="X-Amz-Date:20260101T000000Z"),
    "localhost": written(Host="localhost:8080"),
    "no body": written(b""),
}
USUAL = {
    "another path": written(first="POST /bucket HTTP/1.1"),
    "a query": written(first="POST /?Action=Publish HTTP/1.1"),
    "another method": written(first="PUT / HTTP/1.1"),
    "an older protocol": written(first="POST / HTTP/1.0"),
    "another name of this machine": written(Host="city.example"),
    "a page of another origin": written(more="Origin: https://example.com"),
    "what browsers say of a page": written(more="Sec-Fetch-Site: cross-site"),
    "a forwarded address": written(more="X-Forwarded-For: 10.0.0.1"),
    "an operator's key": written(Authorization=SIGNED.replace("ASIA", "AKIA")),
    "no signature": written(left="Authorization"),
    "another algorithm": written(Authorization=SIGNED.replace("HMAC-SHA256", "ECDSA-P256-SHA256")),
    "a length twice": written(more="Content-Length: 3"),
    "a length in other digits": written(left="Content-Length", more="Content-Length: +22"),
    "a length below zero": written(left="Content-Length", more="Content-Length: -1"),
    "a length that is no length of it": written(left="Content-Length", more="Content-Length: 1"),
    "no length": written(left="Content-Length"),
    "pieces": written(left="Content-Length", more="Transfer-Encoding: chunked"),
    "pieces and a length": written(more="Transfer-Encoding: chunked"),
    "a compressed body": written(more="Content-Encoding: gzip"),
    "who waits to be asked": written(more="Expect: 100-continue"),
    "who wants to close": written(more="Connection: close"),
    "a host twice": written(more="Host: 127.0.0.1"),
    "a header over two lines": written(more="X-Amz-Date: a\r\n b"),
    "a blank before the colon": written(more="X-Amz-Date : a"),
    "a bare line feed": written(more="X-Amz-Date: a\nOrigin: b"),
    "a sign that is none": written(more="X-Amz-Date: a\x00b"),
    "two calls at once": written() + written(),
    "half a head": written()[:40],
    "more than anybody sends": written(bytes(sdk_call.LARGEST + 1)),
}


@pytest.mark.parametrize("data", SHORT.values(), ids=SHORT)
def test_a_call_as_sdks_spell_it_takes_the_short_way(data: bytes) -> None:
    found = sdk_call.read(data)

    assert isinstance(found, SdkCall)
    assert found.texts["authorization"] == SIGNED
    assert found.body in (BODY, b"")


@pytest.mark.parametrize("data", USUAL.values(), ids=USUAL)
def test_everything_else_is_left_to_the_usual_way(data: bytes) -> None:
    assert sdk_call.read(data) is None


def test_a_call_that_has_not_come_whole_says_how_long_it_is() -> None:
    whole = written()

    assert {sdk_call.read(whole[: -len(BODY) + cut]) for cut in range(len(BODY))} == {len(whole)}


class Application:
    """Answers both ways by the name of the way; a call may take until it is told to end, or until its caller leaves."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.left = asyncio.Event()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"usual"})

    async def called(self, call: SdkCall, gone: Callable[[], Awaitable[object]]) -> Any:
        self.bodies.append(call.body)
        self.begun.set()
        if call.body == b"fails":
            raise LookupError
        if call.body == b"held":
            await gone()
            self.left.set()
        await self.may_end.wait()
        return 200, [("x-way", "short")], b"short"


Talk = Callable[[Application, asyncio.StreamReader, asyncio.StreamWriter, Any], Awaitable[Any]]


def talk(what: Talk) -> Any:
    """Over one connection to a server of its own."""

    async def served() -> Any:
        from uvicorn.server import ServerState

        application, state = Application(), ServerState()
        config = configured(application)
        config.load()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: config.http_protocol_class(config=config, server_state=state, app_state={}), "127.0.0.1", 0
        )
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            try:
                return await asyncio.wait_for(what(application, reader, writer, state), PATIENCE)
            finally:
                writer.close()

    return in_a_loop(served())


async def answer(reader: asyncio.StreamReader) -> bytes:
    """The body of the next one."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return await reader.readexactly(int(length.partition(b":")[2]))


def test_both_ways_are_gone_on_the_same_connection() -> None:
    async def three(_: Application, reader: Any, writer: Any, __: Any) -> list[bytes]:
        told = []
        for data in (
            written(),
            written(more="Expect: 200-ok"),
            written(),
            b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            written(),
        ):
            writer.write(data)
            told.append(await answer(reader))
        return told

    assert talk(three) == [b"short", b"usual", b"short", b"usual", b"short"]


def test_a_body_that_comes_after_its_head_is_waited_for() -> None:
    async def pieces(application: Application, reader: Any, writer: Any, _: Any) -> Any:
        data = written()
        for part in (data[: -len(BODY)], BODY[:5], BODY[5:]):
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)
        return await answer(reader), application.bodies

    assert talk(pieces) == (b"short", [BODY])


def test_who_asks_before_the_answer_is_answered_in_order() -> None:
    async def early(application: Application, reader: Any, writer: Any, _: Any) -> Any:
        application.may_end.clear()
        writer.write(written(b"first"))
        await application.begun.wait()
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        application.may_end.set()
        return [await answer(reader) for _ in range(2)]

    assert talk(early) == [b"short", b"usual"]


def test_a_call_learns_that_its_caller_has_left() -> None:
    async def leaves(application: Application, _: Any, writer: Any, __: Any) -> bool:
        writer.write(written(b"held"))
        await application.begun.wait()
        writer.close()
        return await application.left.wait()

    assert talk(leaves)


def test_a_failure_of_ours_is_an_answer_and_the_connection_goes_on() -> None:
    async def fails(_: Application, reader: Any, writer: Any, __: Any) -> list[bytes]:
        told = []
        for body in (b"fails", b"goes on"):
            writer.write(written(body))
            told.append(await answer(reader))
        return told

    assert talk(fails) == [b"Internal Server Error", b"short"]


def test_the_servers_end_waits_for_the_answer_and_closes_then() -> None:
    async def ends(application: Application, reader: Any, writer: Any, state: Any) -> Any:
        application.may_end.clear()
        writer.write(written())
        await application.begun.wait()
        (connection,) = state.connections
        connection.shutdown()
        application.may_end.set()
        return await answer(reader), await reader.read()

    assert talk(ends) == (b"short", b"")


def test_a_header_of_two_lines_is_never_written() -> None:
    with pytest.raises(ValueError, match="line break"):
        sdk_call.written(200, [("x-amzn-errortype", "a\r\nset-cookie: b")], b"")
