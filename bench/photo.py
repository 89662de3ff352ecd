"""What one photo costs, counted in a fresh process: `python -m bench.photo [FILE]` prints JSON. Without a file, a
drawn JPEG of 12 megapixels with noise, as a phone makes it."""

import io
import json
import sys
import time
from pathlib import Path
from typing import Any

from chalicelib.adapters.photos.decoder import PillowDecoder
from chalicelib.application.ports.photos import PictureRefusedError

PHONE = (4000, 3000)


def phone_photo() -> bytes:
    """About 3 MB: smooth light, with the noise of a sensor; made in another process, so that it is not measured."""
    from PIL import Image

    light = Image.linear_gradient("L").resize(PHONE)
    noise = Image.effect_noise(PHONE, 24)
    tone = Image.blend(light, noise, 0.35)
    out = io.BytesIO()
    Image.merge("RGB", (tone, light, tone)).save(out, "JPEG", quality=90)
    return out.getvalue()


def sample() -> bytes:
    """A small photo that is the same every time."""
    from PIL import Image

    out = io.BytesIO()
    Image.radial_gradient("L").resize((800, 600)).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def measure(data: bytes) -> dict[str, Any]:
    """`first_ms` with the imports of a cold start, `cpu_ms` the least of three more; `peak_mb` of the process."""
    first, outcome, sizes = _once(data)
    times = [first] if first > 1000 else [_once(data)[0] for _ in range(3)]
    return {
        "outcome": outcome,
        "bytes_in": len(data),
        **sizes,
        "first_ms": round(first),
        "cpu_ms": round(min(times)),
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> int:
    """The peak memory of this program only: getrusage counts the one that started it as well."""
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return round(int(peak.split()[1]) / 1024)


def _once(data: bytes) -> tuple[float, str, dict[str, int]]:
    begun = time.process_time()
    try:
        made = PillowDecoder().variants(data)
        outcome, sizes = "shown", {"bytes_large": len(made.large), "bytes_small": len(made.small)}
    except PictureRefusedError as refused:
        outcome, sizes = refused.reason, {}
    return (time.process_time() - begun) * 1000, outcome, sizes


def main(arguments: list[str]) -> None:
    if not arguments:
        import subprocess
        import tempfile

        with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
            Path(file.name).write_bytes(phone_photo())
            subprocess.run([sys.executable, "-m", "bench.photo", file.name], check=True)
        return
    print(json.dumps(measure(Path(arguments[0]).read_bytes())))


if __name__ == "__main__":
    main(sys.argv[1:])
