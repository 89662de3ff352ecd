"""The template of the stack in us-east-1: infra/edge-us-east-1.yaml, with the code of its one function in it."""

import json
from pathlib import Path

INFRA = Path(__file__).resolve().parents[2] / "infra"
FILE = INFRA / "edge-us-east-1.yaml"
MOST = 4096  # signs of code that a template may hold; source: AWS::Lambda::Function Code, ZipFile


def text() -> str:
    """As CloudFormation takes it. A text of JSON is one of YAML too."""
    code = (INFRA / "probe.py").read_text()
    return FILE.read_text().replace('"{{probe}}"', json.dumps(code))
