"""A result asks its reporter first, messages lead straight to each answer, and a page promises only what is kept."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from chalicelib.domain.next_step import questions_in
from tests.browser.conftest import PHONE, OpenPage, fits
from tests.browser.test_form import heading, onward
from tests.city import LURAH, Case, City, a_picture, an_email, eventually

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
KEMBANGAN = {"lat": -6.1911, "lon": 106.7404}


def resolved(city: City) -> Case:
    case = city.lodge()
    case.settled(city.upload(case.number, a_picture(), secret=case.secret))
    return case.drive("resolved")


def rejected(city: City) -> Case:
    case = city.lodge()
    case.act("reject", LURAH, reason_code="outside_authority", text="Ini jalan tol.")
    return case


ASKED = {"resolved": resolved, "rejected": rejected}


def below(page: Page, selector: str) -> float:
    """Where its lower edge is, in pixels from the top of the page."""
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_first_screen_of_a_phone_holds_the_question_both_photos_and_both_answers(
    city: City, open_page: OpenPage, audit: Audit, language: str
) -> None:
    case = resolved(city)
    page = open_page()

    page.goto(f"{language}/lacak#{case.number}~{case.secret}")

    expect(page.locator("#question")).to_be_visible()
    expect(page.locator(".asks .pair img")).to_have_count(2)
    assert max(below(page, selector) for selector in ("#next", "#act-confirm", "#act-object")) <= PHONE["height"]
    due = case.view()["next_step"]["en" if language else "id"]
    expect(page.locator(".asks #next")).to_have_text(due)
    assert (audit(page), fits(page)) == ([], True)


@pytest.mark.parametrize(
    ("status", "action"), [(status, action) for status in ASKED for action in questions_in(status)]
)
def test_the_link_of_a_message_opens_the_form_of_its_answer_and_sends_nothing(
    city: City, open_page: OpenPage, status: str, action: str
) -> None:
    case = ASKED[status](city)
    page = open_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.extend(_changing(request)))

    page.goto(f"/lacak?act={action}#{case.number}~{case.secret}")

    expect(page.locator(".asks form h3")).to_be_focused()
    expect(page.locator(".asks form button.main")).to_be_visible()
    assert page.url.endswith(f"/lacak#{case.number}")
    assert (sent, case.view()["status"]) == ([], status)
    page.reload()
    expect(page.locator(f"#act-{action}")).to_be_visible()


def _changing(request: Request) -> Iterator[str]:
    if request.method != "GET":
        yield f"{request.method} {request.url}"


@pytest.mark.parametrize("asked", ["withdraw", "erase", "validate", "nothing", ""])
def test_a_link_opens_no_form_but_that_of_an_answer(city: City, open_page: OpenPage, asked: str) -> None:
    case = city.lodge()
    page = open_page()

    page.goto(f"/lacak?act={asked}#{case.number}~{case.secret}")

    expect(page.locator("#act-withdraw")).to_be_visible()
    expect(page.locator(".case form")).to_have_count(0)


def test_everybody_else_is_told_who_is_asked_and_asked_nothing(city: City, open_page: OpenPage) -> None:
    case = resolved(city)
    page = open_page()

    page.goto(f"/lacak?act=confirm#{case.number}")

    expect(page.locator("#next")).to_contain_text("Pelapor menyatakan apakah masalahnya sudah selesai")
    expect(page.locator(".asks")).to_have_count(0)


def test_an_answer_that_came_too_late_is_said_to_be_gone(city: City, open_page: OpenPage) -> None:
    case = resolved(city)
    page = open_page()
    page.goto(f"/lacak?act=confirm#{case.number}~{case.secret}")
    expect(page.locator(".asks form")).to_be_visible()
    case.say("object", text="Masih berlubang")

    page.get_by_role("button", name="Kirim").click()

    expect(page.get_by_role("alert")).to_contain_text("baru saja berubah")


def test_what_is_next_stands_under_the_status_and_facts_are_folded(city: City, open_page: OpenPage) -> None:
    case = city.lodge()
    page = open_page()

    page.goto(f"/lacak#{case.number}")

    expect(page.locator("#next")).to_have_text(case.view()["next_step"]["id"])
    expect(page.get_by_text("Ditangani oleh")).to_be_hidden()
    page.get_by_text("Rincian laporan").click()
    expect(page.get_by_text("Ditangani oleh")).to_be_visible()


def test_a_similar_report_shows_what_everybody_may_see_and_promises_no_following(
    city: City, open_page: OpenPage, audit: Audit
) -> None:
    case = city.lodge(location=KEMBANGAN)
    box = ",".join(f"{KEMBANGAN[name] + edge:.5f}" for edge in (-0.0005, 0.0005) for name in ("lon", "lat"))
    eventually(lambda: case.number in city.get(f"/map?bbox={box}").text, what="the case on the map")
    page = open_page()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": KEMBANGAN["lat"], "longitude": KEMBANGAN["lon"]})
    page.goto("/lapor#lokasi")
    page.get_by_role("button", name="Gunakan lokasi saya").click()
    expect(page.locator("#place-chosen")).to_be_visible()
    if page.locator("#place-confirm").is_visible():
        page.locator("#place-confirm").click()
    onward(page)
    heading(page, "Sudah ada laporan di sekitar sini")

    view = case.view()
    card = page.locator(".similar").filter(has_text=case.number)
    expect(card).to_contain_text(view["description"])
    expect(card).to_contain_text(view["next_step"]["id"])
    follows = "follow" in city.get(f"/complaints/{case.number}").json()["allowed_actions"]
    expect(card.get_by_role("button", name="Sama, ikut pantau")).to_have_count(int(follows))
    expect(page.locator(".onward .main")).to_have_count(0)
    assert (audit(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Lanjutkan laporan saya").click()
    heading(page, "Masalah apa yang Anda laporkan?")


@pytest.mark.parametrize(("chosen", "kind"), [("SMS", "sms"), ("Email", "email")])
def test_who_gives_a_number_and_an_address_chooses_where_news_goes(
    city: City, open_page: OpenPage, audit: Audit, chosen: str, kind: str
) -> None:
    page = open_page()
    page.goto("/lapor#kontak")
    heading(page, "Ke mana kami mengabari Anda?")
    page.locator("#phone").fill("0812 3456 7890")
    expect(page.locator("#by")).to_have_count(0)
    page.locator("#email").fill(an_email())

    page.locator("#by").get_by_role("radio", name=chosen).check()
    assert audit(page) == []
    onward(page)

    expect(page.locator("#review")).to_contain_text(f"Kabar dikirim lewat{chosen}")
    page.reload()
    expect(page.locator("#review")).to_contain_text(f"Kabar dikirim lewat{chosen}")
