"""`python -m tools rebuild --stack S`: builds the public lists and figures anew from the history of every case, beside
those that people read meanwhile, serves the new ones and deletes the old. It scans, with an operator's rights; at any
time."""

import sys

from chalicelib.data import reference
from tools.recovery.replay import complaints_of
from tools.stack.stacks import StackError
from tools.stack.stage import Stage, named, parser


def main(arguments: list[str]) -> int:
    """Exit status 1 when there is no such stack."""
    options = named(parser("rebuild", __doc__)).parse_args(arguments)
    try:
        cases, deleted = rebuilt(Stage(options.stack))
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{cases} cases projected, {deleted} rows of former sets deleted")
    return 0


def rebuilt(stage: Stage) -> tuple[int, int]:
    """How many cases were projected, and how many rows of former sets deleted."""
    from chalicelib.adapters.dynamodb.public.generations import DynamoGenerations
    from chalicelib.adapters.dynamodb.public.lists import DynamoPublicLists
    from chalicelib.application.reading.projection import Project
    from chalicelib.application.reading.rebuilding import rebuild

    complaints, generations = complaints_of(stage), DynamoGenerations()
    project = Project(complaints=complaints, lists=DynamoPublicLists(), categories=reference().categories)
    cases = rebuild(complaints=complaints, generations=generations, project=project)
    return cases, generations.discard_others()
