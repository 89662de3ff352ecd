"""Whoever saves a file sees it run: what changed is brought up to date, and no more."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from local.emulator.deploy import SOURCES
from local.settings import ROOT

STACK = tuple(ROOT / name for name in SOURCES)
WEB = (ROOT / "web",)
IGNORED = {"__pycache__", "vendor", "node_modules"}
Done = Callable[[], Awaitable[None]]


async def watch(*, of_stack: Done, of_web: Done) -> None:
    """Never returns. A burst of changes (a checkout, an editor's save) is one."""
    from watchfiles import awatch

    paths = [path for path in (*STACK, *WEB) if path.exists()]
    async for changes in awatch(*paths, watch_filter=_counts, debounce=400, recursive=True):
        changed = [Path(path) for _, path in changes]
        if any(_within(path, WEB) for path in changed) or any(path.name == "areas.json" for path in changed):
            await of_web()
        if any(_within(path, STACK) for path in changed):
            await of_stack()


def _counts(_change: object, path: str) -> bool:
    name = Path(path)
    return not IGNORED & set(name.parts) and not name.name.startswith(".#") and name.suffix not in (".pyc", ".swp", "")


def _within(path: Path, places: tuple[Path, ...]) -> bool:
    return any(path == place or place in path.parents for place in places)
