"""Step Functions: one execution per sleep of a complaint, until a breach; then it rings (infra/clocks.asl.json). One
that nobody waits for any more is stopped, since each state it would enter is paid for."""

import json
from datetime import datetime, timedelta
from typing import Any

from chalicelib.adapters.answers import answering
from chalicelib.application.clocks.timekeeping import wake_at

VERSION = 2  # of the input's form: an execution of today meets the code of next month


class StepFunctionsTimers:
    """Implements Timers. `client` tries again, `once` does not: it stops. `offset` is how far the domain's clock runs
    before the machine's, by which executions wake."""

    def __init__(self, *, state_machine_arn: str, client: Any, once: Any, offset: timedelta = timedelta(0)) -> None:
        self._state_machine_arn = state_machine_arn
        self._client = client
        self._once = once
        self._offset = offset

    def start(self, number: str, arming: int, until: datetime, *, sleep: int = 1) -> None:
        from botocore.exceptions import ClientError

        name = _name(number, arming) if sleep == 1 else f"{_name(number, arming)}-{sleep}"
        wakes = wake_at(until, self._offset)
        given = {"v": VERSION, "number": number, "arming": arming, "sleep": sleep, "until": wakes}
        with answering("stepfunctions"):
            try:
                self._client.start_execution(
                    stateMachineArn=self._state_machine_arn, name=name, input=json.dumps(given)
                )
            except ClientError as error:  # it runs, or it has ended: a name counts for 90 days
                if error.response["Error"]["Code"] != "ExecutionAlreadyExists":
                    raise

    def stop(self, number: str, arming: int) -> bool:
        from botocore.exceptions import BotoCoreError, ClientError

        machine = self._state_machine_arn.replace(":stateMachine:", ":execution:")
        try:
            self._once.stop_execution(executionArn=f"{machine}:{_name(number, arming)}")
        except (BotoCoreError, ClientError):  # throttled, refused, unknown, over: it wakes for nothing, or not at all
            return False
        return True


def _name(number: str, arming: int) -> str:
    return f"{number}-{arming}"
