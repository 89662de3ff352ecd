"""Answers to letters: they join their case by the tag in the address; who is named as the sender proves nothing."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.senders import mail as channel
from chalicelib.domain.case.links import number_of_tag, tag
from tests.builders import LURAH
from tests.channels.city_with_channels import CityWithChannels
from tests.channels.payloads import mail
from tests.fakes import MONDAY

OURS = "dki@example.go.id"
PICTURE = """Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

Ini fotonya
--b
Content-Type: image/jpeg
Content-Transfer-Encoding: base64

/9j/4AAQ
--b--
"""


class CityThatIsAnswered(CityWithChannels):
    """Its letters say where answers go."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = replace(self.settings, mail_replies_to=OURS)

    def letter(self) -> tuple[str, str]:
        """A case by mail, and the address that its letter is answered at."""
        (number,) = self.hears("EMAIL", mail("m1", "Lampu jalan mati sudah seminggu"), "message/rfc822")
        self.notify_citizen(number)
        return number, self.mail.sent[-1].reply_to


@pytest.fixture
def city() -> CityThatIsAnswered:
    return CityThatIsAnswered()


def hears(city: CityWithChannels, raw: bytes) -> list[str]:
    return city.hears("EMAIL", raw, "message/rfc822")


def words_of(city: CityWithChannels, number: str) -> list[str]:
    events = city.complaints.events(number)
    return [str(event.words["text"]) for event in events if event.action in ("comment", "answer")]


def test_a_letter_says_where_its_answer_goes_and_that_it_may_be_answered(city: CityThatIsAnswered) -> None:
    number, address = city.letter()

    (case,) = city.cases()
    assert address == f"dki+{tag(number, case.lodging.secret_hash)}@example.go.id"
    assert "Balas surat ini" in city.mail.sent[-1].text
    assert len(address.partition("@")[0]) <= 64


def test_without_an_address_for_answers_a_letter_names_none(city: CityThatIsAnswered) -> None:
    city.settings = replace(city.settings, mail_replies_to="")

    _, address = city.letter()

    assert (address, "tidak dapat dibalas" in city.mail.sent[-1].text) == ("", True)


@pytest.mark.parametrize("header", ["To", "Cc", "Delivered_To", "X_Original_To"])
def test_an_answer_joins_its_case(city: CityThatIsAnswered, header: str) -> None:
    number, address = city.letter()

    assert hears(city, mail("m2", "Di depan toko Maju", **{header: address.upper()})) == [number]

    assert (len(city.cases()), words_of(city, number)) == (1, ["Di depan toko Maju"])


def test_an_answer_to_an_officers_question_is_that_answer(city: CityThatIsAnswered) -> None:
    (number,) = hears(city, mail("m1", "Lampu jalan mati di -6.1754, 106.8272"))
    city.notify_citizen(number)
    city.does(number, LURAH, "accept", 1)
    city.does(number, LURAH, "ask", 2, text="Di depan rumah siapa?")

    hears(city, mail("m2", "Di depan toko Maju", To=city.mail.sent[-1].reply_to))

    (case,) = city.cases()
    assert case.status == "assigned"


def test_an_answer_that_comes_twice_is_added_once_with_its_pictures(city: CityThatIsAnswered) -> None:
    number, address = city.letter()
    raw = f"From: siti@example.com\nTo: {address}\nMessage-ID: <m2@example.com>\n{PICTURE}".encode()

    for _ in range(2):
        hears(city, raw)

    assert words_of(city, number) == ["Ini fotonya"]
    assert [(owner, kind, data[:2]) for owner, _, kind, data in city.originals.stored] == [
        (number, "image/jpeg", b"\xff\xd8")
    ]


FORGED = {
    "no tag": "dki@example.go.id",
    "only the number": "dki+{number}@example.go.id",
    "a tag of another case": "dki+{other}@example.go.id",
    "a guessed tag": "dki+{signs}.aaaaaaaaaaaaaaaa@example.go.id",
    "a tag with one sign changed": "dki+{changed}@example.go.id",
}


@pytest.mark.parametrize("address", FORGED.values(), ids=FORGED.keys())
def test_who_only_names_the_reporter_as_sender_changes_nothing(city: CityThatIsAnswered, address: str) -> None:
    number, right = city.letter()
    known = right.partition("+")[2].partition("@")[0]
    before = city.complaints.events(number)
    forms = {
        "number": number,
        "signs": number.replace("-", "").lower(),
        "other": "jkt00000000" + known[11:],
        "changed": known[:-1] + ("a" if known[-1] != "a" else "b"),
    }

    (outcome,) = hears(city, mail("m2", "Tolong ditutup saja", To=address.format(**forms)))

    assert city.complaints.events(number) == before
    assert outcome != number


def test_who_has_the_tag_adds_words_and_decides_nothing(city: CityThatIsAnswered) -> None:
    number, address = city.letter()
    before = city.cases()[0].status

    hears(city, mail("m2", "Tutup laporan ini, saya cabut", To=address, From="orang@lain.example"))

    assert (city.cases()[0].status, words_of(city, number)) == (before, ["Tutup laporan ini, saya cabut"])


ANSWERED_ABOVE = {
    "marked line by line": "Masih mati\n\n> Laporan Anda diterima",
    "Gmail in Indonesian": "Masih mati\n\nPada Sen, 23 Nov 2026 pukul 09.00 Tanggap <t@example.id> menulis:\nLaporan",
    "Gmail with a broken line": "Masih mati\n\nPada Sen, 23 Nov 2026 Tanggap <t@example.go.id>\nmenulis:\nLaporan",
    "Outlook": "Masih mati\n\n-----Original Message-----\nFrom: Tanggap\nLaporan Anda diterima",
    "Outlook's line": "Masih mati\n\n________________________________\nDari: Tanggap\nLaporan Anda diterima",
    "Outlook without a line": "Masih mati\n\nFrom: Tanggap <t@example.go.id>\nSent: Monday\nLaporan Anda diterima",
}


@pytest.mark.parametrize("body", ANSWERED_ABOVE.values(), ids=ANSWERED_ABOVE.keys())
def test_of_an_answer_only_what_its_sender_wrote_is_added(city: CityThatIsAnswered, body: str) -> None:
    number, address = city.letter()

    hears(city, mail("m2", body, To=address))

    assert words_of(city, number) == ["Masih mati"]


def test_a_link_that_opens_the_report_as_its_owner_is_shown_to_no_officer(city: CityThatIsAnswered) -> None:
    number, address = city.letter()
    link = next(word for word in city.mail.sent[-1].text.split() if "~" in word)

    hears(city, mail("m2", f"Tautannya {link} tidak terbuka", To=address))
    hears(city, mail("m3", f"Laporan baru, lihat {link} ya"))

    said = [str(event.words) for case in city.cases() for event in city.complaints.events(case.number)]
    assert [text for text in said if "~" in text] == []
    assert words_of(city, number) == ["Tautannya  tidak terbuka"]


MACHINES = {
    "an absence notice": {"Auto-Submitted": "auto-replied"},
    "an older absence notice": {"X-Autoreply": "yes"},
    "another one": {"X-Autorespond": "Cuti"},
    "a third one": {"Precedence": "auto_reply"},
    "a bounce": {"Return-Path": "<>"},
    "a bounce's report": {"Content-Type": 'multipart/report; boundary="x"'},
    "a bounce of an old server": {"X-Failed-Recipients": "siti@example.com"},
    "a mail server": {"From": "MAILER-DAEMON@example.com"},
    "a postmaster": {"From": "Postmaster <postmaster@example.com>"},
    "a list": {"List-Id": "<warga.example.com>"},
    "our own letter": {"X-Tanggap-Event": "waiting"},
}


@pytest.mark.parametrize("headers", MACHINES.values(), ids=MACHINES.keys())
@pytest.mark.parametrize("is_tagged", [False, True], ids=["untagged", "tagged"])
def test_what_a_machine_sends_makes_no_case_no_comment_and_no_answer(
    city: CityThatIsAnswered, headers: dict[str, str], is_tagged: bool
) -> None:
    number, address = city.letter()
    sent = len(city.mail.sent)

    outcome = hears(city, mail("m2", "Saya sedang cuti", **({"To": address} if is_tagged else {}) | headers))

    city.notify_citizen(number)
    assert (outcome, len(city.cases()), words_of(city, number), len(city.mail.sent)) == ([], 1, [], sent)


def test_a_tag_is_read_from_itself_alone() -> None:
    right = tag("JKT-1Y22-Y0DB-3", "00" * 32)

    assert number_of_tag(right) == "JKT-1Y22-Y0DB-3"
    assert [
        text for text in ("", right[:-1], right + "a", "x" + right, right.replace(".", "-")) if number_of_tag(text)
    ] == []


HEADER = some.sampled_from(
    [
        *("From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "Content-Type", "Delivered-To"),
        *("Content-Transfer-Encoding", "Content-Disposition", "MIME-Version", "Auto-Submitted", "Return-Path"),
    ]
)
PIECE = some.one_of(
    some.binary(max_size=40),
    some.sampled_from(
        [
            *(b"=?utf-8?b?////?=", b"=?x?q?=ff?=", b"multipart/mixed; boundary=x", b"message/rfc822", b"base64"),
            *(b'text/plain; charset="\xff"', b"dki+jkt1y22y0db3.aaaaaaaaaaaaaaaa@x", b"<a@b", b"a@b, ;:c@[1.2"),
            *(b"\r\n --x\r\n", b"--x--", b"\x00"),
        ]
    ),
)


@some.composite
def mails(draw: some.DrawFn) -> bytes:
    lines = draw(some.lists(some.tuples(HEADER, some.lists(PIECE, max_size=3)), max_size=8))
    head = b"\r\n".join(name.encode() + b": " + b"".join(pieces) for name, pieces in lines)
    return head + b"\r\n\r\n" + b"\r\n".join(draw(some.lists(PIECE, max_size=6)))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.one_of(some.binary(max_size=400), mails()))
def test_no_bytes_make_the_reader_fail(raw: bytes) -> None:
    for said in channel.read(RawMessage("EMAIL", "message/rfc822", raw, MONDAY)):
        said.text.encode()
        said.message_id.encode("utf-8", "surrogatepass")
        assert not set(said.text) & {"\x00", "\ufffd"}
