"""The states of a CloudFormation stack, and what each means to a deployment: go on, begin anew, or stop and tell the
operator which command helps. Source: the API's enumeration StackStatus and the user guide, "Stack status codes"."""

from dataclasses import dataclass

UPDATE, RENEW, STOP = "update", "renew", "stop"


@dataclass(frozen=True, slots=True)
class State:
    """`then`: update it, delete and create it anew, or stop. Where it stops: what is the matter, and the words that
    follow `aws cloudformation`; {failed} are the resources that hold it up."""

    then: str
    matter: str = ""
    command: str = ""


STANDS = State(UPDATE)
REMAINS = State(RENEW)  # of a creation that never came to its end: nothing in it is in use


def _busy(command: str) -> State:
    return State(STOP, "another change is under way; wait for its end, then repeat this command", command)


_LOOK = "describe-stacks --query Stacks[0].StackStatus"
STATES = {
    "CREATE_COMPLETE": STANDS,
    "UPDATE_COMPLETE": STANDS,
    "UPDATE_ROLLBACK_COMPLETE": STANDS,
    "IMPORT_COMPLETE": STANDS,
    "IMPORT_ROLLBACK_COMPLETE": STANDS,
    "ROLLBACK_COMPLETE": REMAINS,
    "REVIEW_IN_PROGRESS": REMAINS,  # a change set was made for it and never carried out: it has no resources
    "CREATE_IN_PROGRESS": _busy("wait stack-create-complete"),
    "ROLLBACK_IN_PROGRESS": _busy(_LOOK),  # no waiter of AWS ends at its end
    "DELETE_IN_PROGRESS": _busy("wait stack-delete-complete"),
    "UPDATE_IN_PROGRESS": _busy("wait stack-update-complete"),
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS": _busy("wait stack-update-complete"),
    "UPDATE_ROLLBACK_IN_PROGRESS": _busy("wait stack-rollback-complete"),
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS": _busy("wait stack-rollback-complete"),
    "IMPORT_IN_PROGRESS": _busy("wait stack-import-complete"),
    "IMPORT_ROLLBACK_IN_PROGRESS": _busy(_LOOK),
    "CREATE_FAILED": State(
        STOP, "its creation stopped without being rolled back; delete it, then repeat this command", "delete-stack"
    ),
    "ROLLBACK_FAILED": State(
        STOP,
        "its creation could not be rolled back ({failed}); delete it, then repeat this command",
        "delete-stack",
    ),
    "DELETE_FAILED": State(
        STOP,
        "it could not be deleted ({failed}); let go of what stays, see to it by hand, then repeat this command",
        "delete-stack --retain-resources {failed}",
    ),
    "UPDATE_FAILED": State(
        STOP, "an update stopped without being rolled back; roll it back, then repeat this command", "rollback-stack"
    ),
    "UPDATE_ROLLBACK_FAILED": State(
        STOP,
        "an update could not be rolled back ({failed}); mend the cause, let it go on, then repeat this command",
        "continue-update-rollback",
    ),
    "IMPORT_ROLLBACK_FAILED": State(
        STOP,
        "an import could not be rolled back; see what AWS says of it, then ask AWS's support",
        "describe-stack-events",
    ),
}
UNKNOWN = State(STOP, "this command does not know that state; see what AWS says of it", "describe-stack-events")


def state(status: str | None) -> State:
    """What to do with a stack of this status; None and DELETE_COMPLETE: there is none, so it is created."""
    return STATES.get(status or "", UNKNOWN)


def sentence(name: str, region: str, status: str, failed: list[str]) -> str:
    """What is the matter with a stack at which a deployment stops, and the command that helps."""
    found = state(status)
    words = {"failed": " ".join(failed) or "see its events"}
    command = f"aws cloudformation {found.command.format(**words)} --stack-name {name} --region {region}"
    return f"{name} is {status}: {found.matter.format(**words)}: {command}"
