"""What the functions find in the cloud: the pins of the layers, and nothing of this machine's environment. The local
city runs with all of that environment, so what a layer lacks shows here or nowhere."""

import inspect
import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from chalicelib.adapters.clients import Clients
from tools.deployment import layers, services
from tools.deployment.package import ROOT

PACKAGE = ROOT / "chalicelib"
EVERY_MODULE = """
import importlib, pkgutil, app, chalicelib
for found in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
    importlib.import_module(found.name)
"""
EVERY_CLIENT = """
import sys
from chalicelib.adapters.clients import Clients
clients = Clients(region="ap-southeast-3")
for service in sys.argv[1:]:
    for tries in (1, 3):
        clients.make(service, tries)
        clients.described(service, tries)
"""
DYNAMODB = """
from chalicelib.adapters.clients import Clients
from chalicelib.adapters.dynamodb import raw, rows
clients = Clients(region="ap-southeast-3")
rows.bind(table_name="t", client=lambda: clients.dynamodb)
raw.connection().client
"""


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders with what each layer holds, taken from this environment and trimmed as the layers are."""
    place = tmp_path_factory.mktemp("layers")
    for name, pins in layers.split(layers.pins_of(ROOT / "requirements.txt")).items():
        for pin in pins:
            _link(pin, place / name)
    botocore = place / "dependencies" / "botocore"
    installed = botocore.resolve()
    botocore.unlink()
    shutil.copytree(installed, botocore, ignore=shutil.ignore_patterns("__pycache__"))
    layers.trim(botocore / "data", services.called(PACKAGE))
    return {name: place / name for name in ("dependencies", "photo")}


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


def test_every_module_of_the_functions_imports(layer: dict[str, Path]) -> None:
    done = run(EVERY_MODULE, path=[layer["dependencies"]])
    assert done.returncode == 0, done.stderr


def test_every_client_that_the_code_can_make_is_made(layer: dict[str, Path]) -> None:
    done = run(EVERY_CLIENT, *sorted(services.called(PACKAGE)), path=[layer["dependencies"]])
    assert done.returncode == 0, done.stderr


def test_the_tables_own_client_is_made(layer: dict[str, Path]) -> None:
    done = run(DYNAMODB, path=[layer["dependencies"]])
    assert done.returncode == 0, done.stderr


def test_a_service_that_the_code_does_not_name_is_not_there(layer: dict[str, Path]) -> None:
    done = run(EVERY_CLIENT, "ec2", path=[layer["dependencies"]])
    assert "UnknownServiceError" in done.stderr


def test_mail_goes_out_by_the_second_version_of_the_service() -> None:
    assert "sesv2" in services.called(PACKAGE)
    assert "ses" not in services.called(PACKAGE)


def test_every_way_to_make_a_client_is_known() -> None:
    """Else the layer lacks the description of a service, and its first call fails in the cloud."""
    public = {name: made for name, made in vars(Clients).items() if callable(made) and not name.startswith("_")}

    makers = {name for name, made in public.items() if "service" in inspect.signature(made).parameters}

    assert makers
    assert makers <= services.MAKES_A_CLIENT


def test_administrators_orders_are_given_by_a_service_that_is_described() -> None:
    assert "lambda" in services.called(PACKAGE)


@pytest.mark.parametrize("call", ["client(name)", "once(name)", "make(service=name)", "resource(names[0])"])
def test_a_service_that_is_not_named_by_a_text_is_refused(call: str, tmp_path: Path) -> None:
    (tmp_path / "mail.py").write_text(f"found = clients.{call}\n")
    with pytest.raises(services.UnnamedServiceError, match=r"mail\.py:1"):
        services.called(tmp_path)


@pytest.mark.parametrize("call", ["client('iot')", 'once("iot")', "make('iot', 3)", "a.b.resource('iot')"])
def test_a_service_is_found_however_its_client_is_made(call: str, tmp_path: Path) -> None:
    (tmp_path / "things.py").write_text(f"def thing(clients):\n    return clients.{call}\n")
    assert "iot" in services.called(tmp_path)
