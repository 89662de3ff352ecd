"""`python -m local`: the city on this machine, until Ctrl-C."""

import asyncio
import os
import time

from local import launcher
from local.settings import from_environment


def main() -> None:
    began = time.monotonic()
    asyncio.run(launcher.run(from_environment(), began))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
    finally:
        # Threads of the emulator may sleep for days (timers); they are not waited for.
        import sys

        sys.stdout.flush()
        sys.stderr.flush()
        status = 1 if isinstance(sys.exc_info()[1], BaseException) else 0
        if status:
            sys.excepthook(*sys.exc_info())
        os._exit(status)
