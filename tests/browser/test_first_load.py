"""What a page costs before the person does anything, as Chromium counts it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.city import City
from web.pages import PAGES as ALL
from web.pages import address
from web.strings import LANGUAGES

pytestmark = pytest.mark.browser
KB = 1024
MOST_REQUESTS = 15
PAGES = [address(page, language) or "/" for page in ALL for language in LANGUAGES if page.name != "missing"]
MOST_KB = 40
MAP_KB = 90  # Leaflet and the outlines, besides
AT_REST_KB = 8  # the form's other steps, which it fetches while nobody waits for them
SCRIPTS_KB = {"public_map.js": MAP_KB, "form/form.js": AT_REST_KB}  # the form stands in other sites' frames, too
BESIDES = {address(page, language): SCRIPTS_KB.get(page.script or "", 0) for page in ALL for language in LANGUAGES}


class Wire:
    """Addresses asked for and bytes of the answers' bodies. HTTP/2 leaves little of the headers."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self._bodies: dict[str, int] = {}
        self._headers: dict[str, int] = {}
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", lambda event: self.asked.append(event["request"]["url"]))
        wire.on("Network.responseReceived", self._begin)
        wire.on("Network.loadingFinished", self._end)

    def _begin(self, event: dict[str, Any]) -> None:
        self._headers[event["requestId"]] = int(event["response"]["encodedDataLength"])

    def _end(self, event: dict[str, Any]) -> None:
        self._bodies[event["requestId"]] = int(event["encodedDataLength"]) - self._headers.get(event["requestId"], 0)

    @property
    def bytes(self) -> int:
        return sum(self._bodies.values())


@pytest.fixture
def loaded(open_page: OpenPage) -> Callable[[str], Wire]:
    def load(path: str) -> Wire:
        page = open_page()
        wire = Wire(page)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return wire

    return load


@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_in_few_requests_and_few_bytes(loaded: Callable[[str], Wire], path: str) -> None:
    wire = loaded(path)

    assert len(wire.asked) <= MOST_REQUESTS, wire.asked
    assert wire.bytes <= (MOST_KB + BESIDES.get(path, 0)) * KB


def test_a_case_comes_in_few_requests(loaded: Callable[[str], Wire], city: City) -> None:
    wire = loaded(f"/lacak#{city.lodge().number}")

    assert len(wire.asked) <= MOST_REQUESTS, wire.asked
    assert wire.bytes <= MOST_KB * KB
