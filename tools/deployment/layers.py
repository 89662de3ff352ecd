"""`python -m tools layers`: the two layers that functions stand on in the cloud, built for their platform (arm64,
Python 3.13) on any machine. Locally dependencies come from the virtual environment and the layers stay away."""

import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

from tools.command_line import wordless
from tools.deployment import services

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "layers"
PYTHON = "3.13"
# One alone cannot resolve cryptography: its wheels are tagged with the newer glibc, others with the older names.
PLATFORMS = ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64")
PHOTO = {"pillow", "pillow-heif"}
# What Chalice's command line needs and its runtime does not: the deployed `chalice.app` imports the standard library.
COMMAND_LINE = {
    "ansicon", "blessed", "click", "colorama", "editor", "inquirer", "jinxed", "pip", "pyyaml", "readchar", "runs",
    "setuptools", "wcwidth", "wheel", "xmod",
}  # fmt: skip
# What markers of pins are asked of.
FUNCTIONS = {
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "aarch64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.0",
}
LIMIT = 200 * 1024 * 1024  # bytes, unzipped, code and both layers together; AWS refuses above 250
AARCH64 = 183  # ELF's number of the machine
EPOCH = (1980, 1, 1, 0, 0, 0)
NOT_SHIPPED = ("tests", "__pycache__", "bin")


class LayerError(Exception):
    """What an operator must put right before layers can be built."""


def build(out: Path = OUT, python: str | None = None) -> dict[str, Path]:
    """Zips by layer: dependencies, photo. Raises LayerError."""
    compiler = python or interpreter()
    shutil.rmtree(out, ignore_errors=True)
    for name, pins in split(pins_of(ROOT / "requirements.txt")).items():
        _install(pins, out / name / "python")
    trim(out / "dependencies" / "python" / "botocore" / "data", services.called(ROOT / "chalicelib"))
    for name in ("dependencies", "photo"):
        _compile(compiler, out / name)
    _check(out)
    return {name: _zip(out / name, out / f"{name}.zip") for name in ("dependencies", "photo")}


def interpreter() -> str:
    """A Python of the functions' version: bytecode of another one would be ignored in the cloud."""
    places = [os.environ.get("PYTHON313"), shutil.which("python3.13")]
    places += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/3.13*/bin/python3.13"), reverse=True)]
    for place in filter(None, places):
        if "3.13" in subprocess.run([place, "--version"], capture_output=True, text=True, check=False).stdout:
            return str(place)
    message = (
        "Layers are byte-compiled by Python 3.13, and none is here. Install it and put it on PATH, "
        "or name it: PYTHON313=/path/to/python3.13 make layers"
    )
    raise LayerError(message)


def pins_of(requirements: Path) -> dict[str, str]:
    """name → pin with its hashes, of every pin that counts where the functions run. Raises LayerError for one without
    a hash."""
    lines = requirements.read_text().replace("\\\n", " ").splitlines()
    pins = {}
    for line in (line for line in lines if re.match(r"[a-zA-Z]", line)):
        named, *hashes = line.split("--hash=")
        requirement = Requirement(named.strip())
        if not hashes:
            raise LayerError(f"{requirement} has no hash in {requirements.name}: make lock writes it")
        if requirement.marker is None or requirement.marker.evaluate(FUNCTIONS):
            hashed = " ".join(f"--hash={found.strip()}" for found in hashes)
            pins[requirement.name.lower()] = f"{requirement.name}{requirement.specifier} {hashed}"
    return pins


def split(pins: dict[str, str]) -> dict[str, dict[str, str]]:
    """Pins by layer."""
    photo = {name: pin for name, pin in pins.items() if name in PHOTO}
    rest = {name: pin for name, pin in pins.items() if name not in PHOTO | COMMAND_LINE}
    return {"dependencies": rest, "photo": photo}


def _install(pins: dict[str, str], target: Path) -> None:
    target.mkdir(parents=True)
    listed = target.with_suffix(".txt")
    listed.write_text("\n".join(pins.values()) + "\n")
    platforms = [word for platform in PLATFORMS for word in ("--platform", platform)]
    fixed = ["--implementation", "cp", "--python-version", PYTHON, "--only-binary=:all:", "--no-deps", "--no-compile"]
    words = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(target)]
    pinned = ["--require-hashes", "-r", str(listed)]
    done = subprocess.run([*words, *fixed, *platforms, *pinned], capture_output=True, text=True, check=False)
    listed.unlink()
    if done.returncode:
        message = f"pip could not install for {PYTHON} on arm64:\n{done.stderr}"
        raise LayerError(message)
    for name in NOT_SHIPPED:
        for directory in [*target.rglob(name)]:
            if directory.is_dir():
                shutil.rmtree(directory)


def trim(data: Path, kept: set[str]) -> None:
    """Keeps the descriptions of these services: the rest is most of botocore's weight. Raises LayerError when botocore
    does not know one."""
    if unknown := sorted(name for name in kept if not (data / name).is_dir()):
        message = f"botocore describes no service {', '.join(unknown)}"
        raise LayerError(message)
    for entry in data.iterdir():
        if entry.is_dir() and entry.name not in kept:
            entry.unlink() if entry.is_symlink() else shutil.rmtree(entry)


def foreign(directory: Path) -> list[str]:
    """Libraries for another machine than the functions': by their name, and by what their header says."""
    found = []
    for path in sorted(directory.rglob("*")):
        if path.is_file() and ".so" in path.name and ("x86_64" in path.name or machine(path) != AARCH64):
            found.append(str(path.relative_to(directory)))
    return found


def machine(path: Path) -> int | None:
    """ELF's number of the machine; None when it is no such file."""
    with path.open("rb") as file:
        head = file.read(20)
    return struct.unpack_from("<H", head, 18)[0] if head[:4] == b"\x7fELF" and len(head) == 20 else None


def _check(out: Path) -> None:
    if wrong := foreign(out):
        message = f"libraries of another machine: {', '.join(wrong)}"
        raise LayerError(message)
    if (size := weight(out) + weight(ROOT / "chalicelib")) > LIMIT:
        message = f"layers and code weigh {size:,} bytes unzipped, the limit is {LIMIT:,}"
        raise LayerError(message)


def weight(directory: Path) -> int:
    """Bytes of all files below."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def _compile(python: str, directory: Path) -> None:
    """Bytecode that is believed without looking at the source: Lambda unpacks layers with other times."""
    words = ["-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", str(directory)]
    subprocess.run([python, *words, "-p", "/opt", str(directory)], check=True)


def _zip(directory: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in _files(directory):
            entry = zipfile.ZipInfo(str(path.relative_to(directory)), EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return target


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in sorted(directory.rglob("*")) if path.is_file())


def main(arguments: list[str]) -> int:
    """Prints what each layer weighs."""
    wordless("layers", __doc__, arguments)
    try:
        layers = build()
    except LayerError as error:
        print(error, file=sys.stderr)
        return 1
    for name, path in layers.items():
        unzipped = weight(OUT / name)
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes, unzipped {unzipped:,}")
    return 0
