"""Joins `infra/` into the one template that is merged over Chalice's: parts by concern, and what the table of functions
implies (queues, log groups, alarms)."""

import json
from pathlib import Path
from typing import Any

from tools.infra import cfn_yaml, template_dashboard, template_edge, template_functions, template_queues

ROOT = Path(__file__).resolve().parents[2]
INFRA = ROOT / "infra"
PARTS = (
    "parameters",
    "data",
    "photos",
    "channels",
    "messaging",
    "timers",
    "identity",
    "api",
    "edge",
    "release",
    "alarms",
)
Template = dict[str, Any]


def joined() -> Template:
    """The merge template. Raises ValueError when two parts define the same thing."""
    template: Template = {}
    table = cfn_yaml.read(INFRA / "functions.yaml")
    for part in (*map(_part, PARTS), *template_functions.parts(table), *template_queues.parts(table)):
        _add(template, part)
    return template


def _part(name: str) -> Template:
    return _filled(cfn_yaml.read(INFRA / f"{name}.yaml"))


def _add(template: Template, part: Template) -> None:
    for section, content in part.items():
        if isinstance(content, str):
            template[section] = content
            continue
        known = template.setdefault(section, {})
        if twice := known.keys() & content.keys():
            message = f"{section} defined twice: {', '.join(sorted(twice))}"
            raise ValueError(message)
        known.update(content)


def _filled(value: Any) -> Any:
    """Puts files and computed values where a part says `{{name}}`."""
    if isinstance(value, dict):
        return {key: _filled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item) for item in value]
    if isinstance(value, str) and value.startswith("{{") and value.endswith("}}") and ":" not in value:
        return _value(value[2:-2])
    return value


def _value(name: str) -> Any:
    if name.endswith(".asl.json"):
        return json.dumps(json.loads((INFRA / name).read_text()), separators=(",", ":"))
    return {
        "gateway_responses": template_edge.gateway_responses,
        "security_headers": template_edge.security_headers,
        "api_headers": template_edge.api_headers,
        "framed_headers": template_edge.framed_headers,
        "behaviors": template_edge.behaviors,
        "rewrite": template_edge.rewrite,
        "dashboard": lambda folder: template_dashboard.dashboard(cfn_yaml.read(folder / "functions.yaml")),
    }[name](INFRA)
