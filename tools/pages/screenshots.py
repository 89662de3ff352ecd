"""`python -m tools screenshots [ORIGIN]`: the pictures of the README, taken anew in a running local city. It lodges one
report, drives it to its validation through the public API, and looks at each page on the way."""

import io
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.city import LURAH, OFFICER, SUPERVISOR, Case, City, an_email
from tools.command_line import parser

OUT = Path(__file__).parents[2] / "docs" / "images"
ORIGIN = "http://127.0.0.1:8080"
PASSWORD = "tanggap-jakarta"  # noqa: S105 - of the local city's demo users only
CHROMIUM = "/usr/bin/chromium"
PHONE, DESK = ViewportSize(width=390, height=760), ViewportSize(width=1180, height=760)
READDRESSED = """([here, usual]) => {
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(here, usual);
}"""
OTHERS = (
    ("SAMPAH", "Sampah menumpuk di samping halte sejak kemarin."),
    ("GENANGAN", "Genangan setinggi mata kaki setelah hujan."),
    ("PJU", "Lampu jalan padam di tiga tiang."),
    ("TROTOAR", "Ubin trotoar terangkat akar pohon."),
)
PROBLEM = "Lubang dalam di lajur kiri, berbahaya bagi sepeda motor, terutama waktu hujan."


def a_road(*, mended: bool) -> bytes:
    """Asphalt with a hole, or with a patch: drawn, so that no picture of anybody's street is shipped."""
    road = Image.effect_noise((1200, 900), 38).convert("L").point(lambda value: 70 + value // 4)
    draw = ImageDraw.Draw(road)
    draw.ellipse((430, 380, 860, 660), fill=62 if mended else 22)
    if not mended:
        draw.ellipse((480, 420, 800, 610), fill=38)
    coloured = Image.merge("RGB", (road, road, road.point(lambda value: value + 6)))
    ImageDraw.Draw(coloured).polygon([(40, 900), (120, 900), (330, 0), (300, 0)], fill=(222, 218, 205))
    out = io.BytesIO()
    coloured.filter(ImageFilter.GaussianBlur(1.4)).save(out, "JPEG", quality=88)
    return out.getvalue()


def a_case(city: City) -> Case:
    """Reported with a photo, worked by Bina Marga, validated."""
    random.seed(7)
    picture = a_road(mended=False)
    announced = [{"content_type": "image/jpeg", "size": len(picture)}]
    contact = {"email": an_email(), "language": "id"}
    case = city.lodge(category="JLN_LUBANG", description=PROBLEM, contact=contact, photos=announced)
    (ticket,) = case.lodged["uploads"]
    city.send(ticket, picture)
    case.settled(ticket["photo_id"])
    return case


def worked(case: Case) -> None:
    """The rest of its way, up to the validation."""
    case.act("coordinate", LURAH, unit="DBM", text="Jalan provinsi.")
    case.act("assign", SUPERVISOR, officer=OFFICER)
    case.act("start", OFFICER)
    proof = case.city.upload(case.number, a_road(mended=True), user=OFFICER)
    case.settled(proof, OFFICER)
    case.act("propose_done", OFFICER, photos=[proof], text="Lubang sudah ditambal dengan aspal dingin.")
    case.act("validate", case.validator(), text="Sesuai foto dan lokasi.")


class Album:
    """Takes pictures of pages of one city."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser = browser
        self._origin = origin

    def page(self, viewport: ViewportSize) -> Page:
        context = self._browser.new_context(viewport=viewport, base_url=self._origin, locale="id-ID")
        return context.new_page()

    def take(self, page: Page, name: str, *, whole: bool = False) -> None:
        """As a city at the usual address shows it, wherever this one runs."""
        page.wait_for_load_state("networkidle")
        for frame in page.frames:
            frame.evaluate(READDRESSED, [self._origin, ORIGIN])
        page.screenshot(path=OUT / f"{name}.png", full_page=whole)

    def signed_in(self, user: str, path: str) -> Page:
        page = self.page(DESK)
        page.goto(path)
        page.get_by_label("Nama pengguna").fill(user)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.get_by_role("button", name="Keluar").wait_for()
        return page


def tour(album: Album, city: City) -> None:
    """Every picture, in the order of the README."""
    form = album.page(PHONE)
    form.goto("/lapor")
    album.take(form, "form")
    for category, words in OTHERS:
        city.lodge(category=category, description=words)
    case = a_case(city)
    mailbox = album.page(DESK)
    mailbox.goto(f"/_local/mailbox?number={case.number}")
    album.take(mailbox, "mailbox")
    inbox = album.signed_in(LURAH, "/konsol")
    inbox.locator(f'[data-row="{case.number}"]').wait_for()
    album.take(inbox, "inbox")
    opened = album.signed_in(LURAH, f"/konsol#{case.number}")
    opened.locator(".work").wait_for()
    album.take(opened, "case")
    worked(case)
    track = album.page(DESK)
    track.goto(f"/lacak/#{case.number}~{case.secret}")
    track.get_by_text(case.number).first.wait_for()
    album.take(track, "track", whole=True)


def main(arguments: Sequence[str]) -> int:
    made = parser("screenshots", __doc__)
    made.add_argument("origin", nargs="?", default=ORIGIN)
    origin = made.parse_args(list(arguments)).origin
    OUT.mkdir(parents=True, exist_ok=True)
    city = City(origin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        tour(Album(browser, origin), city)
        browser.close()
    city.close()
    return 0
