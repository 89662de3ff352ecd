"""Photos as people choose them: what is none is refused on the device, what is one is shown and can be removed."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import OpenPage, fits
from tests.browser.test_console import begin, sign_in
from tests.city import OFFICER, City, a_picture

pytestmark = pytest.mark.browser
Audit = Callable[[Page], list[str]]

NOT_A_PHOTO = "Berkas ini bukan foto"
BROKEN = "Foto ini rusak"
WITHIN = 1_000  # ms that a refusal may take
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(2000)
AVIF_FILM = b"\x00\x00\x00\x18ftypmsf1\x00\x00\x00\x00msf1hevc" + bytes(2000)


def a_file(name: str, kind: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType=kind, buffer=content)


REFUSED = {
    "a text named .jpg": (a_file("catatan.jpg", "image/jpeg", b"Ini bukan foto. " * 60_000), NOT_A_PHOTO),
    "an empty file": (a_file("kosong.jpg", "image/jpeg", b""), NOT_A_PHOTO),
    "a PDF named .heic": (a_file("surat.heic", "image/heic", b"%PDF-1.7\n" + bytes(5000)), NOT_A_PHOTO),
    "a large file of no kind": (a_file("film.jpg", "image/jpeg", bytes(20_000_000)), NOT_A_PHOTO),
    "a page that is a picture's name only": (a_file("a.png", "image/png", b"<html>" + bytes(900)), NOT_A_PHOTO),
    "a burst in HEIC's box": (a_file("deretan.heic", "image/heic", AVIF_FILM), NOT_A_PHOTO),
    "a JPEG that ends in its head": (a_file("putus.jpg", "image/jpeg", a_picture()[:80]), BROKEN),
    "a PNG of its signature alone": (a_file("putus.png", "image/png", a_picture(form="PNG")[:20]), BROKEN),
}
TAKEN = {
    "a JPEG": (a_file("a.jpg", "image/jpeg", a_picture()), "image/jpeg"),
    "a PNG named .jpg": (a_file("b.jpg", "image/jpeg", a_picture(form="PNG")), "image/jpeg"),
    "a WebP without a type": (a_file("c", "", a_picture(form="WEBP")), "image/jpeg"),
    "a GIF": (a_file("d.gif", "image/gif", a_picture(form="GIF")), "image/jpeg"),
    "HEIC": (a_file("e.heic", "image/heic", HEIC), "image/heic"),
    "HEIC named .jpg": (a_file("f.jpg", "image/jpeg", HEIC), "image/heic"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_photo_is_refused_on_the_device_within_a_second(open_page: OpenPage, case: str) -> None:
    chosen, words = REFUSED[case]
    page = open_page()
    page.goto("/lapor")
    expect(page.locator("#photo-file")).to_be_attached()

    page.locator("#photo-file").set_input_files(chosen)

    expect(page.locator("#photos-error")).to_contain_text(words, timeout=WITHIN)
    expect(page.get_by_role("figure")).to_have_count(0)
    expect(page.get_by_role("button", name="Lanjut tanpa foto")).to_be_enabled()


@pytest.mark.parametrize("case", TAKEN)
def test_what_is_a_photo_is_announced_as_what_it_is(open_page: OpenPage, case: str) -> None:
    chosen, kind = TAKEN[case]
    page = open_page()
    page.goto("/lapor")

    page.locator("#photo-file").set_input_files(chosen)

    expect(page.get_by_role("figure")).to_have_count(1)
    page.get_by_text("Draf tersimpan").wait_for()
    assert of_draft(page, "[photo.content_type, photo.blob.type]") == [kind, kind]


def of_draft(page: Page, wanted: str) -> object:
    """What the device keeps of the draft's only `photo`; `wanted` is an expression."""
    return page.evaluate(
        f"""new Promise((done) => {{
          const asked = indexedDB.open("tanggap");
          asked.onsuccess = () => {{
            const row = asked.result.transaction("draft").objectStore("draft").get("current");
            row.onsuccess = () => ((photo) => done({wanted}))(row.result.photos[0]);
          }};
        }})"""
    )


def test_a_refused_file_leaves_the_photos_beside_it(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/lapor")
    good, bad = a_file("a.jpg", "image/jpeg", a_picture()), a_file("b.jpg", "image/jpeg", b"x" * 500)

    page.locator("#photo-file").set_input_files([good, bad, good])

    expect(page.get_by_role("figure")).to_have_count(2)
    expect(page.locator("#photos-error")).to_contain_text(NOT_A_PHOTO)


def test_a_reporter_sees_chosen_photos_and_takes_one_back(city: City, open_page: OpenPage, audit: Audit) -> None:
    case = city.lodge()
    page = open_page()
    page.goto(f"/lacak#{case.number}~{case.secret}")
    page.get_by_role("button", name="Tambah foto").click()

    page.get_by_label("Tambah foto").set_input_files(
        [a_file("a.jpg", "image/jpeg", a_picture()), a_file("b.jpg", "image/jpeg", b"bukan foto")]
    )

    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    expect(page.locator("#photos-error")).to_contain_text(NOT_A_PHOTO)
    assert (audit(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Hapus foto 1").click()
    expect(page.get_by_role("figure")).to_have_count(0)
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator("#photos-error")).to_contain_text("Pilih foto lebih dulu")


def test_an_officers_text_named_jpg_is_not_even_announced(city: City, open_page: OpenPage) -> None:
    case = city.lodge().drive("in_progress")
    page = open_page()
    sign_in(page, OFFICER, case.number)
    announced: list[str] = []
    page.on("request", lambda r: announced.append(r.url) if r.method == "POST" and r.url.endswith("/photos") else None)
    dialog = begin(page, "propose_done")

    dialog.get_by_label("Pilih dari galeri").set_input_files(a_file("bukti.jpg", "image/jpeg", b"bukan foto " * 200))

    expect(dialog.get_by_text(f"Foto tidak dapat dipakai: {NOT_A_PHOTO}")).to_be_visible(timeout=WITHIN)
    assert announced == []


def test_no_bytes_of_the_cameras_facts_leave_the_device(open_page: OpenPage) -> None:
    facts = Image.Exif()
    facts[0x010F] = "KameraRahasia"
    out = io.BytesIO()
    Image.open(io.BytesIO(a_picture(1200, 900))).save(out, "JPEG", exif=facts)
    page = open_page()
    page.goto("/lapor")

    page.locator("#photo-file").set_input_files(a_file("a.jpg", "image/jpeg", out.getvalue()))
    page.get_by_text("Draf tersimpan").wait_for()

    sent = str(of_draft(page, "photo.blob.text()"))
    assert "KameraRahasia" not in sent
    assert "Exif" not in sent
