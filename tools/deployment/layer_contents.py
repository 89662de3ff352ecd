"""What the layers hold, laid out on this machine without building them: the pins alone, with the descriptions of the
services that the code names. On one machine all of botocore is there, so what a layer lacks shows here or nowhere."""

import os
import subprocess
import sys
from collections.abc import Iterator, Set
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.deployment import layers, services
from tools.deployment.package import ROOT

PACKAGE = ROOT / "chalicelib"
CLIENTS = """
import sys
from chalicelib.adapters.clients import Clients
clients = Clients(region="ap-southeast-3")
for service in sys.argv[1:]:
    try:
        for tries in (1, 3):
            clients.make(service, tries)
            clients.described(service, tries)
    except Exception as error:
        print(f"{service}: {type(error).__name__}: {error}")
"""


class ContentsError(Exception):
    """What was laid out does not even start."""


def faults(described: Set[str] | None = None) -> Iterator[str]:
    """A line for each service that the functions call while the layer makes no client of it. `described`: services
    whose descriptions the layer keeps, if other than those that the code names. Raises ContentsError."""
    with TemporaryDirectory() as place:
        folders = laid_out(Path(place), described)
        for line in without_a_client(services.called(PACKAGE), folders["dependencies"]):
            yield f"the layer makes none of {line}"


def without_a_client(called: Set[str], layer: Path) -> list[str]:
    """The layer makes no client of these services; each with the error. Raises ContentsError."""
    done = run(CLIENTS, *sorted(called), path=[layer])
    if done.returncode:
        raise ContentsError(done.stderr)
    return done.stdout.splitlines()


def laid_out(place: Path, described: Set[str] | None = None) -> dict[str, Path]:
    """Folders by layer, taken from this environment and trimmed as the layers are."""
    for name, pins in layers.split(layers.pins_of(ROOT / "requirements.txt")).items():
        for pin in pins:
            _link(pin, place / name)
    for folder in (place / "dependencies" / "botocore", place / "dependencies" / "botocore" / "data"):
        _open(folder)
    layers.trim(folder, set(services.called(PACKAGE) if described is None else described))
    return {name: place / name for name in ("dependencies", "photo")}


def _open(folder: Path) -> None:
    """A folder of links in the place of one link."""
    installed = folder.resolve()
    folder.unlink()
    folder.mkdir()
    for entry in installed.iterdir():
        if entry.name != "__pycache__":
            (folder / entry.name).symlink_to(entry)


def _link(pin: str, place: Path) -> None:
    """Links to the top of what a distribution installed."""
    place.mkdir(exist_ok=True)
    found = distribution(pin)
    tops = {Path(file).parts[0] for file in found.files or () if ".." not in Path(file).parts}
    for top in tops - {"__pycache__"}:
        if not (place / top).exists():
            (place / top).symlink_to(Path(str(found.locate_file(top))))


def run(code: str, *words: str, path: list[Path]) -> subprocess.CompletedProcess[str]:
    """In an interpreter without any other library."""
    keys = {"AWS_ACCESS_KEY_ID": "ASIA", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"}
    environment = {"PYTHONPATH": os.pathsep.join(map(str, [ROOT, *path])), "PYTHONDONTWRITEBYTECODE": "1", **keys}
    return subprocess.run(
        [sys.executable, "-S", "-c", code, *words], env=environment, capture_output=True, text=True, check=False
    )
