"""E-mail to the city: what its sender wrote is a case; what machines wrote is none; odd headers harm nobody."""

import base64

import pytest

from chalicelib.application.ports.channels import RawMessage
from chalicelib.channels.senders import mail
from tests.builders import DESK
from tests.channels.city_with_channels import CityWithChannels
from tests.fakes import MONDAY

PLAIN = {
    "From": "Warga Gambir <warga@example.com>",
    "To": "dki@jakarta.go.id",
    "Message-ID": "<m1@example.com>",
    "Subject": "Jalan rusak",
}


def a_mail(body: str = "Jalan berlubang di depan pasar", **headers: str | None) -> bytes:
    named = {**PLAIN, **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = [f"{name}: {value}" for name, value in named.items() if value is not None]
    return "\r\n".join([*lines, "", body, ""]).encode()


def read(raw: bytes) -> list[mail.Incoming]:
    return mail.read(RawMessage("EMAIL", "message/rfc822", raw, MONDAY))


def test_a_mail_is_a_case_whose_sender_is_told() -> None:
    city = CityWithChannels()

    (number,) = city.hears("EMAIL", a_mail(), "message/rfc822")

    (case,) = city.cases()
    assert (case.number, case.channel, case.reachable) == (number, "EMAIL", True)


def test_subject_and_words_are_the_description() -> None:
    (said,) = read(a_mail())

    assert said.text == "Jalan rusak\n\nJalan berlubang di depan pasar"
    assert (said.sender.name, said.sender.email, said.confirmed) == ("Warga Gambir", "warga@example.com", False)


def test_what_the_sender_answers_to_is_left_out() -> None:
    (said,) = read(
        a_mail("Masih rusak\n\nPada Sen, 23 Nov 2026 Tanggap menulis:\n> Laporan Anda selesai\n> Terima kasih")
    )

    assert said.text == "Jalan rusak\n\nMasih rusak"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=1"},
        {"Precedence": "bulk"},
        {"Precedence": "List"},
        {"Return_Path": "<>"},
        {"List_Id": "<warga.example.com>"},
        {"Content_Type": 'multipart/report; boundary="x"'},
    ],
)
def test_what_a_machine_sent_makes_no_case_and_no_loop(headers: dict[str, str]) -> None:
    assert read(a_mail(**headers)) == []


def test_a_person_whose_programme_says_so_is_heard() -> None:
    assert len(read(a_mail(Auto_Submitted="no"))) == 1


WITH_PICTURE = b"""From: warga@example.com\r
Message-ID: <m2@example.com>\r
Subject: Foto\r
Content-Type: multipart/mixed; boundary="b"\r
\r
--b\r
Content-Type: text/html; charset=utf-8\r
\r
<html><head><style>p{}</style></head><body><p>Jalan <b>rusak</b></p></body></html>\r
--b\r
Content-Type: image/jpeg\r
Content-Transfer-Encoding: base64\r
Content-Disposition: attachment; filename="a.jpg"\r
\r
/9j/4AAQ\r
--b\r
Content-Type: application/pdf\r
Content-Transfer-Encoding: base64\r
\r
JVBERi0=\r
--b--\r
"""


def test_pictures_come_along_and_other_files_do_not() -> None:
    city = CityWithChannels()

    (number,) = city.hears("EMAIL", WITH_PICTURE, "message/rfc822")

    assert [(owner, kind, data) for owner, _, kind, data in city.originals.stored] == [
        (number, "image/jpeg", b"\xff\xd8\xff\xe0\x00\x10")
    ]


ODD = [
    b"",
    b"\x00\xff\xfe",
    b"From: \xff\xfe <x@\xff>\r\n\r\nx",
    a_mail(From="=?utf-8?q?=ff=fe?= <a@b"),
    a_mail(From="a@b, c@d; <"),
    a_mail(Date="not a date", To="@@@,,,;"),
    a_mail(Subject="=?utf-8?b?AAAA?= \ud800".encode("utf-8", "replace").decode()),
    a_mail(Content_Type="text/plain; charset=unknown-8bit"),
    a_mail(Content_Type='multipart/mixed; boundary=""'),
    a_mail(Content_Type="multipart/mixed; boundary=" + "b" * 5000),
    a_mail(Content_Transfer_Encoding="base64", body="%%%%"),
    a_mail(From=None),
    a_mail(Message_ID="<" + "m" * 5000 + ">"),
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\na\r\n" * 5000,
]


@pytest.mark.parametrize("raw", ODD)
def test_an_odd_mail_harms_nobody(raw: bytes) -> None:
    city = CityWithChannels()

    outcomes = city.hears("EMAIL", raw, "message/rfc822")

    assert len(outcomes) <= 1
    assert all(outcome == "task" or outcome.startswith("JKT-") for outcome in outcomes)


def test_letters_of_another_charset_are_read() -> None:
    raw = a_mail(
        Content_Type="text/plain; charset=iso-8859-1", Content_Transfer_Encoding="quoted-printable", body="Caf=E9"
    )

    (said,) = read(raw)

    assert said.text.endswith("Café")


FOUND = {
    "a virus": ({"X_SES_Virus_Verdict": "FAIL", "X_SES_Spam_Verdict": "PASS"}, "virus"),
    "spam": ({"X_SES_Virus_Verdict": "PASS", "X_SES_Spam_Verdict": "FAIL"}, "spam"),
    "both": ({"X_SES_Spam_Verdict": "FAIL", "X_SES_Virus_Verdict": "FAIL"}, "virus"),
}


@pytest.mark.parametrize(("lines", "reason"), FOUND.values(), ids=FOUND)
def test_a_letter_in_which_ses_found_something_is_read_by_a_person_without_what_was_attached(
    lines: dict[str, str], reason: str
) -> None:
    city = CityWithChannels()
    picture = base64.b64encode(b"\xff\xd8\xff\xe0\x00\x10").decode()
    head = "Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64"
    parts = f"--x\r\n\r\nJalan rusak\r\n--x\r\n{head}\r\n\r\n{picture}\r\n--x--"
    raw = a_mail(Content_Type="multipart/mixed; boundary=x", body=parts, **lines)

    assert city.hears("EMAIL", raw, "message/rfc822") == ["task"]

    ((task_id, task),) = city.message_tasks.open.items()
    shown = city.inbox.show(city.inbox.permit(DESK), task_id)
    assert (task.reason, "Jalan rusak" in shown["said"], shown["photos"]) == (reason, True, [])
    assert shown["allowed_actions"] == ["case", "reply", "close"]


PASSED = ["PASS", "GRAY", "PROCESSING_FAILED", "", "FAILED", "\xff"]


@pytest.mark.parametrize("verdict", PASSED)
def test_what_ses_lets_pass_or_could_not_tell_is_a_letter_like_every_other(verdict: str) -> None:
    (outcome,) = CityWithChannels().hears("EMAIL", a_mail(X_SES_Virus_Verdict=verdict), "message/rfc822")

    assert outcome.startswith("JKT-")
