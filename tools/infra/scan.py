"""`python -m tools scan`: the template, after the SAM transform, and the stack of us-east-1 are shown to a scanner of
configurations (checkov): encryption, logs, public access, versions of TLS, limits.

It lives in an environment of its own (.venv-scan), since it pins boto3. What it finds and we want is listed in
infra/accepted_checks.json, each with its reason. It asks nobody: its rules come with it."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.command_line import wordless
from tools.infra import cfn_yaml
from tools.infra.findings import Finding, accepted_findings, judged
from tools.infra.transformed import transformed

ROOT = Path(__file__).resolve().parents[2]
ACCEPTED = ROOT / "infra" / "accepted_checks.json"
SCANNER = ROOT / ".venv-scan" / "bin" / "checkov"
Json = dict[str, Any]


class ScanError(Exception):
    """The scanner could not read a template, or did not run."""


def main(arguments: list[str]) -> int:
    """Exit status 1 when a finding is not accepted, or an accepted one is no longer found."""
    wordless("scan", __doc__, arguments)
    if not SCANNER.exists():
        print("The scanner is not here: `make check-scan` brings it", file=sys.stderr)
        return 1
    found = scan(templates())
    complaints = list(judged(found, accepted_findings(ACCEPTED), ACCEPTED))
    for line in complaints:
        print(line, file=sys.stderr)
    print(f"{len(found)} findings of the scanner, {len(complaints)} lines to be seen to")
    return 1 if complaints else 0


def templates() -> dict[str, Json]:
    """Both stacks by a name for their file."""
    from tools.deployment.package import OUT, package

    made = package(ROOT, OUT)
    return {
        "stack": transformed(json.loads(made.template.read_text())),
        "edge": cfn_yaml.read(ROOT / "infra" / "edge-us-east-1.yaml"),
    }


def scan(templates: dict[str, Json]) -> list[Finding]:
    """What the scanner finds in all of them, by the logical id of the resource. Raises ScanError."""
    with tempfile.TemporaryDirectory() as folder:
        for name, template in templates.items():
            (Path(folder) / f"{name}.json").write_text(json.dumps(template))
        report = _run(folder)
    return [
        Finding(failed["resource"].rpartition(".")[2], failed["check_id"], failed["check_name"])
        for failed in report["results"]["failed_checks"]
    ]


def _run(folder: str) -> Json:
    words = [str(SCANNER), "-d", folder, "--framework", "cloudformation", "--output", "json"]
    quiet = {"CKV_ENABLE_UPLOAD": "", "LOG_LEVEL": "CRITICAL"}
    done = subprocess.run(
        [*words, "--compact", "--quiet", "--skip-download", "--soft-fail"],
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        report: Json = json.loads(done.stdout)
    except ValueError as error:
        raise ScanError(done.stderr[-2000:] or "the scanner said nothing") from error
    if "results" not in report or report["summary"]["parsing_errors"]:
        raise ScanError(f"the scanner could not read a template: {report}")
    return report
