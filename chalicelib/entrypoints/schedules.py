"""What happens by the clock on the wall."""

from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.domain.errors import kinds
from chalicelib.entrypoints.log import logger

schedules = Blueprint(__name__)


class PromisesBrokenError(Exception):
    """Some promises could not be kept: said aloud, so that Lambda sweeps again and an alarm rings."""


@schedules.schedule(Rate(5, unit=Rate.MINUTES), name="sweep")
def sweep(event: CloudWatchEvent) -> dict[str, Any]:  # noqa: ARG001  # what the schedule gives
    """Keeps every promise that is due; how many, by kind. Raises PromisesBrokenError once all were tried."""
    from chalicelib.bootstrap import bootstrap

    swept = bootstrap().sweep()
    for alarm, error in swept.failed:
        logger().error("promise_failed", kind=alarm.kind, number=alarm.number, id=alarm.id, error=kinds(error))
    logger().info("swept", **swept.kept, failed=len(swept.failed), unfinished=swept.unfinished)
    for way in bootstrap().share_of_day.near_the_ceiling():
        logger().warning("ceiling_near", way=way)
    for fallen in bootstrap().rule_changes.switched_off():
        logger().error("rule_off", rule=fallen.rule, error=fallen.error)
    if swept.failed:
        raise PromisesBrokenError(len(swept.failed))
    return dict(swept.kept)
