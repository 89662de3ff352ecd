"""Runs a module of the pages in node: what a page reads can be compared with what the city reads."""

import json
from typing import Any

from tests import node
from web.build import WEB

PROGRAM = """
import {{ {function} }} from {module};
let given = "";
for await (const part of process.stdin) given += part;
console.log(JSON.stringify(JSON.parse(given).map((each) => {function}(each) ?? null)));
"""


def each_by_page(module: str, function: str, values: list[Any]) -> list[Any]:
    """What `function` of `web/static/js/<module>` answers for each value."""
    source = json.dumps((WEB / "static" / "js" / module).as_uri())
    program = PROGRAM.format(function=function, module=source)
    done = node.run("--input-type=module", "-e", program, given=json.dumps(values))
    done.check_returncode()
    answers: list[Any] = json.loads(done.stdout)
    return answers
