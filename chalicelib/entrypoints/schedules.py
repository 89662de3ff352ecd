"""What happens by the clock on the wall."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.domain.errors import RetryableError, kinds
from chalicelib.entrypoints.log import logger, of_call

if TYPE_CHECKING:
    from chalicelib.bootstrap import Bootstrap

T = TypeVar("T")
schedules = Blueprint(__name__)


class PromisesBrokenError(RetryableError):
    """Some promises could not be kept: said aloud, so that Lambda sweeps again and an alarm rings."""


@schedules.schedule(Rate(5, unit=Rate.MINUTES), name="sweep")
@of_call
def sweep(event: CloudWatchEvent) -> dict[str, Any]:  # noqa: ARG001  # what the schedule gives
    """Keeps every promise that is due. Asks for the daily digest and for the alert of late messages, gives the proofs
    of judges who are off duty to others, and merges what flood mode joins. Then writes its heartbeat. Answers how many
    promises, by kind. Raises PromisesBrokenError once all were tried."""
    from chalicelib.bootstrap import bootstrap

    swept = bootstrap().sweep()
    for alarm, error in swept.failed:
        logger().error("promise_failed", kind=alarm.kind, number=alarm.number, id=alarm.id, error=kinds(error))
    logger().info("swept", **swept.kept, failed=len(swept.failed), unfinished=swept.unfinished)
    for way in bootstrap().share_of_day.near_the_ceiling():
        logger().warning("ceiling_near", way=way)
    for fallen in bootstrap().rule_changes.switched_off():
        logger().error("rule_off", rule=fallen.rule, error=fallen.error)
    failed = len(swept.failed) + _remind_digest() + _remind_late_messages() + _reappoint() + _join_floods()
    bootstrap().beat()
    if failed:
        raise PromisesBrokenError(failed)
    return dict(swept.kept)


def _remind_digest() -> int:
    """1 where it could not be asked for; the next sweep does."""
    return 0 if _answer("digest", lambda root: root.remind_digest()) is not None else 1


def _remind_late_messages() -> int:
    """1 if the alert of late messages could not be asked for, else 0; as for the digest."""
    return 0 if _answer("late_messages", lambda root: root.remind_late_messages()) is not None else 1


def _reappoint() -> int:
    """How many proofs could not be given to another judge; the next sweep tries again."""
    result = _answer("reappoint", lambda root: root.reappoint())
    if result is None:
        return 1
    failed = _failed("appoint_failed", result.failed)
    if result.given or result.unfinished:
        logger().info("reappointed", given=result.given, unfinished=result.unfinished)
    return failed


def _join_floods() -> int:
    """How many reports or switches failed. Flood mode costs the sweep nothing when it is off."""
    joined = _answer("floods", lambda root: root.join_floods())
    if joined is None:
        return 1
    failed = _failed("flood_failed", joined.failed)
    if joined.merged or joined.unfinished:
        logger().info("floods_joined", merged=joined.merged, unfinished=joined.unfinished)
    return failed


def _answer(duty: str, ask: "Callable[[Bootstrap], T]") -> "T | None":
    """What a duty beside the promises answers; None where it failed as a whole: the promises were kept before."""
    from chalicelib.bootstrap import bootstrap

    try:
        return ask(bootstrap())
    except Exception as error:
        logger().error(f"{duty}_failed", error=kinds(error))
        return None


def _failed(event: str, errors: "Sequence[Exception]") -> int:
    """How many; each is said."""
    for error in errors:
        logger().error(event, error=kinds(error))
    return len(errors)
