"""The application registers what it is asked for: one path of a request, or everything that stands in its tables."""

import subprocess
import sys
from typing import Any

import pytest

from chalicelib.entrypoints.blueprints import BLUEPRINTS, TABLES
from tools.deployment.package import ROOT

EVENT = """{"requestContext": {"resourcePath": %r, "httpMethod": %r}, "headers": {}, "multiValueHeaders": {},
 "pathParameters": {"number": "JKT-0000-0001-2", "action": "accept"}, "multiValueQueryStringParameters": None,
 "body": "", "stageVariables": None, "isBase64Encoded": False}"""
ACT = "/complaints/{number}/actions/{action}"
STAFF_ONLY = ("chalicelib.entrypoints.staff_api", "chalicelib.entrypoints.rules_api", "chalicelib.entrypoints.stream")


def said(code: str) -> str:
    """What a fresh process prints: blueprints register once in each."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def answered(path: str, method: str = "GET", then: str = "answer['statusCode']") -> Any:
    call = f"from app import app; answer = app({EVENT % (path, method)}, None)"
    return eval(said(f"import sys; {call}; print(repr({then}))"))


def test_a_request_is_answered_from_the_modules_up_to_its_route() -> None:
    status, loaded = answered(
        ACT, "POST", then="(answer['statusCode'], [n for n in sys.modules if 'entrypoints' in n])"
    )

    assert status == 401
    assert "chalicelib.entrypoints.citizen_api" in loaded
    assert set(STAFF_ONLY).isdisjoint(loaded)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/staff/queue", "GET", 401),
        ("/staff/rules", "GET", 401),
        ("/staff/people", "GET", 401),
        ("/complaints/{number}", "PUT", 405),
        ("/no/such/path", "GET", 405),
    ],
)
def test_a_path_of_any_module_is_found_by_the_first_request(path: str, method: str, status: int) -> None:
    assert answered(path, method) == status


@pytest.mark.parametrize("table", TABLES)
def test_whoever_reads_a_table_first_reads_all_of_it(table: str) -> None:
    lazily = said(f"from app import app; print(len(app.{table}))")
    at_once = said(
        "from importlib import import_module; from chalice.app import Chalice;"
        "from chalicelib.entrypoints.blueprints import BLUEPRINTS;"
        "made = Chalice('all at once', configure_logs=False);"
        "parts = [name.rsplit('.', 1) for name in BLUEPRINTS];"
        "load = lambda module: import_module('chalicelib.entrypoints.' + module);"
        f"[made.register_blueprint(getattr(load(m), n)) for m, n in parts]; print(len(made.{table}))"
    )

    assert lazily == at_once != "0"


def test_a_table_is_whole_after_a_request_too() -> None:
    code = f"from app import app; app({EVENT % (ACT, 'POST')}, None); print(len(app.routes))"

    assert said(code) == said("from app import app; print(len(app.routes))")


def test_every_blueprint_of_the_entry_points_is_named() -> None:
    """One that is not would be no part of the application."""
    code = (
        "import pkgutil; from importlib import import_module; from chalice.app import Blueprint; import chalicelib;"
        "import chalicelib.entrypoints as here;"
        "mods = [import_module(m.name) for m in pkgutil.walk_packages(here.__path__, f'{here.__name__}.')];"
        "own = lambda m, v: isinstance(v, Blueprint) and v._import_name == m.__name__;"
        "path = lambda m: m.__name__.removeprefix(f'{here.__name__}.');"
        "print(sorted(f'{path(m)}.{k}' for m in mods for k, v in vars(m).items() if own(m, v)))"
    )

    assert eval(said(code)) == sorted(BLUEPRINTS)
