"""What an operator gives for a messenger: whole, of the right names, and repeated nowhere."""

import json

import pytest

from chalicelib.domain.ways import CHATS
from tools.accounts.channels import ANSWERED_WITH, ChannelError, chat_key

META = {"from": "1", "token": "geheim"}
OF_X = dict.fromkeys(("consumer_key", "consumer_secret", "token", "token_secret"), "geheim")


@pytest.mark.parametrize(
    ("channel", "key"),
    [("WHATSAPP", META), ("FB", META), ("MEDSOSGUB", META), ("X", OF_X)],
    ids=lambda value: str(value)[:9],
)
def test_a_whole_key_is_taken(channel: str, key: dict[str, str]) -> None:
    assert chat_key(channel, json.dumps(key)) == key


@pytest.mark.parametrize(
    ("channel", "text"),
    [
        ("SMS", json.dumps(META)),
        ("fb", json.dumps(META)),
        ("FB", "geheim"),
        ("FB", "[]"),
        ("FB", json.dumps({"token": "geheim"})),
        ("FB", json.dumps({**META, "more": "geheim"})),
        ("FB", json.dumps({**META, "token": ""})),
        ("FB", json.dumps({**META, "token": 7})),
        ("X", json.dumps(META)),
    ],
)
def test_anything_else_is_refused_without_repeating_it(channel: str, text: str) -> None:
    with pytest.raises(ChannelError) as refused:
        chat_key(channel, text)

    assert "geheim" not in str(refused.value)


def test_every_messenger_has_its_names() -> None:
    assert set(ANSWERED_WITH) == set(CHATS.values())
