"""The files of a snapshot. One that would say the same as in the snapshot before is linked from it: most of a city does
not change from one to the next."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

MARKS = "marks.json"


def mark(*parts: bytes) -> str:
    """The mark of what a file will say: the same bytes in the same parts have the same mark, and nothing else has."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


class SnapshotFiles:
    """In `folder`, which is new; `former` is the newest whole snapshot, or no folder."""

    def __init__(self, folder: Path, former: Path) -> None:
        self.folder = folder
        self._former = former
        self._known = _marks(former / MARKS)
        self._marks: dict[str, str] = {}

    def put(self, name: str, of: str, texts: Callable[[], Iterable[str]]) -> None:
        """The file `name`, which nobody has put yet. `texts` is asked when the mark `of` is another than before."""
        if name in self._marks:
            message = f"{name} is there, and perhaps another snapshot's too"
            raise FileExistsError(message)
        self._marks[name] = of
        if self._known.get(name) != of or not self._linked(name):
            with (self.folder / name).open("x") as out:
                out.writelines(texts())

    def _linked(self, name: str) -> bool:
        try:
            os.link(self._former / name, self.folder / name)
        except OSError:  # it was taken away, or a disk without links
            return False
        return True

    def close(self) -> None:
        """When all files are there."""
        (self.folder / MARKS).write_text(json.dumps(self._marks))


def _marks(file: Path) -> dict[str, str]:
    """The marks of a snapshot; older ones have none."""
    try:
        return dict(json.loads(file.read_text()))
    except (OSError, ValueError):
        return {}
