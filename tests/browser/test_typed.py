"""What officers have typed stays theirs until it is sent: they look away, the page is loaded anew, the session ends."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.test_console import PASSWORD, begin, sign_in
from tests.browser.test_stores import BROKEN
from tests.city import DESK as DESK_OFFICER
from tests.city import LURAH, SUPERVISOR, City, a_picture, eventually

pytestmark = pytest.mark.browser
WORDS = "Lubang besar di depan pasar, sudah dua kali dilaporkan."


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "bukti.jpg"
    path.write_bytes(a_picture(1200, 900))
    return path


KEPT = """() => new Promise((done) => {
  const asked = indexedDB.open("tanggap");
  asked.onsuccess = () => {
    const rows = asked.result.transaction("draft").objectStore("draft").getAllKeys();
    rows.onsuccess = () => done(rows.result);
  };
})"""


def wait_for_rows(page: Page, rows: int = 1) -> None:
    """Until so much lies on the device: words, and a row for each photo."""
    eventually(lambda: len(page.evaluate(KEPT)) >= rows, what="what was typed, on the device")


def look_at_the_list_and_come_back(page: Page, room: str) -> None:
    page.evaluate("location.hash = ''")
    expect(page.locator(".inbox")).to_be_visible()
    page.evaluate("(room) => { location.hash = room; }", room)


def reload(page: Page, room: str, rows: int = 1) -> None:
    wait_for_rows(page, rows)
    page.reload()
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()


def reload_at_once(page: Page, room: str) -> None:
    page.reload()
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()


def lose_the_session(page: Page, room: str) -> None:
    """The tokens run out, and the next call says so."""
    page.evaluate("sessionStorage.clear()")
    page.reload()
    sign_in_here(page)


def sign_out_and_in(page: Page, room: str) -> None:
    page.get_by_role("button", name="Keluar").click()
    sign_in_here(page)
    page.evaluate("(room) => { location.hash = room; }", room)


def close_the_tab(page: Page, room: str) -> None:
    wait_for_rows(page)
    page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    page.goto(f"/konsol#{room}")
    sign_in_here(page)


def sign_in_here(page: Page, user: str = "") -> None:
    page.get_by_label("Nama pengguna").fill(user or page.user)  # type: ignore[attr-defined]
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()


LookAway = Callable[[Page, str], None]
WAYS = (
    look_at_the_list_and_come_back,
    reload,
    reload_at_once,
    lose_the_session,
    sign_out_and_in,
    close_the_tab,
)
away = pytest.mark.parametrize("look_away", WAYS, ids=lambda way: way.__name__)


def at_work(open_page: OpenPage, user: str, room: str) -> Page:
    page = open_page(DESK)
    page.user = user  # type: ignore[attr-defined]
    sign_in(page, user, room)
    return page


def type_a_report(page: Page) -> None:
    page.get_by_label("Kanal").select_option(index=1)
    page.get_by_role("button", name="Jalan rusak atau berlubang").click()
    page.locator("#description").fill(WORDS)
    page.get_by_label("Lokasi belum diketahui").check()
    page.locator("#phone").fill("0812 3456 7890")


@away
def test_the_desks_form_keeps_what_was_typed(open_page: OpenPage, look_away: LookAway) -> None:
    page = at_work(open_page, DESK_OFFICER, "new")
    type_a_report(page)

    look_away(page, "new")

    expect(page.locator("#description")).to_have_value(WORDS)
    expect(page.locator("#phone")).to_have_value("0812 3456 7890")
    page.get_by_role("button", name="Simpan laporan").click()
    expect(page.locator(".receipt .big-number")).to_contain_text("JKT-")


@away
@pytest.mark.parametrize(("action", "label"), [("comment", "Catatan"), ("reject", "Catatan")])
def test_an_actions_words_stay_with_their_case(
    city: City, open_page: OpenPage, look_away: LookAway, action: str, label: str
) -> None:
    case = city.lodge()
    page = at_work(open_page, LURAH, case.number)
    begin(page, action).get_by_label(label).fill(WORDS)
    page.keyboard.press("Escape")

    look_away(page, case.number)

    expect(begin(page, action).get_by_label(label)).to_have_value(WORDS)


def test_a_session_that_ends_while_a_report_is_sent_loses_nothing(open_page: OpenPage) -> None:
    page = at_work(open_page, DESK_OFFICER, "new")
    type_a_report(page)
    page.evaluate("sessionStorage.clear()")
    page.route("**/api/staff/complaints", lambda route: route.fulfill(status=401, json={"code": "unauthenticated"}))
    identity = lambda route: route.fulfill(status=400, json={"__type": "NotAuthorizedException"})  # noqa: E731
    page.route(lambda url: "/api/" not in url and "/assets/" not in url and "konsol" not in url, identity)
    page.get_by_role("button", name="Simpan laporan").click()
    expect(page.get_by_text("Sesi Anda sudah berakhir")).to_be_visible()
    page.unroute_all()

    sign_in_here(page)

    expect(page.locator("#description")).to_have_value(WORDS)
    expect(page.get_by_text("Kami menyimpan isian Anda")).to_be_visible()


def test_what_one_officer_typed_is_not_shown_to_another(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = at_work(open_page, LURAH, case.number)
    begin(page, "comment").get_by_label("Catatan").fill(WORDS)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keluar").click()

    sign_in_here(page, "koordinator")
    page.evaluate("(number) => { location.hash = number; }", case.number)

    expect(begin(page, "comment").get_by_label("Catatan")).to_have_value("")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keluar").click()
    sign_in_here(page, LURAH.upper())
    page.evaluate("(number) => { location.hash = number; }", case.number)
    expect(begin(page, "comment").get_by_label("Catatan")).to_have_value(WORDS)


def test_what_was_sent_leaves_the_device(city: City, open_page: OpenPage, picture: Path) -> None:
    case = city.lodge()
    page = at_work(open_page, LURAH, case.number)
    dialog = begin(page, "comment")
    dialog.get_by_label("Catatan").fill(WORDS)
    wait_for_rows(page)
    assert [key for key in page.evaluate(KEPT) if case.number in key]

    dialog.get_by_role("button", name="Tambah keterangan").click()
    expect(page.get_by_text("Tersimpan.").first).to_be_visible()

    eventually(lambda: page.evaluate(KEPT) == [], what="an empty device")
    page.reload()
    expect(begin(page, "comment").get_by_label("Catatan")).to_have_value("")


def test_a_desks_photo_is_kept_and_goes_when_it_is_taken_out(open_page: OpenPage, picture: Path) -> None:
    page = at_work(open_page, DESK_OFFICER, "new")
    type_a_report(page)
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()

    reload(page, "new", rows=2)

    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    assert (
        page.get_by_role("img", name="Foto 1").evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    )
    assert len(page.evaluate(KEPT)) == 2
    page.get_by_role("button", name="Mulai baru").click()
    expect(page.locator("#description")).to_have_value("")
    eventually(lambda: page.evaluate(KEPT) == [], what="an empty device")


def test_a_proof_goes_on_after_a_reload(city: City, open_page: OpenPage, picture: Path) -> None:
    case = city.lodge().drive("coordinated")
    page = at_work(open_page, SUPERVISOR, case.number)
    dialog = begin(page, "comment")
    dialog.get_by_label("Pilih dari galeri").set_input_files(picture)
    expect(dialog.get_by_text("Foto siap dipakai.")).to_be_visible()

    reload(page, case.number, rows=2)

    expect(begin(page, "comment").get_by_text("Foto siap dipakai.")).to_be_visible()


@pytest.mark.parametrize("way", BROKEN)
def test_without_a_store_words_survive_a_look_at_the_list(open_page: OpenPage, way: str) -> None:
    page = open_page(DESK)
    page.add_init_script(BROKEN[way])
    sign_in(page, DESK_OFFICER, "new")
    type_a_report(page)

    look_at_the_list_and_come_back(page, "new")

    expect(page.locator("#description")).to_have_value(WORDS)


@pytest.mark.parametrize("typed", ["MEJA-ADUAN", " Meja-Aduan "])
def test_a_user_name_is_read_in_any_case(open_page: OpenPage, typed: str) -> None:
    page = open_page(DESK)

    sign_in(page, typed)

    expect(page.get_by_role("button", name="Keluar")).to_be_visible()
