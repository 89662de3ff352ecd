"""The scanner's words become findings; what it cannot read is no clean template."""

import json
import subprocess
from typing import Any

import pytest

from tools.infra import scan
from tools.infra.findings import Finding, accepted_findings


def answers(monkeypatch: pytest.MonkeyPatch, said: Any) -> None:
    """The scanner answers this."""
    text = said if isinstance(said, str) else json.dumps(said)
    done = subprocess.CompletedProcess(["checkov"], 0, text, "no such rule")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)


def test_a_failed_check_is_a_finding_at_its_resource(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = {"resource": "AWS::S3::Bucket.PhotoBucket", "check_id": "CKV_AWS_53", "check_name": "block public ACLs"}
    answers(monkeypatch, {"summary": {"parsing_errors": 0}, "results": {"failed_checks": [failed]}})

    assert scan.scan({"stack": {}}) == [Finding("PhotoBucket", "CKV_AWS_53", "block public ACLs")]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Traceback",
        {"passed": 0, "failed": 0, "parsing_errors": 1},
        {"summary": {"parsing_errors": 1}, "results": {"failed_checks": []}},
    ],
    ids=["nothing", "no JSON", "no results", "an unreadable template"],
)
def test_a_scanner_that_could_not_look_has_not_found_nothing(said: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, said)

    with pytest.raises(scan.ScanError):
        scan.scan({"stack": {}})


def test_every_accepted_check_has_its_reason() -> None:
    assert all(len(entry.reason) > 20 for entry in accepted_findings(scan.ACCEPTED))


def open_bucket(resources: dict[str, Any]) -> None:
    resources["PhotoBucket"]["Properties"]["PublicAccessBlockConfiguration"]["BlockPublicPolicy"] = False


def table_without_recovery(resources: dict[str, Any]) -> None:
    del resources["ComplaintsTable"]["Properties"]["PointInTimeRecoverySpecification"]


def old_tls(resources: dict[str, Any]) -> None:
    viewer = resources["Distribution"]["Properties"]["DistributionConfig"]["DefaultCacheBehavior"]
    viewer["ViewerProtocolPolicy"] = "allow-all"


@pytest.mark.skipif(not scan.SCANNER.exists(), reason="no scanner here (make check-scan)")
def test_what_is_broken_on_purpose_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = scan.templates()
    for broken in (open_bucket, table_without_recovery, old_tls):
        broken(templates["stack"]["Resources"])

    found = {(finding.place, finding.issue) for finding in scan.scan(templates)}

    assert {("PhotoBucket", "CKV_AWS_54"), ("ComplaintsTable", "CKV_AWS_28"), ("Distribution", "CKV_AWS_34")} <= found
