"""Who may send on a channel: the signature must be of this channel, recent, and over the bytes as they came."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest

from chalicelib.channels.receiving import MAX_BYTES
from chalicelib.domain.errors import NotFoundError, TooLargeError, UnauthenticatedError, UnreadableError
from tests.channels.city_with_channels import FORMER, SECRET, VERIFY, CityWithChannels, a_partners_report, standard

RAW = a_partners_report()


@pytest.fixture
def city() -> CityWithChannels:
    return CityWithChannels()


def test_the_largest_message_fits_into_a_functions_request() -> None:
    """A request has at most 6 MB (AWS, "Lambda quotas"); API Gateway's other fields and headers take a part of it."""
    others = 100_000

    assert len(base64.b64encode(b"x" * MAX_BYTES)) + others < 6 * 1024 * 1024


def test_a_signed_message_is_kept_as_it_came(city: CityWithChannels) -> None:
    city.receiving.take("jaki", {"content-type": "application/json; charset=utf-8"} | standard(RAW, city.now()), RAW)

    (kept,) = city.raw_messages.kept.values()
    assert (kept.channel, kept.body, kept.content_type) == ("JAKI", RAW, "application/json")


def test_the_former_secret_counts_while_it_is_changed(city: CityWithChannels) -> None:
    city.receiving.take("jaki", standard(RAW, city.now(), FORMER), RAW)

    assert city.raw_messages.kept


def test_a_message_sent_again_is_kept_once(city: CityWithChannels) -> None:
    for _ in range(2):
        city.receiving.take("jaki", standard(RAW, city.now()), RAW)

    assert len(city.raw_messages.kept) == 1


def refused(city: CityWithChannels, headers: dict[str, str], raw: bytes = RAW, channel: str = "jaki") -> bool:
    try:
        city.receiving.take(channel, headers, raw)
    except UnauthenticatedError:
        return not city.raw_messages.kept
    return False


FORGED = {
    "no headers": lambda now: {},
    "another secret": lambda now: standard(RAW, now, "whsec_" + "A" * 44),
    "another message": lambda now: standard(RAW + b" ", now),
    "another id": lambda now: standard(RAW, now) | {"webhook-id": "msg_2"},
    "another time": lambda now: standard(RAW, now) | {"webhook-timestamp": str(int(now.timestamp()) + 1)},
    "an old one": lambda now: standard(RAW, now - timedelta(seconds=301)),
    "one of the future": lambda now: standard(RAW, now + timedelta(seconds=301)),
    "no id": lambda now: standard(RAW, now) | {"webhook-id": ""},
    "no signature": lambda now: standard(RAW, now) | {"webhook-signature": ""},
    "another version": lambda now: {name: value.replace("v1,", "v2,") for name, value in standard(RAW, now).items()},
    "no number as time": lambda now: standard(RAW, now) | {"webhook-timestamp": "now"},
    "digits of another script": lambda now: standard(RAW, now) | {"webhook-timestamp": "١٧٦٠٠٠٠٠٠٠"},
    "a time without end": lambda now: standard(RAW, now) | {"webhook-timestamp": "9" * 400},
    "letters that no header has": lambda now: standard(RAW, now) | {"webhook-signature": "v1,\udcff"},
    "an id that no header has": lambda now: standard(RAW, now) | {"webhook-id": "\udcff"},
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_a_forged_message_is_refused_and_not_kept(city: CityWithChannels, forge) -> None:
    assert refused(city, forge(city.now()))


def test_the_right_one_among_several_signatures_counts(city: CityWithChannels) -> None:
    right = standard(RAW, city.now())
    several = right | {"webhook-signature": f"v1,wrong v1a,other {right['webhook-signature']}"}

    city.receiving.take("jaki", several, RAW)

    assert city.raw_messages.kept


def test_a_channel_that_was_never_set_up_takes_nothing(city: CityWithChannels) -> None:
    assert refused(city, standard(RAW, city.now()), channel="qlue")


@pytest.mark.parametrize("name", ["pigeon", "JAKI", "Jaki", "kelurahan", "web", ""])
def test_an_unknown_channel_is_not_there(city: CityWithChannels, name: str) -> None:
    with pytest.raises(NotFoundError):
        city.receiving.take(name, standard(RAW, city.now()), RAW)


def test_more_than_five_megabytes_are_too_large(city: CityWithChannels) -> None:
    with pytest.raises(TooLargeError):
        city.receiving.take("jaki", {}, b"x" * (MAX_BYTES + 1))


def meta(raw: bytes, secret: str = SECRET) -> dict[str, str]:
    return {"x-hub-signature-256": "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()}


@pytest.mark.parametrize("channel", ["fb", "medsosgub", "whatsapp"])
def test_meta_signs_in_its_own_way(city: CityWithChannels, channel: str) -> None:
    city.receiving.take(channel, meta(RAW), RAW)

    assert city.raw_messages.kept
    with pytest.raises(UnauthenticatedError):
        city.receiving.take(channel, meta(RAW, "another"), RAW)
    with pytest.raises(UnauthenticatedError):
        city.receiving.take(channel, standard(RAW, city.now()), RAW)


ASKED = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}


def test_meta_gets_its_challenge_back(city: CityWithChannels) -> None:
    assert city.receiving.challenge("fb", ASKED) == "1158201444"


@pytest.mark.parametrize(
    "asked",
    [{}, {**ASKED, "hub.verify_token": "guessed"}, {**ASKED, "hub.mode": "unsubscribe"}, {"hub.challenge": "1"}],
)
def test_who_does_not_know_the_verify_token_learns_nothing(city: CityWithChannels, asked: dict[str, str]) -> None:
    with pytest.raises(UnauthenticatedError):
        city.receiving.challenge("fb", asked)


@pytest.mark.parametrize("challenge", ["", "x" * 501, "a\nb"])
def test_a_challenge_is_short_and_plain(city: CityWithChannels, challenge: str) -> None:
    with pytest.raises(UnreadableError):
        city.receiving.challenge("fb", {**ASKED, "hub.challenge": challenge})


def x(raw: bytes) -> dict[str, str]:
    mac = hmac.new(SECRET.encode(), raw, hashlib.sha256).digest()
    return {"x-twitter-webhooks-signature": "sha256=" + base64.b64encode(mac).decode()}


def test_x_gets_the_mac_of_its_token(city: CityWithChannels) -> None:
    token = "Y3JjX3Rva2Vu-_.~09+/="

    assert city.receiving.challenge("x", {"crc_token": token}) == {
        "response_token": x(token.encode())["x-twitter-webhooks-signature"]
    }


@pytest.mark.parametrize("raw", [b'{"for_user_id":"1"}', b" {}", b"[]", b'"words"', b"12", b"true"])
def test_nobody_forges_a_message_of_x_by_its_challenge(city: CityWithChannels, raw: bytes) -> None:
    try:
        city.receiving.challenge("x", {"crc_token": raw.decode()})
    except UnreadableError:
        return

    assert refused(city, x(raw), raw, "x")


def test_a_channel_that_asks_nothing_has_no_challenge(city: CityWithChannels) -> None:
    with pytest.raises(NotFoundError):
        city.receiving.challenge("jaki", ASKED)
