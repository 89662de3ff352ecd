"""The README's pictures show the city as it is reached where nobody chose another port."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.city import City, an_email, eventually
from tools.pages import screenshots

pytestmark = pytest.mark.browser


def texts(page: Page) -> list[str]:
    """What can be read, also in frames."""
    return [frame.locator("body").inner_text() for frame in page.frames]


def test_a_picture_shows_the_usual_address(
    city: City, city_origin: str, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshots, "OUT", tmp_path)
    case = city.lodge(contact={"email": an_email()})
    eventually(lambda: case.messages("email"), what="the receipt")
    album = screenshots.Album(chromium, city_origin)
    page = album.page(screenshots.DESK)
    page.goto(f"/_local/mailbox?number={case.number}")
    assert [words for words in texts(page) if city_origin in words]

    album.take(page, "mailbox")

    assert (tmp_path / "mailbox.png").exists()
    assert [words for words in texts(page) if city_origin in words] == []
    page.context.close()
