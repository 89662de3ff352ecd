"""The city's home is its owner's alone, and one city's: it holds keys, complaints and what people wrote."""

import fcntl
import os
import stat
from io import FileIO
from pathlib import Path

MASK = 0o077
LOCK = "lock"


def open_home(home: Path) -> int:
    """Makes the folder if need be. From now on whatever this process writes is its owner's alone, and what an older
    city left there too. Answers the mask that was in force."""
    before = os.umask(MASK)
    home.mkdir(parents=True, exist_ok=True)
    if not home.stat().st_mode & stat.S_ISVTX:  # /tmp and its like belong to everybody
        close(home)
    return before


def take(home: Path) -> FileIO:
    """Held until it is closed, or the process ends: two cities would overwrite each other's state. Raises SystemExit
    when another city has it."""
    lock = FileIO(home / LOCK, "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        message = (
            f"Another city keeps its state in {home}. Stop it, or choose another folder and port: STATE_DIR= PORT="
        )
        raise SystemExit(message) from None
    return lock


def close(path: Path) -> None:
    """Takes everybody else's rights from a folder or a file, and from what is in it."""
    if path.is_symlink() or not path.exists():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & MASK:
        path.chmod(mode & ~MASK)
    if path.is_dir():
        for child in path.iterdir():
            close(child)
