"""The routing rules: read, proposed, decided on and rehearsed. Every route begins with the token, then the right."""

from typing import Any

from chalicelib.entrypoints import doors
from chalicelib.entrypoints.http import Api
from chalicelib.entrypoints.query import read_query, whole

api = Api(__name__)


@api.route("/staff/rules", methods=["GET"])
def show() -> dict[str, Any]:
    from chalicelib.application.routing.rule_changes import permit_rules

    request = api.current_request
    permit = permit_rules(doors.staff(request))
    asked = read_query(request, optional=("version",), checks=(lambda asked: whole(asked, "version"),))
    version, changes = whole(asked, "version"), doors.city().rule_changes
    return changes.version(permit, version) if version else changes.show(permit)


@api.route("/staff/rules", methods=["PUT"])
def propose() -> dict[str, Any]:
    from chalicelib.application.routing.rule_changes import permit_rules
    from chalicelib.entrypoints.rule_forms import RulesForm, rules_input

    request = api.current_request
    actor, body = doors.staff(request), doors.body(request)
    return doors.city().rule_changes.propose(permit_rules(actor), rules_input(RulesForm, body))


@api.route("/staff/rules/verdicts", methods=["POST"])
def decide() -> dict[str, Any]:
    from chalicelib.application.routing.rule_changes import permit_rules
    from chalicelib.entrypoints.rule_forms import verdict

    request = api.current_request
    actor, body = doors.staff(request), doors.body(request)
    return doors.city().rule_changes.decide(permit_rules(actor), verdict(body))


@api.route("/staff/rules/rehearsal", methods=["POST"])
def rehearse() -> dict[str, Any]:
    from chalicelib.application.routing.rule_changes import permit_rules
    from chalicelib.entrypoints.rule_forms import RehearsalForm, rules_input

    request = api.current_request
    actor, body = doors.staff(request), doors.body(request)
    return doors.city().rehearsal(permit_rules(actor), rules_input(RehearsalForm, body))
