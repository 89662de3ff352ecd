"""Run by the interpreter of .venv-policies, with nothing of this project: documents by name come in as JSON, findings
go out as JSON. The linter's own command is not used: it writes a log to a fixed place that all users share."""

import json
import sys

import parliament


def main() -> None:
    """Standard input to standard output."""
    parliament.override_config(None)
    found = [
        {"place": name, "issue": finding.issue, "detail": _told(finding)}
        for name, document in json.load(sys.stdin).items()
        for finding in _analyzed(document)
    ]
    json.dump(found, sys.stdout)


def _analyzed(document: dict) -> list:
    return parliament.analyze_policy_string(json.dumps(document), include_community_auditors=True).findings


def _told(finding: "parliament.finding.Finding") -> str:
    actions = finding.location.get("actions", "") if isinstance(finding.location, dict) else ""
    return " ".join(str(part) for part in (finding.detail, actions) if part)


if __name__ == "__main__":
    main()
