"""The package as it is deployed, made once for all tests here."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools.deployment.package import ROOT, Package, package
from tools.infra import cfn_yaml


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Template and zip of this checkout."""
    return package(ROOT, tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def template(packaged: Package) -> dict[str, Any]:
    """The template, read."""
    read: dict[str, Any] = json.loads(packaged.template.read_text())
    return read


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, Any]:
    """Its resources by logical id."""
    found: dict[str, Any] = template["Resources"]
    return found


@pytest.fixture(scope="session")
def functions(resources: dict[str, Any]) -> dict[str, Any]:
    """Properties of the functions by logical id."""
    return {
        name: resource["Properties"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


@pytest.fixture(scope="session")
def table() -> dict[str, Any]:
    """The table of functions, as it is written by hand."""
    return cfn_yaml.read(ROOT / "infra" / "functions.yaml")


@pytest.fixture(scope="session")
def policies() -> dict[str, dict[str, Any]]:
    """Policy documents by Chalice's name of the function."""
    files = sorted(Path(ROOT / ".chalice").glob("policy-*.json"))
    return {file.stem.removeprefix("policy-"): json.loads(file.read_text()) for file in files}
