"""The form in a page of another site: by one tag, as high as it needs, and with its own channel."""

import contextlib
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE
from tests.city import COORDINATOR, GAMBIR, LURAH, Case, City, Process, an_email, eventually

pytestmark = pytest.mark.browser


class Handler(BaseHTTPRequestHandler):
    """A site of somebody else: one page, with our tag in it."""

    def __init__(self, city: str, *rest: object) -> None:
        self._city = city
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        tag = f'<script src="{self._city}/sisip.js" async></script>'
        page = f"<!doctype html><title>Balai Warga</title><body><h1>Balai Warga</h1>{tag}</body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None: ...


class Site:
    """On a port that is known before it serves, so that the city may be told of it."""

    def __init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        self.origin = f"http://localhost:{self.server.server_port}"

    def serve(self, city: str) -> None:
        self.server.RequestHandlerClass = partial(Handler, city)  # type: ignore[assignment]
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Site, Process]]:
    """One that may show the form, one that may not, and the city."""
    friend, stranger = Site(), Site()
    process = Process(tmp_path_factory.mktemp("embedding"), EMBED_HOSTS=friend.origin)
    process.start()
    for site in (friend, stranger):
        site.serve(process.origin)
    yield friend, stranger, process
    process.stop()
    for site in (friend, stranger):
        site.server.shutdown()
        site.server.server_close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, locale="id-ID")
    yield context.new_page()
    context.close()


def test_the_form_stands_in_the_page_as_high_as_it_is(page: Page, sites: tuple[Site, Site, Process]) -> None:
    page.goto(sites[0].origin)
    frame = page.frame_locator("iframe")

    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').style.height !== '40rem'")
    inside = page.frames[1].evaluate("document.documentElement.getBoundingClientRect().height")
    outside = page.locator("iframe").bounding_box()
    assert outside
    assert abs(outside["height"] - inside) < 3
    assert frame.locator("header, footer").count() == 0


def test_the_frame_may_not_lead_the_page_elsewhere(page: Page, sites: tuple[Site, Site, Process]) -> None:
    page.goto(sites[0].origin)

    rights = (page.locator("iframe").get_attribute("sandbox") or "").split()

    assert "allow-scripts" in rights
    assert not [right for right in rights if right.startswith("allow-top-navigation")]


def test_nobody_else_moves_the_frame(page: Page, sites: tuple[Site, Site, Process]) -> None:
    page.goto(sites[0].origin)
    page.wait_for_function("document.querySelector('iframe').style.height !== '40rem'")
    before = page.locator("iframe").evaluate("(frame) => frame.style.height")

    page.evaluate("postMessage({ tanggap: 'height', height: 12345 }, '*')")
    page.evaluate("new Promise((then) => setTimeout(then))")

    assert page.locator("iframe").evaluate("(frame) => frame.style.height") == before


def test_a_site_that_is_not_in_the_setting_shows_no_form(page: Page, sites: tuple[Site, Site, Process]) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(sites[1].origin)
    page.wait_for_load_state("networkidle")

    assert [line for line in refused if "frame-ancestors" in line]
    assert page.frame_locator("iframe").locator("form").count() == 0


@pytest.mark.parametrize("path", ["/", "/lapor", "/lacak", "/konsol"])
def test_no_other_page_may_stand_in_a_frame(page: Page, sites: tuple[Site, Site, Process], path: str) -> None:
    answer = page.request.get(f"{sites[2].origin}{path}")

    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_report_from_the_frame_has_its_channel(page: Page, sites: tuple[Site, Site, Process]) -> None:
    page.goto(sites[0].origin)
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()

    sent = page.frames[1].evaluate(
        """async () => {
          const body = { category: "JLN_LUBANG", description: "Lubang", location: { lat: -6.1754, lon: 106.8272 },
                         channel: document.body.dataset.channel };
          const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
          const answer = await fetch("/api/complaints", { method: "POST", headers, body: JSON.stringify(body) });
          return { status: answer.status, number: (await answer.json()).number };
        }"""
    )

    with contextlib.closing(City(sites[2].origin)) as city:
        seen = city.get(f"/staff/complaints/{sent['number']}", user=COORDINATOR).json()
    assert (sent["status"], seen["channel"]) == (201, "BALAIWARGA")


def test_a_report_is_made_in_the_frame_from_its_first_step_to_a_page_of_its_own(
    page: Page, sites: tuple[Site, Site, Process]
) -> None:
    address = an_email()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": GAMBIR["lat"], "longitude": GAMBIR["lon"]})
    page.goto(sites[0].origin)
    frame = page.frame_locator("iframe")
    onward = frame.locator("button[type=submit]")

    onward.click()
    frame.get_by_role("button", name="Gunakan lokasi saya").click()
    expect(frame.locator("#place-chosen")).to_contain_text("Gambir")
    frame.locator("#place-confirm").click()
    onward.click()
    problem = frame.get_by_role("button", name="Jalan rusak atau berlubang")
    onwards = frame.get_by_role("button", name="Lanjutkan laporan saya")  # somebody else has reported here
    expect(problem.or_(onwards).first).to_be_visible()
    if onwards.is_visible():
        onwards.click()
    problem.click()
    frame.get_by_label("Jalan berlubang").check()
    frame.get_by_label("Ceritakan masalahnya").fill("Lubang besar di lajur kiri.")
    onward.click()
    frame.get_by_label("Email").fill(address)
    onward.click()
    onward.click()

    expect(frame.get_by_role("heading", level=1)).to_have_text("Laporan terkirim")
    number = frame.locator("#number").inner_text()
    with contextlib.closing(City(sites[2].origin)) as city:
        case = Case(city, {"number": number, "secret": ""}, {})
        assert case.staff(COORDINATOR)["channel"] == "BALAIWARGA"
        eventually(lambda: [each["event"] for each in city.mailbox(to=address)] == ["waiting"], what="the receipt")
        case.act("accept", LURAH)
        eventually(lambda: "assigned" in [each["event"] for each in city.mailbox(to=address)], what="the next letter")
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="Pantau").first.click()
    expect(opened.value.locator("main")).to_contain_text("Disposisi")
    assert opened.value.url.partition("#")[2] == number
