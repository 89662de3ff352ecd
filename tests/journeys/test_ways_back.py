"""Each channel where somebody writes in private, on a running city: the provider's signed payload, the case, the
receipt on the same channel, what they add, and the next status on that channel."""

import random
from datetime import UTC, datetime

import pytest

from tests.channels.payloads import CHANNELS, Channel, signed
from tests.city import LURAH, Case, City, Document, eventually
from tests.incoming import sends

WORDS = "Lampu jalan mati sudah seminggu, dekat -6.1754, 106.8272"


class Writer:
    """Somebody of their own, who writes on one channel."""

    def __init__(self, city: City, channel: Channel) -> None:
        self.city, self.channel = city, channel
        self.name = f"62812{random.randrange(10**8):08}"
        self.address = channel.shown.format(self.name)

    def says(self, text: str, **headers: str) -> None:
        code = self.channel.code.lower()
        raw = self.channel.says(f"m{random.randrange(10**12)}", text, self.name, **headers)
        secret = self.city.local()["channels"][code]["secret"]
        proof = signed(self.channel.signed, secret, raw, datetime.now(UTC))
        answer = self.city.call(
            "POST", f"/channels/{code}", data=raw, headers={"Content-Type": self.channel.type, **proof}
        )
        assert answer.status_code == 202, answer.text

    def told(self, event: str) -> Document:
        """The first message of this kind that came."""
        found = eventually(lambda: self._of(event), what=f"{event} to {self.address}")
        return found[0]

    def _of(self, event: str) -> list[Document]:
        return [found for found in self.city.mailbox(to=self.address) if found["event"] == event]


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.code)
def test_somebody_is_told_on_the_channel_where_they_wrote(city: City, channel: Channel) -> None:
    writer = Writer(city, channel)
    writer.says(WORDS)

    receipt = writer.told("waiting")
    number = receipt["number"]
    assert (receipt["kind"], number in receipt["text"]) == (channel.way, True)
    tag = receipt.get("headers", {}).get("Reply-To", "")
    writer.says("Di depan toko Maju", **({"To": tag} if tag else {}))
    case = Case(city, {"number": number, "secret": "", "version": 1}, {})
    seen = eventually(lambda: case.staff(LURAH), lambda view: len(view["timeline"]) >= 2, what="the addition")
    assert [line["text"] for line in seen["timeline"] if line["action"] == "comment"] == ["Di depan toko Maju"]

    case.act("accept", LURAH)

    assert writer.told("assigned")["kind"] == channel.way
    assert seen["channel"] == channel.code


def test_a_mail_of_an_older_program_arrives_with_its_letters(city: City) -> None:
    """Its bytes are no UTF-8, and its signature is over these bytes."""
    sender = f"warga{random.randrange(10**8):08}@example.com"
    head = f"From: {sender}\r\nTo: dki@jakarta.go.id\r\nMessage-ID: <{sender}>\r\nSubject: Lampu mati\r\n"
    kind = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    sends(city, "EMAIL", f"{head}{kind}{WORDS}, depan kafé Élan\r\n".encode("latin-1"), kind="message/rfc822")

    receipt = eventually(lambda: city.mailbox(to=sender), what="the receipt")[0]

    case = Case(city, {"number": receipt["number"], "secret": "", "version": 1}, {})
    assert "depan kafé Élan" in case.staff(LURAH)["description"]
