"""What the functions find in the cloud: the pins of the layers, and nothing of this machine's environment. The local
city runs with all of that environment, so what a layer lacks shows here or nowhere."""

import inspect
from pathlib import Path

import pytest

from chalicelib.adapters.clients import Clients
from tools.deployment import layer_contents, services
from tools.deployment.layer_contents import run
from tools.deployment.package import ROOT

PACKAGE = ROOT / "chalicelib"
EVERY_MODULE = """
import importlib, pkgutil, app, chalicelib
for found in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
    importlib.import_module(found.name)
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
    """Folders with what each layer holds."""
    return layer_contents.laid_out(tmp_path_factory.mktemp("layers"))


def test_every_module_of_the_functions_imports(layer: dict[str, Path]) -> None:
    done = run(EVERY_MODULE, path=[layer["dependencies"]])
    assert done.returncode == 0, done.stderr


def test_every_client_that_the_code_can_make_is_made(layer: dict[str, Path]) -> None:
    assert layer_contents.without_a_client(services.called(PACKAGE), layer["dependencies"]) == []


def test_the_tables_own_client_is_made(layer: dict[str, Path]) -> None:
    done = run(DYNAMODB, path=[layer["dependencies"]])
    assert done.returncode == 0, done.stderr


def test_a_service_that_the_code_does_not_name_is_not_there(layer: dict[str, Path]) -> None:
    (line,) = layer_contents.without_a_client({"ec2"}, layer["dependencies"])
    assert "UnknownServiceError" in line


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
