"""The bodies of the rules' routes. What is allowed in a rule is decided in the domain (rule_faults.py)."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from chalicelib.application.routing.rule_changes import RulesInput, RuleVerdict
from chalicelib.domain.rules import MOST_RULES, rules_of
from chalicelib.entrypoints.doors import RequestBody
from chalicelib.entrypoints.forms import NAME, REPLY, Code, Form, read_form, worded

Codes = Annotated[list[Code], Field(max_length=300)]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=REPLY), BeforeValidator(worded)]


class HoursForm(Form):
    """Times of a day in Jakarta; through midnight where `from` is the later one."""

    from_: Annotated[TimeOfDay, Field(alias="from")]
    to: TimeOfDay


class ConditionsForm(Form):
    """All that are given must hold."""

    categories: Codes | None = None
    areas: Codes | None = None
    channels: Codes | None = None
    answers: Annotated[dict[Code, Codes], Field(max_length=20)] | None = None
    weekdays: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(max_length=7)] | None = None
    hours: HoursForm | None = None


class OutcomeForm(Form):
    """Who receives it, and who owns it."""

    receiver: Code
    owners: Annotated[list[Code], Field(max_length=20)] | None = None


class RuleForm(Form):
    """One rule: `when` it fits, `then` what it says."""

    rule: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    when: ConditionsForm | None = None
    then: OutcomeForm
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=NAME)] | None = None


class RehearsalForm(Form):
    """All rules, in their order."""

    rules: Annotated[list[RuleForm], Field(max_length=MOST_RULES)] | None = None


class RulesForm(RehearsalForm):
    """The same as a proposal: why, and the version in force that it was made from (0: none)."""

    reason: Text | None = None
    base: Annotated[int, Field(ge=0, le=999_999)] | None = None


class VerdictForm(Form):
    """What a second person says of the open proposal; a refusal needs an answer."""

    version: Annotated[int, Field(ge=1, le=999_999)] | None = None
    approved: bool | None = None
    answer: Text | None = None


def rules_input(form: type[RehearsalForm], body: RequestBody) -> RulesInput:
    """An empty list of rules is a list: then the categories decide."""
    values, misformed = read_form(form, body)
    sent = values.pop("rules", None)
    if sent is None and body.values.get("rules") == []:
        sent = []
    return RulesInput(
        None if sent is None else rules_of([_named(rule) for rule in sent]), **values, misformed=misformed
    )


def _named(rule: dict[str, Any]) -> dict[str, Any]:
    """With `from`, which is no name in Python."""
    when = rule.get("when") or {}
    hours = when.get("hours")
    return rule | {"when": when | {"hours": {"from": hours["from_"], "to": hours["to"]}}} if hours else rule


def verdict(body: RequestBody) -> RuleVerdict:
    values, misformed = read_form(VerdictForm, body)
    return RuleVerdict(**values, misformed=misformed)
