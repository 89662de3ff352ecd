"""`python -m local`: the city on this machine, until Ctrl-C."""

import asyncio
import os
import sys
import time
import traceback

from local import launcher
from local.settings import from_environment
from web.map_tiles import MapTilesError


def main() -> int:
    """The exit status."""
    began = time.monotonic()
    try:
        asyncio.run(launcher.run(from_environment(), began))
    except (SystemExit, MapTilesError) as said:
        print(said, file=sys.stderr)
        return 1
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # threads of the emulator may sleep for days (timers): nobody waits for them
