"""Photos of the day: small JPEGs, each with its own colours, and now and then a file that is none."""

import io
import random

BROKEN = b"\xff\xd8\xff\xe0 this was never a photo " * 40


def photo(chance: random.Random, size: tuple[int, int] = (800, 600)) -> bytes:
    """Coloured blocks, as different from another as two photos of two holes; some 10 kB."""
    from PIL import Image

    tiles = Image.frombytes("RGB", (16, 12), chance.randbytes(16 * 12 * 3))
    out = io.BytesIO()
    tiles.resize(size, Image.Resampling.BILINEAR).save(out, "JPEG", quality=70)
    return out.getvalue()
