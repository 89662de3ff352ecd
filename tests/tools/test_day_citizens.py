"""What the day's people do with the messages that they get."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from chalicelib.data import messages
from tests.tools.day_builders import NUMBER, a_case, alert, mail
from tools.day.cases import Case, Stopwatch
from tools.day.citizens import OWNER_LINK, Citizens
from tools.day.client import City

SITE = "http://127.0.0.1:8080"
PATHS = [messages.words(language)["path"] for language in ("id", "en")]


def opened(*received: dict[str, Any]) -> tuple[Case, list[Any]]:
    """The case after its reporter looked for the link in these messages, and what was sent to the city."""
    sent: list[Any] = []
    city = SimpleNamespace(mailbox=lambda number: received, post=lambda path, body: sent.append(body))
    case = a_case()
    Citizens(cast("City", city), Stopwatch()).open_link(case, "soon", patience=0)
    return case, sent


@pytest.mark.parametrize("path", PATHS)
def test_a_link_as_messages_write_it_is_opened(path: str) -> None:
    link = f"{SITE}{path}#{NUMBER}~secret-of_it~token1"

    case, sent = opened(mail("waiting", text=f"Lihat laporan saya: {link}"))

    assert (case.opened, case.troubles, sent) == ("soon", [], [{"token": "token1"}])


@pytest.mark.parametrize("path", PATHS)
def test_the_owners_secret_is_found_where_nothing_is_to_be_proved(path: str) -> None:
    found = OWNER_LINK.search(f"{SITE}{path}#{NUMBER}~secret-of_it")

    assert found
    assert found[1] == "secret-of_it"


def test_a_message_without_a_link_that_proves_the_address_is_a_trouble() -> None:
    case, _ = opened(mail("waiting", text="Laporan Anda diterima."))

    assert (case.opened, len(case.troubles)) == ("", 1)


def test_who_got_no_message_in_time_opens_none() -> None:
    case, _ = opened(alert("DBM"))

    assert (case.opened, case.troubles) == ("", [])
