"""Modules of the pages run by node, as a browser runs them."""

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
NEEDS_NODE = pytest.mark.skipif(NODE is None, reason="no node on this machine")


def each(module: str, expression: str, texts: list[str]) -> Any:
    """What `expression` of `text` is for each text; `module`'s exports are in `page`."""
    address = (WEB / "static" / "js" / module).as_uri()
    program = (
        f"import * as page from {json.dumps(address)}; import {{ readFileSync }} from 'node:fs';"
        f"const texts = JSON.parse(readFileSync(0, 'utf8'));"
        f"console.log(JSON.stringify(texts.map((text) => {expression})));"
    )
    command = [str(NODE), "--input-type=module", "-e", program]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
