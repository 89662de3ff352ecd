"""Many people write on one channel within a minute. None of them is lost or taken in twice, each has a receipt; who
reports by the form meanwhile is answered as ever. `MESSAGES` is how many write, 100 unless it is set; they come as fast
as 1,000 in a minute. What people waited for is printed: milliseconds are a machine's."""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tests.channels.payloads import signed, whatsapp
from tests.city import City, a_draft, done, eventually, standing
from tools.day.cases import Stopwatch
from tools.day.table import timings

MESSAGES = int(os.environ.get("MESSAGES") or 100)
A_MINUTE, IN_A_MINUTE = 60.0, 1_000
CONNECTIONS = 8  # that the provider keeps
WORDS = "Lampu jalan mati sudah seminggu, dekat {lat:.4f}, {lon:.4f}"
BEFORE = 20  # rounds of the person at the form before the burst


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with standing(tmp_path_factory.mktemp("besieged"), WEB="0") as (_, city):
        yield city


class Provider:
    """Of a messenger: hands on each message once, signed, at its time, whatever became of those before."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._secret = city.local()["channels"]["whatsapp"]["secret"]
        self._begun = time.monotonic()

    def burst(self, people: list[str]) -> None:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(self._hand_on, range(len(people)), people))

    def _hand_on(self, position: int, person: str) -> None:
        time.sleep(max(0.0, self._begun + position * A_MINUTE / IN_A_MINUTE - time.monotonic()))
        raw = whatsapp(f"wamid.{person}", WORDS.format(lat=-6.1754, lon=106.8272 + position % 10 / 10_000), person)
        proof = signed("meta", self._secret, raw, datetime.now(UTC))
        headers = {"Content-Type": "application/json", **proof}
        answer = self._city.call("POST", "/channels/whatsapp", data=raw, headers=headers)
        assert answer.status_code == 202, answer.text


class AtTheForm:
    """Reports, looks at it as its owner and asks for the map, again and again, until `end`."""

    def __init__(self, city: City) -> None:
        self._city = city
        self.stopwatch = Stopwatch()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live)
        self.reports = 0

    def round(self, when: str) -> None:
        with self.stopwatch.timing(f"report, {when}"):
            receipt = done(self._city.post("/complaints", a_draft()))
        self.reports += 1
        with self.stopwatch.timing(f"look, {when}"):
            done(self._city.get(f"/complaints/{receipt['number']}", secret=receipt["secret"]))

    def _live(self) -> None:
        while not self._over.is_set():
            self.round("during the burst")

    def __enter__(self) -> "AtTheForm":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def receipts(city: City, people: list[str]) -> dict[str, list[str]]:
    """By person, the numbers of the cases whose receipt they have."""
    found: dict[str, list[str]] = {person: [] for person in people}
    for item in city.mailbox():
        if item["event"] == "waiting" and item["to"].removeprefix("+") in found:
            found[item["to"].removeprefix("+")].append(item["number"])
    return found


def test_a_thousand_messages_in_a_minute_are_all_taken_in_and_the_form_goes_on(besieged: City) -> None:
    people = [f"62812{number:08d}" for number in random.sample(range(10**8), MESSAGES)]
    person = AtTheForm(besieged)
    for _ in range(BEFORE):
        person.round("in a quiet hour")

    with person:
        begun = time.monotonic()
        Provider(besieged).burst(people)
        handed_on = time.monotonic() - begun
        waiting = MESSAGES - sum(map(len, receipts(besieged, people).values()))
        told = eventually(lambda: receipts(besieged, people), lambda found: all(found.values()), what="every receipt")
        read = time.monotonic() - begun

    numbers = [number for mine in told.values() for number in mine]
    assert Counter(len(mine) for mine in told.values()) == {1: MESSAGES}
    assert len(set(numbers)) == MESSAGES
    wanted = MESSAGES + person.reports
    eventually(lambda: done(besieged.get("/statistics"))["received"], lambda seen: seen == wanted, what="all counted")
    print(
        f"\n{MESSAGES} messages handed on in {handed_on:.0f} s, {waiting} of them unanswered then, the last receipt"
        f" after {read:.0f} s\n{timings(person.stopwatch.taken)}"
    )
