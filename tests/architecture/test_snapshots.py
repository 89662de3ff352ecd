"""The API may wake from a snapshot of itself (SnapStart). All containers that wake from it share what was done before,
so the snapshot holds no secret, no time, no random number and no connection. It leaves little to do for a container
that wakes."""

import ast
import json
import os
import random
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chalicelib.bootstrap import preloading
from tools.deployment.package import ROOT

Json = dict[str, Any]
# Watches every call while the application is imported and loaded before its snapshot. What a library does while it is
# itself imported is the library's own; what our code asks for, directly or through a library, is named.
WATCHED = """
import json, os, sys
OURS, told = os.path.join(sys.argv[1], ""), set()
NATIVE = {"time", "monotonic", "perf_counter", "time_ns", "now", "utcnow", "today", "urandom", "getrandbits", "random",
          "connect", "getaddrinfo"}
PYTHON = {"uuid4", "token_hex", "token_bytes", "token_urlsafe", "create_client", "get_credentials"}
SWITCHES = {"PYDANTIC_DISABLE_PLUGINS", "AWS_EXECUTION_ENV"}  # of libraries, by which they choose how they work

def ours(frame):
    while frame:
        name = frame.f_code.co_filename
        if name.startswith("<frozen importlib") or name.endswith("runpy.py"):
            return None
        if name.startswith(OURS) and "/.venv/" not in name:
            return f"{name[len(OURS):]}:{frame.f_lineno}"
        frame = frame.f_back

def watch(frame, event, what):
    if event == "c_call" and what.__name__ in NATIVE and (where := ours(frame)):
        told.add((where, what.__name__))
    if event == "call":
        code = frame.f_code
        of_environment = code.co_name == "__getitem__" and code.co_filename == "<frozen os>"
        asked = of_environment and frame.f_locals.get("key")
        if asked not in SWITCHES and (of_environment or code.co_name in PYTHON) and (where := ours(frame.f_back)):
            told.add((where, asked or code.co_name))

sys.setprofile(watch)
import app
exec(sys.argv[2])
sys.setprofile(None)
print(json.dumps(sorted(told)))
"""
PRELOAD = "from chalicelib.bootstrap import preloading; preloading.preload()"
# After it, what the read of a case and a report ask of the composition root, as `bench.imports` does.
LEFT = """
import json, sys, app
from chalicelib.bootstrap import bootstrap, preloading
preloading.preload()
before = set(sys.modules)
city = bootstrap()
city.tracking; city.forms; city.intake; city.identity; city.act; city.worklists
from chalicelib.adapters.dynamodb.raw import connection
connection().client
city.clients.make("kms", 3)
print(json.dumps(sorted(set(sys.modules) - before)))
"""
# And where Lambda then keeps the keys of the role: at an address of the container.
KEYS = """
import http.server, json, os, sys, threading, app
class Container(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        keys = {"AccessKeyId": "ASIA", "SecretAccessKey": "s", "Token": "t", "Expiration": "2999-01-01T00:00:00Z"}
        body = json.dumps(keys).encode()
        self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Container)
threading.Thread(target=server.serve_forever, daemon=True).start()
from chalicelib.bootstrap import bootstrap, preloading
preloading.preload()
before = set(sys.modules)
os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = f"http://127.0.0.1:{server.server_port}/"
found = bootstrap().clients.keys()
print(json.dumps([found.access_key, found.token, sorted(set(sys.modules) - before)]))
"""
SETTINGS = {"TABLE_NAME": "t", "PEOPLE_TABLE_NAME": "p", "PHOTO_BUCKET": "b", "SITE_URL": "https://a.example"}
GIVEN = SETTINGS | dict.fromkeys(
    ("CONTACT_KEY_ID", "INTAKE_SECRET_ID", "USER_POOL_ID", "USER_POOL_CLIENT_ID", "RAW_BUCKET", "CHANNEL_SECRETS_ID"),
    "x",
)


def answered(code: str, *words: str, **environment: str) -> Any:
    """What code prints in a fresh process without keys, as a woken function finds itself."""
    called = [sys.executable, "-c", code, *words]
    plain = {"PATH": os.environ["PATH"], "AWS_REGION": "ap-southeast-3", **environment}
    done = subprocess.run(called, cwd=ROOT, env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_nothing_that_must_be_its_own_is_made_before_the_snapshot() -> None:
    assert answered(WATCHED, str(ROOT), PRELOAD) == []


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("from datetime import datetime; datetime.now()", "now"),
        ("import os; os.urandom(4)", "urandom"),
        ("import uuid; uuid.uuid4()", "urandom"),
        ("import os; os.environ['PATH']", "PATH"),
        ("import os; os.getenv('PATH')", "PATH"),
        ("import random; random.random()", "random"),
        ("import secrets; secrets.token_hex(4)", "token_hex"),
    ],
)
def test_the_watch_sees(code: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("")
    (tmp_path / "careless.py").write_text(code)
    called = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import careless"

    found = answered(WATCHED.replace("import app\n", ""), str(tmp_path), called)

    assert what in {name for _, name in found}


def test_who_wakes_imports_next_to_nothing() -> None:
    assert answered(LEFT, **GIVEN) == []


def test_who_wakes_finds_the_keys_of_the_role_without_a_further_import() -> None:
    assert answered(KEYS, **GIVEN) == ["ASIA", "t", []]


def test_only_pauses_are_drawn_from_a_source_that_a_snapshot_holds() -> None:
    """`random` is seeded when it is imported; `secrets` and os.urandom ask the machine each time."""
    used = {
        (path.stem, node.attr)
        for path in (ROOT / "chalicelib").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "random"
    }
    assert used == {("client", "uniform"), ("lists", "uniform"), ("preloading", "seed")}


def test_lambdas_own_interpreter_is_asked_to_preload_and_to_draw_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before: list[Callable[[], None]] = []
    after: list[Callable[[], None]] = []
    hooks = types.ModuleType("snapshot_restore_py")
    hooks.register_before_snapshot = before.append  # type: ignore[attr-defined]
    hooks.register_after_restore = after.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "snapshot_restore_py", hooks)

    preloading.register()

    assert (before, after) == ([preloading.preload], [random.seed])


def test_only_the_api_wakes_from_a_snapshot_and_only_where_a_stage_says_so(template: Json) -> None:
    resources = template["Resources"]
    asked = {
        name: made["Properties"]["SnapStart"]
        for name, made in resources.items()
        if "SnapStart" in made.get("Properties", {})
    }

    published = {"Fn::If": ["HasSnapStart", {"ApplyOn": "PublishedVersions"}, {"Ref": "AWS::NoValue"}]}
    assert asked == {"APIHandler": published}
    assert template["Parameters"]["SnapStart"]["Default"] == "false"
