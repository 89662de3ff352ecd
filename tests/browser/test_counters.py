"""Desks where people stand, or write letters, or are read about: how they are told, and the paper that goes over the
desk."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, fits
from tests.browser.test_console import PASSWORD, sign_in
from tests.browser.test_desk import tab_to, types_one_in
from tests.city import LURAH, Case, City, a_phone, an_email, done, eventually

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
OWN_LINK = re.compile(r"#JKT-[^~\s]+~[^~\s]+~(\S+)")


def seated(city: City, unit: str, *channels: str) -> str:
    """Somebody whom an administrator has put at this desk."""
    user = f"loket-{uuid.uuid4().hex[:8]}"
    person = {"user": user, "name": "Petugas Loket", "role": "desk", "unit": unit, "channels": channels}
    done(city.post("/staff/people", person, user="admin"))
    city.token(user)
    return user


def at_desk(page: Page, user: str) -> None:
    sign_in(page, user, "new")
    tab_to(page, "category-typed")
    page.keyboard.press("1")
    page.locator("#description").fill(f"Lubang {uuid.uuid4().hex}")


def stops_messages(city: City, phone: str) -> None:
    """Somebody else has reported with this number, and its owner wants to hear nothing of it."""
    city.lodge(contact={"phone": phone})
    sms = eventually(lambda: city.mailbox(to=phone), what="the SMS")[0]
    link = OWN_LINK.search(sms["text"])
    assert link
    assert city.post("/suppressions", {"token": link[1]}).status_code == 204


def test_a_desk_confirms_a_contact_and_the_news_goes_the_way_that_was_chosen(
    city: City, open_page: OpenPage, audit: Audit
) -> None:
    phone, address = a_phone(), an_email()
    stops_messages(city, phone)
    page = open_page(DESK)
    at_desk(page, seated(city, "KEC_31.71.01", "KECAMATAN"))
    expect(page.locator("#channel option")).to_have_text(["Kantor Kecamatan"])
    page.get_by_label("Kelurahan", exact=False).first.check()
    tab_to(page, "area-typed")
    expect(page.locator("#area-typed-list [role=option]")).to_have_count(6)
    page.keyboard.press("1")
    expect(page.locator("#area-typed-chosen")).to_contain_text("Kec. Gambir")
    assert page.locator("#confirmed").count() == 0
    page.locator("#phone").fill(phone)
    page.locator("#email").fill(address)
    page.locator("#by").get_by_label("SMS").check()
    page.get_by_label("Kontak ini milik pelapor").check()
    assert audit(page) == []

    page.keyboard.press("Control+Enter")

    number = page.locator(".receipt .big-number").inner_text()
    expect(page.locator(".receipt")).to_contain_text("dikirim langsung kepada pelapor")
    expect(page.locator(".receipt .qr svg")).to_have_attribute("aria-label", re.compile("QR"))
    told = eventually(lambda: city.mailbox(number=number, to=phone), what="the SMS of the desk's report")
    assert [(message["kind"], message["event"]) for message in told] == [("sms", "waiting")]
    assert city.mailbox(to=address) == []
    page.keyboard.press("n")
    expect(page.locator("#taken li").filter(has_text=number)).to_contain_text("Menunggu ")


def test_a_receipt_without_a_contact_opens_the_report_to_who_holds_it(
    city: City, open_page: OpenPage, audit: Audit
) -> None:
    page = open_page(PHONE)
    sign_in(page, seated(city, "BIRO_PEM", "MEDIAMASSA"), "new")
    number = types_one_in(page, f"Lubang di halaman muka {uuid.uuid4().hex}")
    link = page.locator(".receipt .link-text").inner_text()
    expect(page.locator(".receipt .qr svg")).to_have_attribute("aria-label", re.compile("QR"))
    assert page.locator(".receipt .qr figcaption").text_content() == link
    assert audit(page) == []
    assert fits(page)
    secret = link.partition("~")[2]
    Case(city, {"number": number, "secret": secret}, {}).act("accept", LURAH)

    holder = open_page(PHONE)
    holder.goto(link)

    expect(holder.get_by_role("heading", level=1)).to_be_visible()
    expect(holder.locator("main")).to_contain_text("Disposisi")
    expect(holder.get_by_role("button", name="Tarik")).to_be_visible()


def test_a_report_about_another_kelurahan_leads_its_counter_to_what_everybody_reads(
    open_page: OpenPage, audit: Audit
) -> None:
    page = open_page(DESK)
    sign_in(page, LURAH, "new")
    number = types_one_in(page, f"Lubang di kelurahan lain {uuid.uuid4().hex}", place="cideng")
    page.get_by_role("link", name="Buka laporan").click()
    expect(page.get_by_role("alert")).to_contain_text("bukan wewenang Anda")
    assert audit(page) == []

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Buka halaman publiknya").click()

    expect(opened.value.locator("main")).to_contain_text(number)


def test_who_comes_next_to_the_same_computer_finds_nothing_of_who_was_there(city: City, open_page: OpenPage) -> None:
    page = open_page(DESK)
    sign_in(page, LURAH, "new")
    number = types_one_in(page, f"Lubang dari orang sebelumnya {uuid.uuid4().hex}", place="cideng")
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_label("Kata sandi")).to_be_visible()

    page.get_by_label("Nama pengguna").fill(seated(city, "BIRO_PEM", "PENDOPO", "SURATGUB"))
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("link", name="Catat laporan warga").click()

    expect(page.locator("#channel")).to_have_value("")
    expect(page.locator("#taken")).to_contain_text("Belum ada laporan hari ini.")
    assert number not in page.content()
    page.get_by_label("Kelurahan", exact=False).first.check()
    tab_to(page, "area-typed")
    expect(page.locator("#area-typed-list [role=option]")).to_have_count(0)
