"""A full inbox, as an officer in a hurry uses it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, fits
from tests.browser.test_console import begin, sign_in
from tests.city import LURAH, OFFICER, Case, City, a_picture, eventually

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]


def lodged(city: City, words: str, **more: object) -> Case:
    return city.lodge(category="POHON_TUMB", description=words, **more)


def row(page: Page, case: Case):  # type: ignore[no-untyped-def]
    return page.locator("tr", has=page.locator(f'[data-row="{case.number}"]'))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_two_cases_of_one_kind_are_told_apart(
    city: City, open_page: OpenPage, audit: Audit, size: ViewportSize
) -> None:
    gate = lodged(city, "Pohon mahoni menimpa pagar sekolah", landmark="SDN Gambir 01")
    road = lodged(city, "Dahan patah menutup separuh jalan")
    page = open_page(size)
    sign_in(page, LURAH)

    expect(row(page, gate)).to_contain_text("menimpa pagar sekolah")
    expect(row(page, gate)).to_contain_text("SDN Gambir 01")
    expect(row(page, road)).to_contain_text("Dahan patah")
    assert audit(page) == []
    assert fits(page)
    assert page.locator("tbody tr").first.bounding_box()["y"] <= 350  # type: ignore[index]


def test_the_picture_of_a_report_stands_in_its_row(city: City, open_page: OpenPage) -> None:
    picture = a_picture()
    case = lodged(city, "Pohon condong", photos=[{"content_type": "image/jpeg", "size": len(picture)}])
    city.send(case.lodged["uploads"][0], picture)
    case.settled(case.lodged["uploads"][0]["photo_id"])
    page = open_page(DESK)
    sign_in(page, LURAH)

    shown = row(page, case).locator("img")
    expect(shown).to_be_visible()
    eventually(lambda: shown.evaluate("image => image.naturalWidth"))


def test_words_filters_and_order_stand_in_the_address(city: City, open_page: OpenPage, audit: Audit) -> None:
    case, other = lodged(city, "Pohon trembesi dekat gardu"), lodged(city, "Pohon asam dekat kali")
    page = open_page()
    sign_in(page, LURAH)
    page.locator("#find").fill("trembesi GARDU")
    page.keyboard.press("Enter")
    expect(row(page, case)).to_be_visible()
    expect(row(page, other)).to_have_count(0)
    expect(page).to_have_title(re.compile("trembesi GARDU"))
    page.get_by_text("Saring dan urutkan").click()
    page.get_by_label("Urutan").select_option("newest")
    expect(page).to_have_url(re.compile("sort=newest"))
    assert audit(page) == []

    page.reload()
    expect(row(page, case)).to_be_visible()
    expect(page.get_by_label("Urutan")).to_have_value("newest")
    page.get_by_label("Masalah").select_option("JLN_LUBANG")
    expect(page.get_by_text("Tidak ada laporan yang cocok.")).to_be_visible()
    page.get_by_role("link", name="Tampilkan semua").click()

    expect(page).to_have_url(re.compile("#mine$"))
    expect(page.locator("[data-row]").first).to_be_visible()


def test_what_was_handed_on_waits_for_others_and_what_ended_is_done(city: City, open_page: OpenPage) -> None:
    handed, ended = lodged(city, "Pohon diserahkan"), lodged(city, "Pohon bukan laporan")
    handed.act("coordinate", LURAH, unit="TAMHUT", text="Kewenangan dinas.")
    ended.act("reject", LURAH, reason_code="spam", text="Bukan laporan.")
    for name, case in (("others", handed), ("done", ended)):
        eventually(
            lambda name=name, case=case: (
                case.number
                in [
                    item["number"]
                    for item in city.get(f"/staff/queue?queue={name}&limit=100", user=LURAH).json()["items"]
                ]
            )
        )
    page = open_page()
    sign_in(page, LURAH)
    page.get_by_role("link", name="Menunggu pihak lain").click()
    expect(row(page, handed)).to_contain_text("Dinas")
    page.get_by_role("link", name="Selesai", exact=True).click()

    expect(row(page, ended)).to_be_visible()


def test_the_next_case_is_one_key_away_and_the_way_back_is_the_list_as_it_was(city: City, open_page: OpenPage) -> None:
    cases = [lodged(city, f"Pohon kembar nomor {n}") for n in range(3)]
    page = open_page()
    sign_in(page, LURAH, "mine?words=kembar&sort=age")
    expect(page.locator("[data-row]").first).to_be_visible()
    numbers = page.locator("[data-row]").evaluate_all("rows => rows.map((row) => row.dataset.row)")
    assert {case.number for case in cases} <= set(numbers)
    page.locator("[data-row]").first.click()
    expect(page.locator(".case-head")).to_contain_text(numbers[0])

    page.keyboard.press("n")
    expect(page.locator(".case-head")).to_contain_text(numbers[1])
    page.get_by_role("link", name="Sebelumnya").click()
    expect(page.locator(".case-head")).to_contain_text(numbers[0])
    page.get_by_role("link", name="Kembali ke daftar").click()

    expect(page).to_have_url(re.compile("words=kembar&sort=age"))
    expect(page.locator(f'[data-row="{numbers[0]}"]')).to_be_focused()


def test_the_nearest_case_comes_first_where_the_phone_tells_its_place(city: City, open_page: OpenPage) -> None:
    far = lodged(city, "Pohon jauh sejarak", location={"lat": -6.1775, "lon": 106.8272})
    near = lodged(city, "Pohon dekat sejarak")
    for case in (far, near):
        eventually(
            lambda case=case: (
                case.number
                in [
                    item.get("number")
                    for item in city.get("/map?bbox=106.8198,-6.1828,106.8346,-6.1680").json()["items"]
                ]
            )
        )
    page = open_page()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": -6.1754, "longitude": 106.8272})
    sign_in(page, LURAH, "mine?words=sejarak")
    expect(page.locator("[data-row]")).to_have_count(2)

    page.get_by_role("button", name="Terdekat dahulu").click()

    expect(row(page, near)).to_contain_text("dari Anda")
    assert near.number == page.locator("[data-row]").first.get_attribute("data-row")


def test_the_camera_is_first_and_the_send_button_in_sight(city: City, open_page: OpenPage, audit: Audit) -> None:
    case = city.lodge().drive("in_progress")
    page = open_page(PHONE)
    sign_in(page, OFFICER, case.number)

    dialog = begin(page, "propose_done")

    expect(dialog.get_by_text("Ambil foto")).to_be_in_viewport(ratio=1)
    expect(dialog.get_by_role("button", name="Ajukan selesai")).to_be_in_viewport(ratio=1)
    dialog.get_by_label("Catatan").scroll_into_view_if_needed()
    expect(dialog.get_by_role("button", name="Ajukan selesai")).to_be_in_viewport(ratio=1)
    assert audit(page) == []


def test_an_error_leaves_with_its_cause(city: City, open_page: OpenPage, tmp_path: Path) -> None:
    """A photo that was missing is there: nothing red is left."""
    case = city.lodge().drive("in_progress")
    picture = tmp_path / "sesudah.jpg"
    picture.write_bytes(a_picture())
    page = open_page()
    sign_in(page, OFFICER, case.number)
    dialog = begin(page, "propose_done")
    dialog.get_by_role("button", name="Ajukan selesai").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Tambahkan foto bukti.")

    dialog.get_by_label("Pilih dari galeri").set_input_files(picture)

    expect(dialog.get_by_text("Tambahkan foto bukti.")).to_have_count(0)


def test_a_proof_taken_without_a_network_is_kept_and_goes_by_itself(
    city: City, open_page: OpenPage, tmp_path: Path
) -> None:
    case = city.lodge().drive("in_progress")
    picture = tmp_path / "sesudah.jpg"
    picture.write_bytes(a_picture())
    page = open_page()
    sign_in(page, OFFICER, case.number)
    dialog = begin(page, "propose_done")
    page.route(f"**/api/complaints/{case.number}/photos", lambda route: route.abort())

    dialog.get_by_label("Pilih dari galeri").set_input_files(picture)
    expect(dialog.get_by_text("Foto tersimpan di perangkat ini")).to_be_visible()
    page.unroute(f"**/api/complaints/{case.number}/photos")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(dialog.get_by_text("Foto siap dipakai.")).to_be_visible()
    dialog.get_by_role("button", name="Batal").click()
    page.get_by_role("link", name="Kembali ke daftar").click()
    expect(row(page, case)).to_contain_text("Isian belum terkirim")
