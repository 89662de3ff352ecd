"""The city's own map pictures: raster tiles of another host, archives of its own, and what is seen when they fail."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import archives
from tests.browser.conftest import DESK, spoken
from tests.browser.lone_pages import LonePages, Tiles
from tests.city import eventually
from web.map_tiles import read

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
MAGENTA = (200, 0, 200)
CREDIT = "© Kontributor [OpenStreetMap](https://www.openstreetmap.org/copyright) <b>"


def a_tile() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), MAGENTA).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Tiles]:
    tiles = Tiles(a_tile())
    yield tiles
    tiles.stop()


Serve = Callable[..., LonePages]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    made: list[LonePages] = []

    def start(setting: str) -> LonePages:
        made.append(LonePages(tmp_path / "site", tiles=read(setting, CREDIT)))
        return made[-1]

    yield start
    for pages in made:
        pages.stop()


@pytest.fixture
def look(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """The public map. What it says on its console, and whom it asks, is kept in `page.said` and `page.asked`."""
    contexts = []

    def visit(pages: LonePages, path: str = "/peta", scheme: str = "light") -> tuple[Page, list[str], list[str]]:
        context = chromium.new_context(
            viewport=DESK,
            base_url=pages.origin,
            service_workers="block",
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.extend(spoken(message)))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path)
        expect(page.locator(".leaflet-container")).to_be_visible()
        return page, said, asked

    yield visit
    for context in contexts:
        context.close()


def colour_at(page: Page, x: float, y: float) -> tuple[int, ...]:
    """Of the map as it is seen, at a share of its width and height."""
    shot = Image.open(io.BytesIO(page.locator(".leaflet-container").screenshot())).convert("RGB")
    return shot.getpixel((int(shot.width * x), int(shot.height * y)))  # type: ignore[return-value]


def test_raster_tiles_of_another_host_are_shown_and_credited(
    elsewhere: Tiles, serve: Serve, look: Callable[..., tuple[Page, list[str], list[str]]], audit: Audit
) -> None:
    pages = serve(f"{elsewhere.origin}/rupa/{{z}}/{{x}}/{{y}}.png")

    page, said, asked = look(pages)

    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    eventually(lambda: colour_at(page, 0.5, 0.3), MAGENTA.__eq__, what="the tile, no longer fading in")
    credit = page.locator(".leaflet-control-attribution")
    expect(credit).to_have_text("© Kontributor OpenStreetMap <b>")
    expect(credit.get_by_role("link")).to_have_attribute("href", "https://www.openstreetmap.org/copyright")
    assert {url.partition("/rupa/")[0] for url in asked if not url.startswith((pages.origin, "blob:"))} == {
        elsewhere.origin
    }
    assert (said, audit(page)) == ([], [])


def refusals(page: Page, said: list[str]) -> list[str]:
    """What the policy's refusals left on the console so far."""
    page.evaluate("0")  # lets the driver hand over what was said
    return [line for line in said if "Content Security Policy" in line]


def test_the_policy_lets_no_other_host_draw(
    elsewhere: Tiles, serve: Serve, look: Callable[..., tuple[Page, list[str], list[str]]]
) -> None:
    other = Tiles(a_tile())
    page, said, _ = look(serve(f"{elsewhere.origin}/rupa/{{z}}/{{x}}/{{y}}.png"))

    page.evaluate(f"document.body.append(Object.assign(new Image(), {{ src: '{other.origin}/a.png' }}))")
    page.evaluate(f"fetch('{elsewhere.origin}/a.json').catch(() => {{}})")

    eventually(lambda: refusals(page, said), lambda lines: len(lines) >= 2, what="a refusal of each")
    assert other.asked == []
    assert "/a.json" not in elsewhere.asked
    other.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_archive_of_vector_tiles_comes_with_the_site_and_is_drawn(
    serve: Serve, look: Callable[..., tuple[Page, list[str], list[str]]], tmp_path: Path, audit: Audit, scheme: str
) -> None:
    file = archives.write(tmp_path / "jakarta.pmtiles", archives.a_land_with_a_road(), archives.MVT)
    pages = serve(str(file))

    page, said, asked = look(pages, "/peta#14/-6.2/106.83", scheme)

    expect(page.locator("canvas.leaflet-tile-loaded").first).to_be_visible()
    land = {"light": (226, 223, 218), "dark": (31, 31, 31)}[scheme]  # `earth` of the package's two styles
    eventually(lambda: [colour_at(page, 0.3 + 0.07 * step, 0.31) for step in range(6)], lambda seen: land in seen)
    assert [url for url in asked if not url.startswith((pages.origin, "blob:", "data:"))] == []
    assert (said, audit(page)) == ([], [])


def test_an_archive_of_pictures_is_drawn_too_and_no_painter_is_loaded(
    serve: Serve, look: Callable[..., tuple[Page, list[str], list[str]]], tmp_path: Path
) -> None:
    file = archives.write(tmp_path / "jakarta.pmtiles", a_tile(), archives.PNG, zooms=(0, 14))

    page, said, asked = look(serve(str(file)), "/peta#17/-6.2/106.83")  # closer than the archive goes

    expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
    eventually(lambda: colour_at(page, 0.5, 0.3), MAGENTA.__eq__, what="the tile, no longer fading in")
    assert [url for url in asked if "protomaps" in url] == []
    assert said == []


def test_without_tiles_nothing_of_them_is_asked(
    tmp_path: Path, look: Callable[..., tuple[Page, list[str], list[str]]]
) -> None:
    pages = LonePages(tmp_path / "site")

    page, said, asked = look(pages)

    expect(page.locator(".area-name").first).to_be_visible()
    assert [url for url in asked if "pmtiles" in url or "protomaps" in url or "/tiles/" in url] == []
    assert list((tmp_path / "site").rglob("*pmtiles*")) == []
    assert said == []
    pages.stop()


@pytest.mark.parametrize("setting", ["/tiles/{z}/{x}/{y}.png", "/tiles/jakarta.pmtiles"])
def test_a_map_whose_tiles_are_lost_shows_names(
    serve: Serve, look: Callable[..., tuple[Page, list[str], list[str]]], setting: str
) -> None:
    page, _, _ = look(serve(setting))  # the site has no such file

    expect(page.locator(".area-name").first).to_be_visible()
    expect(page.locator("#list")).to_contain_text("Belum ada laporan")


def test_the_pin_is_put_on_tiles_at_a_zoom_where_streets_are_seen(
    elsewhere: Tiles, serve: Serve, look: Callable[..., tuple[Page, list[str], list[str]]]
) -> None:
    page, said, _ = look(serve(f"{elsewhere.origin}/{{z}}/{{x}}/{{y}}.png"), "/lapor#lokasi")

    page.get_by_role("button", name="Taruh pin di tengah peta").click()

    expect(page.locator(".pin")).to_be_visible()
    expect(page.locator(".leaflet-control-scale-line")).to_have_text("100 m")
    assert said == []
