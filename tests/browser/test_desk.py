"""A desk that works by the keyboard alone, and its inbox of messages that are no case yet."""

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, fits
from tests.browser.test_console import sign_in
from tests.city import DESK as DESK_OFFICER
from tests.city import LURAH, City, a_picture, an_email, eventually
from tests.incoming import mail_without_words, mention, sends, waiting

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
SEVERAL = 60  # presses of Tab after which a field is not reachable


def tab_to(page: Page, field: str) -> None:
    """By Tab alone."""
    for _ in range(SEVERAL):
        if page.evaluate("document.activeElement?.id || document.activeElement?.value") == field:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {field} by the keyboard")


def types_one_in(page: Page, words: str, *, place: str = "gambir") -> str:
    """From the first field to the receipt without a mouse; the number."""
    tab_to(page, "category-typed")
    page.keyboard.type("lubang")
    expect(page.locator("#category-typed-list [role=option]").first).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#category-typed-chosen")).to_be_visible()
    tab_to(page, "description")
    page.keyboard.type(words)
    tab_to(page, "area")
    page.keyboard.press("Space")
    tab_to(page, "area-typed")
    page.keyboard.type(place)
    expect(page.locator("#area-typed-list [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#area-typed-chosen")).to_contain_text("Kec.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".receipt .big-number")).to_contain_text("JKT-")
    return page.locator(".receipt .big-number").inner_text()


def test_many_reports_are_typed_in_one_after_the_other_without_a_mouse(
    city: City, open_page: OpenPage, audit: Audit
) -> None:
    page = open_page(DESK)
    sign_in(page, LURAH, "new")

    first = types_one_in(page, f"Lubang di depan sekolah {uuid.uuid4().hex}")
    assert audit(page) == []
    expect(page.locator(".spelled")).to_contain_text(" – ")
    page.keyboard.press("n")
    expect(page.locator("#category-typed")).to_be_focused()
    second = types_one_in(page, f"Lubang di depan pasar {uuid.uuid4().hex}")
    page.keyboard.press("n")

    expect(page.locator("#taken")).to_contain_text(first)
    expect(page.locator("#taken")).to_contain_text(second)
    view = city.get(f"/staff/complaints/{second}", user=LURAH).json()
    assert (view["area"]["name"], view["channel"]) == ("Gambir", "KELURAHAN")


def test_what_is_often_reported_is_one_key_away(open_page: OpenPage, audit: Audit) -> None:
    page = open_page(DESK)
    sign_in(page, LURAH, "new")
    tab_to(page, "category-typed")

    expect(page.locator("#category-typed-list [role=option]").nth(2)).to_be_visible()
    assert audit(page) == []
    third = page.locator("#category-typed-list [role=option]").nth(2).locator("span").inner_text()
    page.keyboard.press("3")

    assert third.startswith(page.locator("#category-typed-chosen").inner_text())


def test_a_place_is_unknown_on_purpose_only(open_page: OpenPage) -> None:
    page = open_page(DESK)
    sign_in(page, LURAH, "new")
    tab_to(page, "category-typed")
    page.keyboard.press("1")
    tab_to(page, "description")
    page.keyboard.type("Di suatu tempat")

    page.keyboard.press("Control+Enter")

    expect(page.locator("#errors")).to_contain_text("pilih kelurahan, titik, atau belum diketahui")
    page.get_by_label("Lokasi belum diketahui").check()
    page.get_by_role("button", name="Simpan laporan").click()
    expect(page.locator(".receipt .big-number")).to_contain_text("JKT-")


def test_a_desk_sees_what_may_be_the_same_before_it_saves(city: City, open_page: OpenPage) -> None:
    case = city.lodge(category="POHON_TUMB", description="Pohon tumbang menutup gang")
    eventually(lambda: case.number in [row["number"] for row in city.queue(LURAH, queue="mine", category="POHON_TUMB")])
    page = open_page(DESK)
    sign_in(page, LURAH, "new")
    tab_to(page, "category-typed")

    page.keyboard.type("pohon tumbang")
    expect(page.locator("#category-typed-list [role=option]").first).to_be_visible()
    page.keyboard.press("1")

    expect(page.locator("#similar")).to_contain_text(case.number)


def test_a_slow_net_keeps_what_was_typed_and_makes_one_report(city: City, open_page: OpenPage) -> None:
    page = open_page(DESK)
    sign_in(page, LURAH, "new")
    lost = iter([True, False, False, False])
    sent: list[str] = []

    def slow(route: Route) -> None:
        sent.append(route.request.headers["idempotency-key"])
        if next(lost):
            route.abort()
        else:
            route.continue_()

    page.route("**/api/staff/complaints", slow)
    types_one_in(page, f"Lubang saat jaringan lambat {uuid.uuid4().hex}")

    assert len(sent) == 2
    assert len(set(sent)) == 1


# The inbox


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_mention_becomes_a_case_by_what_its_words_may_mean(
    city: City, open_page: OpenPage, audit: Audit, size: ViewportSize
) -> None:
    mark = uuid.uuid4().hex
    sends(city, "FB", mention(f"Lubang besar di kelurahan Gambir RT 03 RW 05, {mark}"))
    task_id = waiting(city, DESK_OFFICER, "FB", mark)
    page = open_page(size)
    sign_in(page, DESK_OFFICER, "inbox")
    expect(page.locator(f'[data-row="message/{task_id}"]')).to_be_visible()
    assert audit(page) == []
    page.locator(f'[data-row="message/{task_id}"]').click()
    expect(page.locator(".message .said")).to_contain_text(mark)
    expect(page.locator("#kinds")).to_contain_text("ubang")
    expect(page.locator("#landmark")).to_have_value("RT 03/RW 05")
    assert audit(page) == []
    assert fits(page)

    page.locator("#kinds button").first.click()
    page.locator("#places").get_by_role("button", name="Kelurahan Gambir").click()
    page.locator("form").get_by_role("button", name="Jadikan laporan").click()

    expect(page.locator(".message .notice.good")).to_contain_text("Sudah menjadi laporan.")
    number = page.locator(".message .notice.good a").inner_text()
    page.locator(".message .notice.good a").click()
    expect(page.locator(".case-head")).to_contain_text(number)
    assert city.get(f"/staff/complaints/{number}", user=DESK_OFFICER).json()["channel"] == "FB"


def test_a_message_is_closed_with_a_reason_by_the_keyboard(city: City, open_page: OpenPage, audit: Audit) -> None:
    mark = uuid.uuid4().hex
    sends(city, "FB", mention(f"Beli sekarang juga {mark}"))
    task_id = waiting(city, DESK_OFFICER, "FB", mark)
    page = open_page(DESK)
    sign_in(page, DESK_OFFICER, f"message/{task_id}")
    tab_to(page, "end-close")
    page.keyboard.press("Enter")
    tab_to(page, "reason_code")
    page.keyboard.type("Spam")
    assert audit(page) == []

    page.keyboard.press("Control+Enter")

    expect(page.locator(".message .notice.good")).to_contain_text("Sudah ditutup.")
    assert city.get(f"/staff/messages/{task_id}", user=DESK_OFFICER).json()["trail"][0]["reason_code"] == "spam"


def test_a_mail_without_words_shows_its_photo_and_is_answered(city: City, open_page: OpenPage) -> None:
    sender = an_email()
    sends(city, "EMAIL", mail_without_words(sender, a_picture()), "message/rfc822")
    task_id = waiting(city, DESK_OFFICER, "EMAIL")
    page = open_page(DESK)
    sign_in(page, DESK_OFFICER, f"message/{task_id}")
    shown = page.get_by_role("img", name="Foto 1")
    expect(shown).to_be_visible()
    eventually(lambda: shown.evaluate("image => image.naturalWidth"))
    assert sender not in page.content()
    page.get_by_role("button", name="Jawab").click()
    page.locator("#text").fill("Mohon tuliskan lokasinya.")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.locator(".message .notice.good")).to_contain_text("Jawaban Anda sedang dikirim.")

    city.advance("PT6M")

    eventually(lambda: any("Mohon tuliskan lokasinya." in mail["text"] for mail in city.mailbox(to=sender)))
    eventually(
        lambda: city.get(f"/staff/messages/{task_id}", user=DESK_OFFICER).json()["state"] == "answered",
        what="the answer on the trail",
    )


def test_who_comes_too_late_is_told_and_sees_what_became_of_it(city: City, open_page: OpenPage) -> None:
    mark = uuid.uuid4().hex
    sends(city, "FB", mention(f"Terlambat {mark}"))
    task_id = waiting(city, DESK_OFFICER, "FB", mark)
    page = open_page(DESK)
    sign_in(page, DESK_OFFICER, f"message/{task_id}")
    page.get_by_role("button", name="Tutup", exact=True).click()
    page.locator("#reason_code").select_option("spam")
    body = {"version": 1, "reason_code": "abusive"}
    assert city.post(f"/staff/messages/{task_id}/close", body, user=DESK_OFFICER).status_code == 200

    page.get_by_role("button", name="Tutup pesan").click()

    expect(page.locator(".message ol")).to_contain_text("Kata-kata kasar")
    expect(page.locator(".message .notice.good")).to_contain_text("Sudah ditutup")
