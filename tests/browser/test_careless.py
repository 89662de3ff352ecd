"""What hurried and careless hands do: a page that goes in the middle of a form, a button that goes under the finger, a
second click, a dialog that is left again."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, choose, fits
from tests.browser.test_console import begin, sign_in
from tests.city import COORDINATOR, LURAH, OFFICER, SUPERVISOR, City, a_picture

pytestmark = pytest.mark.browser
WORDS = "belum dikirim"


# What was typed outlives the page


def in_new_person(page: Page) -> Locator:
    page.get_by_role("button", name="Tambah orang").click()
    return page.get_by_role("dialog").get_by_label("Nama", exact=True)


def in_known_person(page: Page) -> Locator:
    page.get_by_role("button", name="Ubah Agus Prasetyo").click()
    return page.get_by_role("dialog").get_by_label("Nama", exact=True)


def in_listeners(page: Page) -> Locator:
    page.get_by_label("Cari unit").fill("Dinas Bina Marga")
    page.locator("input[value=DBM]").check()
    return page.get_by_label("Tambah alamat")


def in_new_rule(page: Page) -> Locator:
    expect(page.get_by_role("button", name=re.compile("Ubah aturan|Tambah aturan"))).to_be_visible()
    if page.get_by_role("button", name="Ubah aturan").count():
        page.get_by_role("button", name="Ubah aturan").click()
    page.get_by_role("button", name="Tambah aturan").click()
    return page.get_by_role("dialog").get_by_label("Catatan")


def in_verdict(page: Page) -> Locator:
    return page.locator("#rules-answer")


@dataclass(frozen=True)
class Form:
    """Where somebody types: who, at which address, and how the field is reached."""

    user: str
    route: str
    field: Callable[[Page], Locator]


FORMS = {
    "a new person": Form("admin", "people", in_new_person),
    "a known person": Form("admin", "people", in_known_person),
    "who hears a unit": Form("admin", "units", in_listeners),
    "a rule": Form(COORDINATOR, "rules", in_new_rule),
    "a verdict": Form("admin", "rules", in_verdict),
}


@pytest.fixture(scope="module")
def proposed(city: City) -> None:
    """Rules that wait for a second person."""
    rule = {"rule": "banjir", "when": {"categories": ["GENANGAN"]}, "then": {"receiver": "DSDA"}}
    city.call("PUT", "/staff/rules", json={"rules": [rule], "reason": "Hujan.", "base": 0}, user=COORDINATOR)


@pytest.mark.usefixtures("proposed")
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_was_typed_is_there_when_the_page_comes_back(open_page: OpenPage, form: Form) -> None:
    page = open_page()
    sign_in(page, form.user, form.route)
    form.field(page).fill(WORDS)

    page.reload()
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()

    expect(form.field(page)).to_have_value(WORDS)


def test_a_dialog_that_was_left_begins_anew(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, "admin", "people")
    in_new_person(page).fill(WORDS)
    page.get_by_role("dialog").get_by_role("button", name="Batal").click()

    expect(in_new_person(page)).to_have_value("")


def test_escape_throws_nothing_away(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, "admin", "people")
    in_new_person(page).fill(WORDS)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    expect(in_new_person(page)).to_have_value(WORDS)
    expect(page.get_by_role("dialog")).to_contain_text("Kami menyimpan isian Anda")


def test_a_fault_goes_as_soon_as_its_field_is_mended(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, COORDINATOR, "rules")
    in_new_rule(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Simpan").click()
    expect(dialog.locator(".wrong")).to_have_count(2)
    dialog.get_by_label("Nama pendek").fill("malam")

    expect(dialog.locator(".wrong")).to_have_text(["Pilih penerima pertama."])


def test_all_that_is_missing_of_a_person_is_said_at_once(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, "admin", "people")
    in_new_person(page)
    page.get_by_role("dialog").get_by_role("button", name="Simpan").click()

    expect(page.get_by_role("dialog").locator(".field .wrong")).to_have_count(4)


def test_an_address_that_was_refused_stays_to_be_mended(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, "admin", "units")
    field = in_listeners(page)
    field.fill("di sana")
    page.get_by_role("button", name="Tambah", exact=True).click()

    expect(page.get_by_label("Tambah alamat")).to_have_accessible_description(re.compile("tidak dapat dihubungi"))
    expect(field).to_have_value("di sana")


def test_a_switch_without_its_choices_says_what_is_missing(open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, COORDINATOR, "overview")
    page.get_by_role("button", name="Nyalakan mode lonjakan").click()

    kind = page.get_by_role("combobox", name="Jenis masalah")
    expect(kind).to_be_focused()
    expect(kind).to_have_accessible_description(re.compile("perlu"))
    expect(page.get_by_label("Kota")).to_have_accessible_description(re.compile("perlu"))


# What goes while it has the focus


@pytest.mark.parametrize("action", ["comment", "withdraw", "erase", "photo"])
def test_who_leaves_a_form_of_the_tracking_page_goes_on_where_they_were(
    city: City, open_page: OpenPage, action: str
) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    page.locator(f"#act-{action}").click()
    page.get_by_role("button", name="Batal").click()

    expect(page.locator(f"#act-{action}")).to_be_focused()


def test_who_takes_a_photo_away_stays_with_the_photos(city: City, open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lapor")
    page.locator("#photo-file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_picture()})
    page.get_by_role("button", name="Hapus foto 1").click()
    expect(page.locator(".photos img")).to_have_count(0)

    expect(page.locator("#photo-file")).to_be_focused()


# The way out


def test_the_way_out_of_a_dialog_never_reads_like_its_action(city: City, open_page: OpenPage) -> None:
    case = city.lodge().drive("in_progress")
    case.act("invite", OFFICER, unit="DSDA.31.71", text="Saluran.")
    page = open_page()
    sign_in(page, OFFICER, case.number)

    dialog = begin(page, "cancel_part")
    buttons = dialog.locator(".row.end button")
    expect(buttons).to_have_text(["Kembali", "Batalkan bagian"])
    buttons.first.click()

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_page_has_one_way_forward(city: City, open_page: OpenPage) -> None:
    case = city.lodge().drive("in_progress")
    until = case.view()["clocks"]["resolution"]["due_at"].replace("2026", "2027", 1)
    case.act("extend", OFFICER, until=until, text="Alat berat.")
    page = open_page()
    sign_in(page, SUPERVISOR, case.number)
    expect(page.locator(".work")).to_be_visible()

    assert page.locator("[data-action].main").evaluate_all("all => all.map((one) => one.dataset.action)") == [
        "approve_extension"
    ]


PREVIEWS = {
    "transfer": "Kelurahan Gambir mengalihkan laporan Anda kepada unit asalnya.",
    "accept": "Kelurahan Gambir menerima laporan Anda dan akan mengerjakannya sendiri.",
    "coordinate": "kepada …, yang berwenang",
}


def test_before_it_is_sent_an_officer_reads_the_citizens_letter(city: City, open_page: OpenPage) -> None:
    case = city.lodge(category="SAMPAH")
    page = open_page()
    sign_in(page, LURAH, case.number)

    for action, said in PREVIEWS.items():
        dialog = begin(page, action)
        expect(dialog.get_by_label("Yang dibaca warga:")).to_contain_text(said)
        dialog.get_by_role("button", name="Batal").click()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_search_has_room_for_a_number(open_page: OpenPage, size: dict[str, int]) -> None:
    page = open_page(size)
    sign_in(page, COORDINATOR)

    assert page.locator("#find").evaluate("field => field.clientWidth") >= 150
    assert fits(page)


# Back, and twice


def test_back_out_of_a_dialog_leads_to_the_list_and_keeps_the_words(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    sign_in(page, LURAH, "mine")
    row = page.locator(f'[data-row="{case.number}"]')
    row.click()
    begin(page, "comment").get_by_label("Catatan").fill(WORDS)
    page.go_back()

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("tr", has=row)).to_contain_text("Isian belum terkirim")
    row.click()
    expect(begin(page, "comment").get_by_label("Catatan")).to_have_value(WORDS)


def test_a_double_click_sends_once(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    sign_in(page, LURAH, case.number)
    dialog = begin(page, "coordinate")
    dialog.get_by_label("Dinas Bina Marga", exact=True).check()
    dialog.get_by_role("button", name="Koordinasikan ke OPD").dblclick()
    expect(page.get_by_text("Tersimpan.").first).to_be_visible()

    assert [line["action"] for line in case.view()["timeline"]] == ["lodge", "coordinate"]


def test_a_switch_that_is_clicked_twice_is_switched_once(city: City, open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, COORDINATOR, "overview")
    choose(page, "flood-category", "saluran")
    page.get_by_label("Kota").select_option("31.74")
    page.get_by_role("button", name="Nyalakan mode lonjakan").dblclick()

    expect(page.locator(".flood")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)


WHEEL_AND_LEAVE = """() => {
  const map = document.querySelector(".map.leaflet-container");
  map.dispatchEvent(new WheelEvent("wheel", { deltaY: -200, bubbles: true, cancelable: true }));
  location.hash = "mine";
}"""
LATER = "new Promise((done) => setTimeout(done, 200))"  # Leaflet zooms 40 ms after the wheel


def test_who_leaves_a_map_while_it_zooms_breaks_nothing(city: City, open_page: OpenPage) -> None:
    """A page's error fails every test (`open_page`)."""
    case = city.lodge()
    page = open_page(DESK)
    sign_in(page, LURAH, case.number)
    expect(page.locator(".map .pin")).to_be_visible()
    page.evaluate(WHEEL_AND_LEAVE)

    expect(page.locator(f'[data-row="{case.number}"]')).to_be_visible()
    page.evaluate(LATER)


LOOK = "(part) => ['display', 'height', 'borderRadius'].map((name) => getComputedStyle(part)[name])"


def test_a_row_looks_the_same_after_a_map_was_seen(city: City, open_page: OpenPage) -> None:
    case = city.lodge(landmark="Depan SDN Gambir 01")
    page = open_page(DESK)
    sign_in(page, LURAH, "mine")
    place = page.locator("tr", has=page.locator(f'[data-row="{case.number}"]')).locator(".spot")
    before = place.evaluate(LOOK)
    page.locator(f'[data-row="{case.number}"]').click()
    expect(page.locator(".map .pin")).to_be_visible()
    page.go_back()
    expect(place).to_be_visible()

    assert place.evaluate(LOOK) == before


def test_a_secret_link_is_not_lost_by_one_tap(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    expect(page.locator("#act-comment")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.goto("/lacak")
    page.get_by_role("button", name=f"Lupakan {case.number}").click()
    expect(page.get_by_role("link", name=case.number)).to_be_visible()
    page.get_by_role("button", name="Ya, lupakan").click()

    expect(page.get_by_role("link", name=case.number)).to_have_count(0)
