"""Layers are built for the functions' machine, whatever machine builds them."""

import struct
from pathlib import Path

import pytest

from tools.deployment import layers
from tools.deployment.package import ROOT


def library(directory: Path, name: str, machine: int) -> None:
    """A file that begins as a shared library of this machine does."""
    (directory / name).write_bytes(b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HH", 3, machine))


def test_a_library_of_the_functions_machine_is_right(tmp_path: Path) -> None:
    library(tmp_path, "_rust.cpython-313-aarch64-linux-gnu.so", 183)
    assert layers.foreign(tmp_path) == []


def test_a_library_named_for_the_building_machine_is_refused(tmp_path: Path) -> None:
    library(tmp_path, "_imaging.cpython-311-x86_64-linux-gnu.so", 183)
    assert layers.foreign(tmp_path) == ["_imaging.cpython-311-x86_64-linux-gnu.so"]


def test_a_library_with_another_machines_header_is_refused(tmp_path: Path) -> None:
    library(tmp_path, "libheif.so.1", 62)
    assert layers.foreign(tmp_path) == ["libheif.so.1"]


def test_the_layers_hold_what_the_requirements_pin() -> None:
    split = layers.split(layers.pins_of(ROOT / "requirements.txt"))
    assert set(split["photo"]) == {"pillow", "pillow-heif"}
    assert {"boto3", "chalice", "cryptography", "pydantic", "pyjwt", "pynamodb"} <= set(split["dependencies"])
    assert not set(split["dependencies"]) & layers.COMMAND_LINE


def test_trimming_leaves_the_services_used_and_what_all_share(tmp_path: Path) -> None:
    for name in ("dynamodb", "ec2"):
        (tmp_path / name).mkdir()
    (tmp_path / "endpoints.json").write_text("{}")
    layers.trim(tmp_path, {"dynamodb"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dynamodb", "endpoints.json"]


def test_a_service_that_botocore_does_not_know_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "dynamodb").mkdir()
    with pytest.raises(layers.LayerError, match="sesv3"):
        layers.trim(tmp_path, {"dynamodb", "sesv3"})


def test_without_python_3_13_the_operator_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYTHON313", raising=False)
    with pytest.raises(layers.LayerError, match=r"Python 3\.13"):
        layers.interpreter()


@pytest.mark.skipif(not layers.OUT.exists(), reason="no layers built here (make layers)")
def test_the_layers_built_here_are_whole_and_light_enough() -> None:
    assert layers.foreign(layers.OUT) == []
    assert layers.weight(layers.OUT / "dependencies") + layers.weight(layers.OUT / "photo") < layers.LIMIT
    assert list(layers.OUT.rglob("__pycache__/*.cpython-313.pyc"))
