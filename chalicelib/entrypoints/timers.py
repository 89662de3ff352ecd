"""The exact timer of the clocks: an execution that sleeps and calls `ring`, which starts the next execution."""

from datetime import datetime
from typing import Any

from chalice.app import Blueprint

from chalicelib.entrypoints.log import logger, of_call

timers = Blueprint(__name__)


@timers.lambda_function(name="ring")
@of_call
def ring(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001  # what Lambda gives
    """Rings what is due. Input: `{v, number, arming, sleep, until}`, `until` in the machine's time, which the domain's
    may be ahead of. Answers with the `until` of the next execution. What fails, the state machine repeats."""
    following = _woken(event)
    loops = event["v"] == 1  # an execution of the first form sleeps again by itself, and may do so for a year
    return _told(event, following, more=loops and following is not None)


def _woken(event: dict[str, Any]) -> datetime | None:
    from chalicelib.bootstrap import bootstrap

    number = event["number"]
    return bootstrap().ring(number) if event["v"] == 1 else bootstrap().wake(number, event["arming"], event["sleep"])


def _told(event: dict[str, Any], following: datetime | None, *, more: bool) -> dict[str, Any]:
    from chalicelib.application.clocks.timekeeping import wake_at
    from chalicelib.bootstrap import bootstrap

    number, until = event["number"], event.get("until")
    if following:
        until = wake_at(following, bootstrap().offset)
    logger().info("ring", number=number, until=until, more=following is not None)
    return {"v": event["v"], "number": number, "until": until, "more": more}
