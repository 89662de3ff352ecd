"""Thirty wrong numbers or secrets in a minute, then none for a while, the right one neither."""

import asyncio
from pathlib import Path

import pytest

from local.front.front_door import FrontDoor
from tests.local.door import Recorded, a_door, ask, asked, in_a_loop

NUMBER = "JKT-0000-0000-0"
WRONG_SIGN = "JKT-0000-0000-1"
CASE = f"/api/complaints/{NUMBER}"
SECRET = {"x_complaint_secret": "0" * 22}
TOKEN = {"authorization": "Bearer a.b.c"}
LIMIT = 5


class Time:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def door(behind: Recorded, tmp_path: Path, time: Time) -> FrontDoor:
    return a_door(behind, tmp_path, reports=0, guesses=LIMIT, now=time)


def guess(door: FrontDoor, times: int, path: str = CASE, method: str = "GET", **headers: str) -> list[int]:
    return [ask(door, method, path, **headers).status for _ in range(times)]


GUESSES: dict[str, tuple[int, str, str, dict[str, str]]] = {
    "a number": (404, "GET", CASE, {}),
    "a number, only its headers": (404, "HEAD", CASE, {}),
    "a number as people write it": (404, "GET", "/api/complaints/jkt%200000%200000%200", {}),
    "a number without JKT": (404, "GET", "/api/complaints/000000000", {}),
    "a number and a query": (404, "GET", f"{CASE}?x=1", {}),
    "a part of a case": (404, "GET", f"{CASE}/timeline", {}),
    "a number of another interface": (404, "GET", f"/api/open311/v2/requests/{NUMBER}.json", {}),
    "the same with any header for a token": (404, "GET", f"/api/feeds/{NUMBER}.atom", TOKEN),
    "a number in the query": (404, "GET", f"/api/search?number={NUMBER}", {}),
    "a number behind a long query": (404, "GET", f"/api/search?{'x&' * 2_000}number={NUMBER}", {}),
    "a secret": (401, "GET", CASE, SECRET),
    "a secret of an action": (401, "POST", f"{CASE}/actions/comment", SECRET),
    "a secret of a photo": (401, "POST", f"{CASE}/photos", SECRET),
}
NO_GUESSES: dict[str, tuple[int, str, str, dict[str, str]]] = {
    "what is found": (200, "GET", CASE, {}),
    "a wrong check sign": (400, "GET", f"/api/complaints/{WRONG_SIGN}", {}),
    "a wrong check sign, were it not found": (404, "GET", f"/api/complaints/{WRONG_SIGN}", {}),
    "what is no number": (404, "GET", "/api/complaints/halo", {}),
    "a route that is not there": (404, "GET", "/api/nowhere", {}),
    "no credentials at all": (401, "POST", f"{CASE}/actions/comment", {}),
    "what the state forbids": (409, "POST", f"{CASE}/actions/comment", SECRET),
    "an officer's mistake": (404, "GET", CASE, TOKEN),
    "an officer's route": (404, "GET", f"/api/staff/complaints/{NUMBER}", TOKEN),
    "a bad token": (401, "GET", CASE, TOKEN),
    "a bad token and a secret": (401, "GET", CASE, {**TOKEN, **SECRET}),
    "the store is down": (503, "GET", CASE, {}),
}


@pytest.mark.parametrize("call", GUESSES.values(), ids=GUESSES.keys())
def test_after_so_many_wrong_guesses_the_next_is_refused_unread(
    door: FrontDoor, behind: Recorded, call: tuple[int, str, str, dict[str, str]]
) -> None:
    behind.status, method, path, headers = call

    assert guess(door, LIMIT + 2, path, method, **headers) == [behind.status] * LIMIT + [429, 429]
    assert behind.asked == ["api"] * LIMIT


@pytest.mark.parametrize("call", NO_GUESSES.values(), ids=NO_GUESSES.keys())
def test_what_tells_nothing_is_no_guess(
    door: FrontDoor, behind: Recorded, call: tuple[int, str, str, dict[str, str]]
) -> None:
    behind.status, method, path, headers = call

    assert guess(door, LIMIT + 2, path, method, **headers) == [behind.status] * (LIMIT + 2)


def test_who_has_guessed_too_often_is_not_told_what_is_right(door: FrontDoor, behind: Recorded) -> None:
    behind.status = 404
    guess(door, LIMIT)
    behind.status = 200

    assert guess(door, 1) == guess(door, 1, f"{CASE}/actions/confirm", "POST", **SECRET) == [429]
    assert guess(door, 1, peer="127.0.0.2") == guess(door, 1, **TOKEN) == guess(door, 1, "/api/reference") == [200]


def test_the_refusal_says_when_to_come_again_in_the_apis_form(door: FrontDoor, behind: Recorded, time: Time) -> None:
    behind.status = 404
    guess(door, LIMIT)
    time.seconds += 20

    answer = ask(door, "GET", CASE)

    assert (answer.status, answer.headers[b"retry-after"]) == (429, b"40")
    assert answer.headers[b"content-type"] == b"application/problem+json"
    assert (answer.headers[b"cache-control"], answer.headers[b"x-content-type-options"]) == (b"no-store", b"nosniff")
    assert b'"code": "too_many_requests"' in answer.body


def test_no_sixty_seconds_hold_more_and_what_was_refused_does_not_count(
    door: FrontDoor, behind: Recorded, time: Time
) -> None:
    behind.status = 404
    guess(door, LIMIT - 1)
    time.seconds += 30
    assert guess(door, 2) == [404, 429]

    time.seconds += 30

    assert guess(door, LIMIT) == [404] * (LIMIT - 1) + [429]


def test_a_hundred_at_once_are_no_more_guesses_than_one_after_the_other(door: FrontDoor, behind: Recorded) -> None:
    behind.status = 404
    behind.holds = True

    statuses = at_once(door, behind, 100)

    assert (statuses.count(404), statuses.count(429)) == (LIMIT, 100 - LIMIT)
    assert len(behind.asked) == LIMIT


def test_a_hundred_honest_ones_at_once_all_get_through(door: FrontDoor, behind: Recorded) -> None:
    behind.holds = True

    assert at_once(door, behind, 100) == [200] * 100


def at_once(door: FrontDoor, behind: Recorded, times: int) -> list[int]:
    async def all_of_them() -> list[int]:
        answers = await asyncio.gather(*(asked(door, "GET", CASE) for _ in range(times)))
        return [answer.status for answer in answers]

    return in_a_loop(all_of_them())


def test_who_leaves_in_the_middle_gives_the_place_back(door: FrontDoor, behind: Recorded) -> None:
    async def leave() -> None:
        tasks = [asyncio.create_task(asked(door, "GET", CASE)) for _ in range(LIMIT)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    behind.holds = True
    in_a_loop(leave())

    assert guess(door, LIMIT + 1) == [200] * (LIMIT + 1)


def test_zero_lifts_the_limit(behind: Recorded, tmp_path: Path) -> None:
    behind.status = 404

    assert set(guess(a_door(behind, tmp_path, reports=0, guesses=0), 100)) == {404}
