"""What a picture says of itself before it is decoded: its real type, its size, and so what decoding it would cost. The
city reads headers itself, because Pillow's lazy open answers less and costs more on hostile files. Pillow counts no
scans of a JPEG, reads no sizes of a HEIC's tiles and notices no missing end. It spends 4.6 s and 260 MB on two million
segments, and reserves 1.3 GB for a WebP of 54 bytes (measured in docs/decisions/0016-pictures.md)."""

import re
import struct
from collections.abc import Iterator

from chalicelib.application.ports.photos import PictureRefusedError
from chalicelib.domain.values import dataclass

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis"}
SEQUENCE_BRANDS = {b"msf1", b"hevc", b"hevx"}
PICTURE_BOXES = {b"ftyp", b"meta", b"mdat", b"idat", b"free", b"skip", b"uuid", b"moov"}
DECLARED_SIZE = re.compile(b"ispe")  # the property of a HEIC's picture, tile or thumbnail: version, width, height
FRAME_HEADERS = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG SOF0–SOF15
NEXT_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # no stuffing, no restart; no `+`: linear in runs of 0xff
# What makes the same bytes an archive, a page, a program or a document as well: long enough that no pixels say it by
# chance. Mere bytes behind the picture are no reason: phones write moving pictures and notes of their own there.
SOMETHING_ELSE = re.compile(rb"PK\x03\x04[\x00-\x3f]\x00|(?i:<script[\s>]|<html[\s>]|<!doctype|<\?php\s|%PDF-\d)")
MAX_PARTS = 10_000  # segments, chunks, boxes or sizes: a phone writes some hundreds, a bomb two million
MAX_SCANS = 50  # encoders write 1 to 12; each further one is a pass over every coefficient

# Bytes per pixel at the peak of decoding, counted from the libraries' own buffers. WebP: libwebp's two canvases, its
# lossless buffer, Pillow's copy. HEIC: planes and the interleaved copy. A JPEG of one scan is decoded small at once.
PNG_COST, WEBP_COST, HEIC_COST, JPEG_COST = 4, 16, 6, 1
COEFFICIENT = 2  # bytes per component and pixel that libjpeg keeps when a picture comes in several scans


@dataclass(frozen=True, slots=True)
class Header:
    """`cost` is bytes of memory per pixel while decoding; `frames` above 1 is an animation."""

    content_type: str
    width: int
    height: int
    cost: int
    animated: bool = False
    scans: int = 1


def read(data: bytes) -> Header:
    """Raises PictureRefusedError: not_an_image, truncated, damaged; type_mismatch for what is a picture and something
    else too."""
    reader = next((read for matches, read in READERS if matches(data)), None)
    if reader is None:
        raise PictureRefusedError("not_an_image")
    if SOMETHING_ELSE.search(data):
        raise PictureRefusedError("type_mismatch")
    try:
        return reader(data)
    except (struct.error, IndexError) as error:
        raise PictureRefusedError("truncated") from error


def _jpeg(data: bytes) -> Header:
    frames: list[tuple[int, int, int]] = []
    scans = 0
    for marker, payload in _jpeg_segments(data):
        if marker in FRAME_HEADERS:
            height, width, components = struct.unpack_from(">HHB", data, payload + 1)
            frames.append((width * height, width, height))
            depth = components
        scans += marker == 0xDA
    if not frames:
        raise PictureRefusedError("truncated")
    _, width, height = max(frames)
    return Header("image/jpeg", width, height, JPEG_COST if scans < 2 else COEFFICIENT * depth, scans=scans)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Markers up to the end of the first picture, each with the position of its payload."""
    position, parts = 2, 0
    while (found := NEXT_MARKER.search(data, position)) and (marker := found[1][0]) != 0xD9:
        parts = _counted(parts)
        bare = marker in (0x01, 0xD8)
        yield marker, found.end() + 2
        position = found.end() if bare else found.end() + struct.unpack_from(">H", data, found.end())[0]


def _png(data: bytes) -> Header:
    width, height = struct.unpack_from(">II", data, 16)
    if data[12:16] != b"IHDR":
        raise PictureRefusedError("damaged")
    chunks = list(_png_chunks(data))
    if chunks[-1] != b"IEND":
        raise PictureRefusedError("truncated")
    return Header("image/png", width, height, PNG_COST, animated=b"acTL" in chunks)


def _png_chunks(data: bytes) -> Iterator[bytes]:
    """Names of the whole chunks, up to the one that ends the picture."""
    position, parts, name = 8, 0, b""
    while name != b"IEND" and position + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        position += length + 12
        if position > len(data):
            return
        parts = _counted(parts)
        yield name


def _counted(parts: int) -> int:
    if parts >= MAX_PARTS:
        raise PictureRefusedError("damaged")
    return parts + 1


def _webp(data: bytes) -> Header:
    (length,) = struct.unpack_from("<I", data, 4)
    if length + 8 > len(data):
        raise PictureRefusedError("truncated")
    kind, body = data[12:16], data[20:30]
    if kind not in WEBP_SIZES:
        raise PictureRefusedError("damaged")
    width, height = WEBP_SIZES[kind](body)
    return Header("image/webp", width, height, WEBP_COST, animated=kind == b"VP8X" and bool(body[0] & 0x02))


def _lossy(body: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", body, 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless(body: bytes) -> tuple[int, int]:
    (bits,) = struct.unpack_from("<I", body, 1)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _extended(body: bytes) -> tuple[int, int]:
    if len(body) < 10:
        raise PictureRefusedError("truncated")
    return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1


def _heic(data: bytes) -> Header:
    """The largest of all sizes that are declared: of the picture, its tiles and its thumbnails."""
    sizes = [size for name, start, end in _boxes(data) if name == b"meta" for size in _declared(data, start, end)]
    if not sizes:
        raise PictureRefusedError("damaged")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return Header("image/heic", width, height, HEIC_COST)


def _declared(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    parts = 0
    for found in DECLARED_SIZE.finditer(data, start, end):
        parts = _counted(parts)
        width, height = struct.unpack_from(">II", data, found.end() + 4)
        yield width, height


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of the picture's boxes; bytes behind them are never read."""
    position, parts = 0, 0
    while position + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, position)
        if name not in PICTURE_BOXES:
            return
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, position + 8)
        end = position + length if length >= 8 else len(data)  # 0: to the end of the file
        if end > len(data):
            raise PictureRefusedError("truncated")
        parts = _counted(parts)
        yield name, position, end
        position = end


def _is_heic(data: bytes) -> bool:
    length = int.from_bytes(data[:4], "big")
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, min(length, 256), 4))}
    return data[4:8] == b"ftyp" and bool(brands & HEIC_BRANDS) and data[8:12] not in SEQUENCE_BRANDS


WEBP_SIZES = {b"VP8 ": _lossy, b"VP8L": _lossless, b"VP8X": _extended}
READERS = (
    (lambda data: data[:3] == b"\xff\xd8\xff", _jpeg),
    (lambda data: data[:8] == b"\x89PNG\r\n\x1a\n", _png),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
    (_is_heic, _heic),
)
