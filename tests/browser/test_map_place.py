"""Where it is: a position that is coarse, a place beyond Jakarta, a photo that knows where it was taken."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from playwright.sync_api import Browser, FilePayload, Page, expect

from chalicelib.data import reference
from tests.browser.conftest import PATIENCE, PHONE, spoken
from tests.browser.lone_pages import LonePages
from tests.city import a_picture
from tools.tables.areas import Outline, compact

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
OpenLone = Callable[..., Page]

KEMBANGAN = (-6.2, 106.745)
WEST, SOUTH, EAST, NORTH = 106.70, -6.25, 106.80, -6.15
BANDUNG = (-6.9, 107.6)
DEPOK = (-6.3630, 106.8300)  # 1.4 km from the point of Srengseng Sawah


def square(west: float, south: float, east: float, north: float) -> list[list[tuple[float, float]]]:
    return [[(west, south), (east, south), (east, north), (west, north), (west, south)]]


def outlines() -> Any:
    """Kembangan Utara and Srengseng Sawah as squares, the second with its border beside Depok."""
    code = {area.name: area.code for area in reference().areas.values()}
    drawn = [
        Outline(code["Kembangan Utara"], "", [square(WEST, SOUTH, EAST, NORTH)]),
        Outline(code["Srengseng Sawah"], "", [square(106.80, -6.360, 106.85, -6.33)]),
    ]
    return compact(drawn, tolerance=20)


@pytest.fixture(scope="module", params=["with borders", "without borders"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LonePages]:
    folder = tmp_path_factory.mktemp("lone") / "site"
    served = LonePages(folder, outlines=outlines() if request.param == "with borders" else None)
    yield served
    served.stop()


@pytest.fixture(scope="module")
def bordered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LonePages]:
    served = LonePages(tmp_path_factory.mktemp("bordered") / "site", outlines=outlines())
    yield served
    served.stop()


@pytest.fixture
def at_place(chromium: Browser) -> Iterator[OpenLone]:
    """The place step on a phone that stands at `position`; `accuracy` as its browser says it (None: it does not)."""
    faults: list[str] = []
    contexts = []

    def visit(pages: LonePages, position: tuple[float, float] | None = None, accuracy: Any = 10) -> Page:
        context = chromium.new_context(viewport=PHONE, has_touch=True, base_url=pages.origin, service_workers="block")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.extend(spoken(said)))
        if position:
            page.add_init_script(STANDING % json.dumps([*position, accuracy]))
        page.goto("/lapor#lokasi")
        expect(page.get_by_role("button", name="Taruh pin di tengah peta")).to_be_visible()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert faults == []


STANDING = """{
  const [latitude, longitude, accuracy] = %s;
  const coords = { latitude, longitude, ...(accuracy !== null && { accuracy: Number(accuracy) }) };
  const getCurrentPosition = (done) => setTimeout(done, 0, { coords });
  Object.defineProperty(navigator, "geolocation", { value: { getCurrentPosition } });
}"""


def here(page: Page) -> None:
    page.get_by_role("button", name="Gunakan lokasi saya").click()


def onward(page: Page) -> None:
    page.locator("button[type=submit]").click()


ACCURACIES = [
    (10, "Akurasi ±10 m", None),
    (99, "Akurasi ±99 m", None),
    (100, "Akurasi ±100 m", None),
    (101, "Akurasi ±101 m", "Akurasi ±101 m: geser pin ke tempatnya"),
    (400, "Akurasi ±400 m", "Akurasi ±400 m: geser pin ke tempatnya"),
    (4000, "Akurasi ±4.000 m", "Akurasi ±4.000 m: geser pin ke tempatnya"),
    (49_999, "Akurasi ±49.999 m", "Akurasi ±49.999 m: geser pin ke tempatnya"),
    (None, "Kembangan Utara", "Perangkat tidak menyebut akurasinya"),
    ("NaN", "Kembangan Utara", "Perangkat tidak menyebut akurasinya"),
]


@pytest.mark.parametrize(("accuracy", "shown", "asked"), ACCURACIES)
def test_a_coarse_position_is_a_question_and_a_good_one_is_not(
    bordered: LonePages, at_place: OpenLone, accuracy: Any, shown: str, asked: str | None
) -> None:
    page = at_place(bordered, KEMBANGAN, accuracy)

    here(page)

    expect(page.locator("#place-chosen")).to_contain_text(shown)
    expect(page.locator("#place-confirm")).to_have_count(1 if asked else 0)
    if asked:
        expect(page.locator("#place-chosen")).to_contain_text(asked)
        onward(page)
        expect(page.locator("#errors")).to_contain_text("Pastikan titiknya")
        page.locator("#place-confirm").click()
    onward(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Masalah apa yang Anda laporkan?")


@pytest.mark.parametrize("accuracy", [50_001, 1e308, "Infinity"])
def test_a_position_that_says_nothing_is_no_position(bordered: LonePages, at_place: OpenLone, accuracy: Any) -> None:
    page = at_place(bordered, KEMBANGAN, accuracy)

    here(page)

    expect(page.locator("#place-error")).to_contain_text("Lokasi tidak ditemukan")
    expect(page.locator("#place-chosen")).to_have_count(0)
    expect(page.locator(".pin")).to_have_count(0)
    expect(page.get_by_role("button", name="Gunakan lokasi saya")).to_be_enabled()


def test_the_circle_of_a_coarse_position_is_seen_whole(bordered: LonePages, at_place: OpenLone, audit: Audit) -> None:
    page = at_place(bordered, KEMBANGAN, 4000)

    here(page)

    expect(page.locator("#place-confirm")).to_be_visible()
    expect(page.locator(".leaflet-control-scale-line")).to_have_text("3 km")  # 8 km fit
    assert audit(page) == []


def test_moving_the_pin_answers_the_question(bordered: LonePages, at_place: OpenLone) -> None:
    page = at_place(bordered, KEMBANGAN, 4000)
    here(page)
    expect(page.locator("#place-confirm")).to_be_visible()

    page.locator(".pin").drag_to(page.locator(".map"), target_position={"x": 200, "y": 150})

    expect(page.locator("#place-confirm")).to_have_count(0)
    expect(page.locator("#place-chosen")).not_to_contain_text("Akurasi")
    onward(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Masalah apa yang Anda laporkan?")


OUTSIDE = [
    ((-6.2383, 106.9990), "Kota Bekasi"),
    ((-6.4025, 106.8300), "Kota Depok"),
    ((-6.1783, 106.6319), "Kota Tangerang"),
    ((-6.5950, 106.8166), "Kota Bogor"),
]


@pytest.mark.parametrize(("spot", "neighbour"), OUTSIDE)
def test_a_point_beyond_jakarta_has_its_pin_and_its_neighbours_name(
    pages: LonePages, at_place: OpenLone, spot: tuple[float, float], neighbour: str
) -> None:
    page = at_place(pages, spot)

    here(page)

    expect(page.locator("#place-error")).to_contain_text(f"tampaknya berada di {neighbour}, di luar wilayah Jakarta")
    expect(page.locator(".pin")).to_be_in_viewport()
    expect(page.locator("#place-confirm")).to_have_count(0)
    onward(page)
    expect(page.locator("#errors")).to_contain_text(neighbour)


def test_a_far_place_names_nobody(pages: LonePages, at_place: OpenLone) -> None:
    page = at_place(pages, (-7.2575, 112.7521))  # Surabaya

    here(page)

    expect(page.locator("#place-error")).to_contain_text("Titik ini di luar wilayah Jakarta.")
    expect(page.locator("#place-confirm")).to_have_count(0)


def test_depoks_pothole_goes_to_nobody_in_jakarta(bordered: LonePages, at_place: OpenLone) -> None:
    page = at_place(bordered, DEPOK)

    here(page)

    expect(page.locator("#place-error")).to_contain_text("Kota Depok")
    expect(page.locator("#place-chosen").get_by_role("button")).to_have_count(0)


def test_a_phone_in_another_city_sees_jakarta_and_how_to_go_on(at_place: OpenLone, bordered: LonePages) -> None:
    """Where the map does not reach, there is no pin to move."""
    page = at_place(bordered, BANDUNG)

    here(page)

    expect(page.locator("#place-error")).to_contain_text("Ketuk peta di tempat masalahnya")
    expect(page.locator(".map .area-name", has_text="Jakarta").first).to_be_visible()
    expect(page.locator(".map .pin")).to_have_count(0)
    page.get_by_role("button", name="Taruh pin di tengah peta").click()
    expect(page.locator(".map .pin")).to_be_visible()


def test_without_borders_a_kelurahan_is_said_to_be_a_guess(at_place: OpenLone, tmp_path: Any) -> None:
    served = LonePages(tmp_path / "site")
    page = at_place(served, DEPOK)

    here(page)

    expect(page.locator("#place-chosen")).to_contain_text("perkiraan")
    expect(page.locator("#place-confirm")).to_be_visible()
    served.stop()


def a_photo(lat: float | None, lon: float | None, *, order: str = "MM") -> FilePayload:
    """As a camera writes it; without a position where `lat` is None."""
    facts = Image.Exif()
    facts.endian = "<" if order == "II" else ">"
    facts[0x010F] = "Kamera"
    if lat is not None and lon is not None:
        facts.get_ifd(0x8825).update(
            {1: "S" if lat < 0 else "N", 2: sexagesimal(lat), 3: "W" if lon < 0 else "E", 4: sexagesimal(lon)}
        )
    out = io.BytesIO()
    Image.open(io.BytesIO(a_picture())).save(out, "JPEG", exif=facts.tobytes())
    return FilePayload(name="lubang.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def sexagesimal(degrees: float) -> tuple[IFDRational, ...]:
    seconds = round(abs(degrees) * 3600 * 100)
    return IFDRational(seconds // 360_000, 1), IFDRational(seconds // 6000 % 60, 1), IFDRational(seconds % 6000, 100)


def with_photo(page: Page, photo: FilePayload) -> None:
    page.goto("/lapor#foto")
    page.locator("#photo-file").set_input_files(photo)
    expect(page.get_by_role("figure")).to_have_count(1)
    onward(page)
    expect(page.get_by_role("button", name="Taruh pin di tengah peta")).to_be_visible()


@pytest.mark.parametrize("order", ["II", "MM"])
def test_a_photos_place_is_proposed_and_said_to_be_the_photos(
    bordered: LonePages, at_place: OpenLone, audit: Audit, order: str
) -> None:
    page = at_place(bordered)

    with_photo(page, a_photo(*KEMBANGAN, order=order))

    expect(page.locator("#place-chosen")).to_contain_text("Kembangan Utara, Kec. Kembangan")
    expect(page.locator("#place-chosen")).to_contain_text("Dari foto 1")
    expect(page.locator(".pin")).to_be_visible()
    assert audit(page) == []
    onward(page)
    expect(page.locator("#errors")).to_contain_text("Pastikan titiknya")
    page.locator("#place-confirm").click()
    onward(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Masalah apa yang Anda laporkan?")


NO_PROPOSAL = {
    "without a position": a_photo(None, None),
    "of a camera without a fix": a_photo(0.0, 0.0),
    "taken in Surabaya": a_photo(-7.2575, 112.7521),
    "whose facts are cut off": FilePayload(
        name="a.jpg", mimeType="image/jpeg", buffer=a_picture() + b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25"
    ),
}


@pytest.mark.parametrize("case", NO_PROPOSAL)
def test_a_photo_that_knows_no_place_in_jakarta_proposes_none(
    bordered: LonePages, at_place: OpenLone, case: str
) -> None:
    page = at_place(bordered)

    with_photo(page, NO_PROPOSAL[case])

    expect(page.locator("#place-chosen")).to_have_count(0)
    expect(page.locator(".pin")).to_have_count(0)


def test_a_photo_does_not_move_a_pin_that_somebody_put(bordered: LonePages, at_place: OpenLone) -> None:
    page = at_place(bordered, (-6.16, 106.71))
    here(page)
    expect(page.locator("#place-chosen")).to_contain_text("Akurasi ±10 m")

    with_photo(page, a_photo(*KEMBANGAN))

    expect(page.locator("#place-chosen")).to_contain_text("Akurasi ±10 m")
    expect(page.locator("#place-chosen")).not_to_contain_text("Dari foto")


def test_a_proposal_goes_with_its_photo(bordered: LonePages, at_place: OpenLone) -> None:
    page = at_place(bordered)
    with_photo(page, a_photo(*KEMBANGAN))
    expect(page.locator("#place-chosen")).to_contain_text("Dari foto 1")

    page.goto("/lapor#foto")
    page.get_by_role("button", name="Hapus foto 1").click()
    onward(page)

    expect(page.get_by_role("button", name="Taruh pin di tengah peta")).to_be_visible()
    expect(page.locator("#place-chosen")).to_have_count(0)
