"""What people see is drawn anew from the pixels of what was sent; what is no still photo is refused by its header."""

import contextlib
import io
import json
import struct
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from chalicelib.adapters.photos import camera_facts, picture_headers
from chalicelib.adapters.photos.decoder import PillowDecoder
from chalicelib.application.ports.photos import Decoded, PictureRefusedError
from chalicelib.domain.case.evidence import REASONS, Capture
from tests.adapters import hostile
from tests.adapters.hostile import MARK, drawn, exif, marked, saved

KINDS = ("JPEG", "PNG", "WEBP", "HEIC")
DANGEROUS = hostile.dangerous()
MONAS = {1: "S", 2: (6.0, 10.0, 31.5), 3: "E", 4: (106.0, 49.0, 37.8)}


def decoded(data: bytes) -> Decoded:
    return PillowDecoder().variants(data)


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def colour(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = picture.convert("RGB").getpixel((int(x * picture.width), int(y * picture.height)))
    assert isinstance(found, tuple)
    return found


def is_red(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 180 and pixel[1] < 90 and pixel[2] < 90


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_photo_becomes_two_webp_pictures_of_its_own_aspect(kind: str) -> None:
    result = decoded(saved(drawn(4000, 3000), kind))
    assert (shown(result.large).format, shown(result.large).size) == ("WEBP", (1600, 1200))
    assert (shown(result.small).format, shown(result.small).size) == ("WEBP", (320, 240))
    assert (result.width, result.height) == (4000, 3000)
    assert is_red(colour(shown(result.large), 0.1, 0.1))
    assert not is_red(colour(shown(result.large), 0.9, 0.9))


@pytest.mark.parametrize(
    ("size", "large"),
    [
        ((1, 1), (1, 1)),
        ((300, 200), (300, 200)),
        ((1601, 10), (1600, 9)),
        ((30_000, 2), (1600, 1)),
        ((90, 5000), (28, 1600)),
    ],
)
def test_a_picture_is_never_made_larger_nor_flat(size: tuple[int, int], large: tuple[int, int]) -> None:
    assert shown(decoded(saved(drawn(*size), "PNG")).large).size == large


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "corner", "sides"),
    [
        (1, (0.1, 0.1), (400, 300)),
        (2, (0.9, 0.1), (400, 300)),
        (3, (0.9, 0.9), (400, 300)),
        (4, (0.1, 0.9), (400, 300)),
        (5, (0.1, 0.1), (300, 400)),
        (6, (0.9, 0.1), (300, 400)),
        (7, (0.9, 0.9), (300, 400)),
        (8, (0.1, 0.9), (300, 400)),
    ],
)
def test_a_photo_stands_upright(
    kind: str, orientation: int, corner: tuple[float, float], sides: tuple[int, int]
) -> None:
    result = decoded(saved(drawn(), kind, exif=exif(orientation)))
    assert (result.width, result.height) == shown(result.large).size == sides
    assert is_red(colour(shown(result.large), *corner))


def test_a_heic_is_turned_once_only() -> None:
    result = decoded(saved(drawn(), "HEIC", exif=exif(6)))
    assert (result.width, result.height) == shown(result.large).size


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"), ("L", "PNG")],
)
@pytest.mark.parametrize("size", [(400, 300), (4000, 3000)])
def test_every_colour_mode_is_shown(mode: str, kind: str, size: tuple[int, int]) -> None:
    large = shown(decoded(saved(drawn(*size, mode=mode), kind)).large)
    assert large.mode == "RGB"
    assert sum(colour(large, 0.9, 0.9)) > 740
    assert sum(colour(large, 0.1, 0.1)) < 600


def test_sixteen_bits_of_grey_keep_their_tones() -> None:
    grey = Image.frombytes("I;16", (64, 64), struct.pack("<H", 0x8000) * 64 * 64)
    assert abs(colour(shown(decoded(saved(grey, "PNG")).large), 0.5, 0.5)[0] - 128) <= 3


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_transparent_is_white(kind: str) -> None:
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    assert min(colour(shown(decoded(saved(clear, kind, lossless=True)).large), 0.5, 0.5)) >= 250


def test_a_transparent_colour_of_a_palette_is_white() -> None:
    data = saved(Image.new("P", (64, 64), 0), "PNG", transparency=0)
    assert min(colour(shown(decoded(data).large), 0.5, 0.5)) >= 250


def test_colours_of_another_profile_are_converted() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, lab, b"garbage", srgb[:200]):
        large = shown(decoded(saved(drawn(), "JPEG", icc_profile=profile)).large)
        assert is_red(colour(large, 0.1, 0.1))
        assert "icc_profile" not in large.info


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_file_but_its_pixels_is_shown(kind: str) -> None:
    data = marked(kind)
    result = decoded(data)
    assert MARK in data
    for variant in (result.large, result.small):
        assert MARK not in variant
        assert not {"exif", "xmp", "icc_profile", "comment"} & {
            name for name, value in shown(variant).info.items() if value
        }
        assert {variant[12:16]} <= {b"VP8 ", b"VP8X"}
        assert not any(name in variant for name in (b"EXIF", b"XMP ", b"ICCP"))


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04" + bytes(99), b"<?php phpinfo();"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_two_things_at_once_is_refused(kind: str, tail: bytes) -> None:
    assert outcome(saved(drawn(), kind) + tail) == "type_mismatch"


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_phone_keeps_behind_the_picture_is_left_out(kind: str) -> None:
    tail = b"\0\0\0\x18ftypmp42" + bytes(99) + b"SEFT"
    assert tail not in decoded(saved(drawn(), kind) + tail).large


def test_where_and_when_the_camera_stood_are_kept() -> None:
    for kind in KINDS:
        data = saved(drawn(), kind, exif=exif(1, MONAS, "2026:11:24 08:30:00"))
        assert decoded(data).capture == Capture(-6.175417, 106.827167, "2026-11-24T08:30:00"), kind


def test_a_file_without_facts_has_none() -> None:
    assert decoded(saved(drawn(), "JPEG")).capture is None


@pytest.mark.parametrize(
    "gps",
    [
        {1: "S", 2: (91.0, 0.0, 0.0), 3: "E", 4: (106.0, 0.0, 0.0)},
        {1: "X", 2: (6.0, 0.0, 0.0), 3: "E", 4: (106.0, 0.0, 0.0)},
        {1: "S", 2: (6.0, 0.0), 3: "E", 4: (106.0, 0.0, 0.0)},
        {2: (6.0, 0.0, 0.0)},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {},
    ],
    ids=["out of range", "no such side", "two numbers", "half a position", "no fix", "nothing"],
)
def test_a_position_that_is_none_is_absent_and_the_photo_stands(gps: dict[int, object]) -> None:
    result = decoded(saved(drawn(), "JPEG", exif=exif(1, gps, "2026:11:24 08:30:00")))
    assert result.capture == Capture(None, None, "2026-11-24T08:30:00")


def test_a_zero_denominator_is_no_position() -> None:
    whole = exif(1, MONAS)
    position = whole.index(struct.pack(">II", 6, 1)) if b"MM" in whole[:10] else whole.index(struct.pack("<II", 6, 1))
    broken = whole[: position + 4] + bytes(4) + whole[position + 8 :]
    assert camera_facts.read(broken) == (1, None)


@pytest.mark.parametrize("taken_at", ["0000:00:00 00:00:00", "kemarin", "2026:13:45 99:00:00", ""])
def test_a_time_that_is_none_is_absent(taken_at: str) -> None:
    assert decoded(saved(drawn(), "JPEG", exif=exif(1, None, taken_at))).capture is None


@pytest.mark.parametrize(
    "garbage", [b"", b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", bytes(70)]
)
def test_garbage_for_exif_is_no_fact_and_no_fault(garbage: bytes) -> None:
    assert camera_facts.read(garbage) == (1, None)


@pytest.mark.parametrize("orientation", [0, 9, 60_000])
def test_an_orientation_that_is_none_turns_nothing(orientation: int) -> None:
    assert shown(decoded(saved(drawn(), "JPEG", exif=exif(orientation))).large).size == (400, 300)


@pytest.mark.parametrize("name", DANGEROUS)
def test_what_is_dangerous_or_no_photo_is_refused_with_a_reason(name: str) -> None:
    with pytest.raises(PictureRefusedError) as refused:
        PillowDecoder().variants(DANGEROUS[name])
    assert refused.value.reason in REASONS


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("words", "not_an_image"),
        ("SVG", "not_an_image"),
        ("TIFF", "not_an_image"),
        ("JPEG and ZIP", "type_mismatch"),
        ("JPEG and HTML", "type_mismatch"),
        ("PNG and PHP", "type_mismatch"),
        ("HEIC and PDF", "type_mismatch"),
        ("PNG of 12,000²", "too_many_pixels"),
        ("JPEG of 65,500²", "too_many_pixels"),
        ("WebP of 16,383²", "too_many_pixels"),
        ("HEIC of 20,000²", "too_many_pixels"),
        ("HEIC of one tile too large", "too_many_pixels"),
        ("HEIC of two million sizes", "damaged"),
        ("APNG", "animated"),
        ("animated WebP", "animated"),
        ("half a JPEG", "truncated"),
        ("half a progressive JPEG", "truncated"),
        ("half a PNG", "truncated"),
        ("half a WebP", "truncated"),
        ("half a HEIC", "truncated"),
        ("JPEG of 200 scans", "damaged"),
        ("PNG with a profile of 100 MB", "damaged"),
    ],
)
def test_the_reason_says_what_to_do_about_it(name: str, reason: str) -> None:
    with pytest.raises(PictureRefusedError, match=f"^{reason}$"):
        PillowDecoder().variants(DANGEROUS[name])


@pytest.mark.parametrize("name", DANGEROUS)
def test_looking_at_a_dangerous_file_takes_next_to_no_memory(name: str) -> None:
    tracemalloc.start()

    with contextlib.suppress(PictureRefusedError):
        picture_headers.read(DANGEROUS[name])

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


@pytest.mark.parametrize(
    "elsewhere", [hostile.box(b"free", b"ispe" + b"\xff" * 12), hostile.box(b"mdat", b"ispe" * 2_000_000)]
)
def test_pixels_that_happen_to_spell_a_size_do_not_refuse_a_photo(elsewhere: bytes) -> None:
    assert outcome(saved(drawn(), "HEIC") + elsewhere) == "ready"


def outcome(data: bytes) -> str:
    """ready, or the reason; any other error fails the test."""
    try:
        return "ready" if decoded(data) else ""
    except PictureRefusedError as refused:
        return refused.reason


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_anywhere_is_refused_or_shown_but_never_a_fault(kind: str) -> None:
    data = saved(drawn(64, 48), kind)
    cuts = range(0, len(data), max(1, len(data) // 60))
    assert {outcome(data[:length]) for length in cuts} <= {"ready", *REASONS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_any_byte_turned_is_refused_or_shown_but_never_a_fault(kind: str) -> None:
    data = saved(drawn(64, 48), kind)
    turned = (
        data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :] for at in range(0, len(data), max(1, len(data) // 120))
    )
    assert {outcome(one) for one in turned} <= {"ready", *REASONS}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("missing", [1, 12, 20])
def test_a_file_without_its_last_bytes_is_truncated(kind: str, missing: int) -> None:
    assert outcome(saved(drawn(), kind)[:-missing]) == "truncated"


LARGEST = ["png-rgba", "png-grey16", "png-palette", "jpeg-progressive", "jpeg-cmyk", "heic", "webp"]


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_photos_that_we_take_stay_within_400_mb_and_5_s(name: str, tmp_path: Path) -> None:
    sizes = {"webp": (4_600, 4_600), "jpeg-cmyk": (6_500, 6_500)}
    kinds = {"p": "PNG", "j": "JPEG", "h": "HEIC", "w": "WEBP"}
    mode = {"png-rgba": "RGBA", "png-palette": "P", "jpeg-cmyk": "CMYK"}.get(name, "RGB")
    options = {"progressive": True} if name.startswith("jpeg") else {}
    file = tmp_path / "photo"
    if name == "png-grey16":
        file.write_bytes(hostile.png(7_000, 7_000, depth=16))
    else:
        file.write_bytes(saved(Image.new(mode, sizes.get(name, (7_000, 7_000))), kinds[name[0]], **options))
    measured = json.loads(
        subprocess.run(
            [sys.executable, "-m", "bench.photo", str(file)],
            capture_output=True, check=True, text=True,
        ).stdout
    )  # fmt: skip
    assert measured["outcome"] == "shown"
    assert measured["peak_mb"] <= 400
    assert measured["cpu_ms"] <= 5_000
