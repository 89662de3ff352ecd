"""What a camera wrote into the file (EXIF), read as from a stranger: whatever is not plainly right is absent."""

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from chalicelib.domain.case.evidence import Capture

ORIENTATION, EXIF_BLOCK, GPS_BLOCK = 0x0112, 0x8769, 0x8825
TAKEN_AT = 0x9003  # DateTimeOriginal
T = TypeVar("T")
LAT_REF, LAT, LON_REF, LON = 1, 2, 3, 4


def read(exif: bytes | None) -> tuple[int, Capture | None]:
    """Orientation (1–8, 1 when unknown) and the private facts (None when there are none). Never raises."""
    tags = _quietly(lambda: _load(exif)) if exif else None
    if tags is None:
        return 1, None
    lat, lon = _quietly(lambda: _position(tags)) or (None, None)
    capture = Capture(lat, lon, _quietly(lambda: _taken_at(tags)))
    return _quietly(lambda: _orientation(tags)) or 1, None if capture == Capture() else capture


def _quietly(fact: Callable[[], T]) -> T | None:
    """The fact, or None: a stranger's tags fail in every way (types, lengths, zero denominators)."""
    try:
        return fact()
    except Exception:
        return None


def _load(exif: bytes) -> Any:
    from PIL import Image

    tags = Image.Exif()
    tags.load(exif)
    return tags


def _orientation(tags: Any) -> int | None:
    value = tags.get(ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else None


def _position(tags: Any) -> tuple[float, float] | None:
    gps = tags.get_ifd(GPS_BLOCK)
    lat = _degrees(gps[LAT], gps[LAT_REF], "NS", 90)
    lon = _degrees(gps[LON], gps[LON_REF], "EW", 180)
    return None if lat is None or lon is None or lat == lon == 0 else (lat, lon)  # 0, 0: no fix yet


def _degrees(parts: Sequence[Any], ref: Any, sides: str, limit: int) -> float | None:
    """Degrees, minutes and seconds as one signed number, to 0.1 m; None outside ±limit."""
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    side = (ref.decode("ascii") if isinstance(ref, bytes) else ref).strip("\0 ").upper()
    if side not in tuple(sides) or not math.isfinite(value) or not 0 <= value <= limit:
        return None
    return round(-value if side == sides[1] else value, 6)


def _taken_at(tags: Any) -> str:
    return datetime.strptime(tags.get_ifd(EXIF_BLOCK)[TAKEN_AT].strip("\0 "), "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007  (the camera's own time)
