"""The page's figures are those of the formulas, and the formulas know the template."""

import re
from datetime import date
from typing import Any

import pytest

from tools.infra import cfn_yaml, quotas
from tools.pages import always_free, costs
from tools.pages.always_free import Allowance
from tools.pages.costs import Line


def test_the_pages_tables_are_fresh() -> None:
    text = costs.PAGE.read_text()
    assert quotas.page(costs.page(text)) == text, "python -m tools costs --write"


def test_idle_costs_count_the_templates_alarms_keys_and_secrets(resources: dict[str, Any]) -> None:
    kinds = [resource["Type"] for resource in resources.values()]
    abroad = cfn_yaml.read(costs.ROOT / "infra/edge-us-east-1.yaml")["Resources"]
    both = [*resources.values(), *abroad.values()]
    alarms = [r["Properties"] for r in both if r["Type"] == "AWS::CloudWatch::Alarm"]
    priced = sum(len([m for m in alarm.get("Metrics", [{"MetricStat": {}}]) if "MetricStat" in m]) for alarm in alarms)
    assert priced == costs.ALARMS  # each metric of an alarm is paid
    assert len(
        [name for name, r in resources.items() if r["Type"] == "AWS::SQS::Queue" and name.endswith("Queue")]
    ) == (costs.QUEUES)
    walls = [abroad["EdgeAcl"], resources["ApiAcl"]]
    assert sum(len(wall["Properties"]["Rules"]) for wall in walls) == costs.RULES
    assert kinds.count("AWS::KMS::Key") == 1
    secrets = next(line.quantity for line in costs.IDLE if line.unit == "secret")
    assert kinds.count("AWS::SecretsManager::Secret") == secrets


def test_a_stage_that_nobody_uses_costs_no_more_than_a_small_city_pays_for_it() -> None:
    """Wanted: 15 USD a month without the walls, and 25 with them."""
    assert costs.idle(walls=False) <= 15
    assert costs.idle(walls=True) <= 25


def test_the_account_leaves_the_api_more_than_the_example_keeps_for_it() -> None:
    others = sum(calls for calls, _ in {**quotas.bounds(), **quotas.UNBOUNDED}.values())
    reserved = int(re.findall(r"api_at_once = (\d+)", (costs.ROOT / "stages" / "example.toml").read_text())[0])

    assert others + reserved <= quotas.ACCOUNT
    assert quotas.ACCOUNT - reserved >= 100  # what AWS keeps for functions without a share of their own


def test_every_function_is_counted_in_the_sum(table: dict[str, Any]) -> None:
    assert {*quotas.bounds(), *quotas.UNBOUNDED, "APIHandler"} == set(table["functions"])


CALL = Line("calls", "Lambda call", 60, "")


def test_what_is_never_billed_is_bounded_by_what_is_used() -> None:
    """A million calls of Lambda a month are 0.20 USD."""
    few, many = (always_free.of_a_year([], [CALL], complaints) for complaints in (100_000, 1_000_000))

    assert (round(few, 2), round(many, 2)) == (1.20, 2.40)


def test_idle_and_busy_share_what_is_never_billed() -> None:
    alarms = [Line("alarms", "alarm", number, "") for number in (7, 40)]

    assert always_free.of_a_year(alarms, [], 0) == 12 * 1.00


@pytest.mark.parametrize("one", always_free.ALLOWANCES, ids=lambda one: one.unit)
def test_whatever_is_never_billed_has_a_price_here_and_its_source_and_date_on_the_page(one: Allowance) -> None:
    table = costs.PAGE.read_text().partition("**Never billed")[2].partition("<!-- /costs -->")[0]
    (row,) = [line for line in table.splitlines() if line.startswith(f"| {one.unit} |")]
    _, _, quantity, source, as_of, _ = row.split("|")

    assert one.unit in costs.PRICE
    assert float(quantity.replace(",", "")) == one.quantity
    assert re.match(r" <https://(docs\.)?aws\.amazon\.com/\S+>", source)
    assert date(2026, 11, 1) <= date.fromisoformat(as_of.strip())


def test_no_unit_is_never_billed_twice() -> None:
    assert len({one.unit for one in always_free.ALLOWANCES}) == len(always_free.ALLOWANCES)


def test_what_complaints_add_to_a_bill_is_less_than_their_price_by_what_they_alone_have_free() -> None:
    price = sum(line.dollars for line in costs.LIFE) * 200_000
    added = costs.bill(200_000) - costs.bill(0)
    free = always_free.of_a_year(costs.IDLE, costs.LIFE, 200_000) - always_free.of_a_year(costs.IDLE, [], 0)

    assert round(added, 6) == round(price - free, 6)
    assert f"{added / 200:.2f} USD" in costs.PAGE.read_text()
