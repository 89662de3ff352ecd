"""The routing rules: one partition, so that what is in force, what is proposed and what fell is one query."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pynamodb.exceptions import TransactWriteError

from chalicelib.adapters.dynamodb import keys, raw
from chalicelib.adapters.dynamodb.compact import instant, millis
from chalicelib.adapters.dynamodb.faults import CONDITION, CONFLICT, reasons
from chalicelib.adapters.dynamodb.raw import Values, table_name, typed
from chalicelib.application.ports.rules import CurrentRules, Fallen, RuleVersion
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.rules import as_json, rules_of

Request = dict[str, Any]
NEW = {"ConditionExpression": "attribute_not_exists(pk)"}
HELD = ("pk", "sk")


class DynamoRules:
    """Implements RuleStore."""

    def current(self) -> CurrentRules:
        rows = {row["sk"]: row for row in raw.page(keys.RULES, prefix=keys.NOW_PREFIX, consistent=True)}
        force, proposal = rows.get(keys.IN_FORCE), rows.get(keys.PROPOSAL)
        version = int(force["version"]) if force else 0
        fallen = [_fallen(row) for row in rows.values() if row["sk"].startswith(keys.fallen(version, ""))]
        return CurrentRules(
            force=_version(force) if force else None,
            proposal=_version(proposal) if proposal else None,
            fallen={one.rule: one for one in fallen},
        )

    def propose(self, proposal: RuleVersion, before: CurrentRules) -> bool:
        unmoved = _is_still(before.proposal) if before.proposal else NEW
        replaced = before.open_proposal
        written = _written(
            _put(keys.PROPOSAL, proposal, unmoved),
            _put(keys.rule_version(proposal.version), proposal, NEW),
            *([_put(keys.rule_version(replaced.version), replace(replaced, state="replaced"))] if replaced else []),
        )
        return written or self._stands(proposal)

    def decide(self, decided: RuleVersion) -> bool:
        still_open = _is_still(replace(decided, state="open"))
        written = _written(
            _put(keys.PROPOSAL, decided, still_open),
            _put(keys.rule_version(decided.version), decided),
            *([_put(keys.IN_FORCE, decided)] if decided.state == "approved" else []),
        )
        return written or self._stands(decided)

    def _stands(self, version: RuleVersion) -> bool:
        """Whether it is there all the same: our own write, whose answer was lost."""
        return self.current().proposal == version

    def switch_off(self, version: int, fallen: Fallen) -> None:
        values: Values = {"rule": fallen.rule, "error": fallen.error, "at": millis(fallen.at)}
        item = typed({"pk": keys.RULES, "sk": keys.fallen(version, fallen.rule), **values})
        _written({"TableName": table_name(), "Item": item, **NEW})

    def history(self, limit: int) -> list[RuleVersion]:
        return [_version(row) for row in raw.page(keys.RULES, prefix=keys.VERSION_PREFIX, limit=limit)]

    def version(self, number: int) -> RuleVersion | None:
        row = raw.get(keys.RULES, keys.rule_version(number), consistent=True)
        return _version(row) if row else None


def _is_still(known: RuleVersion) -> Request:
    return {
        "ConditionExpression": "#version = :version AND #state = :state",
        "ExpressionAttributeNames": {"#version": "version", "#state": "state"},
        "ExpressionAttributeValues": typed({":version": known.version, ":state": known.state}),
    }


def _put(sk: str, version: RuleVersion, condition: Request | None = None) -> Request:
    item = typed({"pk": keys.RULES, "sk": sk, **_values(version)})
    return {"TableName": table_name(), "Item": item, **(condition or {})}


def _values(version: RuleVersion) -> Values:
    rules = json.dumps([as_json(rule) for rule in version.rules], ensure_ascii=False, separators=(",", ":"))
    values: dict[str, str | int] = {
        "version": version.version,
        "base": version.base,
        "rules": rules,
        "proposed_by": version.proposed_by,
        "proposed_at": millis(version.proposed_at),
        "reason": version.reason,
        "state": version.state,
    }
    if version.decided_by and version.decided_at:
        decided: Values = {"decided_by": version.decided_by, "decided_at": millis(version.decided_at)}
        values |= {**decided, "answer": version.answer}
    return values


def _version(row: Mapping[str, Any]) -> RuleVersion:
    known = {name: value for name, value in row.items() if name not in HELD}
    decided_at = known.pop("decided_at", None)
    return RuleVersion(
        **{
            **known,
            "rules": rules_of(json.loads(known["rules"])),
            "proposed_at": instant(known["proposed_at"]),
            "decided_at": instant(decided_at) if decided_at else None,
        }
    )


def _fallen(row: Mapping[str, Any]) -> Fallen:
    return Fallen(row["rule"], row["error"], instant(row["at"]))


def _written(*puts: Request) -> bool:
    """False when a condition was lost to somebody else."""
    try:
        raw.connection().transact_write_items([], [], list(puts), [])
    except TransactWriteError as error:
        if {CONDITION, CONFLICT} & set(reasons(error)):
            return False
        raise UnavailableError("dynamodb") from error
    return True
