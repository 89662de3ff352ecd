"""The arguments of a GeoReport request, read suspiciously: from the query, and from a form in either of its encodings.
Whatever cannot be read is a refusal, never a fault of ours."""

from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import Message
from urllib.parse import parse_qsl

from chalice.app import Request

from chalicelib.application.ports.channels import Picture
from chalicelib.channels.open311.arguments import Arguments, SentFile
from chalicelib.domain.errors import TooLargeError, UnreadableError, UnsupportedTypeError
from chalicelib.entrypoints.bodies import MAX_BODY, SHOWN, is_unsound, sound

MOST_FIELDS = 200
MOST_WITH_FILES = 4_300_000  # bytes of a form with photos: a function is handed 6 MB, in which base64 takes a third
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
Fields = list[tuple[str, str]]
Files = list[SentFile]


def query_arguments(request: Request) -> Arguments:
    """Unknown ones are ignored by whoever reads them. Raises InvalidError for text that is damaged."""
    found = _of_query(request)
    found.refuse()
    return found


def _of_query(request: Request) -> Arguments:
    sent = request.query_params
    return _arguments([(name, value) for name in sent for value in sent.getlist(name)] if sent else [])


def form_arguments(request: Request) -> Arguments:
    """The arguments of the body, and those of the query that the body does not have. A damaged one is a fault among the
    others: a caller without a key is not told of it. Raises UnreadableError, UnsupportedTypeError, TooLargeError."""
    fields, files = _fields(request)
    query, body = _of_query(request), _arguments(fields)
    found = Arguments({**query.sent, **{n: v for n, v in body.sent.items() if v}}, files)
    found.faults += [*query.faults, *body.faults]
    return found


def _arguments(fields: Fields) -> Arguments:
    if len(fields) > MOST_FIELDS:
        raise TooLargeError(f"More than {MOST_FIELDS} arguments")
    whole: dict[str, list[str]] = {}
    damaged: list[str] = []
    for name, value in fields:
        if is_unsound(name) or is_unsound(value):
            damaged.append(name)
        else:
            whole.setdefault(name, []).append(value)
    found = Arguments(whole)
    for name in damaged:
        found.fault(sound(name[:SHOWN]), "Contains NUL, U+FFFD or a lone surrogate")
    return found


def _fields(request: Request) -> tuple[Fields, Files]:
    raw = request.raw_body
    raw = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    header = str(request.headers.get("content-type", URLENCODED))
    kind = header.partition(";")[0].strip().lower()
    if len(raw) > (MOST_WITH_FILES if kind == MULTIPART else MAX_BODY):
        raise TooLargeError("The request is larger than any form of ours")
    if kind == MULTIPART:
        return _of_multipart(header, raw)
    if kind not in (URLENCODED, ""):
        raise UnsupportedTypeError(f"Send {URLENCODED}, not {sound(kind[:SHOWN])}")
    return _of_urlencoded(raw), []


def _of_urlencoded(raw: bytes) -> Fields:
    try:
        return parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise UnreadableError(f"The form is not UTF-8, or has more than {MOST_FIELDS} fields") from error


def _of_multipart(header: str, raw: bytes) -> tuple[Fields, Files]:
    """Python's parser raises many things on odd headers: all of them mean that the form is not readable."""
    try:
        head = header.encode("ascii", "strict").replace(b"\r", b"").replace(b"\n", b"")
        message = message_from_bytes(b"Content-Type: " + head + b"\r\n\r\n" + raw, policy=policy.compat32)
        parts = message.get_payload()
        read = [_part(part) for part in parts if isinstance(part, Message)] if isinstance(parts, list) else []
    except Exception as error:
        raise UnreadableError("The form cannot be read") from error
    if not read:
        raise UnreadableError("The form has no parts")
    fields = [part for part in read if isinstance(part, tuple)]
    if sum(len(name) + len(value) for name, value in fields) > MAX_BODY:
        raise TooLargeError("The words are more than any form of ours has")
    return fields, [part for part in read if isinstance(part, SentFile) and part.picture.data]


def _part(part: Message) -> tuple[str, str] | SentFile:
    """Name and text, or a file; one without bytes is a field of a form that nobody filled in."""
    named: Mapping[str, str] = {key: str(value) for key, value in part.get_params([], "content-disposition")}
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if part.get_filename() is not None:
        return SentFile(sound(named["name"][:SHOWN]), Picture(part.get_content_type(), content))
    return named["name"], content.decode()
