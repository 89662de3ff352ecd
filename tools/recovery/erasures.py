"""`python -m tools erasures --stack S`: every case of the ledger of erasures is erased once more. `restore` does it by
itself; this is for whoever stopped it half way. Safe to repeat."""

import sys
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from tools.stack.stacks import StackError
from tools.stack.stage import Stage, named, parser

if TYPE_CHECKING:
    from chalicelib.application.handling.erasing import EraseAgain


def main(arguments: list[str]) -> int:
    """Exit status 1 when there is no such stack."""
    options = named(parser("erasures", __doc__)).parse_args(arguments)
    try:
        print(told(erase_again(Stage(options.stack))()))
    except (StackError, ClientError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def told(cases: int) -> str:
    return f"{cases} cases of the ledger of erasures erased again"


def erase_again(stage: Stage) -> "EraseAgain":
    """Over the stack's own table and buckets, with the operator's rights."""
    import os

    from chalicelib.bootstrap import Bootstrap
    from chalicelib.settings import read

    found = {
        "TABLE_NAME": stage.outputs["TableName"],
        "PHOTO_BUCKET": stage.outputs["PhotoBucketName"],
        "RAW_BUCKET": stage.outputs["RawBucketName"],
        "ERASURE_BUCKET": stage.outputs["ErasureBucketName"],
        "AWS_REGION": stage.region,
        "AWS_ENDPOINT_URL": os.environ.get("AWS_ENDPOINT_URL", ""),
    }
    made = Bootstrap(read(found)).erase_again
    stage.bind_table()  # last: the operator's own client waits out a throttled table
    return made
