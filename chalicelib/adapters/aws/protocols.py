"""How a call is written for a service, and how its answer is read: three protocols of AWS (Smithy, "AWS Protocols").
The tests hold each against botocore's own serializer and parser."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from chalicelib.adapters.aws.wire import Reply
from chalicelib.domain.values import dataclass

Request = Mapping[str, Any]
Answer = dict[str, Any]
Reading = Mapping[str, Callable[[Any], Any]]  # by the field of an answer
QUERY_ERROR = "x-amzn-query-error"  # the code that a service used before it spoke JSON


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: the path, the headers that the protocol needs, the body."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a service refused: its code, its words, and whatever else it told."""

    code: str
    words: str
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AwsJson:
    """JSON over POST to `/`; the header names the operation. `reads`: fields of an answer that are no plain JSON."""

    target: str
    version: str = "1.0"
    reads: Reading = field(default_factory=dict)
    is_dynamodb: bool = False

    def write(self, operation: str, request: Request) -> Message:
        kind = f"application/x-amz-json-{self.version}"
        return Message("/", {"content-type": kind, "x-amz-target": f"{self.target}.{operation}"}, _written(request))

    def read(self, _operation: str, body: bytes) -> Answer:
        """Raises ValueError for what is no JSON."""
        found: Answer = (_WITH_BYTES if self.is_dynamodb else _PLAIN).decode((body or b"{}").decode())
        return found | {name: read(found[name]) for name, read in self.reads.items() if name in found}

    def refusal(self, reply: Reply) -> Refusal:
        return _refused_in_json(reply, self.read)


@dataclass(frozen=True, slots=True)
class RestJson:
    """JSON over POST to a path of the operation's own."""

    paths: Mapping[str, str]

    def write(self, operation: str, request: Request) -> Message:
        return Message(self.paths[operation], {"content-type": "application/json"}, _written(request))

    def read(self, _operation: str, body: bytes) -> Answer:
        found: Answer = json.loads(body or b"{}")
        return found

    def refusal(self, reply: Reply) -> Refusal:
        return _refused_in_json(reply, self.read)


@dataclass(frozen=True, slots=True)
class Query:
    """A form over POST to `/`, answered in XML. `maps`: fields that are maps, with what their keys and values are
    called. `lists` and `flags`: fields of answers that are lists, and that are true or false."""

    version: str
    maps: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()

    def write(self, operation: str, request: Request) -> Message:
        fields = [("Action", operation), ("Version", self.version), *self._fields("", request)]
        kind = "application/x-www-form-urlencoded; charset=utf-8"
        return Message("/", {"content-type": kind}, urlencode(fields).encode())

    def read(self, operation: str, body: bytes) -> Answer:
        """Raises ValueError for what is no XML."""
        found = _xml(body).find(f"{{*}}{operation}Result")
        return {} if found is None else {_tag(part): self._value(part) for part in found}

    def refusal(self, reply: Reply) -> Refusal:
        try:
            told = _xml(reply.body).find("{*}Error")
        except ValueError:
            told = None
        if told is None:
            return Refusal(str(reply.status), "", {})
        said = {_tag(part): part.text or "" for part in told}
        return Refusal(said.get("Code", str(reply.status)), said.get("Message", ""), {})

    def _fields(self, prefix: str, given: Request) -> Iterator[tuple[str, str]]:
        for name, value in given.items():
            yield from self._field(f"{prefix}{name}", name, value)

    def _field(self, place: str, name: str, value: Any) -> Iterator[tuple[str, str]]:
        if name in self.maps:
            key_name, value_name = self.maps[name]
            for number, (key, one) in enumerate(value.items(), 1):
                yield f"{place}.entry.{number}.{key_name}", key
                yield from self._field(f"{place}.entry.{number}.{value_name}", value_name, one)
        elif isinstance(value, Mapping):
            yield from self._fields(f"{place}.", value)
        elif isinstance(value, list):
            for number, one in enumerate(value, 1):
                yield from self._field(f"{place}.member.{number}", "", one)
        else:
            yield place, str(value)

    def _value(self, part: Any) -> Any:
        name = _tag(part)
        if name in self.lists:
            return [{_tag(field): self._value(field) for field in member} for member in part]
        return part.text == "true" if name in self.flags else part.text or ""


Dialect = AwsJson | RestJson | Query


def bytes_of(text: str) -> bytes:
    return b64decode(text)


def time_of(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _written(request: Request) -> bytes:
    return _WRITER.encode(request).encode()


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def _binary(found: Answer) -> Answer:
    """`{"B": …}` is a binary value of DynamoDB."""
    if len(found) == 1 and isinstance(text := found.get("B"), str):
        return {"B": b64decode(text)}
    return found


def _refused_in_json(reply: Reply, read: Callable[[str, bytes], Answer]) -> Refusal:
    try:
        told = read("", reply.body)
    except ValueError:
        told = {}
    named = reply.headers.get("x-amzn-errortype") or told.get("__type") or told.get("code") or reply.status
    code = str(named).partition(":")[0].rpartition("#")[2]
    before = reply.headers.get(QUERY_ERROR, "").partition(";")[0]
    return Refusal(before or code, str(told.get("message") or told.get("Message") or ""), told)


def _xml(body: bytes) -> Any:
    """Raises ValueError for what is no XML."""
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        return fromstring(body)  # noqa: S314 - of AWS, over TLS
    except ParseError as error:
        raise ValueError("no XML") from error


def _tag(part: Any) -> str:
    """Without its namespace."""
    return str(part.tag).rpartition("}")[2]


# Made once: json.loads and json.dumps make one for each call that says anything but the usual.
_WITH_BYTES, _PLAIN = json.JSONDecoder(object_hook=_binary), json.JSONDecoder()
_WRITER = json.JSONEncoder(separators=(",", ":"), default=_base64)
