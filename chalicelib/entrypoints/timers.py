"""The exact leg of the clocks: a state machine that sleeps, calls `ring`, and sleeps again while there is more."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.entrypoints.log import logger, of_call

timers = Blueprint(__name__)


@timers.lambda_function(name="ring")
@of_call
def ring(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ARG001  # what Lambda gives
    """Rings what is due. Input and answer are the state machine's state: `{v, number, until, more}`, `until` in the
    machine's time, which the domain's may be ahead of. What fails, the state machine repeats."""
    from chalicelib.application.clocks.timekeeping import wake_at
    from chalicelib.bootstrap import bootstrap

    city = bootstrap()
    following = city.ring(event["number"])
    until = event.get("until") if following is None else wake_at(following, city.offset)
    logger().info("ring", number=event["number"], until=until, more=following is not None)
    return {"v": 1, "number": event["number"], "until": until, "more": following is not None}
