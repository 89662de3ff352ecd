"""Letters that are made to be read for minutes: anybody may send one, and those behind it wait. The measure is a long
letter in order, read in the same run."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.incoming import Incoming
from chalicelib.channels.registry import ADAPTERS
from tests.channels.city_with_channels import CityWithChannels
from tests.channels.payloads import mail

MB = 1_000_000
SLOWER = 40  # times the measure: each of these took hundreds or more
WORDS = "Jalan berlubang di depan pasar"
HEAD = b"From: siti@example.com\r\nMessage-ID: <1@example.com>\r\n"


def headed(header: bytes, body: bytes = WORDS.encode()) -> bytes:
    return HEAD + header + b"\r\n\r\n" + body


def a_page(body: bytes) -> bytes:
    return headed(b"Content-Type: text/html", WORDS.encode() + body)


LETTERS: dict[str, Callable[[], bytes]] = {
    "a subject of one word": lambda: headed(b"Subject: " + b"x" * MB),
    "a subject of many words": lambda: headed(b"Subject: " + b"x " * MB),
    "many senders": lambda: headed(b"Reply-To: " + b"a@b.id, " * 100_000),
    "many receivers": lambda: headed(b"To: " + b"a@b.id, " * 100_000 + b"\r\nCc: " + b'"a" <a@b.id>, ' * 100_000),
    "many headers": lambda: headed(b"\r\n".join([b"To: a@b.id"] * 200_000)),
    "one word": lambda: mail("1", WORDS) + b"A" * 4 * MB,
    "many lines": lambda: mail("1", WORDS) + b"A\r\n" * MB,
    "many quotations": lambda: mail("1", WORDS) + b"On x\n" * MB,
    "many parts": lambda: headed(
        b"Content-Type: multipart/mixed; boundary=b", b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * 100_000
    ),
    "parts in parts": lambda: headed(
        b"X: y", b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(50_000))
    ),
    "a page of beginnings": lambda: a_page(b"<" * 4 * MB),
    "a page of scripts": lambda: a_page(b"<script " * (MB // 2)),
    "a page of scripts and heads": lambda: a_page(b"<script <head <style " * (MB // 6)),
    "an encoding of names": lambda: headed(
        b"Content-Type: text/plain; charset=punycode", b"a" * MB + b"-" + b"zz9" * MB
    ),
}


def seconds(city: CityWithChannels, letter: bytes) -> float:
    begun = time.process_time()
    city.hears("EMAIL", letter, "message/rfc822")
    return time.process_time() - begun


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_no_letter_is_read_much_longer_than_a_long_one(letter: Callable[[], bytes]) -> None:
    city = CityWithChannels()
    measure = seconds(city, mail("measure", WORDS) + (b"A" * 76 + b"\r\n") * 50_000)

    spent = seconds(city, letter())

    assert spent < SLOWER * max(measure, 0.05)
    assert len(city.cases()) + len(city.message_tasks.open) == 2


def said(letter: bytes) -> Incoming:

    (found,) = ADAPTERS["EMAIL"].read(RawMessage("EMAIL", "message/rfc822", letter, datetime(2026, 11, 27, tzinfo=UTC)))
    return found


@pytest.mark.parametrize("name", ["a subject of one word", "one word", "many lines", "a page of scripts"])
def test_of_what_is_too_long_the_first_words_are_read(name: str) -> None:
    found = said(LETTERS[name]())

    assert found.kind == "direct"
    assert WORDS in found.text or found.text.startswith("xxx")


PAGES = {
    "closed": (b"<style>a</style>Lubang<script>b</script> jalan", "Lubang jalan"),
    "unlike cases": (b"<STYLE>a</Style>Lubang", "Lubang"),
    "an unclosed one first": (b"<head>Lubang <style>a</style>jalan", "Lubang jalan"),
    "one within another": (b"<head><style>a</style></head>Lubang", "Lubang"),
    "none": (b"<b>Lubang</b> &lt; jalan", "Lubang &lt; jalan"),
}


@pytest.mark.parametrize(("page", "words"), PAGES.values(), ids=PAGES.keys())
def test_a_page_is_read_without_what_it_does_not_show(page: bytes, words: str) -> None:
    found = said(headed(b"Content-Type: text/html", page))

    assert " ".join(found.text.split()) == words


@pytest.mark.parametrize("around", ["{}", "({})", "lihat {} ini", "https://lapor.example/lacak#{}&x=1"])
def test_a_link_that_opens_a_report_is_left_out_with_its_word(around: str) -> None:
    found = said(mail("1", f"Lubang {around.format('JKT-7K3M-9QXR-B~abcdefgh')} jalan"))

    assert "~" not in found.text
    assert "9QXR" not in found.text
    assert found.text.startswith("Lubang")
    assert found.text.endswith("jalan")
