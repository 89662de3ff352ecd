"""What a page costs before the person does anything, as Chromium counts it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser
KB = 1024
MOST_REQUESTS = 15
PAGES = ["/", "/lapor", "/lacak", "/peta", "/statistik", "/konsol", "/tentang", "/privasi", "/en", "/en/lapor"]
MOST_KB = {"/peta": 90}  # with Leaflet and the outlines


class Wire:
    """Addresses asked for and bytes received, headers included."""

    def __init__(self, page: Page) -> None:
        self.asked: list[str] = []
        self.bytes = 0
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", lambda event: self.asked.append(event["request"]["url"]))
        wire.on("Network.loadingFinished", self._add)

    def _add(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])


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
    assert wire.bytes <= MOST_KB.get(path, 40) * KB


def test_a_case_comes_in_few_requests(loaded: Callable[[str], Wire], city) -> None:
    wire = loaded(f"/lacak#{city.lodge().number}")

    assert len(wire.asked) <= MOST_REQUESTS, wire.asked
    assert wire.bytes <= 40 * KB
