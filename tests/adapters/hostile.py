"""Pictures as honest and hostile senders make them, for the tests of the decoder. Nothing is stored: all are drawn."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw

MARK = b"RAHASIA-PENANDA"  # a secret that must be in no picture that people see
PNG = b"\x89PNG\r\n\x1a\n"


def drawn(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """White with a red block in the upper left corner, so that a test can tell which way it stands."""
    picture = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 4, height // 4), fill=(220, 20, 20))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    if kind == "HEIC":
        pillow_heif.from_pillow(picture).save(out, **options)
    else:
        picture.save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def box(name: bytes, data: bytes) -> bytes:
    """A part of a HEIC."""
    return struct.pack(">I", len(data) + 8) + name + data


def png(width: int, height: int, *extra: bytes, depth: int = 8, colour: int = 0) -> bytes:
    """A black PNG of any size in few bytes; `extra` chunks come before the pixels."""
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = b"\0" + bytes((width * samples * depth + 7) // 8)
    packer, packed = zlib.compressobj(1), []
    for _ in range(height):
        packed.append(packer.compress(row))
    pixels = b"".join([*packed, packer.flush()])
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return PNG + chunk(b"IHDR", header) + b"".join(extra) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def many_scans(scans: int) -> bytes:
    """A progressive JPEG whose last scan is repeated: each is a pass over all coefficients."""
    data = saved(drawn(64, 64), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + data[-2:]


def resized_header(data: bytes, width: int, height: int) -> bytes:
    """The same JPEG, claiming another size."""
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def exif(orientation: int = 1, gps: dict[int, Any] | None = None, taken_at: Any = None) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = MARK.decode()
    if taken_at is not None:
        tags.get_ifd(0x8769)[0x9003] = taken_at
    if gps is not None:
        tags.get_ifd(0x8825).update(gps)
    return tags.tobytes()


def marked(kind: str) -> bytes:
    """A picture with the mark in every place that its format offers, and behind its end."""
    options: dict[str, Any] = {"exif": exif(6), "icc_profile": b"\0" * 128 + MARK}
    xmp = b"<x:xmpmeta>" + MARK + b"</x:xmpmeta>"
    if kind == "JPEG":
        plain = saved(drawn(), kind, comment=MARK, xmp=xmp, **options)
        iptc = (
            b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(MARK) + 5) + b"\x1c\x02\x78\0\x0f" + MARK
        )
        return plain[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + plain[2:] + MARK
    if kind == "PNG":
        plain = saved(drawn(), kind, **options)
        texts = chunk(b"tEXt", b"Comment\0" + MARK) + chunk(b"zTXt", b"Note\0\0" + zlib.compress(MARK))
        texts += chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)
        return plain[:33] + texts + plain[33:] + MARK
    if kind == "WEBP":
        return saved(drawn(), kind, xmp=xmp, **options) + MARK
    return saved(drawn(), kind, xmp=xmp, exif=exif(6)) + MARK


def archive() -> bytes:
    """A ZIP of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", "a")
    return out.getvalue()


def dangerous() -> dict[str, bytes]:
    """By name; all are refused."""
    jpeg, still = saved(drawn(), "JPEG"), saved(drawn(), "PNG")
    webp, heic = saved(drawn(), "WEBP"), saved(drawn(), "HEIC")
    frames = [drawn(), drawn(mode="L").convert("RGB")]
    moving = {"save_all": True, "append_images": frames[1:], "duration": 100}
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    return {
        "empty": b"",
        "one byte": b"\xff",
        "words": b"ini bukan foto " * 50,
        "SVG": svg,
        "HTML": b"<!doctype html><script>alert(1)</script>",
        "PHP": b"<?php system($_GET[0]);",
        "ZIP": b"PK\x03\x04" + bytes(100),
        "PDF": b"%PDF-1.7\n" + jpeg,
        "GIF": saved(drawn(mode="P"), "GIF"),
        "GIF and JPEG": b"GIF89a" + jpeg,
        "BMP": saved(drawn(), "BMP"),
        "ICO": saved(drawn(64, 64), "ICO"),
        "TIFF": saved(drawn(), "TIFF"),
        "TIFF behind a JPEG signature": b"\xff\xd8\xff" + saved(drawn(), "TIFF"),
        "AVIF brand": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(200),
        "HEIC sequence": b"\0\0\0\x18ftypmsf1\0\0\0\0msf1heic" + bytes(200),
        "JPEG and ZIP": jpeg + archive(),
        "JPEG and HTML": jpeg + b"<html ><script>alert(1)</script>",
        "PNG and PHP": still + b"<?php system($_GET[0]);",
        "HEIC and PDF": heic + b"%PDF-1.7\n",
        "PNG of 12,000²": png(12_000, 12_000),
        "PNG of 7,100² RGBA": png(7_100, 7_100, colour=6),
        "PNG of 2³¹ rows": PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 2**31 - 1, 8, 2, 0, 0, 0)),
        "PNG of no width": PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 0, 10, 8, 2, 0, 0, 0)),
        "PNG without a header": PNG + chunk(b"IDAT", b"") + bytes(40),
        "PNG, header only": PNG,
        "PNG with a profile of 100 MB": png(9, 9, chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(100_000_000)))),
        "PNG with a text of 100 MB": png(9, 9, chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(100_000_000)))),
        "PNG with 100 texts of 1 MB": png(9, 9, *[chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(1_000_000)))] * 100),
        "APNG": saved(frames[0], "PNG", **moving),
        "animated WebP": saved(frames[0], "WEBP", **moving),
        "WebP of 16,383²": b"RIFF"
        + struct.pack("<I", 22)
        + b"WEBPVP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + b"\xfe\x3f\0" * 2,
        "WebP of 5,000² lossless": saved(Image.new("RGB", (5_000, 5_000)), "WEBP", lossless=True, method=0),
        "WebP of an unknown kind": webp[:12] + b"VP9 " + webp[16:],
        "JPEG of 65,500²": resized_header(jpeg, 65_500, 65_500),
        "JPEG of no height": resized_header(jpeg, 400, 0),
        "JPEG of 200 scans": many_scans(200),
        "JPEG of 0xff only": b"\xff\xd8" + b"\xff" * 8_000_000,
        "JPEG of two million segments": b"\xff\xd8" + b"\xff\xe0\0\x02" * 2_000_000,
        "PNG of 600,000 chunks": png(9, 9, chunk(b"aaAa", b"") * 600_000),
        "HEIC of 20,000²": heic.replace(
            b"ispe\0\0\0\0" + struct.pack(">II", 400, 300), b"ispe\0\0\0\0" + struct.pack(">II", 20000, 20000)
        ),
        "HEIC of two million sizes": heic + box(b"meta", b"ispe" * 2_000_000),
        "HEIC of a million boxes": heic + box(b"free", b"") * 1_000_000,
        "HEIC of one tile too large": heic + box(b"meta", box(b"ispe", bytes(4) + struct.pack(">II", 20_000, 20_000))),
        "HEIC of zeros": heic[:200] + bytes(len(heic) - 200),
        "half a JPEG": jpeg[: len(jpeg) // 2],
        "half a progressive JPEG": saved(drawn(), "JPEG", progressive=True)[:800],
        "half a PNG": still[: len(still) // 2],
        "half a WebP": webp[: len(webp) // 2],
        "half a HEIC": heic[: len(heic) // 2],
    }
