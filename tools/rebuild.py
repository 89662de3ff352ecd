"""`python -m tools rebuild`: builds the public lists and figures anew from the history of every case, beside those
that people read meanwhile, serves the new ones and deletes the old. TABLE_NAME names the table; run it with an
operator's rights (it scans), at any time."""

import sys
from collections.abc import Sequence

from chalicelib.bootstrap import bootstrap

USAGE = "usage: python -m tools rebuild\n"


def main(arguments: Sequence[str]) -> int:
    if arguments:
        sys.stderr.write(USAGE)
        return 2
    from chalicelib.application.rebuilding import rebuild

    city = bootstrap()
    cases = rebuild(complaints=city.complaints, generations=city.generations, project=city.project)
    deleted = city.generations.discard_others()
    sys.stdout.write(f"{cases} cases projected, {deleted} rows of former sets deleted\n")
    return 0
