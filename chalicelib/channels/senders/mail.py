"""E-mail to the city's address, as it travelled (RFC 5322, MIME). Python's parser raises on odd headers, so that every
header is read guardedly; what cannot be read at all is for a person. Machines' mail makes no case and no loop."""

import codecs
import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import cast

from chalicelib.application.intake.drafting import ContactInput
from chalicelib.application.ports.channels import Picture, RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.domain.case.links import number_of_tag

LONGEST = 4000  # characters of a description
MOST_PARTS = 100
# What Python's parser takes a second for: nobody makes the reading of a letter last longer than its function.
LONGEST_HEADER, LONGEST_TEXT = 5_000, 100_000  # characters that are looked at
SLOW = ("punycode", "idna")  # encodings of names, whose work grows with the square of a text
MOST_LINES, MOST_BOUNDARIES = 150_000, 500  # a photo of 8 MB has 145,000 lines
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif")
QUOTED = re.compile(r"^(>.*|On .{5,120} wrote:|Pada .{5,120} menulis:|-{2,} ?(Original Message|Pesan asli).*)$", re.I)
TAG, BLOCK = re.compile(r"<[^<>]{0,2000}>"), re.compile(r"(?i)<(script|style|head)\b")
BLOCK_ENDS = {name: re.compile(rf"(?i)</{name}>") for name in ("script", "style", "head")}
ANSWERED_BY_MACHINE = ("auto-generated", "auto-replied", "auto-notified")
PRECEDENCES = ("bulk", "list", "junk", "auto_reply")
# Lists, machines that answer, and our own letters on their way back.
OF_MACHINES = ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Failed-Recipients", "X-Tanggap-Event")
VERDICTS = {"X-SES-Virus-Verdict": "virus", "X-SES-Spam-Verdict": "spam"}
FAILED = "FAIL"
ROBOTS = ("mailer-daemon", "postmaster")
ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Forwarded-To", "Envelope-To")
TAGGED = re.compile(r"(?i)\+(jkt[0-9a-z]{9}\.[a-z2-7]{16})@")
# Where what somebody answers to begins, and is not marked line by line.
BEGINS_QUOTE = re.compile(
    r"(?im)^[ \t]*(-{2,} ?(Original Message|Pesan asli|Forwarded message)\b|_{10,}[ \t]*$"
    r"|(On|Pada) (?:.|\n){5,200}?(wrote|menulis):"
    r"|(From|Dari): .{1,200}\n[ \t]*(Sent|Date|Terkirim|Dikirim|Tanggal): )"
)
WORD = re.compile(r"\S+")
SECRET_LINK = re.compile(r"(?i)jkt-?[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]~")  # in a word that opens a report as its owner


def read(message: RawMessage) -> list[Incoming]:
    """One message, or none for a mail that a machine sent by itself (RFC 3834: answering it makes loops)."""
    digest = hashlib.sha256(message.body).hexdigest()
    try:
        mail = cast("EmailMessage", message_from_bytes(_bounded(message.body), policy=BOUNDED))
        return [] if _is_of_machine(mail) else [_incoming(mail, digest)]
    except Exception:  # the parser raises many kinds on odd input; a person reads it
        return [Incoming("unreadable", digest, reason="not_mail")]


class _Bounded(policy.EmailPolicy):
    """Python's own, with headers of a length that it parses quickly."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


BOUNDED = _Bounded()


def _bounded(raw: bytes) -> bytes:
    return _until(_until(raw, b"\n", MOST_LINES), b"\n--", MOST_BOUNDARIES)


def _until(raw: bytes, mark: bytes, most: int) -> bytes:
    """What stands before the mark that is one too many."""
    parts = raw.split(mark, most)
    return raw if len(parts) <= most else raw[: -len(mark) - len(parts[-1])]


def _incoming(mail: EmailMessage, digest: str) -> Incoming:
    name, address = parseaddr(_header(mail, "Reply-To") or _header(mail, "From"))
    message_id = _header(mail, "Message-ID").strip()[:200] or digest
    about = _tag(mail)
    text = _own_words(mail) if about else _text(mail)
    pictures = tuple(_pictures(mail))
    if not address:
        return Incoming("unreadable", message_id, text=text, reason="no_sender", attachments=pictures)
    if found := _verdict(mail):
        sender = ContactInput(email=address)
        return Incoming("unreadable", message_id, text=text, sender=sender, reason=found, address=address)
    sender = ContactInput(name=" ".join(name.split())[:100] or None, email=address)
    if not (text or about):
        return Incoming("unreadable", message_id, sender=sender, reason="no_words", attachments=pictures)
    return Incoming("direct", message_id, text=text, sender=sender, attachments=pictures, address=address, about=about)


def _tag(mail: EmailMessage) -> str:
    """The tag of the case whose letter this answers. It stands behind the plus of the city's address; "" if there is
    none."""
    named = " ".join(_header(mail, name) for name in ADDRESSED)
    return next((found.lower() for found in TAGGED.findall(named) if number_of_tag(found)), "")


def _verdict(mail: EmailMessage) -> str:
    """What SES found in it: a person looks at the words, and at nothing else. Its lines stand above all others, so that
    nobody clears their own letter."""
    return next((reason for name, reason in VERDICTS.items() if _header(mail, name).strip().upper() == FAILED), "")


def _is_of_machine(mail: EmailMessage) -> bool:
    submitted = _header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = _header(mail, "Precedence").strip().lower()
    bounced = _header(mail, "Return-Path").strip() == "<>" or mail.get_content_type() == "multipart/report"
    marked = any(_header(mail, name) for name in OF_MACHINES)
    robot = parseaddr(_header(mail, "From"))[1].partition("@")[0].lower() in ROBOTS
    return submitted in ANSWERED_BY_MACHINE or precedence in PRECEDENCES or bounced or marked or robot


def _header(mail: EmailMessage, name: str) -> str:
    """Empty when it is missing, or when Python cannot read it."""
    try:
        return str(mail.get(name, "") or "")
    except Exception:  # malformed addresses, dates and encoded words raise whatever they like
        return ""


def _text(mail: EmailMessage) -> str:
    """The subject, then what the sender wrote themselves, without what they answer to."""
    subject = " ".join(_header(mail, "Subject").split())
    return _clean(f"{subject}\n\n{_unquoted(_body(mail))}".strip())[:LONGEST]


def _own_words(mail: EmailMessage) -> str:
    """The sender's own words. In an answer to a letter they stand above the letter."""
    found = BEGINS_QUOTE.search(body := _body(mail))
    return _clean(_unquoted(body[: found.start()] if found else body))[:LONGEST]


def _body(mail: EmailMessage) -> str:
    """Its text, else what its page says."""
    body = next((text for kind in ("text/plain", "text/html") for text in _texts(mail, kind)), "")
    return "\n".join(body.splitlines())


def _unquoted(body: str) -> str:
    return "\n".join(line for line in body.splitlines() if not QUOTED.match(line.strip())).strip()


def _texts(mail: EmailMessage, kind: str) -> Iterator[str]:
    for part in _parts(mail):
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            text = _decoded(part)
            yield TAG.sub(" ", _without_blocks(text)) if kind == "text/html" else text


def _without_blocks(page: str) -> str:
    """Without what a page does not show; a block without an end is no block."""
    kept, at, endless = [], 0, set[str]()
    for found in BLOCK.finditer(page):
        name = found[1].lower()
        if found.start() < at or name in endless:
            continue
        end = BLOCK_ENDS[name].search(page, found.end())
        if end is None:
            endless.add(name)
            continue
        kept.append(page[at : found.start()])
        at = end.end()
    return " ".join([*kept, page[at:]])


def _decoded(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    try:
        charset = codecs.lookup(part.get_content_charset() or "utf-8").name
        return raw.decode("utf-8" if charset in SLOW else charset)[:LONGEST_TEXT]
    except (LookupError, ValueError):
        return raw[:LONGEST_TEXT].decode("cp1252", "replace")


def _pictures(mail: EmailMessage) -> Iterator[Picture]:
    for part in _parts(mail):
        payload = part.get_payload(decode=True) if part.get_content_type() in PICTURES else None
        if isinstance(payload, bytes) and payload:
            yield Picture(part.get_content_type(), payload)


def _parts(mail: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _clean(text: str) -> str:
    """Without signs that cannot be stored, and without links that open a report as its owner. A letter that was lost on
    the way is left out."""
    text = WORD.sub(lambda word: "" if SECRET_LINK.search(word[0]) else word[0], text)
    return "".join(sign for sign in text if sign not in "\x00\ufffd" and not "\ud800" <= sign <= "\udfff")
