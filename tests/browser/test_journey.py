"""One pothole from a citizen's phone to the citizen's own word, over everything: pages, API, messages, photos."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, fits
from tests.browser.test_console import begin, send, sign_in
from tests.browser.test_form import heading, onward, secret_of, sent_number
from tests.city import GAMBIR, LURAH, OFFICER, SUPERVISOR, Case, City, a_picture, an_email, eventually

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "foto.jpg"
    path.write_bytes(a_picture(1600, 1200))
    return path


def test_a_pothole_goes_from_the_form_to_the_citizens_word(
    city: City, open_page: OpenPage, audit: Audit, photo: Path
) -> None:
    email = an_email()

    case = reported(city, open_page(), photo, email)
    with_officers(case, open_page, photo)
    citizen = open_page()
    follow_the_email(citizen, case, email, "confirm")

    for clock in ("Tanggapan pertama", "Penyelesaian"):
        expect(citizen.locator(".clock").filter(has_text=clock)).to_contain_text("Tepat waktu")
    expect(citizen.locator(".compare")).to_be_visible()
    assert (audit(citizen), fits(citizen)) == ([], True)
    citizen.get_by_role("radio", name="4 dari 5 bintang").check()
    citizen.get_by_role("button", name="Kirim").click()
    expect(citizen.locator(".chip").first).to_have_text("Ditutup")
    assert (case.view()["status"], case.view()["rating"]) == ("closed", 4)


def test_a_citizen_who_is_not_content_opens_the_case_again(city: City, open_page: OpenPage, photo: Path) -> None:
    email = an_email()
    case = city.lodge(contact={"email": email}).drive("resolved")
    citizen = open_page()
    follow_the_email(citizen, case, email, "object")

    citizen.locator("#text").fill("Lubangnya masih ada.")
    citizen.get_by_label("Foto").set_input_files(photo)
    citizen.get_by_role("button", name="Kirim").click()

    expect(citizen.locator(".chip").first).to_have_text("Dibuka Kembali")
    assert [photo["kind"] for photo in case.view()["photos"] if photo["kind"] != "after"] == ["objection"]


def reported(city: City, page: Page, photo: Path, email: str) -> Case:
    """Through every step of the form, near Monas."""
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": GAMBIR["lat"], "longitude": GAMBIR["lon"]})
    page.goto("/lapor")
    page.locator("#photo-file").set_input_files(photo)
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    onward(page)
    page.get_by_role("button", name="Gunakan lokasi saya").click()
    expect(page.locator("#place-chosen")).to_contain_text("Gambir")
    if page.locator("#place-confirm").is_visible():
        page.locator("#place-confirm").click()
    onward(page)
    page.get_by_role("button", name="Jalan rusak").or_(
        page.get_by_role("button", name="Lanjutkan laporan saya")
    ).first.wait_for()
    if page.get_by_role("button", name="Lanjutkan laporan saya").is_visible():  # others have reported here
        onward(page)
    page.get_by_role("button", name="Jalan rusak atau berlubang").click()
    page.get_by_label("Ceritakan masalahnya").fill("Lubang besar di lajur kiri, berbahaya bagi sepeda motor.")
    onward(page)
    page.get_by_label("Email").fill(email)
    onward(page)
    heading(page, "Periksa laporan Anda")
    onward(page)
    number = sent_number(page)
    expect(page.locator("#uploads")).to_contain_text("terunggah")
    case = Case(city, {"number": number, "secret": secret_of(page, number)}, {})
    eventually(lambda: case.view()["photos"][0]["state"] == "ready", what="the citizen's photo")
    return case


def with_officers(case: Case, open_page: OpenPage, photo: Path) -> None:
    """The lurah coordinates, Bina Marga assigns, works and proves, the validator agrees: each on a phone."""
    lurah = open_page()
    sign_in(lurah, LURAH, case.number)
    begin(lurah, "coordinate").get_by_label("Dinas Bina Marga", exact=True).check()
    send(lurah, "Koordinasikan ke OPD")

    supervisor = open_page()
    sign_in(supervisor, SUPERVISOR, case.number)
    begin(supervisor, "assign").get_by_label("Dewi Lestari").check()
    send(supervisor, "Disposisi")

    officer = open_page()
    sign_in(officer, OFFICER, case.number)
    begin(officer, "start")
    send(officer, "Mulai kerjakan")
    dialog = begin(officer, "propose_done")
    photo.write_bytes(a_picture(1600, 1200))
    dialog.get_by_label("Pilih dari galeri").set_input_files(photo)
    dialog.get_by_label("Catatan").fill("Lubang sudah ditambal.")
    expect(dialog.get_by_text("Foto siap dipakai.")).to_be_visible()
    send(officer, "Ajukan selesai")

    validator = open_page()
    sign_in(validator, case.validator(), case.number)
    begin(validator, "validate")
    send(validator, "Validasi selesai")


def follow_the_email(page: Page, case: Case, email: str, answer: str) -> None:
    """From the mailbox, as from any mail program, by the link of an answer: its form is open."""
    eventually(lambda: [mail for mail in case.messages("email") if mail["event"] == "resolved"], what="the e-mail")
    page.goto(f"/_local/mailbox?to={email}")
    mail = page.locator("article").filter(has_text="Status: Selesai")
    mail.get_by_role("link", name=re.compile(rf"\?act={answer}#")).click()
    expect(page.locator(".chip").first).to_have_text("Selesai")
    expect(page.locator(".asks form h3")).to_be_focused()
