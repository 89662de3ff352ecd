"""Makes the pictures that people see from what a stranger sent. A file is judged by its header first, decoded small,
turned upright, converted to sRGB and written anew. So nothing of the file but its pixels is left."""

import hashlib
import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chalicelib.adapters.photos import camera_facts, picture_headers
from chalicelib.adapters.photos.picture_headers import MAX_SCANS, Header
from chalicelib.application.ports.photos import Decoded, PictureRefusedError
from chalicelib.domain.case.evidence import LARGE, MAX_PIXELS, SMALL
from chalicelib.domain.values import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_MEMORY = 340_000_000  # bytes of one decoding: with the interpreter (40 MB) and the answer under 400 MB
MAX_PROFILE = 4_000_000  # bytes of a colour profile; the largest of printers are half of it
QUALITY, METHOD = 80, 2  # WebP; method 2 takes half the time of the default 4 for 4 % more bytes
BAND = 64  # rows of the shrunken picture made at a time
HIGH_BYTE = slice(1, None, 2)  # of little-endian 16-bit samples


@dataclass(frozen=True, slots=True)
class Raster:
    """Decoded pixels, of which `band(top, bottom)` cuts rows, and what the file said of them."""

    width: int
    height: int
    band: Callable[[int, int], "Image"]
    profile: bytes | None
    exif: bytes | None
    upright: bool = False  # the decoder has turned it already


class PillowDecoder:
    """Pillow for JPEG, PNG and WebP, libheif for HEIC; each is imported when the first such file comes."""

    def variants(self, data: bytes) -> Decoded:
        """Raises PictureRefusedError; never anything else for any bytes."""
        header = picture_headers.read(data)
        _judge(header)
        with _refusing():
            return _decoded(data, header)


def _judge(header: Header) -> None:
    pixels = header.width * header.height
    if header.animated:
        raise PictureRefusedError("animated")
    if pixels > MAX_PIXELS or pixels * header.cost > MAX_MEMORY:
        raise PictureRefusedError("too_many_pixels")
    if pixels == 0 or header.scans > MAX_SCANS:
        raise PictureRefusedError("damaged")


@contextmanager
def _refusing() -> Iterator[None]:
    """Bytes that no decoder takes are refused, not retried: they will be no better the next time."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except PictureRefusedError:
        raise
    except Exception as error:  # decoders raise whatever they like: OSError, SyntaxError, ValueError, MemoryError …
        raise PictureRefusedError("truncated" if "truncated" in str(error) else "damaged") from error


def _decoded(data: bytes, header: Header) -> Decoded:
    raster = READERS[header.content_type](data, _fitted(header.width, header.height, LARGE))
    orientation, capture = camera_facts.read(raster.exif)
    large = _upright(_srgb(_shrunk(raster, LARGE), raster.profile), 1 if raster.upright else orientation)
    small = _resized(large, _fitted(large.width, large.height, SMALL))
    size = (raster.width, raster.height) if raster.upright else (header.width, header.height)
    if orientation >= 5 and not raster.upright:
        size = size[::-1]
    return Decoded(_webp(large), _webp(small), *size, hashlib.sha256(data).hexdigest(), capture)


def _fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """The size with the longer side at most `side`: never larger, never flat."""
    longer = max(width, height, side)
    return max(1, width * side // longer), max(1, height * side // longer)


def _jpeg(data: bytes, target: tuple[int, int]) -> Raster:
    """Decoded at once at 1/2, 1/4 or 1/8 of its size: libjpeg leaves out what would be thrown away. The target has
    the picture's own aspect; with a square nothing would be saved."""
    from PIL.JpegImagePlugin import JpegImageFile

    picture = JpegImageFile(io.BytesIO(data))
    picture.draft("RGB", target)
    return _from_pillow(picture)


def _png(data: bytes, _: tuple[int, int]) -> Raster:
    from PIL.PngImagePlugin import PngImageFile

    return _from_pillow(PngImageFile(io.BytesIO(data)))


def _webp_in(data: bytes, _: tuple[int, int]) -> Raster:
    from PIL.WebPImagePlugin import WebPImageFile

    return _from_pillow(WebPImageFile(io.BytesIO(data)))


def _from_pillow(picture: "Image") -> Raster:
    picture.load()
    info = picture.info
    return Raster(
        picture.width,
        picture.height,
        lambda top, bottom: picture.crop((0, top, picture.width, bottom)),
        info.get("icc_profile"),
        info.get("exif"),
    )


def _heic(data: bytes, _: tuple[int, int]) -> Raster:
    """libheif turns the picture itself; the EXIF orientation of a HEIC is only a copy."""
    import pillow_heif
    from PIL.Image import frombuffer

    picture = pillow_heif.open_heif(data, convert_hdr_to_8bit=True)
    if picture.size[0] * picture.size[1] > MAX_PIXELS:  # before `data`, which decodes
        raise PictureRefusedError("too_many_pixels")
    pixels, stride, (width, height), mode = picture.data, picture.stride, picture.size, picture.mode

    def band(top: int, bottom: int) -> "Image":
        rows = pixels[top * stride : bottom * stride]
        return frombuffer(mode, (width, bottom - top), rows, "raw", mode, stride, 1)

    return Raster(width, height, band, picture.info.get("icc_profile"), picture.info.get("exif"), upright=True)


READERS = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp_in, "image/heic": _heic}


def _shrunk(raster: Raster, side: int) -> "Image":
    """First by a whole factor, band by band (converting a whole picture would double its memory), then exactly."""
    from PIL import Image

    target = _fitted(raster.width, raster.height, side)
    factor = max(1, min(raster.width // target[0], raster.height // target[1]))
    if factor == 1:
        return _resized(_plain(raster.band(0, raster.height)), target)
    first, *rest = _bands(raster, factor)
    canvas = Image.new(first.mode, (first.width, -(-raster.height // factor)))
    for position, band in enumerate([first, *rest]):
        canvas.paste(band, (0, position * BAND))
    return _resized(canvas, target)


def _bands(raster: Raster, factor: int) -> Iterator["Image"]:
    for top in range(0, raster.height, BAND * factor):
        yield _plain(raster.band(top, min(raster.height, top + BAND * factor))).reduce(factor)


def _resized(picture: "Image", size: tuple[int, int]) -> "Image":
    from PIL import Image

    return picture if picture.size == size else picture.resize(size, Image.Resampling.HAMMING)


def _plain(picture: "Image") -> "Image":
    """Grey, RGB or CMYK of 8 bits without transparency: what can be shrunk and has a colour profile."""
    from PIL import Image

    if picture.mode.startswith("I;16"):
        return Image.frombytes("L", picture.size, picture.tobytes()[HIGH_BYTE])
    if picture.has_transparency_data:
        return _on_white(picture.convert("RGBA"))
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def _on_white(picture: "Image") -> "Image":
    from PIL import Image

    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _srgb(picture: "Image", profile: bytes | None) -> "Image":
    """The colours that were meant; a profile that cannot be read is left out."""
    if profile and len(profile) <= MAX_PROFILE:
        from PIL import ImageCms

        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return converted or picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return picture.convert("RGB")
    return picture.convert("RGB")


def _upright(picture: "Image", orientation: int) -> "Image":
    """Turned as the file's own orientation says, which was read apart; whatever else the file said is dropped first."""
    from PIL import ImageOps

    picture.info.clear()
    picture.getexif()[camera_facts.ORIENTATION] = orientation
    ImageOps.exif_transpose(picture, in_place=True)
    return picture


def _webp(picture: "Image") -> bytes:
    """Pixels only: every other part of the file is named, and empty."""
    from PIL import WebPImagePlugin  # noqa: F401  (registered here, so that Pillow does not import every plugin)

    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=METHOD, exif=b"", icc_profile=b"", xmp=b"")
    return out.getvalue()
