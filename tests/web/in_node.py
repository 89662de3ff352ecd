"""Runs a module of the pages in node: what a page reads can be compared with what the city reads."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from web.build import WEB

BESIDE = Path(sys.executable).parent / "node"
NODE = shutil.which("node") or (str(BESIDE) if BESIDE.exists() else None)
needs_node = pytest.mark.skipif(NODE is None, reason="no node on this machine")
PROGRAM = """
import {{ {function} }} from {module};
let given = "";
for await (const part of process.stdin) given += part;
console.log(JSON.stringify(JSON.parse(given).map((each) => {function}(each) ?? null)));
"""


def each_by_page(module: str, function: str, values: list[Any]) -> list[Any]:
    """What `function` of `web/static/js/<module>` answers for each value."""
    source = json.dumps((WEB / "static" / "js" / module).as_uri())
    done = subprocess.run(
        [str(NODE), "--input-type=module", "-e", PROGRAM.format(function=function, module=source)],
        input=json.dumps(values),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[Any] = json.loads(done.stdout)
    return answers
