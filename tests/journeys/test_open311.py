"""Open311 on the running city: a whole life through it, the exchange of updates as FixMyStreet does it, and a client of
others, unmodified (`make clients` brings it)."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import requests

from tests.city import GAMBIR, HANGS, LURAH, OFFICER, SUPERVISOR, City, a_picture, eventually

BASE = "/api/open311/v2"
CLIENTS = Path(__file__).parent.parent.parent / ".venv-clients" / "bin" / "python"
ASKING = {"service_code": "JLN", "lat": GAMBIR["lat"], "long": GAMBIR["lon"], "description": "Jalan rusak di tikungan"}
Call = Callable[..., requests.Response]


@pytest.fixture
def key(city: City) -> str:
    return str(city.local()["open311"]["key"])


@pytest.fixture
def get(city: City) -> Call:
    return lambda path, **query: requests.get(f"{city.origin}{BASE}/{path}", params=query, timeout=HANGS)


@pytest.fixture
def post(city: City, key: str) -> Call:
    def send(path: str, **fields: Any) -> requests.Response:
        return requests.post(f"{city.origin}{BASE}/{path}", data={"api_key": key, **fields}, timeout=HANGS)

    return send


@pytest.fixture
def number(post: Call) -> str:
    return str(post("requests.json", **ASKING).json()[0]["service_request_id"])


def now() -> datetime:
    return datetime.now(UTC)


def listed(get: Call, number: str, **query: Any) -> list[dict[str, Any]]:
    found = get("requests.json", **query).json()
    return [item for item in found if item["service_request_id"] == number]


def test_a_request_is_followed_to_its_end(city: City, get: Call, number: str) -> None:
    eventually(lambda: listed(get, number, status="open"), what="the request in the list")

    city.post(
        f"/complaints/{number}/actions/reject",
        {"version": 1, "reason_code": "not_a_complaint", "text": "Bukan pengaduan"},
        user=LURAH,
    ).raise_for_status()

    (closed,) = eventually(lambda: listed(get, number, status="closed"), what="the request among the closed ones")
    assert closed == get(f"requests/{number}.json").json()[0]
    assert (closed["status"], closed["status_notes"]) == ("closed", "Ditolak")
    assert listed(get, number, status="open") == []


def test_both_formats_and_the_table_tell_the_same(get: Call, number: str) -> None:
    eventually(lambda: listed(get, number), what="the request in the list")
    item = get(f"requests/{number}.json").json()[0]
    element = ElementTree.fromstring(get(f"requests/{number}.xml").content)[0]

    assert [element.findtext(name) for name in item] == ["" if v is None else str(v) for v in item.values()]
    assert f"{number},{item['requested_datetime']}" in get("requests.csv").text


def test_updates_are_exchanged_both_ways(city: City, get: Call, post: Call, number: str) -> None:
    """As FixMyStreet does: it polls in XML for a span of time, and posts what its people wrote."""
    begun = now() - timedelta(minutes=5)
    city.post(
        f"/complaints/{number}/actions/coordinate",
        {"version": 1, "unit": "DBM", "text": "Kewenangan Dinas Bina Marga"},
        user=LURAH,
    ).raise_for_status()

    def updates() -> list[ElementTree.Element]:
        span = {
            "start_date": begun.isoformat(timespec="seconds"),
            "end_date": (now() + timedelta(minutes=1)).isoformat(),
        }
        found = ElementTree.fromstring(get("servicerequestupdates.xml", **span).content)
        return [one for one in found if one.findtext("service_request_id") == number]

    (update,) = eventually(updates, what="the update")
    assert update.findtext("status") == "INVESTIGATING"
    assert "Kewenangan Dinas Bina Marga" in str(update.findtext("description"))
    sent = {
        "service_request_id": number,
        "update_id": "1001",
        "updated_datetime": now().isoformat(),
        "status": "OPEN",
        "description": "Masih berlubang",
        "email": "warga@example.com",
        "first_name": "Siti",
        "last_name": "Aminah",
    }
    answers = [post("servicerequestupdates.xml", **sent) for _ in range(2)]
    assert [ElementTree.fromstring(one.content).findtext("request_update/update_id") for one in answers] == ["1001"] * 2
    lines = city.get(f"/complaints/{number}", user=SUPERVISOR).json()["timeline"]
    assert [line["action"] for line in lines] == ["lodge", "coordinate", "comment"]
    refused = post("servicerequestupdates.xml", **{**sent, "service_request_id": city.lodge().number})
    assert refused.status_code == 404


def test_a_request_sent_sixteen_times_at_once_is_one(city: City, post: Call) -> None:
    from concurrent.futures import ThreadPoolExecutor

    fields = {**ASKING, "client_request_id": f"ulang-{now().timestamp()}"}
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: post("requests.json", **fields), range(16)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()[0]["service_request_id"] for answer in answers}) == 1


def test_a_page_of_another_site_may_read_and_not_write(city: City) -> None:
    headers = {"Origin": "https://example.org"}
    read = requests.get(f"{city.origin}{BASE}/services.json", headers=headers, timeout=HANGS)
    written = requests.post(f"{city.origin}{BASE}/requests.json", headers=headers, timeout=HANGS)

    assert read.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in written.headers


GEOREPORT = """
import json, sys
from georeport import GeoReport
found = {}
for form in ("json", "xml"):
    city = GeoReport(sys.argv[1], jurisdiction="jakarta.go.id", output_format=form)
    number = sys.argv[2]
    shown = city.get_service_request(number)
    all_open = city.get_service_requests(status="open", service_code="JLN")
    found[form] = {
        "services": len(city.get_service_list()),
        "definition": city.get_service_definition("JLN_LUBANG")["service_code"],
        "shown": (shown if isinstance(shown, list) else [shown])[0]["service_request_id"],
        "listed": number in json.dumps(all_open),
    }
print(json.dumps(found))
"""


@pytest.mark.skipif(not CLIENTS.exists(), reason="no clients of others here (make clients)")
def test_the_client_georeport_does_its_work_unmodified(city: City, get: Call, number: str) -> None:
    eventually(lambda: listed(get, number), what="the request in the list")
    done = subprocess.run(
        [str(CLIENTS), "-c", GEOREPORT, f"{city.origin}{BASE}", number],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["json"] == found["xml"]
    assert found["json"] == {"services": 115, "definition": "JLN_LUBANG", "shown": number, "listed": True}


def test_who_works_the_case_reads_the_link_that_was_sent(city: City, post: Call) -> None:
    link = "https://example.org/foto.jpg"
    number = post("requests.json", **ASKING, media_url=link).json()[0]["service_request_id"]

    assert city.get(f"/staff/complaints/{number}", user=LURAH).json()["links"] == [link]
    assert link not in city.get(f"/complaints/{number}").text
    assert city.get(f"/staff/complaints/{number}", user=OFFICER).status_code == 404


def test_a_photo_of_a_form_in_parts_is_shown_to_the_officer(city: City, key: str) -> None:
    files = {"media": ("lubang.jpg", a_picture(), "image/jpeg")}
    answer = requests.post(
        f"{city.origin}{BASE}/requests.json", data={"api_key": key, **ASKING}, files=files, timeout=HANGS
    )

    number = answer.json()[0]["service_request_id"]
    photos = eventually(
        lambda: city.get(f"/staff/complaints/{number}", user=LURAH).json()["photos"],
        lambda photos: photos and all(photo["state"] == "ready" for photo in photos),
    )
    assert len(photos) == 1
