"""Chromium against the local city. A page that shows an error on its console, or asks another host, fails its test."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, expect, sync_playwright

from tests.browser.lone_pages import LonePages
from tests.city import City, Process

# The shell opens a page for a quarter of the work: the whole browser also draws a window, in a process of its own.
INSTALLED = [path for path in ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium") if Path(path).exists()]
CHROMIUM = os.environ.get("CHROMIUM", next(iter(INSTALLED), "/usr/bin/chromium"))
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
QUIET = "--disable-background-networking --disable-component-update --disable-sync --disable-quic --no-first-run"
Look = Callable[..., Page]
PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=900)
PATIENCE = 120_000  # ms: what no page needs, on any machine. Every wait ends early, when it is shown
# The browser's own lines about an answer, or a lost network, that a test provokes; and about axe, which speaks to
# frames that may not be spoken to (letters in the mailbox).
REFUSED = re.compile(
    r"status of 4\d\d|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET|ERR_FAILED|Service Worker registration blocked"
    r"|recipient window's origin \('null'\)"
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; CHROMIUM=… names another")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *QUIET.split()]
        )


@pytest.fixture(scope="module")
def city_origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A city for each file, whose lists and map hold what its tests made and no more."""
    process = Process(tmp_path_factory.mktemp("pages"))
    process.start()
    yield process.origin
    process.stop()


@pytest.fixture(scope="module")
def city(city_origin: str) -> Iterator[City]:
    client = City(city_origin)
    yield client
    client.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, city_origin: str) -> Iterator[OpenPage]:
    """A fresh visitor's page: `open_page()` on a phone, `open_page(DESK)` on a desk."""
    faults: list[str] = []
    contexts = []

    def visit(viewport: ViewportSize = PHONE, *, keeps_pages: bool = False, scripts: bool = True) -> Page:
        """Without a service worker, so that every request is seen, unless the page is to be kept."""
        context = chromium.new_context(
            viewport=viewport,
            has_touch=viewport is PHONE,
            base_url=city_origin,
            java_script_enabled=scripts,
            service_workers="allow" if keeps_pages else "block",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: faults.extend(spoken(message)))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.extend(_strayed(request, city_origin)))
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def look(chromium: Browser, pages: LonePages) -> Iterator[Look]:
    """Opens a page of the module's `pages`, as often as wanted; what a page complains of fails the test."""
    faults: list[str] = []
    contexts = []

    def visit(path: str, viewport: ViewportSize = PHONE, scheme: str = "light", script: str = "") -> Page:
        context = chromium.new_context(
            viewport=viewport,
            base_url=pages.origin,
            service_workers="block",
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.add_init_script(script)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: faults.extend(spoken(said)))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []


def spoken(message: ConsoleMessage) -> list[str]:
    """Errors and warnings that no test provokes."""
    return [message.text] if message.type in ("error", "warning") and not REFUSED.search(message.text) else []


def _strayed(request: Request, origin: str) -> list[str]:
    return [] if request.url.startswith((origin, "blob:", "data:")) else [f"off-origin: {request.url}"]


def fits(page: Page) -> bool:
    """Nothing scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def choose(page: Page, field: str, words: str) -> str:
    """The first of what a field offers for these words; its name."""
    typed = page.locator(f"#{field}")
    typed.press_sequentially(words)
    expect(page.locator(f"#{field}-0")).to_be_visible()
    typed.press("1")
    return page.locator(f"#{field}-chosen").inner_text()


@pytest.fixture
def audit() -> Callable[[Page], list[str]]:
    """Faults of accessibility that axe finds in what the page shows, one line each."""

    def run(page: Page) -> list[str]:
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")["violations"]
        return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]

    return run
