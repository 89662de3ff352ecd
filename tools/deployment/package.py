"""`python -m tools package`: the template and the zip that are deployed, on one machine as in AWS.

The template is Chalice's with `infra/` merged over it; nothing in it depends on the machine that wrote it (interpreter,
processor, region, time), so the same code gives the same bytes."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.command_line import wordless
from tools.infra import template, template_live

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "package"
SHIPPED = ("app.py", "chalicelib")  # what the zip holds: our own code; dependencies come in layers
CHALICE_STAGE = "city"  # one name for all: what differs between stages are the template's parameters
EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time that a zip can hold


@dataclass(frozen=True)
class Package:
    """Where the two files are."""

    template: Path
    code: Path


def package(source: Path = ROOT, out: Path = OUT) -> Package:
    """Writes both files. Raises RuntimeError with Chalice's words when it cannot load the application."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        _stage(source, Path(place))
        written = _chalice(Path(place))
    (out / "template.json").write_text(_text(_tidy(written)))
    _zip(source, out / "code.zip")
    return Package(out / "template.json", out / "code.zip")


def merged_text() -> str:
    """The template that is merged over Chalice's, as JSON."""
    return _text(template.joined())


def _stage(source: Path, place: Path) -> None:
    """A copy with empty requirements, so that Chalice packs no dependencies."""
    for name in (*SHIPPED, ".chalice"):
        if (source / name).is_dir():
            shutil.copytree(source / name, place / name, ignore=shutil.ignore_patterns("__pycache__", "deployments"))
        elif (source / name).exists():
            shutil.copy(source / name, place / name)
    if not (place / ".chalice").exists() or source != ROOT:
        shutil.copytree(ROOT / ".chalice", place / ".chalice", dirs_exist_ok=True)
    (place / "requirements.txt").write_text("")
    (place / "merge.json").write_text(merged_text())


def _chalice(place: Path) -> dict[str, object]:
    words = ["package", "--stage", CHALICE_STAGE, "--merge-template", "merge.json", "out"]
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from chalice.cli import main; sys.exit(main())", *words],
        cwd=place,
        env={**_machine(), "AWS_DEFAULT_REGION": "ap-southeast-3", "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"chalice package failed:\n{done.stdout}{done.stderr}"
        raise RuntimeError(message)
    read: dict[str, object] = json.loads((place / "out" / "sam.json").read_text())
    return read


def _machine() -> dict[str, str]:
    """Only what a program needs to start: nothing of the caller's accounts and settings gets into the template."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _tidy(written: dict[str, object]) -> dict[str, object]:
    """Without what names this machine's Chalice: a new release of it must not change every function. The API's routes
    lead to its alias."""
    resources = written["Resources"]
    assert isinstance(resources, dict)  # noqa: S101 - what Chalice promises
    for resource in resources.values():
        resource.get("Properties", {}).pop("Tags", None)
    template_live.behind_alias(written)
    return written


def _text(document: object) -> str:
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


def _zip(source: Path, target: Path) -> None:
    """The same bytes for the same code: sorted, without times, rights or compression of the zlib at hand."""
    partial = target.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as archive:
        for path in _files(source):
            entry = zipfile.ZipInfo(str(path.relative_to(source)), EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    partial.replace(target)


def _files(source: Path) -> Iterator[Path]:
    for name in SHIPPED:
        path = source / name
        yield from (
            [path]
            if path.is_file()
            else sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
        )


def main(arguments: list[str]) -> int:
    """Prints where the files are."""
    wordless("package", __doc__, arguments)
    written = package()
    for path in (written.template, written.code):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")
    return 0
