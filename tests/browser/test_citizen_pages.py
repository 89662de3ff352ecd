"""Tracking, what a reporter may do, and the public pages."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, fits
from tests.city import Case, City, a_picture, eventually

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "masih-rusak.jpg"
    path.write_bytes(a_picture(1200, 900))
    return path


def test_a_number_is_found_however_it_is_typed(city: City, open_page: OpenPage, audit: Audit) -> None:
    number = city.lodge().number
    page = open_page()
    page.goto("/lacak")

    page.get_by_label("Masukkan nomor laporan").fill(number.lower().replace("-", " ").replace("0", "o"))
    page.locator("form.find button").click()

    expect(page.locator(".case")).to_contain_text(number)
    expect(page.locator(".chip").first).to_have_text("Menunggu")
    assert audit(page) == []


@pytest.mark.parametrize(
    ("typed", "said"), [("jalan rusak", "Ini bukan nomor laporan"), ("JKT-0000-0000-9", "Ada salah ketik")]
)
def test_a_wrong_number_is_explained(open_page: OpenPage, typed: str, said: str) -> None:
    page = open_page()
    page.goto("/lacak")

    page.get_by_label("Masukkan nomor laporan").fill(typed)
    page.locator("form.find button").click()

    expect(page.locator("#number-error")).to_contain_text(said)


USUAL = {"cases": 45, "waiting": 6, "quarter": 86400, "median": 259200, "three_quarters": 518400}


@pytest.mark.parametrize(
    ("usual", "said"),
    [
        (
            {"kota": "Kota Administrasi Jakarta Pusat"},
            "Di Jakarta Pusat masalah seperti ini biasanya selesai dalam 3 hari",
        ),
        ({"kota": None, "three_quarters": None}, "Di Jakarta separuh masalah seperti ini selesai dalam 3 hari"),
        ({"kota": None, "median": None}, "kurang dari separuh masalah seperti ini sudah selesai"),
    ],
    ids=["with its spread", "half of them", "fewer than half"],
)
def test_a_reporter_reads_how_long_it_usually_takes(
    city: City, open_page: OpenPage, usual: dict[str, object], said: str
) -> None:
    case = city.lodge()
    page = open_page()
    page.route("**/api/statistics/usual*", lambda route: route.fulfill(json={"usual": USUAL | usual}))

    page.goto(f"/lacak#{case.number}")

    expect(page.locator(".usual")).to_contain_text(said)
    expect(page.locator(".usual")).to_contain_text("45 laporan")


def test_an_unknown_number_is_said_to_be_unknown(open_page: OpenPage) -> None:
    page = open_page()

    page.goto("/lacak#JKT-0000-0000-0")

    expect(page.locator("#number-error")).to_contain_text("Nomor tidak ditemukan")


def test_the_owners_link_leaves_its_secret_on_the_device_only(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"/lacak#{case.number}~{case.secret}")

    expect(page.get_by_role("button", name="Tarik laporan")).to_be_visible()
    assert page.url.endswith(f"/lacak#{case.number}")
    assert [url for url in asked if case.secret in url.partition("#")[0]] == []
    page.goto("/lacak")
    expect(page.get_by_role("link", name=case.number)).to_be_visible()


def test_time_left_is_counted_from_the_citys_clock(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    due = datetime.fromisoformat(case.view()["clocks"]["coordination"]["due_at"])
    later = format_datetime(due.astimezone(UTC) - timedelta(hours=3, minutes=59, seconds=59), usegmt=True)

    def two_hours_later(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "date": later})

    page.route("**/api/complaints/*", two_hours_later)
    page.goto(f"/lacak#{case.number}")

    expect(page.locator(".clock").first).to_contain_text("Sisa waktu 3 jam 59 menit")


def test_a_reporter_comments_and_withdraws(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")

    page.get_by_role("button", name="Tambah keterangan").click()
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator("#text-error")).to_be_visible()
    page.locator("#text").fill("Lubangnya bertambah lebar.")
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator(".timeline")).to_contain_text("Lubangnya bertambah lebar.")
    page.get_by_role("button", name="Tarik laporan").click()
    page.get_by_role("button", name="Ya, tarik laporan").click()

    expect(page.locator(".chip").first).to_have_text("Ditarik")
    assert case.view()["status"] == "withdrawn"


def test_a_reporter_adds_a_photo(city: City, open_page: OpenPage, picture: Path) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")

    page.get_by_role("button", name="Tambah foto").click()
    page.get_by_label("Foto").set_input_files(picture)
    page.get_by_role("button", name="Kirim").click()

    expect(page.get_by_role("img", name="Foto masalah 1")).to_be_visible()


@pytest.fixture(scope="module")
def proved(city: City) -> Case:
    """With a photo of the problem and one of the work."""
    case = city.lodge()
    case.settled(city.upload(case.number, a_picture(), secret=case.secret))
    return case.drive("resolved")


def pictures_of(page: Page) -> list[str]:
    """The pictures of a report that the page asks for, from now on: each by its size."""
    asked: list[str] = []
    page.on("request", lambda request: asked.extend(re.findall(r"-(small|large)\.webp", request.url)))
    return asked


def shown_pair(page: Page, case: Case) -> None:
    page.goto(f"/lacak#{case.number}~{case.secret}")
    expect(page.locator(".compare img")).to_have_count(2)
    for picture in page.locator(".compare img").all():
        expect(picture).to_have_js_property("complete", value=True)


def test_before_and_after_are_compared_by_keys(proved: Case, open_page: OpenPage, audit: Audit) -> None:
    page = open_page(DESK)

    page.goto(f"/lacak#{proved.number}~{proved.secret}")
    expect(page.locator(".compare")).to_be_visible()
    page.get_by_role("slider").press("ArrowLeft")
    assert page.get_by_role("slider").input_value() == "49"
    assert (audit(page), fits(page)) == ([], True)


def test_a_phone_loads_the_large_pictures_once_somebody_compares_them(proved: Case, open_page: OpenPage) -> None:
    page = open_page()
    asked = pictures_of(page)
    shown_pair(page, proved)
    page.wait_for_load_state("networkidle")
    assert set(asked) == {"small"}

    page.get_by_role("slider").press("ArrowLeft")

    expect(page.locator('.compare img[src*="-large."]')).to_have_count(2)


def test_a_desk_shows_the_large_pictures_where_they_are_in_sight(proved: Case, open_page: OpenPage) -> None:
    page = open_page(DESK)

    shown_pair(page, proved)
    page.locator(".compare").scroll_into_view_if_needed()

    expect(page.locator('.compare img[src*="-large."]')).to_have_count(2)


def test_a_look_at_the_report_loads_no_picture_again(proved: Case, open_page: OpenPage) -> None:
    page = open_page()
    page.clock.install()
    shown_pair(page, proved)
    page.wait_for_load_state("networkidle")
    asked = pictures_of(page)

    for _ in range(3):
        with page.expect_response(f"**/api/complaints/{proved.number}"):
            page.clock.fast_forward(61_000)
    page.wait_for_load_state("networkidle")

    assert asked == []


def test_what_a_reporter_typed_is_there_when_the_page_comes_back(
    city: City, open_page: OpenPage, picture: Path
) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    page.get_by_role("button", name="Tambah keterangan").click()
    page.locator("#text").fill("Air setinggi lutut.")
    page.get_by_label("Foto").set_input_files(picture)
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()

    page.reload()
    page.get_by_role("button", name="Tambah keterangan").click()
    expect(page.locator("#text")).to_have_value("Air setinggi lutut.")
    page.get_by_role("button", name="Kirim").click()

    expect(page.get_by_text("Air setinggi lutut.").first).to_be_visible()
    page.get_by_role("button", name="Tambah keterangan").click()
    expect(page.locator("#text")).to_have_value("")


def test_a_reporter_who_cancels_leaves_no_words_behind(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    page.get_by_role("button", name="Tambah keterangan").click()
    page.locator("#text").fill("Salah ketik.")

    page.get_by_role("button", name="Batal").click()
    page.get_by_role("button", name="Tambah keterangan").click()

    expect(page.locator("#text")).to_have_value("")


def test_what_changed_meanwhile_is_shown_before_the_reporter_acts(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    page.get_by_role("button", name="Tarik laporan").click()
    case.drive("coordinated")

    page.get_by_role("button", name="Ya, tarik laporan").click()

    expect(page.get_by_role("alert")).to_contain_text("baru saja berubah")
    expect(page.locator(".chip").first).to_have_text("Koordinasi")


def test_a_map_and_its_list_show_the_same_open_cases(city: City, open_page: OpenPage, audit: Audit) -> None:
    case = city.lodge()
    place = case.view()["place"]
    box = ",".join(
        f"{edge:.5f}"
        for edge in (place["lon"] - 0.0005, place["lat"] - 0.0005, place["lon"] + 0.0005, place["lat"] + 0.0005)
    )
    eventually(lambda: case.number in city.get(f"/map?bbox={box}").text, what="the case on the map")
    page = open_page(DESK)

    page.goto(f"/peta#18/{place['lat']}/{place['lon']}")

    expect(page.locator(".spot").first).to_be_visible()
    expect(page.locator("#list")).to_contain_text(case.number)
    assert (audit(page), fits(page)) == ([], True)


@pytest.mark.parametrize("path", ["/", "/statistik", "/tentang", "/privasi", "/en", "/en/lacak", "/tidak-ada"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plain_pages_are_sound(open_page: OpenPage, audit: Audit, path: str, scheme: str) -> None:
    page = open_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]

    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".loading")).to_have_count(0)

    assert (audit(page), fits(page)) == ([], True)


@pytest.mark.parametrize(("size", "columns"), [(PHONE, 1), (DESK, 2)], ids=["phone", "desk"])
def test_the_drawings_of_the_figures_have_the_width_of_the_page(
    city: City, open_page: OpenPage, audit: Audit, size: ViewportSize, columns: int
) -> None:
    city.lodge()
    page = open_page(size)

    page.goto("/statistik")
    expect(page.locator(".chart")).to_have_count(4)

    whole = page.locator(".figures").first.evaluate("list => list.offsetWidth")
    widths = page.locator(".chart").evaluate_all("parts => parts.map((part) => part.offsetWidth)")
    assert min(widths) >= 0.9 * whole / columns
    assert (audit(page), fits(page)) == ([], True)


SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""


@pytest.mark.parametrize("path", ["/", "/lapor", "/lacak", "/peta", "/statistik"])
def test_nothing_jumps_while_a_page_comes(open_page: OpenPage, path: str) -> None:
    page = open_page()

    page.goto(path)
    page.wait_for_load_state("networkidle")

    assert page.evaluate(SHIFTS) <= 0.05
