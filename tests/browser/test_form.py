"""The report form as citizens use it: on a phone, on a desk, without a network, twice by mistake."""

import base64
import io
import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, ViewportSize, expect

from chalicelib.data import reference
from tests.browser.conftest import OpenPage, fits
from tests.city import City, a_picture, done, eventually
from tools.tables.areas import Outline, compact

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
WORDS = "Lubang besar di tengah jalan, berbahaya bagi sepeda motor."
NUMBER = re.compile(r"^JKT-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$")
SPOTS = itertools.count()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A large photo as a camera writes it: with its facts inside."""
    facts = Image.Exif()
    facts[0x010F] = "KameraRahasia"
    path = tmp_path / "lubang.jpg"
    Image.open(io.BytesIO(a_picture(3000, 2000))).save(path, exif=facts)
    return path


def stand_somewhere(page: Page) -> dict[str, float]:
    """The phone knows where it is, and so does the caller: in Kembangan, away from what other tests report."""
    row, column = divmod(next(SPOTS), 8)  # some 300 m apart: no report is similar to another's
    spot = {"latitude": -6.200 + 0.0027 * column, "longitude": 106.735 + 0.0027 * row}
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(spot)
    return {"lat": spot["latitude"], "lon": spot["longitude"]}


def onward(page: Page) -> None:
    page.locator("button[type=submit]").click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def give_place(page: Page) -> None:
    stand_somewhere(page)
    heading(page, "Di mana lokasinya?")
    page.get_by_role("button", name="Gunakan lokasi saya").click()
    expect(page.locator("#place-chosen")).to_contain_text("Jakarta Barat")
    if page.locator("#place-confirm").is_visible():
        page.locator("#place-confirm").click()


def fill(page: Page, picture: Path | None = None) -> None:
    """Every step up to the review, which is shown at the end."""
    page.goto("/lapor")
    if picture:
        page.locator("#photo-file").set_input_files(picture)
        expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    onward(page)
    give_place(page)
    onward(page)
    heading(page, "Masalah apa yang Anda laporkan?")
    page.get_by_role("button", name="Jalan rusak atau berlubang").click()
    page.get_by_label("Ceritakan masalahnya").fill(WORDS)
    onward(page)
    heading(page, "Ke mana kami mengabari Anda?")
    onward(page)
    heading(page, "Periksa laporan Anda")


def sent_number(page: Page) -> str:
    heading(page, "Laporan terkirim")
    number = page.locator("#number").inner_text()
    assert NUMBER.match(number)
    return number


def secret_of(page: Page, number: str) -> str:
    """What the device keeps."""
    return str(
        page.evaluate(
            """(number) => new Promise((done) => {
          const asked = indexedDB.open("tanggap");
          asked.onsuccess = () => {
            const row = asked.result.transaction("mine").objectStore("mine").get(number);
            row.onsuccess = () => done(row.result?.secret);
          };
        })""",
            number,
        )
    )


def test_a_report_with_a_photo_goes_out_step_by_step(
    city: City, open_page: OpenPage, audit: Audit, picture: Path
) -> None:
    page = open_page()
    seen: list[str] = []

    def look() -> None:
        seen.extend(audit(page))
        assert fits(page)

    page.goto("/lapor")
    page.locator("#photo-file").set_input_files(picture)
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    look()
    onward(page)
    give_place(page)
    page.get_by_label("Patokan").fill("dekat halte")
    look()
    onward(page)
    page.get_by_role("button", name="Jalan rusak atau berlubang").click()
    page.get_by_label("Ceritakan masalahnya").fill(f"{WORDS} 3171010101900001")
    expect(page.get_by_text("Terlihat seperti NIK")).to_be_visible()
    look()
    page.get_by_label("Ceritakan masalahnya").fill(WORDS)
    onward(page)
    page.get_by_label("Nomor HP").fill("0812 3456 7890")
    look()
    onward(page)
    heading(page, "Periksa laporan Anda")
    look()
    onward(page)
    number = sent_number(page)
    expect(page.locator("#uploads")).to_contain_text("terunggah")
    look()

    secret = secret_of(page, number)
    view = done(city.get(f"/complaints/{number}", secret=secret))
    assert (view["description"], view["landmark"], view["category"]["code"]) == (WORDS, "dekat halte", "JLN_LUBANG")
    eventually(lambda: done(city.get(f"/complaints/{number}", secret=secret))["photos"][0]["state"] == "ready")
    assert seen == []


def test_what_is_missing_is_said_at_its_field_and_in_a_summary(open_page: OpenPage, audit: Audit) -> None:
    page = open_page()
    page.goto("/lapor#masalah")
    heading(page, "Masalah apa yang Anda laporkan?")

    onward(page)

    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#description-error")).to_have_text("Tulis uraian, paling sedikit 10 karakter.")
    page.locator("#errors").get_by_text("Tulis uraian").click()
    expect(page.get_by_label("Ceritakan masalahnya")).to_be_focused()
    page.get_by_label("Ceritakan masalahnya").fill(WORDS)
    expect(page.locator("#description-error")).to_have_count(0)
    assert audit(page) == []


def test_what_the_city_refuses_is_said_at_its_field(open_page: OpenPage) -> None:
    page = open_page()
    fault = {"field": "location", "code": "outside", "message": "please tell the government of Kota Bekasi"}
    body = json.dumps({"status": 422, "code": "invalid", "title": "Wrong", "errors": [fault]})
    page.route(
        "**/api/complaints", lambda route: route.fulfill(status=422, content_type="application/problem+json", body=body)
    )
    fill(page)

    onward(page)

    expect(page.locator("#errors")).to_contain_text("di luar wilayah Jakarta")
    expect(page.locator("#errors")).to_contain_text("Kota Bekasi")
    page.locator("#errors a").click()
    heading(page, "Di mana lokasinya?")
    expect(page.locator("#place-error")).to_contain_text("di luar wilayah Jakarta")


def test_a_draft_survives_the_page_with_its_photo(open_page: OpenPage, picture: Path) -> None:
    page = open_page()
    fill(page, picture)
    expect(page.get_by_text("Draf tersimpan di perangkat ini")).to_be_visible()

    page.goto("/lapor")

    expect(page.get_by_text("Kami menyimpan isian Anda")).to_be_visible()
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    page.goto("/lapor#periksa")
    expect(page.locator("#review")).to_contain_text(WORDS)
    page.get_by_role("button", name="Mulai baru").click()
    heading(page, "Tambahkan foto masalahnya")
    expect(page.get_by_role("img", name="Foto 1")).to_have_count(0)


def test_a_report_written_without_a_network_goes_out_when_it_is_back(
    city: City, open_page: OpenPage, picture: Path
) -> None:
    page = open_page()
    fill(page, picture)
    page.route("**/api/**", lambda route: route.abort("internetdisconnected"))

    onward(page)
    heading(page, "Laporan disimpan")
    page.reload()
    heading(page, "Laporan disimpan")
    page.unroute("**/api/**")
    page.evaluate("dispatchEvent(new Event('online'))")

    number = sent_number(page)
    expect(page.locator("#uploads")).to_contain_text("terunggah")
    assert done(city.get(f"/complaints/{number}"))["status"] == "waiting"


def test_a_reload_without_a_network_loses_nothing(open_page: OpenPage) -> None:
    page = open_page(keeps_pages=True)
    page.goto("/lapor#masalah")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_label("Ceritakan masalahnya").fill(WORDS)
    expect(page.get_by_text("Draf tersimpan")).to_be_visible()
    page.context.set_offline(True)

    page.reload()

    expect(page.get_by_label("Ceritakan masalahnya")).to_have_value(WORDS)
    page.get_by_role("button", name="Lampu jalan mati").click()
    onward(page)
    heading(page, "Ke mana kami mengabari Anda?")


def test_a_lost_answer_makes_no_second_report(city: City, open_page: OpenPage) -> None:
    page = open_page()
    keys: list[str] = []
    answers: list[str] = []

    def lose_the_first(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        answer = route.fetch()
        answers.append(answer.json()["number"])
        route.abort("connectionreset") if len(keys) == 1 else route.fulfill(response=answer)

    page.route("**/api/complaints", lose_the_first)
    fill(page)

    onward(page)

    assert sent_number(page) == answers[0]
    assert (len(set(keys)), len(set(answers))) == (1, 1)


def test_a_likely_slip_in_an_address_is_asked_about(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lapor#kontak")
    page.get_by_label("Email").fill("budi@gmial.com")

    page.get_by_role("button", name="budi@gmail.com").click()

    expect(page.get_by_label("Email")).to_have_value("budi@gmail.com")
    expect(page.get_by_label("Email")).to_be_focused()
    expect(page.get_by_text("Mungkin salah ketik")).to_have_count(0)


def test_a_double_tap_sends_one_report(open_page: OpenPage) -> None:
    page = open_page()
    fill(page)
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" and r.url.endswith("/complaints") else None)

    page.evaluate("() => { const send = document.querySelector('button[type=submit]'); send.click(); send.click(); }")

    sent_number(page)
    assert len(sent) == 1


def test_the_back_button_shows_a_sent_report_and_no_empty_form(open_page: OpenPage) -> None:
    page = open_page()
    fill(page)
    onward(page)
    number = sent_number(page)

    page.go_back()

    assert sent_number(page) == number
    page.get_by_role("button", name="Laporkan masalah lain").click()
    heading(page, "Tambahkan foto masalahnya")
    onward(page)
    heading(page, "Di mana lokasinya?")


def test_a_report_that_cannot_be_followed_now_says_so(city: City, open_page: OpenPage) -> None:
    page = open_page()
    here = city.lodge(location=stand_somewhere(page))
    page.goto("/lapor#lokasi")
    page.get_by_role("button", name="Gunakan lokasi saya").click()
    page.locator("#place-confirm").click()
    onward(page)
    heading(page, "Sudah ada laporan di sekitar sini")
    page.route("**/actions/follow", lambda route: route.abort())
    page.get_by_role("button", name="Sama, ikut pantau").click()
    expect(page.get_by_role("alert")).to_contain_text("Tidak ada sambungan")

    page.unroute("**/actions/follow")
    page.get_by_role("button", name="Sama, ikut pantau").click()

    expect(page.get_by_text(here.number).first).to_be_visible()


def test_a_photo_goes_on_after_a_reload(city: City, open_page: OpenPage, picture: Path) -> None:
    page = open_page()
    fill(page, picture)
    forms = re.compile(rf"^{re.escape(city.origin)}/(?!api/|lapor|assets/|_local).+")
    lost = lambda route: route.abort("connectionreset") if route.request.method == "POST" else route.continue_()  # noqa: E731
    page.route(forms, lost)
    onward(page)
    number = sent_number(page)

    page.unroute(forms, lost)
    page.reload()

    assert sent_number(page) == number
    expect(page.locator("#uploads")).to_contain_text("terunggah")


def test_photos_leave_the_device_small_and_without_the_cameras_facts(open_page: OpenPage, picture: Path) -> None:
    page = open_page()
    page.goto("/lapor")

    page.locator("#photo-file").set_input_files(picture)
    expect(page.get_by_text("Draf tersimpan")).to_be_visible()

    kept = base64.b64decode(
        page.evaluate(
            """() => new Promise((done) => {
          const asked = indexedDB.open("tanggap");
          asked.onsuccess = () => {
            const row = asked.result.transaction("draft").objectStore("draft").get("current");
            row.onsuccess = () => {
              const reader = new FileReader();
              reader.onload = () => done(reader.result.split(",")[1]);
              reader.readAsDataURL(row.result.photos[0].blob);
            };
          };
        })"""
        )
    )
    small = Image.open(io.BytesIO(kept))
    assert b"KameraRahasia" in picture.read_bytes()
    assert b"KameraRahasia" not in kept
    assert (small.format, max(small.size)) == ("JPEG", 1600)


def test_a_kelurahan_from_the_list_is_a_place(city: City, open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lapor?masalah=PJU#lokasi")
    page.get_by_text("Pilih kelurahan tanpa peta").click()
    page.get_by_label("Cari kelurahan").fill("tebet timur")
    page.get_by_role("button", name="Tebet Timur").click()
    expect(page.locator("#place-chosen")).to_contain_text("Tebet Timur")

    onward(page)
    page.get_by_label("Ceritakan masalahnya").fill("Lampu jalan mati sejak tiga hari.")
    onward(page)
    onward(page)
    onward(page)

    view = done(city.get(f"/complaints/{sent_number(page)}"))
    assert (view["area"]["name"], view["category"]["code"]) == ("Tebet Timur", "PJU")


def test_with_the_citys_outlines_the_kelurahan_is_sure(open_page: OpenPage) -> None:
    page = open_page()
    west, south, east, north = 106.70, -6.25, 106.80, -6.15  # around where the phone stands
    square = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    code = next(area.code for area in reference().areas.values() if area.name == "Kembangan Utara")
    outlines = compact([Outline(code, "Kembangan Utara", [[square]])], tolerance=20)
    page.route("**/areas.json", lambda route: route.fulfill(json=outlines))
    page.goto("/lapor#lokasi")
    stand_somewhere(page)

    page.get_by_role("button", name="Gunakan lokasi saya").click()

    expect(page.locator("#place-chosen")).to_contain_text("Kembangan Utara, Kec. Kembangan, Jakarta Barat")
    expect(page.locator("#place-confirm")).to_have_count(0)


def test_a_place_outside_jakarta_is_refused_at_once(open_page: OpenPage) -> None:
    page = open_page()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": -6.5950, "longitude": 106.8166})
    page.goto("/lapor#lokasi")

    page.get_by_role("button", name="Gunakan lokasi saya").click()

    expect(page.locator("#place-error")).to_contain_text("di luar wilayah Jakarta")


def test_the_other_language_keeps_the_step_and_the_draft(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lapor#masalah")
    page.get_by_label("Ceritakan masalahnya").fill(WORDS)
    expect(page.get_by_text("Draf tersimpan")).to_be_visible()

    page.get_by_role("link", name="English version").click()

    heading(page, "What is the problem?")
    expect(page.get_by_label("Describe the problem")).to_have_value(WORDS)


def test_the_form_speaks_english(open_page: OpenPage, audit: Audit) -> None:
    page = open_page()

    page.goto("/en/lapor")

    heading(page, "Add a photo of the problem")
    assert page.locator("html").get_attribute("lang") == "en"
    assert audit(page) == []


@pytest.mark.parametrize("step", ["foto", "lokasi", "masalah", "kontak", "periksa"])
def test_no_step_scrolls_sideways_on_the_smallest_screen(open_page: OpenPage, step: str) -> None:
    page = open_page(ViewportSize(width=320, height=568))

    page.goto(f"/lapor#{step}")
    expect(page.locator("button[type=submit]")).to_be_enabled()

    assert fits(page)
