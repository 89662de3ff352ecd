"""Whoever saves a file sees it run: what changed is brought up to date, and no more."""

import asyncio
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
    one = asyncio.Lock()
    folders = {path for path in (*STACK, *WEB) if path.is_dir()}
    # A file that is replaced is another one to the kernel, so that its folder is watched instead.
    parents = {path.parent for path in STACK if not path.is_dir()}
    await asyncio.gather(
        _watch(folders, one, of_stack=of_stack, of_web=of_web, recursive=True),
        _watch(parents, one, of_stack=of_stack, of_web=of_web, recursive=False),
    )


async def _watch(paths: set[Path], one: asyncio.Lock, *, of_stack: Done, of_web: Done, recursive: bool) -> None:
    from watchfiles import awatch

    async for changes in awatch(*paths, watch_filter=_counts, debounce=400, recursive=recursive):
        changed = [Path(path) for _, path in changes]
        async with one:
            if any(_within(path, WEB) for path in changed) or any(path.name == "areas.json" for path in changed):
                await of_web()
            if any(_within(path, STACK) for path in changed):
                await of_stack()


def _counts(_change: object, path: str) -> bool:
    name = Path(path)
    return not IGNORED & set(name.parts) and not name.name.startswith(".#") and name.suffix not in (".pyc", ".swp", "")


def _within(path: Path, places: tuple[Path, ...]) -> bool:
    return any(path == place or place in path.parents for place in places)
