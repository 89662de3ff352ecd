"""Somebody asks as fast as they can, from one address, whatever is refused. Twenty others, each from an address of
their own, report and look meanwhile, and notice nothing."""

import itertools
import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from chalicelib.domain.case import numbers
from tests.city import City, a_draft, a_phone, eventually
from tests.conftest import OwnCity
from tests.local.raw import send

ATTACKER = "127.0.0.66"
MOST = 20_000  # requests: more than a minute of such an attack has, on any machine
HONEST = [f"127.0.1.{last}" for last in range(1, 21)]
JSON = {"Content-Type": "application/json"}


def blows() -> Iterator[tuple[str, str, bytes, dict[str, str]]]:
    """Guesses of numbers and secrets, broken reports, odd addresses, calls of the account, and reports in good form."""
    while True:
        number = numbers.from_bits(random.getrandbits(40))
        yield "GET", f"/api/complaints/{number}", b"", {}
        yield "GET", f"/api/complaints/{number}", b"", {"X-Complaint-Secret": "x" * 22}
        yield "POST", f"/api/complaints/{number}/actions/confirm", b"{}", {**JSON, "X-Complaint-Secret": "x" * 22}
        yield "POST", "/api/complaints", b"{}", JSON
        yield "POST", "/api/complaints", json.dumps({**a_draft(), "contact": {"phone": a_phone()}}).encode(), JSON
        yield "POST", "/api//complaints", json.dumps(a_draft()).encode(), JSON
        yield "POST", "/?X-Amz-Credential=test/x/x/lambda/aws4_request&X-Amz-Signature=x", b"{}", JSON
        yield "POST", "/_local/reset", b"{}", {**JSON, "Origin": "https://evil.example"}


class Attack:
    """Four connections at once, until `ends` or until it has asked as often as it may."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._blows = blows()
        self._lock = threading.Lock()
        self._count = itertools.count()
        self._over = threading.Event()
        self.answers: Counter[int] = Counter()
        self._threads = [threading.Thread(target=self._strike) for _ in range(4)]

    def __enter__(self) -> "Attack":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _strike(self) -> None:
        while not self._over.is_set():
            with self._lock:
                if next(self._count) >= MOST:
                    return
                blow = next(self._blows)
            status, _, _ = send(self._origin, *blow, address=ATTACKER)
            with self._lock:
                self.answers[status] += 1


def live(city: City, address: str) -> list[int]:
    """What an honest person is answered: to a report, looks at it as its owner and as anybody, and a word."""
    with city.at(address) as person:
        report = person.post("/complaints", a_draft())
        seen = [report.status_code]
        if report.ok:
            path, secret = f"/complaints/{report.json()['number']}", report.json()["secret"]
            looks = [person.get(path, secret=secret), person.get(path), person.get("/reference"), person.get("/health")]
            word = person.post(f"{path}/actions/comment", {"text": "Masih ada."}, secret=secret)
            seen += [answer.status_code for answer in (*looks, word, person.get(path, secret=secret))]
        return seen


def test_who_attacks_from_one_address_does_not_touch_twenty_others(own_city: OwnCity) -> None:
    process, city = own_city(RATE_LIMIT="300")

    with Attack(process.origin) as attack, ThreadPoolExecutor(len(HONEST)) as people:
        eventually(lambda: attack.answers[429], what="a limit that the attacker feels")
        before = attack.answers.total()
        answers = list(people.map(lambda address: live(city, address), HONEST))

    assert answers == [[201, 200, 200, 200, 200, 200, 200]] * len(HONEST)
    assert before < attack.answers.total() < MOST, "it went on all the while"
    assert not [status for status in attack.answers if status >= 500], attack.answers
    assert attack.answers.keys() <= {201, 401, 403, 404, 422, 429}
