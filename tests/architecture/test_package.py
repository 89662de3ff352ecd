"""The package: our own code only, and the same bytes wherever it is made."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools.deployment.package import ROOT, Package, package

PYTHON_313 = sorted(Path.home().glob(".pyenv/versions/3.13*/bin/python3.13"))


def packaged_by(interpreter: str, out: Path, **environment: str) -> Package:
    """Packages in another process, with this environment's libraries."""
    paths = os.pathsep.join([str(ROOT), *(path for path in sys.path if path.endswith("site-packages"))])
    code = "import pathlib, sys; from tools.deployment import package as p; p.package(out=pathlib.Path(sys.argv[1]))"
    subprocess.run(
        [interpreter, "-c", code, str(out)],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(out),
            "PYTHONPATH": paths,
            **environment,
        },
        check=True,
        capture_output=True,
    )
    return Package(out / "template.json", out / "code.zip")


def same(one: Package, other: Package) -> bool:
    return one.template.read_bytes() == other.template.read_bytes() and one.code.read_bytes() == other.code.read_bytes()


def test_the_zip_holds_our_own_code_and_nothing_else(packaged: Package) -> None:
    names = zipfile.ZipFile(packaged.code).namelist()
    assert {name.split("/")[0] for name in names} == {"app.py", "chalicelib"}
    assert not [name for name in names if name.endswith((".pyc", ".so"))]


def test_the_zip_holds_every_file_of_ours(packaged: Package) -> None:
    ours = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "chalicelib").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert set(zipfile.ZipFile(packaged.code).namelist()) == ours | {"app.py"}


def test_packaging_twice_gives_the_same_bytes(packaged: Package, tmp_path: Path) -> None:
    assert same(packaged, package(ROOT, tmp_path))


def test_another_region_time_zone_and_hash_seed_give_the_same_bytes(packaged: Package, tmp_path: Path) -> None:
    other = packaged_by(sys.executable, tmp_path, AWS_DEFAULT_REGION="eu-west-1", TZ="Asia/Jakarta", PYTHONHASHSEED="7")
    assert same(packaged, other)


@pytest.mark.skipif(not PYTHON_313, reason="no Python 3.13 in ~/.pyenv/versions")
def test_python_3_13_gives_the_same_bytes(packaged: Package, tmp_path: Path) -> None:
    assert same(packaged, packaged_by(str(PYTHON_313[-1]), tmp_path))
