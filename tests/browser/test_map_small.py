"""Small maps beside words: the last step of the form, and a report's own page."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, ViewportSize, expect

from chalicelib.data import reference
from tests.browser.conftest import DESK, PHONE, Look, fits
from tests.browser.lone_pages import LonePages
from tests.city import a_picture
from tools.tables.areas import Outline, compact

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]
NUMBER = "JKT-0000-0000-0"
QUESTION = reference().categories["JLN_LUBANG"].questions[0]
SQUARE = [(106.70, -6.25), (106.80, -6.25), (106.80, -6.15), (106.70, -6.15), (106.70, -6.25)]


def a_view(**parts: Any) -> dict[str, Any]:
    line = {
        "sequence": 1,
        "at": "2026-11-25T09:00:00+07:00",
        "action": "lodge",
        "label": "Menunggu",
        "status": "waiting",
    }
    return {
        "number": NUMBER,
        "version": 1,
        "category": {"code": "JLN_LUBANG", "name": "Jalan berlubang"},
        "status": "waiting",
        "label": "Menunggu",
        "public_label": {"id": "Diterima", "en": "Received"},
        "area": None,
        "unit": {"code": "BIRO_PEM", "name": "Biro Pemerintahan"},
        "place": {"lat": -6.2, "lon": 106.745},
        "description": "Lubang besar di depan pasar.",
        "photos": [],
        "timeline": [line],
        "clocks": {},
        "next_step": {"id": "Biro Pemerintahan membaca laporan ini.", "en": "Reading.", "due_at": None, "late": False},
        "allowed_actions": [],
        "followers": 0,
        **parts,
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LonePages]:
    code = next(area.code for area in reference().areas.values() if area.name == "Kembangan Utara")
    outlines = compact([Outline(code, "", [[SQUARE]])], tolerance=20)
    served = LonePages(tmp_path_factory.mktemp("small") / "site", outlines=outlines)
    yield served
    served.stop()


def reviewed(page: Page) -> None:
    """Photo, point, kind, an answer and words; the last step is shown."""
    onward = page.locator("button[type=submit]")
    page.locator("#photo-file").set_input_files(FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=a_picture()))
    expect(page.get_by_role("figure")).to_have_count(1)
    onward.click()
    page.get_by_role("button", name="Gunakan lokasi saya").click()
    expect(page.locator("#place-chosen")).to_contain_text("Kembangan Utara")
    page.get_by_label("Patokan").fill("depan pasar")
    onward.click()
    page.get_by_role("button", name="Jalan rusak atau berlubang").click()
    page.get_by_role("group", name=QUESTION.text_id).get_by_label(QUESTION.values[0][1]).check()
    page.get_by_label("Ceritakan masalahnya").fill("Lubang besar di depan pasar.")
    onward.click()
    onward.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa laporan Anda")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_last_step_shows_pictures_map_and_answers(
    look: Look, audit: Audit, viewport: ViewportSize, scheme: str
) -> None:
    page = look("/lapor", viewport, scheme)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": -6.2, "longitude": 106.745, "accuracy": 10})

    reviewed(page)

    review = page.locator("#review")
    expect(review.get_by_role("img", name="Foto 1")).to_be_visible()
    expect(review.get_by_role("img", name="Titik masalah di peta")).to_be_visible()
    expect(review.locator(".pin")).to_be_visible()
    expect(review).to_contain_text("Kembangan Utara, Kec. Kembangan, Jakarta Barat · depan pasar")
    expect(review).to_contain_text(f"{QUESTION.text_id}{QUESTION.values[0][1]}")
    assert (audit(page), fits(page)) == ([], True)


def test_a_small_map_is_a_picture_that_nobody_gets_caught_in(look: Look) -> None:
    page = look("/lapor")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": -6.2, "longitude": 106.745, "accuracy": 10})

    reviewed(page)

    inside = page.locator("#review .map")
    expect(inside.locator(".pin")).to_be_visible()
    assert inside.locator("button, a, [tabindex='0']").count() == 0


def test_a_reports_page_says_the_landmark_and_shows_its_map_when_asked(
    look: Look, pages: LonePages, audit: Audit
) -> None:
    pages.api[f"complaints/{NUMBER}"] = lambda _: a_view(landmark="depan pasar")
    page = look(f"/lacak#{NUMBER}")
    expect(page.get_by_text("depan pasar").first).to_be_visible()
    before = [path for path in pages.asked if "leaflet" in path]

    page.get_by_text("Lihat di peta").click()

    expect(page.get_by_role("img", name="Titik masalah di peta")).to_be_visible()
    expect(page.locator(".pin")).to_be_visible()
    assert before == [path for path in pages.asked if "leaflet" in path][: len(before)]
    assert (audit(page), fits(page)) == ([], True)


@pytest.mark.parametrize(("accuracy", "unit"), [(10, "200 m"), (4000, "km"), (1e308, "km")])
def test_a_coarse_place_is_not_shown_as_an_exact_one(look: Look, pages: LonePages, accuracy: float, unit: str) -> None:
    spot = {"lat": -6.2, "lon": 106.745, "accuracy_m": accuracy}
    pages.api[f"complaints/{NUMBER}"] = lambda _: a_view(location=spot)
    page = look(f"/lacak#{NUMBER}")

    page.get_by_text("Lihat di peta").click()

    expect(page.locator(".pin")).to_be_visible()
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text(unit)  # the whole circle is seen


def test_without_a_point_and_a_landmark_nothing_is_said_of_the_place(look: Look, pages: LonePages) -> None:
    pages.api[f"complaints/{NUMBER}"] = lambda _: a_view(place=None)

    page = look(f"/lacak#{NUMBER}")

    expect(page.get_by_text("Lubang besar di depan pasar.")).to_be_visible()
    expect(page.get_by_text("Lihat di peta")).to_have_count(0)
