"""The README's pictures show the city as it is reached where nobody chose another port."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.city import City, an_email
from tools import screenshots

pytestmark = pytest.mark.browser


def test_a_picture_shows_the_usual_address(
    city: City, city_origin: str, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "OUT", tmp_path)
    case = city.lodge(contact={"email": an_email()})
    album = screenshots.Album(chromium, city_origin)
    page = album.page(screenshots.DESK)
    page.goto(f"/_local/mailbox?number={case.number}")
    expect(page.locator("body")).to_contain_text(f"{city_origin}/")

    album.take(page, "mailbox")

    assert (tmp_path / "mailbox.png").exists()
    assert [city_origin in frame.locator("body").inner_text() for frame in page.frames] == [False] * len(page.frames)
    page.context.close()
