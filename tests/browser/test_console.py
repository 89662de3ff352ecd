"""The officers' console as officers use it: from the lurah's phone to the validator's desk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, choose, fits
from tests.city import DESK as DESK_OFFICER
from tests.city import LURAH, OFFICER, SUPERVISOR, City, a_picture, an_email

pytestmark = pytest.mark.browser
PASSWORD = "tanggap-jakarta"  # of the local city's demo users
Audit = Callable[[Page], list[str]]


def sign_in(page: Page, user: str, case: str = "") -> None:
    page.goto(f"/konsol#{case}")
    page.get_by_label("Nama pengguna").fill(user)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()


def offered(page: Page) -> list[str]:
    """The actions that the case page offers, in its order."""
    expect(page.locator(".work")).to_be_visible()
    return [str(button.get_attribute("data-action")) for button in page.locator("[data-action]").all()]


def begin(page: Page, action: str) -> Locator:
    page.locator(f'[data-action="{action}"]').click()
    return page.get_by_role("dialog")


def send(page: Page, button: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=button).click()
    expect(page.get_by_text("Tersimpan.").first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "sesudah.jpg"
    path.write_bytes(a_picture(1200, 900))
    return path


def test_a_case_goes_from_the_lurah_to_the_validator(
    city: City, open_page: OpenPage, audit: Audit, picture: Path
) -> None:
    case = city.lodge()
    city.upload(case.number, a_picture(), secret=case.secret)

    lurah = open_page(DESK)
    sign_in(lurah, LURAH)
    lurah.locator(f'[data-row="{case.number}"]').click()
    now = {"accept", "coordinate", "refer", "transfer", "recategorise", "merge", "reject", "comment"}
    assert now == set(offered(lurah))
    dialog = begin(lurah, "coordinate")
    dialog.get_by_label("Dinas Bina Marga", exact=True).check()
    dialog.get_by_label("Catatan").fill("Jalan provinsi.")
    expect(dialog.get_by_label("Yang dibaca warga:")).to_contain_text("Koordinasi antarinstansi")
    assert audit(lurah) == []
    send(lurah, "Koordinasikan ke OPD")
    expect(lurah.get_by_role("heading", level=1)).to_be_focused()

    supervisor = open_page(DESK)
    sign_in(supervisor, SUPERVISOR, case.number)
    begin(supervisor, "assign").get_by_label("Dewi Lestari").check()
    send(supervisor, "Disposisi")

    officer = open_page(DESK)
    sign_in(officer, OFFICER, case.number)
    begin(officer, "start")
    send(officer, "Mulai kerjakan")
    dialog = begin(officer, "propose_done")
    dialog.get_by_label("Pilih dari galeri").set_input_files(picture)
    expect(dialog.get_by_text("Foto siap dipakai.")).to_be_visible()
    dialog.get_by_label("Catatan").fill("Lubang sudah ditambal.")
    assert audit(officer) == []
    send(officer, "Ajukan selesai")
    assert offered(officer) == ["comment"]

    validator = open_page(DESK)
    sign_in(validator, case.validator(), case.number)
    assert offered(validator) == ["validate", "refuse", "comment"]
    begin(validator, "validate")
    send(validator, "Validasi selesai")
    assert audit(validator) == []
    assert case.view()["status"] == "resolved"


def test_a_file_that_is_no_photo_is_refused_with_its_reason(city: City, open_page: OpenPage, tmp_path: Path) -> None:
    case = city.lodge().drive("in_progress")
    forged = tmp_path / "bukti.jpg"
    forged.write_text("bukan foto " * 200)
    page = open_page()
    sign_in(page, OFFICER, case.number)

    dialog = begin(page, "propose_done")
    dialog.get_by_label("Pilih dari galeri").set_input_files(forged)
    expect(dialog.get_by_text("Foto tidak dapat dipakai: Berkas ini bukan foto")).to_be_visible()
    dialog.get_by_label("Catatan").fill("Sudah ditambal.")
    dialog.get_by_role("button", name="Ajukan selesai").click()

    expect(dialog.get_by_role("alert")).to_contain_text("Tambahkan foto bukti.")


def test_what_is_missing_is_said_at_its_field(city: City, open_page: OpenPage, audit: Audit) -> None:
    case = city.lodge().drive("awaiting_validation")
    page = open_page()
    sign_in(page, case.validator(), case.number)

    dialog = begin(page, "refuse")
    dialog.get_by_role("button", name="Tolak tindak lanjut").click()

    expect(dialog.get_by_role("alert")).to_be_focused()
    expect(dialog.get_by_label("Alasan")).to_have_accessible_description("Pilih alasan.")
    assert audit(page) == []


def test_who_was_slower_reads_what_changed_and_keeps_his_words(city: City, open_page: OpenPage) -> None:
    case = city.lodge().drive("coordinated")
    page = open_page(DESK)
    sign_in(page, SUPERVISOR, case.number)
    begin(page, "assign").get_by_label("Dewi Lestari").check()
    case.act("start", SUPERVISOR)

    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Disposisi").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Pekerjaan dimulai")
    dialog.get_by_role("button", name="Muat ulang").click()

    expect(dialog.get_by_role("status")).to_contain_text("Perubahan sudah dimuat")
    expect(dialog.get_by_label("Dewi Lestari")).to_be_checked()
    send(page, "Disposisi")


def test_an_action_that_is_gone_closes_its_dialog(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    sign_in(page, LURAH, case.number)
    begin(page, "coordinate").get_by_label("Dinas Bina Marga", exact=True).check()
    case.act("coordinate", LURAH, unit="DBM")

    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Koordinasikan ke OPD").click()
    dialog.get_by_role("button", name="Muat ulang").click()

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".notice").get_by_text("Tindakan ini tidak lagi tersedia")).to_be_visible()


def test_a_wrong_password_is_told_and_a_reload_keeps_the_session(city: City, open_page: OpenPage, audit: Audit) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/konsol#{case.number}")
    page.get_by_label("Nama pengguna").fill(LURAH)
    page.get_by_label("Kata sandi").fill("bukan kata sandinya")
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("keliru")
    assert audit(page) == []

    sign_in(page, LURAH, case.number)
    page.reload()

    expect(page.get_by_role("button", name="Keluar")).to_be_visible()
    expect(page.locator(".case-head")).to_contain_text(case.number)
    assert page.evaluate("Object.keys(localStorage)") == []


CHALLENGES = {  # what the pool answers, one after the other: a new person, who has to set up a second factor
    "InitiateAuth": {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "s1", "ChallengeParameters": {}},
    "RespondToAuthChallenge": {"ChallengeName": "MFA_SETUP", "Session": "s2", "ChallengeParameters": {}},
    "AssociateSoftwareToken": {"SecretCode": "JBSWY3DPEHPK3PXP", "Session": "s3"},
    "VerifySoftwareToken": {"Status": "SUCCESS", "Session": "s4"},
}


def answer_as_pool(route: Route, asked: list[dict[str, object]]) -> None:
    operation = route.request.headers.get("x-amz-target", "").rpartition(".")[2]
    if operation not in CHALLENGES:
        route.continue_()
        return
    asked.append({"operation": operation, **route.request.post_data_json})
    route.fulfill(status=200, json=CHALLENGES[operation])


def test_a_new_person_chooses_a_password_and_sets_up_the_second_factor(open_page: OpenPage, audit: Audit) -> None:
    asked: list[dict[str, object]] = []
    page = open_page()
    page.route("**/", lambda route: answer_as_pool(route, asked))
    page.goto("/konsol")
    page.get_by_label("Nama pengguna").fill("orang-baru")
    page.get_by_label("Kata sandi").fill("kata sandi sementara")
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_label("Kata sandi baru").fill("kuda hitam di monas")
    page.get_by_role("button", name="Lanjut").click()

    expect(page.get_by_text("JBSWY3DPEHPK3PXP")).to_be_visible()
    assert audit(page) == []
    page.get_by_label("Kode 6 angka").fill("123456")
    with page.expect_response(lambda r: "MFA_SETUP" in (r.request.post_data or "")):
        page.get_by_role("button", name="Lanjut").click()

    assert [call["operation"] for call in asked[:5]] == [*CHALLENGES, "RespondToAuthChallenge"]
    assert asked[1]["ChallengeResponses"] == {"USERNAME": "orang-baru", "NEW_PASSWORD": "kuda hitam di monas"}
    assert asked[3] == {"operation": "VerifySoftwareToken", "Session": "s3", "UserCode": "123456"}


def test_signing_out_revokes_the_session(city: City, open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, LURAH)
    with page.expect_request(lambda r: r.headers.get("x-amz-target", "").endswith(".RevokeToken")) as revoked:
        page.get_by_role("button", name="Keluar").click()

    assert revoked.value.response().ok  # type: ignore[union-attr]  # an answered request
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    expect(page.get_by_label("Nama pengguna")).to_be_visible()


def test_the_list_is_walked_by_keys_and_searched_by_number(city: City, open_page: OpenPage, audit: Audit) -> None:
    case = city.lodge()
    page = open_page(DESK)
    sign_in(page, LURAH)
    expect(page.locator(f'[data-row="{case.number}"]')).to_be_visible()
    assert audit(page) == []

    page.keyboard.press("j")
    expect(page.locator("[data-row]").first).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type(case.number.lower().replace("-", " ").replace("0", "o"))
    page.keyboard.press("Enter")

    expect(page.locator(".case-head")).to_contain_text(case.number)
    assert audit(page) == []


def test_news_waits_behind_a_button(city: City, open_page: OpenPage) -> None:
    page = open_page()
    city.lodge()
    page.clock.install()
    sign_in(page, LURAH)
    before = page.locator("[data-row]")
    expect(before.first).to_be_visible()
    seen = before.count()

    fresh = city.lodge()
    page.clock.fast_forward(61_000)
    news = page.get_by_role("button", name="laporan baru")
    expect(news).to_be_visible()
    assert seen == before.count()
    news.click()

    expect(page.locator(f'[data-row="{fresh.number}"]')).to_be_visible()


def test_a_list_that_cannot_be_read_says_so_and_comes_back(city: City, open_page: OpenPage) -> None:
    page = open_page()
    sign_in(page, LURAH)
    page.route("**/api/staff/queue*", lambda route: route.fulfill(status=403, body="{}"))
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("tidak dapat dimuat")

    page.unroute("**/api/staff/queue*")
    page.get_by_role("button", name="Coba lagi").click()

    expect(page.get_by_role("alert")).to_have_count(0)


def test_somebody_elses_case_is_told_as_not_found(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()
    sign_in(page, OFFICER, case.number)

    expect(page.get_by_role("alert")).to_contain_text("bukan wewenang Anda")


def test_a_desk_takes_in_a_report_and_shows_the_owners_link_once(
    city: City, open_page: OpenPage, audit: Audit, picture: Path
) -> None:
    page = open_page()
    sign_in(page, DESK_OFFICER, "new")
    page.get_by_label("Kanal").select_option(index=1)
    page.get_by_role("button", name="Jalan rusak atau berlubang").click()
    page.get_by_label("Cerita warga").fill("Jalan di depan pasar berlubang besar.")
    page.get_by_label("Lokasi belum diketahui").check()
    page.get_by_label("Tambah foto").set_input_files(picture)
    assert audit(page) == []
    page.get_by_role("button", name="Simpan laporan").click()

    expect(page.get_by_text("Foto 1 terunggah.")).to_be_visible()
    expect(page.get_by_text("Tautan rahasia laporan")).to_be_visible()
    assert audit(page) == []
    page.get_by_role("link", name="Buka laporan").click()
    assert offered(page)[0] == "locate"


def test_with_a_contact_the_owners_link_goes_to_the_reporter_alone(city: City, open_page: OpenPage) -> None:
    page = open_page(DESK)
    sign_in(page, DESK_OFFICER, "new")
    page.get_by_label("Kanal").select_option(index=1)
    page.get_by_role("button", name="Lampu jalan mati").click()
    page.get_by_label("Cerita warga").fill("Lampu jalan padam sejak kemarin.")
    page.get_by_label("Lokasi belum diketahui").check()
    page.get_by_label("Email").fill(an_email())
    page.get_by_role("button", name="Simpan laporan").click()

    expect(page.get_by_text("dikirim langsung kepada pelapor")).to_be_visible()
    expect(page.locator(".link-text")).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_another_category_is_found_by_its_words(
    city: City, open_page: OpenPage, audit: Audit, size: ViewportSize
) -> None:
    case = city.lodge()
    page = open_page(size)
    sign_in(page, LURAH, case.number)

    dialog = begin(page, "recategorise")
    page.locator("#act-category").press_sequentially("sampah")
    assert audit(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#act-category-list")).to_be_hidden()
    page.locator("#act-category").fill("")
    chosen = choose(page, "act-category", "sampah")
    dialog.locator("textarea").fill("Ternyata sampah.")
    assert fits(page)
    send(page, "Ubah kategori")

    assert case.view()["category"]["name"] == chosen


def test_a_desk_sets_the_place_that_was_missing(city: City, open_page: OpenPage, audit: Audit) -> None:
    body = {"channel": "SURATGUB", "category": "SAMPAH", "description": "Sampah menumpuk di dekat pasar."}
    number = city.post("/staff/complaints", body, user=DESK_OFFICER).json()["number"]
    page = open_page()
    sign_in(page, DESK_OFFICER, number)

    dialog = begin(page, "locate")
    dialog.get_by_text("Pilih kelurahan tanpa peta").click()
    dialog.get_by_label("Cari kelurahan").fill("Kel. Gambir")
    dialog.get_by_role("button", name="Gambir Kec. Gambir").click()
    expect(dialog.locator("#place-chosen")).to_contain_text("Kec. Gambir")
    assert audit(page) == []
    send(page, "Tetapkan lokasi")

    expect(page.locator(".case-head")).to_contain_text("Kelurahan Gambir")


def test_the_console_speaks_english_and_fits_a_narrow_screen(city: City, open_page: OpenPage, audit: Audit) -> None:
    case = city.lodge()
    page = open_page(ViewportSize(width=320, height=640))
    sign_in(page, LURAH, case.number)
    page.locator("[data-language]").click()

    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    assert audit(page) == []
    assert fits(page)
