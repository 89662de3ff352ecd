"""The page's figures are those of the formulas, and the formulas know the template."""

from typing import Any

from tools import costs


def test_the_pages_tables_are_fresh() -> None:
    text = costs.PAGE.read_text()
    assert costs.page(text) == text, "python -m tools costs --write"


def test_idle_costs_count_the_templates_alarms_keys_and_secrets(resources: dict[str, Any]) -> None:
    kinds = [resource["Type"] for resource in resources.values()]
    assert kinds.count("AWS::CloudWatch::Alarm") == costs.ALARMS
    assert kinds.count("AWS::KMS::Key") == 1
    assert kinds.count("AWS::SecretsManager::Secret") == 2
